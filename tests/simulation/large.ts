import type { Scenario } from '../../packages/testkit/src/simulate/crashes/scenario.ts'

const names: ReadonlySet<string> = new Set([
  'stacks',
  'stack-of-servers',
  'stack-cancelled',
  'interfaces',
  'routers',
  'qos-policies',
  'volume-snapshots',
  'volume-group-snapshots',
  'load-balancers',
  'listeners',
  'policies',
  'pools',
  'members',
  'load-balancers-late',
])

/** True for those that make so much that crashing each recovery takes minutes: crashed once. */
export function isLarge({ name }: Scenario): boolean {
  return names.has(name)
}
