import type { Mutant } from './mutant.ts'

const committer = 'packages/core/src/commit/committer.ts'
const merge = 'packages/core/src/commit/merge.ts'
const writes = 'packages/core/src/commit/writes.ts'

/** The one writer: acknowledgement, group commit, merged batches. */
export const commitMutants: readonly Mutant[] = [
  {
    name: 'acknowledge-before-commit',
    file: committer,
    find: `this.#draining ??= this.#drain()
    })`,
    replace: `this.#draining ??= this.#drain()
      resolve(0)
    })`,
    why: 'A request is accepted and then lost, or was never possible.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'conflict-acknowledged',
    file: committer,
    find: 'if (!result.ok) return waiting.reject(new CommitConflict(result.conflict))',
    replace: 'if (!result.ok) return waiting.resolve(0)',
    why: 'A decision that lost its race is answered as done.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'store-failure-swallowed',
    file: committer,
    find: 'for (const waiting of group) waiting.reject(error)',
    replace: 'for (const waiting of group) waiting.resolve(0)',
    why: 'What a failing store did not write is answered as done.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'bell-rung-for-a-lost-batch',
    file: committer,
    find: 'if (topics.size > 0) void this.#ring([...topics])',
    replace: 'void topics',
    why: 'Accepted work waits for a poll interval instead of starting at once.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'bus-failure-fails-the-commit',
    file: committer,
    find: 'if (topics.size > 0) void this.#ring([...topics])',
    replace: 'if (topics.size > 0) await this.#bus.publish([...topics])',
    why: 'A broken bus stops every later commit, although it is only a hint.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'merged-loser-takes-all-down',
    file: committer,
    find: 'if (result?.ok) return batches.map(() => result)',
    replace: 'if (result) return batches.map(() => result)',
    why: 'One lost race fails every request that shared its transaction.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'commit-queue-unbounded',
    file: committer,
    find: 'if (this.#queue.length >= limits.commitQueue) {',
    replace: 'if (this.#queue.length > limits.commitQueue * 10) {',
    why: 'A slow store fills the memory instead of refusing.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
  {
    name: 'merge-forgets-an-add',
    file: merge,
    find: 'this.#adds.set(key, { ...add, add: before.add + add.add })',
    replace: 'this.#adds.set(key, add)',
    why: 'Two claims on one host count as one: the host is overfilled.',
    killers: ['packages/core/src/commit/merge.test.ts'],
    lane: 'fast',
  },
  {
    name: 'merge-of-opposite-adds',
    file: merge,
    find: 'if (!alike || Math.sign(before.add) !== Math.sign(add.add)) return false',
    replace: 'if (!alike) return false',
    why: 'A claim passes because a release beside it makes up for it, whatever their order.',
    killers: ['packages/core/src/commit/merge.test.ts'],
    lane: 'fast',
  },
  {
    name: 'merge-of-one-row-twice',
    file: merge,
    find: 'if (this.#ids.has(key)) return false',
    replace: 'if (this.#ids.has(key)) continue',
    why: 'Two writers of one record go through together; one update is lost.',
    killers: ['packages/core/src/commit/merge.test.ts'],
    lane: 'fast',
  },
  {
    name: 'merge-loses-topics',
    file: merge,
    find: 'topics: [...this.#topics],',
    replace: 'topics: first.topics ?? [],',
    why: 'The followers of a merged request hear nothing of it.',
    killers: ['packages/core/src/commit/merge.test.ts'],
    lane: 'fast',
  },
  {
    name: 'writes-keep-the-last-add',
    file: writes,
    find: '{ ...before, ...add, add: before.add + add.add } : add',
    replace: '{ ...before, ...add } : add',
    why: 'A request that charges one counter twice is charged once.',
    killers: ['packages/core/src/commit/committer.test.ts'],
    lane: 'fast',
  },
]
