import type { FloatingIp } from '../src/model/network/floating-ip.ts'
import type { Port } from '../src/model/network/port.ts'
import type { Router } from '../src/model/network/router.ts'
import type { SecurityGroup, SecurityGroupRule } from '../src/model/network/security-group.ts'
import type { Subnet } from '../src/model/network/subnet.ts'
import type { Packet } from '../src/services/network/reach/packet.ts'

/**
 * A cloud in which packets are moved by brute force, IPv4 only: boxes with tables, a queue of one
 * packet, lists that are searched from end to end. It shares no code with what it judges.
 */
export interface OracleCloud {
  readonly subnets: readonly Subnet[]
  readonly ports: readonly Port[]
  readonly groups: readonly SecurityGroup[]
  readonly rules: readonly SecurityGroupRule[]
  readonly addressGroups: Readonly<Record<string, readonly string[]>>
  readonly routers: readonly Router[]
  readonly floatingIps: readonly FloatingIp[]
}

interface Tuple {
  protocol: string
  src: string
  sport: number
  dst: string
  dport: number
  type: number | null
}

const bits = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')

function inside(address: string, block: string): boolean {
  const [base = '', length = '32'] = block.split('/')
  return bits(address).startsWith(bits(base).slice(0, Number(length)))
}

const lengthOf = (block: string): number => Number(block.split('/')[1] ?? 32)

interface Way {
  block: string
  network: string
  next: string
  out: boolean
  rank: number
}

class Oracle {
  readonly cloud: OracleCloud
  /** What ports have let through, and may be answered: `portId way tuple`. */
  readonly tracked = new Set<string>()
  /** What routers have rewritten, both ways. */
  readonly rewritten: { router: string; was: Tuple; became: Tuple }[] = []

  constructor(cloud: OracleCloud) {
    this.cloud = cloud
  }

  /** Every address that a group's ports have or may have, as blocks. */
  membersOf(groupId: string): string[] {
    return this.cloud.ports
      .filter((port) => port.securityGroupIds.includes(groupId))
      .flatMap((port) => [
        ...port.fixedIps.map((one) => `${one.address}/32`),
        ...port.allowedAddressPairs.map((pair) => pair.ipAddress),
      ])
  }

  remotes(rule: SecurityGroupRule): string[] {
    if (rule.remoteIpPrefix !== null) return [rule.remoteIpPrefix]
    if (rule.remoteGroupId !== null) return this.membersOf(rule.remoteGroupId)
    if (rule.remoteAddressGroupId !== null)
      return [...(this.cloud.addressGroups[rule.remoteAddressGroupId] ?? [])]
    return ['0.0.0.0/0']
  }

  filter(port: Port, way: 'ingress' | 'egress', tuple: Tuple): boolean {
    if (!port.adminStateUp) return false
    if (!port.portSecurity) return true
    if (way === 'egress') {
      const own = [
        ...port.fixedIps.map((one) => `${one.address}/32`),
        ...port.allowedAddressPairs.map((pair) => pair.ipAddress),
      ]
      if (!own.some((block) => inside(tuple.src, block))) return false
    }
    const name = (t: Tuple): string => `${t.protocol}|${t.src}|${t.sport}|${t.dst}|${t.dport}`
    const mirrored = {
      ...tuple,
      src: tuple.dst,
      sport: tuple.dport,
      dst: tuple.src,
      dport: tuple.sport,
    }
    const other = way === 'egress' ? 'ingress' : 'egress'
    if (this.tracked.has(`${port.id} ${other} ${name(mirrored)}`)) return true
    const peer = way === 'egress' ? tuple.dst : tuple.src
    let passes = false
    for (const rule of this.cloud.rules) {
      if (!port.securityGroupIds.includes(rule.groupId)) continue
      if (rule.direction !== way || rule.etherType !== 'IPv4') continue
      if (rule.protocol !== null && rule.protocol !== tuple.protocol) continue
      const [min, max] = [rule.portRangeMin, rule.portRangeMax]
      if (min !== null && tuple.type !== null && tuple.type !== min) continue
      if (min !== null && tuple.type === null)
        if (tuple.dport < min || tuple.dport > (max ?? min)) continue
      if (!this.remotes(rule).some((block) => inside(peer, block))) continue
      passes = true
      const group = this.cloud.groups.find(({ id }) => id === rule.groupId)
      if (group?.stateful) this.tracked.add(`${port.id} ${way} ${name(tuple)}`)
    }
    return passes
  }

  /** Where a packet from this port ends: at a port, out, or nowhere. */
  carry(port: Port, first: Tuple): { at: Port; tuple: Tuple } | undefined {
    let tuple = first
    let network = port.networkId
    const on = this.cloud.subnets.filter((one) => one.networkId === network)
    const fixed = port.fixedIps[0]
    const home =
      on.find((one) => inside(tuple.src, one.cidr)) ?? on.find((one) => one.id === fixed?.subnetId)
    if (!home) return undefined
    let next = this.best(
      tuple.dst,
      [
        [home.cidr, tuple.dst],
        ...home.hostRoutes.map((one): [string, string] => [one.destination, one.nexthop]),
        ...(home.gatewayIp ? [['0.0.0.0/0', home.gatewayIp] as [string, string]] : []),
      ],
      home.cidr,
    )
    for (let hops = 0; hops < 40 && next !== undefined; hops++) {
      const router = this.routerAt(network, next)
      if (!router) {
        const at = this.cloud.ports.find(
          (one) => one.networkId === network && one.fixedIps.some((ip) => ip.address === next),
        )
        return at && next === tuple.dst ? { at, tuple } : undefined
      }
      const moved = this.pass(router, network, tuple)
      if (!moved) return undefined
      ;({ network, next, tuple } = moved)
    }
    return undefined
  }

  /** On its own link a host never asks a router. */
  best(dst: string, table: [string, string][], link: string): string | undefined {
    if (inside(dst, link)) return dst
    return table
      .filter(([block]) => inside(dst, block))
      .sort((a, b) => lengthOf(b[0]) - lengthOf(a[0]))[0]?.[1]
  }

  routerAt(network: string, address: string): Router | undefined {
    const floating = this.cloud.floatingIps.find(
      (one) => one.networkId === network && one.address === address,
    )
    const carrier = floating && (floating.target ?? floating.portForwardings[0])?.routerId
    return this.cloud.routers.find(
      (router) =>
        router.id === carrier ||
        router.interfaces.some((one) => one.networkId === network && one.address === address) ||
        (router.externalGateway?.networkId === network &&
          router.externalGateway.fixedIps.some((one) => one.address === address)),
    )
  }

  wayOf(router: Router, dst: string): Way | undefined {
    const outer = router.externalGateway
    const table: Way[] = []
    for (const one of router.interfaces)
      table.push({ block: one.cidr, network: one.networkId, next: dst, out: false, rank: 1 })
    for (const block of outer?.cidrs ?? [])
      table.push({ block, network: outer?.networkId ?? '', next: dst, out: true, rank: 1 })
    for (const route of router.routes) {
      const link = table.find((one) => one.rank === 1 && inside(route.nexthop, one.block))
      if (link) {
        table.push({ ...link, block: route.destination, next: route.nexthop, rank: 0 })
      }
    }
    for (const { subnetId } of outer?.fixedIps ?? []) {
      const subnet = this.cloud.subnets.find(({ id }) => id === subnetId)
      if (!subnet?.gatewayIp) continue
      const { gatewayIp: next, networkId: network } = subnet
      table.push({ block: '0.0.0.0/0', network, next, out: true, rank: -1 })
    }
    return table
      .filter(({ block }) => inside(dst, block))
      .sort((a, b) => lengthOf(b.block) - lengthOf(a.block) || b.rank - a.rank)[0]
  }

  pass(
    router: Router,
    cameFrom: string,
    was: Tuple,
  ): { network: string; next: string; tuple: Tuple } | undefined {
    if (!router.adminStateUp) return undefined
    const outer = router.externalGateway
    const same = (a: Tuple, b: Tuple): boolean =>
      a.protocol === b.protocol &&
      a.src === b.src &&
      a.sport === b.sport &&
      a.dst === b.dst &&
      a.dport === b.dport
    const flip = (t: Tuple): Tuple => {
      return { ...t, src: t.dst, sport: t.dport, dst: t.src, dport: t.sport }
    }
    let now = { ...was }
    const entry = this.rewritten.find(
      (one) => one.router === router.id && same(flip(one.became), was),
    )
    let dnat = false
    if (entry) now = { ...flip(entry.was), type: was.type }
    else if (outer) {
      const floating = this.cloud.floatingIps.find(
        (one) => one.networkId === outer.networkId && one.address === was.dst,
      )
      if (floating?.target?.routerId === router.id) {
        now.dst = floating.target.fixedIp.address
        dnat = true
      }
      const forwarding = floating?.portForwardings.find(
        (one) =>
          one.routerId === router.id &&
          one.protocol === was.protocol &&
          was.dport >= one.externalPorts[0] &&
          was.dport <= one.externalPorts[1],
      )
      if (forwarding) {
        const offset = was.dport - forwarding.externalPorts[0]
        const isSingle = forwarding.internalPorts[0] === forwarding.internalPorts[1]
        now.dst = forwarding.fixedIp.address
        now.dport = forwarding.internalPorts[0] + (isSingle ? 0 : offset)
        dnat = true
      }
    }
    const own = [...router.interfaces, ...(outer?.fixedIps ?? [])].map((one) => one.address)
    if (own.includes(now.dst)) return undefined
    const way = this.wayOf(router, now.dst)
    if (!way) return undefined
    if (!entry && outer && cameFrom !== outer.networkId && (way.out || dnat)) {
      const mine = this.cloud.floatingIps.find(
        ({ target }) =>
          target?.routerId === router.id &&
          target.fixedIp.address === now.src &&
          this.cloud.ports.some(
            (port) =>
              port.id === target.portId &&
              router.interfaces.some(
                (one) => one.networkId === port.networkId && inside(now.src, one.cidr),
              ),
          ),
      )
      if (mine) now.src = mine.address
      else if (outer.enableSnat) now.src = outer.fixedIps[0]?.address ?? now.src
    }
    if (!entry && !same(was, now)) this.rewritten.push({ router: router.id, was, became: now })
    return { network: way.network, next: way.next, tuple: now }
  }
}

/** What happens to a packet from one port to another, and to its answer. */
export function oracle(
  cloud: OracleCloud,
  fromId: string,
  toId: string,
  packet: Packet,
): { reachable: boolean; failsOn: 'request' | 'answer' | null } {
  const box = new Oracle(cloud)
  const from = cloud.ports.find(({ id }) => id === fromId) as Port
  const { destination: dst, icmpType: type, protocol, source: src } = packet
  const tuple = {
    protocol,
    src,
    sport: packet.sourcePort,
    dst,
    dport: packet.destinationPort,
    type,
  }
  const failed = (failsOn: 'request' | 'answer') => ({ reachable: false, failsOn })
  if (!box.filter(from, 'egress', tuple)) return failed('request')
  const there = box.carry(from, tuple)
  if (there?.at.id !== toId) return failed('request')
  if (!box.filter(there.at, 'ingress', there.tuple)) return failed('request')
  const back = {
    ...there.tuple,
    ...{ src: there.tuple.dst, sport: there.tuple.dport },
    ...{ dst: there.tuple.src, dport: there.tuple.sport },
    type: type === 8 ? 0 : type,
  }
  if (!box.filter(there.at, 'egress', back)) return failed('answer')
  const home = box.carry(there.at, back)
  if (home?.at.id !== fromId) return failed('answer')
  if (!box.filter(home.at, 'ingress', home.tuple)) return failed('answer')
  return { reachable: true, failsOn: null }
}
