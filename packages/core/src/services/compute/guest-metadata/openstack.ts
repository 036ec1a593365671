import type { Guest } from './guest.ts'

/**
 * `meta_data.json` of the metadata service and of config drives
 * (https://docs.openstack.org/nova/latest/user/metadata.html).
 */
export function metaData({ server, keyPair }: Guest): unknown {
  return {
    uuid: server.id,
    name: server.name,
    hostname: server.hostname,
    project_id: server.projectId,
    availability_zone: server.availabilityZone,
    launch_index: server.launchIndex,
    meta: server.metadata,
    ...(keyPair && {
      public_keys: { [keyPair.name]: keyPair.publicKey },
      keys: [{ name: keyPair.name, type: 'ssh', data: keyPair.publicKey }],
    }),
    devices: [],
    dedicated_cpus: [],
  }
}

/** `network_data.json`: links, the networks on them, and where names are resolved. */
export function networkData({ ports, subnets }: Guest): unknown {
  const found = new Map(subnets.map((subnet) => [subnet.id, subnet]))
  const networks = ports.flatMap((port) =>
    port.fixedIps.flatMap(({ subnetId, address }) => {
      const subnet = found.get(subnetId)
      if (!subnet) return []
      const { version, cidr, gatewayIp, hostRoutes, dnsNameservers } = subnet
      const anywhere = version === 4 ? '0.0.0.0/0' : '::/0'
      const routes = [
        ...(gatewayIp === null ? [] : [{ destination: anywhere, nexthop: gatewayIp }]),
        ...hostRoutes,
      ]
      return {
        network_id: port.networkId,
        link: linkName(port.id),
        type: `ipv${version}`,
        ip_address: address,
        netmask: maskOf(cidr),
        routes: routes.map(({ destination, nexthop }) => ({
          network: destination.split('/')[0],
          netmask: maskOf(destination),
          gateway: nexthop,
        })),
        services: dnsNameservers.map((name) => ({ type: 'dns', address: name })),
      }
    }),
  )
  const resolvers = new Set(subnets.flatMap(({ dnsNameservers }) => dnsNameservers))
  return {
    links: ports.map((port) => ({
      id: linkName(port.id),
      vif_id: port.id,
      type: 'ovs',
      mtu: null,
      ethernet_mac_address: port.mac,
    })),
    networks: networks.map((network, i) => ({ id: `network${i}`, ...network })),
    services: [...resolvers].map((address) => ({ type: 'dns', address })),
  }
}

/** As Linux may name the device: fifteen characters at most. */
function linkName(portId: string): string {
  return `tap${portId.slice(0, 11)}`
}

/** `24` of an IPv4 block is `255.255.255.0`; of an IPv6 block it is written as one as well. */
export function maskOf(cidr: string): string {
  const [address = '', bits = '0'] = cidr.split('/')
  const [width, group] = address.includes(':') ? ([128, 16] as const) : ([32, 8] as const)
  const groups = Array.from({ length: width / group }, (_, i) => {
    const ones = Math.min(Math.max(Number(bits) - i * group, 0), group)
    return (2 ** group - 1) ^ (2 ** (group - ones) - 1)
  })
  if (group === 8) return groups.join('.')
  const used = groups.filter((value) => value !== 0).map((value) => value.toString(16))
  return used.length === groups.length ? used.join(':') : `${used.join(':')}::`
}
