import type { Mutant } from './mutant.ts'

const identity = 'packages/core/src/services/identity'
const http = 'packages/sdk/src/http'
const lockOut = `${identity}/lock-out.test.ts`
const work = `${identity}/sign-in-work.test.ts`
const limits = 'packages/sdk/test/http/door-options.test.ts'

/** Who may come in, how often, and what he finds out at the door. */
export const doorMutants: readonly Mutant[] = [
  {
    name: 'lock-out-not-counted',
    file: `${identity}/lock-out.ts`,
    find: 'memory.set(userId, { count: count + 1, at: kernel.clock.now() })',
    replace: 'memory.set(userId, { count, at: kernel.clock.now() })',
    why: 'Passwords can be guessed for ever.',
    killers: [lockOut],
    lane: 'fast',
  },
  {
    name: 'lock-out-not-asked-again',
    file: `${identity}/lock-out.ts`,
    find: 'if (isLockedOut(kernel, user.id)) return false',
    replace: 'void isLockedOut',
    why: 'As many passwords as one likes can be tried at once.',
    killers: [lockOut],
    lane: 'fast',
  },
  {
    name: 'locked-out-user-answered-at-once',
    file: `${identity}/lock-out.ts`,
    find: 'return wasteHash(kernel, password)',
    replace: 'return false',
    why: 'The time of an answer tells who is locked out, or has no password.',
    killers: [work],
    lane: 'fast',
  },
  {
    name: 'unknown-user-answered-at-once',
    file: `${identity}/authenticate.ts`,
    find: 'if (!user) await wasteHash(kernel, input.password)',
    replace: 'void wasteHash',
    why: 'The time of an answer tells which names there are.',
    killers: [work],
    lane: 'fast',
  },
  {
    name: 'rate-not-applied',
    file: `${http}/serve.ts`,
    find: 'if (authenticated) door.rate?.spend(authenticated, row)',
    replace: 'void door.rate',
    why: 'One user takes the whole front door for himself.',
    killers: [limits],
    lane: 'fast',
  },
  {
    name: 'rate-of-all-together',
    file: `${http}/rate.ts`,
    find: "`${actor?.projectId ?? ''} ${token.userId}`",
    replace: '(actor ?? token) && String()',
    why: 'One user’s haste is everybody’s wait.',
    killers: [limits],
    lane: 'fast',
  },
  {
    name: 'access-rules-not-applied',
    file: `${http}/serve.ts`,
    find: 'checkAccessRules({ api, url }, request.method, authenticated)',
    replace: 'void checkAccessRules',
    why: 'A credential for one call is one for all.',
    killers: ['packages/sdk/test/http/identity/lent.test.ts'],
    lane: 'fast',
  },
  {
    name: 'signed-url-made-a-token-by-anybody',
    file: `${http}/identity/signed-tokens.ts`,
    find: 'if (!x.operator) {',
    replace: 'if (x.operator?.roles.length === 0) {',
    why: 'Whoever finds a signed URL acts as its owner everywhere.',
    killers: ['packages/sdk/test/http/identity/signed-tokens.test.ts'],
    lane: 'fast',
  },
  {
    name: 'project-filter-removed-from-stacks',
    file: 'packages/core/src/services/stack/read.ts',
    find: 'own?.projectId === call.projectId ? own : named',
    replace: 'own ?? named',
    why: 'Whoever knows the id of a stack reads what is in it.',
    killers: [{ file: 'packages/sdk/test/http/isolation.test.ts', test: 'orchestration.' }],
    lane: 'fast',
  },
  {
    name: 'project-filter-removed-from-accounts',
    file: 'packages/core/src/services/object/account.ts',
    find: 'const isOwn = actor.system || actor.projectId === id',
    replace: "const isOwn = actor.system || id !== ''",
    why: 'Projects read each other’s accounts of objects, and the keys of their signed URLs.',
    killers: [
      'tests/e2e/object-access.test.ts',
      'packages/sdk/test/http/object/swift-access.test.ts',
    ],
    lane: 'fast',
  },
]
