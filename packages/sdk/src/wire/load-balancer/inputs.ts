import type {
  balancerPoolUpdate,
  healthMonitorCreate,
  healthMonitorUpdate,
  InputOf,
  l7PolicyUpdate,
  l7RuleCreate,
  l7RuleUpdate,
  listenerUpdate,
  loadBalancerCreate,
  poolMemberReplace,
  poolMemberUpdate,
} from '@nephos/core'

type Change<T> = Omit<InputOf<T>, 'id'>
type ItemOf<T> = NonNullable<T> extends readonly (infer Item)[] ? Item : never

/** What operations take, of which requests say a part. */
export type LoadBalancerInput = InputOf<typeof loadBalancerCreate>
export type ListenerTreeInput = ItemOf<LoadBalancerInput['listeners']>
export type PoolTreeInput = ItemOf<LoadBalancerInput['pools']>
export type PolicyTreeInput = ItemOf<ListenerTreeInput['l7Policies']>
export type ListenerChange = Change<typeof listenerUpdate>
export type PoolChange = Change<typeof balancerPoolUpdate>
export type MemberChange = Change<typeof poolMemberUpdate>
export type MemberInput = ItemOf<InputOf<typeof poolMemberReplace>['members']>
export type MonitorInput = Omit<InputOf<typeof healthMonitorCreate>, 'poolId'>
export type MonitorChange = Change<typeof healthMonitorUpdate>
export type PolicyChange = Change<typeof l7PolicyUpdate>
export type RuleInput = Omit<InputOf<typeof l7RuleCreate>, 'policyId'>
export type RuleChange = Change<typeof l7RuleUpdate>
