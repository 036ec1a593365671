import { type Cidr, parseCidr } from '../../../base/cidr.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { type Port, portKind } from '../../../model/network/port.ts'
import { type Router, routerKind } from '../../../model/network/router.ts'
import { subnetKind } from '../../../model/network/subnet.ts'
import type { RouterConfig } from '../../../ports/network-object.ts'
import { chargeQuota } from '../../quota.ts'
import { configuredType, type ObjectRef, type Reading } from '../configure/configured.ts'
import { markPorts } from '../port-plan.ts'
import { planPortRemoval } from '../port-release.ts'

/** Routers, as the data plane is told of them. */
export const routerConfigured = configuredType<Router>({ read, settle, overdue })

async function read(
  kernel: Kernel,
  refs: readonly ObjectRef[],
): Promise<readonly Reading<Router>[]> {
  const routers = await kernel.store.get(
    routerKind,
    refs.map(({ id }) => id),
  )
  const live = routers.filter((router): router is Router => router !== undefined)
  const ports = await byId(kernel, portKind, live.flatMap(portIdsOf))
  const gatewaySubnets = live.flatMap(({ externalGateway }) =>
    (externalGateway?.fixedIps ?? []).map(({ subnetId }) => subnetId),
  )
  const subnets = await byId(kernel, subnetKind, gatewaySubnets)
  const gateways = new Map([...subnets.values()].map(({ id, gatewayIp }) => [id, gatewayIp]))
  return routers.map((router, index): Reading<Router> => {
    if (!router) return 'gone'
    if (router.generation < (refs[index]?.revision ?? 0)) return 'late'
    const config = configOf(router, ports, gateways)
    if (config === 'late') return 'late'
    const target = { type: 'router' as const, id: router.id, revision: router.generation, config }
    return { target, row: router }
  })
}

async function byId<T extends { readonly id: string; readonly rev: number }>(
  kernel: Kernel,
  kind: Parameters<typeof kernel.store.get<T>>[0],
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const rows = ids.length === 0 ? [] : await kernel.store.get(kind, [...new Set(ids)])
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
}

function portIdsOf({ externalGateway, interfaces }: Router): string[] {
  const ids = interfaces.map(({ portId }) => portId)
  return externalGateway ? [...ids, externalGateway.portId] : ids
}

/** `late` when one of its ports cannot be read yet. */
function configOf(
  router: Router,
  ports: ReadonlyMap<string, Port>,
  gateways: ReadonlyMap<string, string | null>,
): RouterConfig | null | 'late' {
  if (router.status === 'DELETING') return null
  if (!portIdsOf(router).every((id) => ports.has(id))) return 'late'
  const macOf = (portId: string): string => (ports.get(portId) as Port).mac
  const { externalGateway: outer } = router
  if (outer && !outer.fixedIps.every(({ subnetId }) => gateways.has(subnetId))) return 'late'
  return {
    adminStateUp: router.adminStateUp,
    interfaces: router.interfaces.map(({ portId, networkId, address, cidr }) => {
      return { portId, networkId, mac: macOf(portId), address: withPrefix(address, cidr) }
    }),
    gateway: outer && {
      portId: outer.portId,
      networkId: outer.networkId,
      mac: macOf(outer.portId),
      addresses: outer.fixedIps.map(({ address }, i) => {
        return withPrefix(address, outer.cidrs[i] as string)
      }),
      nexthops: outer.fixedIps.flatMap(({ subnetId }) => gateways.get(subnetId) ?? []),
      enableSnat: outer.enableSnat,
    },
    routes: router.routes,
  }
}

function withPrefix(address: string, cidr: string): string {
  return `${address}/${(parseCidr(cidr) as Cidr).prefix}`
}

/** Nothing answers any more for what routers gave up. */
async function settle(kernel: Kernel, writes: Writes, routers: readonly Router[]): Promise<void> {
  const leaving = routers.flatMap((router) => router.leaving ?? [])
  const up = routers.flatMap((router) => (router.status === 'DELETING' ? [] : portIdsOf(router)))
  const ports = await byId(kernel, portKind, [...leaving, ...up])
  const found = (ids: readonly string[]): Port[] => ids.flatMap((id) => ports.get(id) ?? [])
  // They go in the commit that clears them from their router: one that is not there was read early.
  const unread = leaving.filter((id) => !ports.has(id))
  if (unread.length > 0) {
    throw new CommitConflict({ type: 'revision', kind: portKind.name, ids: unread })
  }
  await planPortRemoval(kernel, writes, found(leaving))
  markPorts(writes, found(up), { status: 'ACTIVE' })
  for (const router of routers) {
    const { leaving: left, ...rest } = router
    if (router.status === 'DELETING') {
      writes.remove(routerKind, router)
      chargeQuota(writes, router.projectId, { routers: 1 }, -1)
    } else if (left || router.status !== 'ACTIVE' || router.observed < router.generation) {
      writes.update(routerKind, { ...rest, status: 'ACTIVE', observed: router.generation })
    }
  }
}

function overdue(writes: Writes, routers: readonly Router[]): void {
  const changed = routers.filter(({ status }) => status !== 'ERROR' && status !== 'DELETING')
  writes.update(routerKind, ...changed.map((router) => ({ ...router, status: 'ERROR' as const })))
}
