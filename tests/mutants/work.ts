import type { Mutant } from './mutant.ts'

const lease = 'packages/core/src/work/lease.ts'
const worker = 'packages/core/src/work/worker.ts'

/** Leased work rows: fences, retries, undo, recovery. */
export const workMutants: readonly Mutant[] = [
  {
    name: 'work-row-not-compared',
    file: lease,
    find: `writes.update(workKind, changed)
      await this.#committer.commit(writes)`,
    replace: `if (fields.owner !== undefined) writes.update(workKind, changed)
      await this.#committer.commit(writes)`,
    why: 'A worker that lost its lease writes over what its successor has done.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'lease-written-after-its-end',
    file: lease,
    find: 'this.#isOver = changed.owner === null',
    replace: 'this.#isOver = false',
    why: 'A late renewal takes the row from whoever has it next.',
    killers: ['packages/core/src/work/lease.test.ts'],
    lane: 'fast',
  },
  {
    name: 'lease-never-renewed',
    file: lease,
    find: 'if (left < (this.#leaseMs * 2) / 3) await this.change(new Writes(), {})',
    replace: 'if (left < 0) await this.change(new Writes(), {})',
    why: 'Every long build is done by two workers at once.',
    killers: ['packages/core/src/work/lease.test.ts'],
    lane: 'fast',
  },
  {
    name: 'undo-removed',
    file: worker,
    find: "if (!step.undo) return { type: 'next' }",
    replace: "if (work.undoing) return { type: 'next' }",
    why: 'What a failed workflow had taken is never given back.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'deadline-ignored',
    file: worker,
    find: 'if (this.#ports.clock.now() >= work.deadline) {',
    replace: 'if (this.#ports.clock.now() >= Infinity) {',
    why: 'A server that cannot be built is building for ever.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'retries-not-counted',
    file: worker,
    find: 'attempt: work.attempt + 1,',
    replace: 'attempt: work.attempt,',
    why: 'A host in trouble is asked again and again without a pause that grows.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'work-removed-before-its-last-step',
    file: worker,
    find: 'if (target === undefined) {',
    replace: 'if (target === undefined || target === program.steps.at(-1)?.name) {',
    why: 'Accepted work ends before it is done.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'final-refusal-retried',
    file: worker,
    find: "error.retry === 'never' && error.code !== 'closed'",
    replace: "error.retry !== 'never' && error.code !== 'closed'",
    why: 'What can never work is tried until its deadline; what would work is given up.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'undo-order-lost',
    file: worker,
    find: 'completed: work.undoing ? work.completed.slice(0, -1) : [...work.completed, step.name],',
    replace: 'completed: work.undoing ? [] : [...work.completed, step.name],',
    why: 'Only the last step of a failed workflow is undone.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'unknown-program-dropped',
    file: worker,
    find: `if (!program || !step) {
        // Written by a newer version: leave it to a process that knows it.
        await lease.change(new Writes(), {
          owner: null,
          due: this.#ports.clock.now() + this.#settings.leaseMs,
        })`,
    replace: `if (!program || !step) {
        await lease.change(new Writes(), null)`,
    why: 'During an upgrade, work that only the newer version knows is thrown away.',
    killers: ['packages/core/src/work/worker.test.ts'],
    lane: 'fast',
  },
  {
    name: 'backoff-unbounded',
    file: 'packages/core/src/base/backoff.ts',
    find: 'const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 20))',
    replace: 'const ceiling = baseMs * 2 ** attempt',
    why: 'After an outage, work waits for days.',
    killers: ['packages/core/src/base/backoff.test.ts'],
    lane: 'fast',
  },
  {
    name: 'backoff-without-jitter',
    file: 'packages/core/src/base/backoff.ts',
    find: 'Math.floor((draw() / 2 ** 32) * Math.max(0, ceiling - baseMs))',
    replace: 'Math.max(0, ceiling - baseMs)',
    why: 'Everything that failed together comes back together.',
    killers: ['packages/core/src/base/backoff.test.ts'],
    lane: 'fast',
  },
  {
    name: 'shared-leases-freed-at-opening',
    file: 'packages/core/src/control-plane.ts',
    find: 'if (!kernel.store.capabilities.shared) await freeLeases(kernel)',
    replace: 'await freeLeases(kernel)',
    why: 'A process that starts takes the work from those that are doing it.',
    killers: ['packages/core/src/control-plane.test.ts'],
    lane: 'fast',
  },
  {
    name: 'leases-of-the-dead-kept',
    file: 'packages/core/src/control-plane.ts',
    find: 'if (!kernel.store.capabilities.shared) await freeLeases(kernel)',
    replace: 'void freeLeases',
    why: 'After a restart, accepted work waits for the leases of the dead.',
    killers: ['packages/core/src/control-plane.test.ts'],
    lane: 'fast',
  },
]
