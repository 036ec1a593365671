import type { Mutant } from './mutant.ts'

const network = 'packages/core/src/services/network'
const lending = `${network}/rbac-policy.test.ts`
const limiting = `${network}/qos/qos.test.ts`

/** What projects lend each other, and how much traffic they may have. */
export const lentMutants: readonly Mutant[] = [
  {
    name: 'lent-to-anybody',
    file: `${network}/access.ts`,
    find: '(projectId !== null && sharedWith?.includes(projectId) === true)',
    replace: '(projectId !== null && sharedWith !== undefined)',
    why: 'What is lent to one project is used by all.',
    killers: [lending],
    lane: 'fast',
  },
  {
    name: 'way-out-for-anybody',
    file: `${network}/access.ts`,
    find: 'return projectId !== null && externalTo.includes(projectId)',
    replace: 'return projectId !== null || externalTo.includes(projectId)',
    why: 'The way out of one project is everyone’s.',
    killers: [lending],
    lane: 'fast',
  },
  {
    name: 'lending-beyond-the-own-rights',
    file: `${network}/rbac-policy.ts`,
    find: '    requireRight(call, policy)\n    requireRight(call, before)',
    replace: '    requireRight(call, before)',
    why: 'A member lends his network to everyone by changing whom he lends it to.',
    killers: [lending],
    lane: 'fast',
  },
  {
    name: 'policies-of-a-lost-loan-uncharged',
    file: `${network}/sharing.ts`,
    find: 'chargeQuota(writes, projectId, { rbacPolicies: 1 }, -1)',
    replace: 'void [chargeQuota, projectId]',
    why: 'A project runs out of policies by lending and taking back.',
    killers: [lending],
    lane: 'fast',
  },
  {
    name: 'qos-use-not-counted',
    file: `${network}/qos/use.ts`,
    find: "writes.add({ scope: qosScope(after), name: 'uses', add: count })",
    replace: 'void [writes, count]',
    why: 'A policy is deleted while ports have it.',
    killers: [limiting],
    lane: 'fast',
  },
  {
    name: 'qos-policy-of-others-used',
    file: `${network}/qos/use.ts`,
    find: '(actor.system || row.projectId === projectId || isLentTo(row, projectId))',
    replace: '(actor.system || row.projectId !== null || isLentTo(row, projectId))',
    why: 'Projects learn of, and go by, the limits of others.',
    killers: [limiting],
    lane: 'fast',
  },
  {
    name: 'qos-policy-without-its-rule',
    file: `${network}/qos/rule.ts`,
    find: '  planTold(call, writes, policy)',
    replace: '  void planTold',
    why: 'A limit that was changed is never told to the network.',
    killers: [limiting],
    lane: 'fast',
  },
]
