import {
  type BalancerConfig,
  balancerPoolKind,
  type Child,
  type Kind,
  listenerKind,
  loadBalancerKind,
  loadBalancerStatusKind,
  memberKind,
} from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf } from './rows.ts'

/** At rest what carries load balancers is as their rows say, and nothing else is carried. */
export const balancersAreActual: Check = {
  invariant: 19,
  title: 'At rest, load balancers are what their rows say.',
  watch: (scene) => ({ rest: () => checkBalancers(scene) }) satisfies Watch,
}

async function checkBalancers(scene: Scene): Promise<void> {
  const { report, world } = scene
  const rows = await rowsOf(world, loadBalancerKind)
  const statuses = new Map(
    (await rowsOf(world, loadBalancerStatusKind)).map((one) => [one.id, one]),
  )
  const listeners = await idsBy(scene, listenerKind)
  const pools = await idsBy(scene, balancerPoolKind)
  const members = await idsBy(scene, memberKind)
  for (const { id, adminStateUp, deleting } of rows) {
    if (deleting) report(`loadBalancer:${id}`, 'is being deleted still')
    const config = world.balancers.balancer(id)?.config
    if (!config) {
      report(`loadBalancer:${id}`, 'is not carried')
      continue
    }
    const status = statuses.get(id)
    if (status?.generation !== config.generation) {
      report(
        `loadBalancer:${id}`,
        `is carried at generation ${config.generation}, known at ${status?.generation ?? 'none'}`,
      )
    }
    compare(scene, `listeners of ${id}`, adminStateUp ? listeners(id) : [], idsOf(config.listeners))
    compare(scene, `pools of ${id}`, pools(id), idsOf(config.pools))
    compare(scene, `members of ${id}`, members(id), membersOf(config))
  }
  const known = new Set(rows.map(({ id }) => id))
  for (const { config } of world.balancers.carried) {
    if (!known.has(config.balancerId))
      report(`loadBalancer:${config.balancerId}`, 'is carried still')
  }
}

function membersOf({ pools }: BalancerConfig): string[] {
  return idsOf(pools.flatMap((pool) => pool.members))
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id)
}

function compare(
  { report }: Scene,
  subject: string,
  wanted: readonly string[],
  seen: readonly string[],
): void {
  const [a, b] = [[...wanted].sort().join(' '), [...seen].sort().join(' ')]
  if (a !== b) report(subject, `should be ${a || 'none'}, are ${b || 'none'}`)
}

/** Ids of rows that are switched on, by load balancer. */
async function idsBy<T extends Child>(
  { world }: Scene,
  kind: Kind<T>,
): Promise<(balancerId: string) => string[]> {
  const byBalancer = new Map<string, string[]>()
  for (const { id, balancerId, adminStateUp } of await rowsOf(world, kind)) {
    if (adminStateUp) byBalancer.set(balancerId, [...(byBalancer.get(balancerId) ?? []), id])
  }
  return (balancerId) => byBalancer.get(balancerId) ?? []
}
