import type { FloatingIp } from '../src/model/network/floating-ip.ts'
import type { Port } from '../src/model/network/port.ts'
import type { Router, RouterInterface } from '../src/model/network/router.ts'
import type { SecurityGroup, SecurityGroupRule } from '../src/model/network/security-group.ts'
import type { HostRoute, Subnet } from '../src/model/network/subnet.ts'
import { isWithin } from '../src/services/network/reach/packet.ts'
import type { Holder, ReachWorld } from '../src/services/network/reach/world.ts'
import type { OracleCloud } from './packet-oracle.ts'

type Draw = (count: number) => number

const owned = {
  rev: 1,
  projectId: 'p',
  name: '',
  description: '',
  tags: [],
  createdAt: 0,
  updatedAt: 0,
}
const outer = '203.0.113'

function subnet(id: string, networkId: string, cidr: string, hostRoutes: HostRoute[]): Subnet {
  const gatewayIp = cidr.replace(/0\/\d+$/, '1')
  return {
    ...owned,
    ...{ id, networkId, cidr, gatewayIp, hostRoutes, version: 4, enableDhcp: true },
    ...{ allocationPools: [], dnsNameservers: [], ipv6AddressMode: null, ipv6RaMode: null },
    shared: false,
  }
}

/** The second of these is on both routers; the last is on none, in the first one's block. */
const blocks = ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.0.0/24']

function drawSubnets(draw: Draw): Subnet[] {
  const inner = blocks.map((cidr, i) => {
    const strange = draw(8) === 0 ? [{ destination: '10.0.2.0/25', nexthop: '10.0.0.5' }] : []
    const { gatewayIp, ...rest } = subnet(`s${i}`, `n${i}`, cidr, strange)
    return { ...rest, gatewayIp: draw(20) === 0 ? null : gatewayIp }
  })
  return [...inner, subnet('sx', 'x', `${outer}.0/24`, [])]
}

function drawRouters(draw: Draw): Router[] {
  const on = (routerId: string, net: number, host: number): RouterInterface => {
    const cidr = blocks[net] as string
    const address = cidr.replace(/0\/\d+$/, String(host))
    return {
      portId: `${routerId}-${net}`,
      networkId: `n${net}`,
      subnetId: `s${net}`,
      address,
      cidr,
    }
  }
  const router = (
    id: string,
    host: number,
    interfaces: RouterInterface[],
    routes: HostRoute[],
  ): Router => {
    const gateway = {
      ...{ portId: `${id}-x`, networkId: 'x', enableSnat: draw(5) > 0 },
      ...{ fixedIps: [{ subnetId: 'sx', address: `${outer}.${host}` }], cidrs: [`${outer}.0/24`] },
    }
    return {
      ...owned,
      ...{ id, status: 'ACTIVE', adminStateUp: draw(15) > 0, interfaces },
      ...{ externalGateway: draw(4) > 0 ? gateway : null, generation: 1, observed: 1 },
      routes: draw(3) > 0 ? routes : [],
    }
  }
  // Now and then the second one is not on the network between them.
  const between = draw(4) > 0 ? [on('r1', 1, 254)] : []
  const back = between.length > 0 ? [{ destination: '10.0.0.0/24', nexthop: '10.0.1.1' }] : []
  const via = draw(6) === 0 ? '10.0.1.6' : '10.0.1.254'
  return [
    router(
      'r0',
      2,
      [on('r0', 0, 1), on('r0', 1, 1)],
      [{ destination: '10.0.2.0/24', nexthop: via }],
    ),
    router('r1', 3, [on('r1', 2, 1), ...between], back),
  ]
}

function drawPorts(draw: Draw): Port[] {
  return Array.from({ length: 8 }, (_, i): Port => {
    const net = i % blocks.length
    const address = (blocks[net] as string).replace(/0\/\d+$/, String(5 + Math.floor(i / 4)))
    const portSecurity = draw(8) > 0
    return {
      ...owned,
      ...{ id: `port${i}`, networkId: `n${net}`, mac: `02:00:00:00:00:0${i}`, status: 'ACTIVE' },
      ...{ fixedIps: [{ subnetId: `s${net}`, address }], deviceId: `server${i}` },
      ...{ deviceOwner: 'compute:nova', hostId: 'h', adminStateUp: draw(20) > 0, portSecurity },
      securityGroupIds: portSecurity ? ['g0', 'g1', 'g2'].filter(() => draw(2) > 0) : [],
      allowedAddressPairs:
        portSecurity && draw(5) === 0
          ? [{ ipAddress: '10.9.0.0/16', mac: '02:00:00:00:00:99' }]
          : [],
      deleteWithDevice: true,
    }
  })
}

function drawRules(draw: Draw): SecurityGroupRule[] {
  const pick = <T>(...all: readonly T[]): T => all[draw(all.length)] as T
  return Array.from({ length: 4 + draw(10) }, (_, i): SecurityGroupRule => {
    const protocol = pick(null, 'tcp', 'tcp', 'udp', 'icmp')
    const hasRange = protocol !== null && draw(2) > 0
    const [min, max] = !hasRange
      ? [null, null]
      : protocol === 'icmp'
        ? pick<[number, number | null]>([8, 0], [8, null], [0, 0])
        : pick<[number, number]>([22, 22], [80, 443], [1, 65_535], [40_000, 60_000])
    const remote = draw(5)
    return {
      ...{ id: `rule${String(i).padStart(2, '0')}`, rev: 1, projectId: 'p', description: '' },
      ...{ groupId: pick('g0', 'g1', 'g2'), direction: pick('ingress', 'egress', 'egress') },
      ...{ etherType: draw(12) === 0 ? 'IPv6' : 'IPv4', protocol, portRangeMin: min },
      ...{ portRangeMax: max, key: `${i}`, charged: true, createdAt: 0 },
      remoteIpPrefix:
        remote === 0 ? pick('10.0.0.0/16', '10.0.1.0/24', `${outer}.0/24`, '10.0.0.5/32') : null,
      remoteGroupId: remote === 1 ? pick('g0', 'g1', 'g2') : null,
      remoteAddressGroupId: remote === 2 ? 'a0' : null,
    }
  })
}

function drawFloatingIps(
  draw: Draw,
  routers: readonly Router[],
  ports: readonly Port[],
): FloatingIp[] {
  return ports.flatMap((port, i): FloatingIp[] => {
    const carrier = routers.find(
      (router) =>
        router.externalGateway && router.interfaces.some((one) => one.networkId === port.networkId),
    )
    const fixedIp = port.fixedIps[0]
    if (!carrier?.externalGateway || !fixedIp || draw(2) === 0) return []
    const ends = {
      portId: port.id,
      fixedIp,
      routerId: carrier.id,
      gatewayPortId: `${carrier.id}-x`,
    }
    const isWhole = draw(3) > 0
    const isSingle = draw(2) === 0
    const forwarding = {
      ...{ ...ends, id: `pf${i}`, description: '', protocol: 'tcp' as const },
      externalPorts: [80, 443] as const,
      internalPorts: isSingle ? ([8_080, 8_080] as const) : ([80, 443] as const),
    }
    return [
      {
        ...owned,
        ...{ id: `f${i}`, networkId: 'x', subnetId: 'sx', address: `${outer}.${10 + i}` },
        ...{ status: 'ACTIVE', target: isWhole ? ends : null, generation: 1, observed: 1 },
        portForwardings: isWhole ? [] : [forwarding],
      },
    ]
  })
}

/** A cloud of two routers, five networks and eight ports, with everything else by chance. */
export function drawCloud(draw: Draw): OracleCloud {
  const groups = ['g0', 'g1', 'g2'].map((id): SecurityGroup => {
    return { ...owned, id, isDefault: false, stateful: draw(3) > 0 }
  })
  const routers = drawRouters(draw)
  const bare = drawPorts(draw)
  const floatingIps = drawFloatingIps(draw, routers, bare)
  const ports = bare.map((port) => {
    const ids = floatingIps
      .filter((row) => [row.target, ...row.portForwardings].some((one) => one?.portId === port.id))
      .map(({ id }) => id)
    return ids.length > 0 ? { ...port, floatingIpIds: ids } : port
  })
  const addressGroups = { a0: ['10.0.0.0/25', `${outer}.2/32`, '10.0.2.5/32'] }
  const subnets = drawSubnets(draw)
  return { subnets, ports, groups, rules: drawRules(draw), addressGroups, routers, floatingIps }
}

/** The world of such a cloud's rows. */
export function rowsWorld(cloud: OracleCloud): ReachWorld {
  const { addressGroups, floatingIps, groups, ports, routers, rules, subnets } = cloud
  const holder = (networkId: string, address: string): Holder | undefined => {
    for (const { externalGateway, id, interfaces } of routers) {
      const isInner = interfaces.some(
        (one) => one.networkId === networkId && one.address === address,
      )
      const isOuter =
        externalGateway?.networkId === networkId &&
        externalGateway.fixedIps.some((one) => one.address === address)
      if (isInner || isOuter) return { type: 'router', routerId: id }
    }
    const row = floatingIps.find((one) => one.networkId === networkId && one.address === address)
    if (row) return { type: 'floatingIp', row }
    const port = ports.find(
      (one) =>
        one.networkId === networkId && one.fixedIps.some((fixed) => fixed.address === address),
    )
    return port && { type: 'port', port }
  }
  return {
    subnets: async (networkId) => subnets.filter((one) => one.networkId === networkId),
    holder: async (networkId, address) => holder(networkId, address),
    router: async (id) => routers.find((one) => one.id === id),
    floatingIps: async (port) => floatingIps.filter(({ id }) => port.floatingIpIds?.includes(id)),
    rules: async (ids) =>
      rules
        .filter(({ groupId }) => ids.includes(groupId))
        .map((rule) => {
          return { rule, stateful: groups.find(({ id }) => id === rule.groupId)?.stateful ?? true }
        }),
    hasMember: async (groupId, address) =>
      ports.some(
        (port) =>
          port.securityGroupIds.includes(groupId) &&
          (port.fixedIps.some((one) => one.address === address) ||
            port.allowedAddressPairs.some((pair) => isWithin(address, pair.ipAddress))),
      ),
    blocks: async (id) => addressGroups[id] ?? [],
  }
}
