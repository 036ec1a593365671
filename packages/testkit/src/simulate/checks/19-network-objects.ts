import {
  addressGroupKind,
  networkKind,
  qosPolicyKind,
  type FloatingIp,
  floatingIpKind,
  floatingIpTargets,
  type NetworkObject,
  type Router,
  routerKind,
  securityGroupKind,
  securityGroupRuleKind,
} from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf } from './rows.ts'

/** At rest the data plane has the routers, floating IPs and rules that rows say, and no others. */
export const networkObjects: Check = {
  invariant: 19,
  title: 'At rest, what is routed is what should.',
  watch: (scene) =>
    ({
      rest: async () => {
        const routers = await rowsOf(scene.world, routerKind)
        const floatingIps = await rowsOf(scene.world, floatingIpKind)
        let found = 0
        for (const router of routers) found += checkRouter(scene, router)
        for (const row of floatingIps) found += checkFloatingIp(scene, row)
        found += await checkGroups(scene)
        const { objects } = scene.world.network
        if (objects === found) return
        scene.report(
          'network',
          `has ${objects} routers, groups and floating IPs, ${found} of them exist`,
        )
      },
    }) satisfies Watch,
}

/** @returns how many objects the data plane has of it. */
function checkRouter({ report, world }: Scene, router: Router): number {
  const object = world.network.object('router', router.id)
  const subject = `router:${router.id}`
  if (router.leaving) report(subject, 'gives up ports still')
  if (router.observed < router.generation) report(subject, 'is not confirmed')
  const config = object?.type === 'router' ? object.config : null
  if (!config) report(subject, 'is not there')
  const held = config?.interfaces.map(({ address }) => address.replace(/\/.*/, '')).join()
  const wanted = router.interfaces.map(({ address }) => address).join()
  if (config && held !== wanted) report(subject, `is on ${held}, not on ${wanted}`)
  const routes = config?.routes.length
  if (config && routes !== router.routes.length) report(subject, `has ${routes} routes`)
  const outer = config?.gateway?.portId
  if (config && outer !== router.externalGateway?.portId) report(subject, `leads out by ${outer}`)
  return object ? 1 : 0
}

function checkFloatingIp({ report, world }: Scene, row: FloatingIp): number {
  const object = world.network.object('floatingIp', row.id)
  const subject = `floatingIp:${row.id}`
  if (row.observed < row.generation) report(subject, 'is not confirmed')
  const held = targetsOf(object).join()
  const targets = floatingIpTargets(row)
  const wanted = targets.map(({ portId }) => portId).join()
  if (held !== wanted) report(subject, `stands for ${held}, not for ${wanted}`)
  const status = targets.length > 0 ? 'ACTIVE' : 'DOWN'
  if (row.status !== status) report(subject, `is ${row.status}, not ${status}`)
  return object ? 1 : 0
}

function targetsOf(object: NetworkObject | undefined): string[] {
  if (object?.type !== 'floatingIp' || !object.config) return []
  const { forwardings, target } = object.config
  return (target ? [target, ...forwardings] : forwardings).map(({ portId }) => portId)
}

/** Each security group has its rules, and each address group its blocks. */
async function checkGroups({ report, world }: Scene): Promise<number> {
  const rules = new Map<string, string[]>()
  for (const { groupId, id } of await rowsOf(world, securityGroupRuleKind))
    rules.set(groupId, [...(rules.get(groupId) ?? []), id])
  let found = 0
  const check = (type: NetworkObject['type'], id: string, wanted: string): void => {
    const object = world.network.object(type, id)
    if (object) found++
    const held =
      object?.type === 'securityGroup'
        ? object.config?.rules.map((rule) => rule.id).join()
        : object?.type === 'addressGroup'
          ? object.config?.addresses.join()
          : object?.type === 'qosPolicy'
            ? object.config?.rules.map((rule) => JSON.stringify(rule)).join()
            : undefined
    if (held !== wanted) report(`${type}:${id}`, `has ${held ?? 'nothing'}, not ${wanted}`)
  }
  for (const { id } of await rowsOf(world, securityGroupKind))
    check('securityGroup', id, (rules.get(id) ?? []).sort().join())
  for (const { addresses, id } of await rowsOf(world, addressGroupKind))
    check('addressGroup', id, addresses.join())
  for (const { id, rules: own } of await rowsOf(world, qosPolicyKind))
    check('qosPolicy', id, own.map((rule) => JSON.stringify(rule)).join())
  for (const { id, qosPolicyId } of await rowsOf(world, networkKind)) {
    const object = world.network.object('network', id)
    if (object) found++
    const held = object?.type === 'network' ? object.config?.qosPolicyId : undefined
    if (held !== qosPolicyId) report(`network:${id}`, `has QoS ${held}, not ${qosPolicyId}`)
  }
  return found
}
