import type { Mutant } from './mutant.ts'

const services = 'packages/core/src/services'
const keeping = 'tests/e2e/stack-keeping.test.ts'
const types = 'tests/e2e/volume-types.test.ts'

/** Stacks that are kept, left and taken over; volumes beside others, and what is made of them. */
export const keptMutants: readonly Mutant[] = [
  {
    name: 'restored-to-what-is',
    file: `${services}/stack/snapshot.ts`,
    find: 'new Plan(kept ?? before, stack, kernel.digest)',
    replace: 'new Plan(kept ? before : before, stack, kernel.digest)',
    why: 'A stack that is brought back stays as it is.',
    killers: [keeping],
    lane: 'fast',
  },
  {
    name: 'snapshot-of-any-stack',
    file: `${services}/stack/snapshot.ts`,
    find: 'if (snapshot?.stackId === stack.id) return { stack, snapshot }',
    replace: 'if (snapshot) return { stack, snapshot }',
    why: 'A stack is made what another one was; others’ snapshots are read.',
    killers: [keeping],
    lane: 'fast',
  },
  {
    name: 'snapshot-leaves-its-definition',
    file: `${services}/stack/snapshot.ts`,
    find: '.remove(stackDefinitionKind, ...definitions)',
    replace: '.remove(stackDefinitionKind, ...definitions.slice(definitions.length))',
    why: 'What was forgotten fills the store.',
    killers: [{ file: 'tests/simulation/crashes.test.ts', test: "'stack-kept'" }, keeping],
    lane: 'fast',
  },
  {
    name: 'abandoned-resources-deleted',
    file: `${services}/stack/export.ts`,
    find: 'abandoned: true }',
    replace: 'abandoned: answer.resources.length < 0 }',
    why: 'Who leaves a stack loses all that it had made.',
    killers: [keeping],
    lane: 'fast',
  },
  {
    name: 'adopted-resource-made-anew',
    file: `${services}/stack/converge/begin.ts`,
    find: '  return board.adopted[name]',
    replace: '  return board.adopted[`${name}?`]',
    why: 'What should have been taken over is there twice.',
    killers: [keeping],
    lane: 'fast',
  },
  {
    name: 'volume-beside-nobody',
    file: `${services}/block/placement.ts`,
    find: "if (ask.sameBackends && !ask.sameBackends.has(pool.backend)) return 'affinity'",
    replace: "if (ask.sameBackends && pool.backend === '') return 'affinity'",
    why: 'Volumes that belong together are kept apart.',
    killers: [types],
    lane: 'fast',
  },
  {
    name: 'volumes-that-fail-together',
    file: `${services}/block/placement.ts`,
    find: "if (ask.otherBackends?.has(pool.backend)) return 'affinity'",
    replace: "if (ask.otherBackends?.has('')) return 'affinity'",
    why: 'A copy is kept on the back-end that it should outlive.',
    killers: [types],
    lane: 'fast',
  },
  {
    name: 'cut-off-volume-image-left',
    file: `${services}/block/volume-upload.ts`,
    find: "if (image.status === 'saving') await endUpload(kernel, context, found, image)",
    replace: "if (image.status !== 'queued' && image.status !== 'saving') void endUpload",
    why: 'An image of a volume never comes when its worker dies.',
    killers: [{ file: 'tests/simulation/crashes.test.ts', test: "'volume-images'" }],
    lane: 'fast',
  },
]
