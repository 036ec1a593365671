import { CloudError } from '../../../base/errors.ts'
import { parseAddress } from '../../../base/cidr.ts'
import { limits } from '../../../base/limits.ts'
import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import {
  type FloatingIp,
  floatingIpKind,
  floatingIpTargets,
  type FloatingIpTarget,
} from '../../../model/network/floating-ip.ts'
import { type FixedIp, type Port, portKind } from '../../../model/network/port.ts'
import {
  type Router,
  routerIdOf,
  routerKind,
  type SubnetRouter,
  subnetRouterKind,
} from '../../../model/network/router.ts'
import { getAll, notFound } from '../../fetch.ts'

/** A port's address that a floating IP is to stand for, or to forward to. */
export interface TargetWant {
  readonly floatingIpId: string
  readonly projectId: string
  /** The external network of the floating IP. */
  readonly networkId: string
  readonly portId: string
  /** The port's only IPv4 address when absent. */
  readonly fixedAddress?: string | undefined
  /** True: only some ports of the floating IP go there. */
  readonly forwards: boolean
  /** Where it stands in the input, with its dot: `floatingIps[3].`; empty for a single one. */
  readonly path: string
}

/** Targets in the order asked, and the rows of their ports as they are to be. */
export interface ResolvedTargets {
  readonly targets: readonly FloatingIpTarget[]
  /** Writes that the ports know of it. A port that changed meanwhile fails the commit. */
  readonly write: (writes: Writes) => void
}

/**
 * Finds what wants name, and the routers that carry it: a constant number of statements for each
 * subnet, whatever the number of ports.
 *
 * @param released floating IPs that the same commit takes off the ports they stand for now.
 * @throws CloudError `notFound`, `invalid`; `conflict` when an address has a floating IP already or
 *   no router leads from it to the external network.
 */
export async function resolveTargets(
  kernel: Kernel,
  wants: readonly TargetWant[],
  released: readonly FloatingIp[] = [],
): Promise<ResolvedTargets> {
  const ports = await portsOf(kernel, wants)
  const fixedIps = wants.map((want) => fixedIpOf(ports.get(want.portId) as Port, want))
  const routers = await routersOf(kernel, fixedIps)
  const freed = new Set(released.map(({ id }) => id))
  const known = await standing(kernel, [...ports.values()], freed)
  const targets = wants.map((want, index) => {
    const fixedIp = fixedIps[index] as FixedIp
    const key = keyOf(want.portId, fixedIp)
    const others = known.get(key) ?? []
    requireFree(want, others)
    known.set(key, [...others, want])
    return { portId: want.portId, fixedIp, ...carrierOf(want, fixedIp, routers) }
  })
  return { targets, write: (writes) => writePorts(writes, ports, wants, freed) }
}

async function portsOf(
  kernel: Kernel,
  wants: readonly TargetWant[],
): Promise<ReadonlyMap<string, Port>> {
  const ids = [...new Set(wants.map(({ portId }) => portId))]
  const rows = await kernel.store.get(portKind, ids)
  const ports = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
  for (const { path, portId, projectId } of wants) {
    if (ports.get(portId)?.projectId !== projectId) throw notFound('port', `${path}portId`)
  }
  return ports
}

function fixedIpOf({ fixedIps }: Port, { fixedAddress, path }: TargetWant): FixedIp {
  const four = fixedIps.filter(({ address }) => parseAddress(address)?.version === 4)
  if (fixedAddress === undefined) {
    const [only, second] = four
    if (only && !second) return only
    const message = only ? 'is needed: the port has several' : 'the port has no IPv4 address'
    throw new CloudError('invalid', `${path}fixedAddress: ${message}.`, {
      field: `${path}fixedAddress`,
    })
  }
  const chosen = four.find(({ address }) => address === fixedAddress)
  if (chosen) return chosen
  throw new CloudError('invalid', `${path}fixedAddress: is no IPv4 address of the port.`, {
    field: `${path}fixedAddress`,
  })
}

/** The routers on each subnet. */
async function routersOf(
  kernel: Kernel,
  fixedIps: readonly FixedIp[],
): Promise<ReadonlyMap<string, readonly Router[]>> {
  const ids = new Map<string, readonly string[]>()
  for (const subnetId of new Set(fixedIps.map((fixedIp) => fixedIp.subnetId))) {
    const bounds = { from: `${subnetId}/`, to: `${subnetId}0`, limit: limits.pageRows }
    const rows: SubnetRouter[] = await kernel.store.query(subnetRouterKind, bounds)
    ids.set(subnetId, rows.map(routerIdOf))
  }
  const all = [...new Set([...ids.values()].flat())]
  const routers = new Map<string, Router>()
  for (const router of await getAll(kernel, routerKind, all)) routers.set(router.id, router)
  return new Map(
    [...ids].map(([subnetId, own]) => [subnetId, own.flatMap((id) => routers.get(id) ?? [])]),
  )
}

function carrierOf(
  { networkId, path }: TargetWant,
  { subnetId }: FixedIp,
  routers: ReadonlyMap<string, readonly Router[]>,
): Pick<FloatingIpTarget, 'routerId' | 'gatewayPortId'> {
  for (const { externalGateway, id } of routers.get(subnetId) ?? []) {
    if (externalGateway?.networkId !== networkId) continue
    return { routerId: id, gatewayPortId: externalGateway.portId }
  }
  throw new CloudError(
    'conflict',
    `${path}portId: no router leads from its subnet to the network of the floating IP.`,
    { field: `${path}portId`, detail: { reason: 'unreachable', subnetId, networkId } },
  )
}

/** What stands for which addresses of ports now, besides what is released. */
async function standing(
  kernel: Kernel,
  ports: readonly Port[],
  freed: ReadonlySet<string>,
): Promise<Map<string, readonly Pick<TargetWant, 'floatingIpId' | 'forwards'>[]>> {
  const ids = new Set(ports.flatMap(({ floatingIpIds = [] }) => floatingIpIds))
  const rows = await getAll(kernel, floatingIpKind, [...ids])
  const known = new Map<string, readonly Pick<TargetWant, 'floatingIpId' | 'forwards'>[]>()
  for (const row of rows) {
    for (const { portId, fixedIp } of freed.has(row.id) ? [] : floatingIpTargets(row)) {
      const key = keyOf(portId, fixedIp)
      const one = { floatingIpId: row.id, forwards: row.target === null }
      known.set(key, [...(known.get(key) ?? []), one])
    }
  }
  return known
}

function keyOf(portId: string, { subnetId, address }: FixedIp): string {
  return `${portId} ${subnetId} ${address}`
}

/** @throws CloudError `conflict`: an address goes out under one floating IP, or by forwardings. */
function requireFree(
  { floatingIpId, forwards, path }: TargetWant,
  others: readonly Pick<TargetWant, 'floatingIpId' | 'forwards'>[],
): void {
  const other = others.find(
    (one) => one.floatingIpId !== floatingIpId && !(forwards && one.forwards),
  )
  if (!other) return
  throw new CloudError('conflict', `${path}portId: a floating IP stands for it already.`, {
    field: `${path}portId`,
    detail: { floatingIpId: other.floatingIpId },
  })
}

function writePorts(
  writes: Writes,
  ports: ReadonlyMap<string, Port>,
  wants: readonly TargetWant[],
  freed: ReadonlySet<string>,
): void {
  const ids = new Map<string, Set<string>>()
  for (const { floatingIpId, path, portId } of wants) {
    const { floatingIpIds = [] } = ports.get(portId) as Port
    const own = ids.get(portId) ?? new Set(floatingIpIds.filter((id) => !freed.has(id)))
    ids.set(portId, own.add(floatingIpId))
    if (own.size <= limits.portFloatingIps) continue
    throw new CloudError('conflict', `${path}portId: has as many floating IPs as it may.`, {
      field: `${path}portId`,
      limit: limits.portFloatingIps,
    })
  }
  for (const [portId, own] of ids) {
    writes.update(portKind, { ...(ports.get(portId) as Port), floatingIpIds: [...own] })
  }
}

/**
 * Writes that floating IPs no longer stand for these ports, in one read. For ports that stay.
 *
 * @param kept ports that another part of the commit writes.
 * @throws CommitConflict when a port cannot be read: it is there as long as a floating IP names it.
 */
export async function leavePorts(
  kernel: Kernel,
  writes: Writes,
  leaving: readonly { readonly floatingIpId: string; readonly portIds: readonly string[] }[],
  kept: ReadonlySet<string> = new Set(),
): Promise<void> {
  const gone = new Map<string, Set<string>>()
  for (const { floatingIpId, portIds } of leaving) {
    for (const portId of portIds) {
      if (kept.has(portId)) continue
      gone.set(portId, (gone.get(portId) ?? new Set()).add(floatingIpId))
    }
  }
  for (const port of await getAll(kernel, portKind, [...gone.keys()])) {
    const { floatingIpIds = [], ...rest } = port
    const left = floatingIpIds.filter((id) => !gone.get(port.id)?.has(id))
    writes.update(portKind, { ...rest, ...(left.length > 0 && { floatingIpIds: left }) })
  }
}
