import { CloudError } from '../../base/errors.ts'
import { type Cidr, parseCidr, printAddress } from '../../base/cidr.ts'
import { eui64 } from '../../base/mac.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import { addressKind, heldAddress } from '../../model/network/address.ts'
import { type FixedIp, isChargedPort, type Port, portKind } from '../../model/network/port.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import { chargeQuota } from '../quota.ts'
import type { AddressLease } from './address-lease.ts'
import { groupScope, networkScope, subnetScope } from './counters.ts'
import { countPolicy } from './qos/use.ts'
import { planDefaultSecurityGroup } from './default-group.ts'
import type { AddressWant, PortTemplate, ResolvedPorts } from './port-template.ts'

/** How many ports of one template. */
export interface PortAsk {
  readonly template: PortTemplate
  readonly count: number
}

/** What differs between ports of one template, or is not known before they are placed. */
export type PortFields = Pick<
  Port,
  | 'name'
  | 'description'
  | 'tags'
  | 'adminStateUp'
  | 'deviceId'
  | 'deviceOwner'
  | 'hostId'
  | 'status'
  | 'deleteWithDevice'
  | 'generation'
  | 'dhcpOptions'
  | 'dnsName'
  | 'qosPolicyId'
>

/** An address for number i of a template: from which lease, and which of it. */
interface Source {
  readonly lease: AddressLease
  readonly index: number
}

/** Addresses and MACs set aside for ports that are yet to be written. */
export class PortAllocation {
  readonly #kernel: Kernel
  readonly #resolved: ResolvedPorts
  readonly #asks: readonly PortAsk[]
  readonly #leases: AddressLease[] = []
  /** By ask, then by want, then by number. Empty for addresses that are derived. */
  readonly #sources: Source[][][] = []
  #macs: string[][] = []
  #written = false

  private constructor(kernel: Kernel, resolved: ResolvedPorts, asks: readonly PortAsk[]) {
    this.#kernel = kernel
    this.#resolved = resolved
    this.#asks = asks
  }

  /**
   * Sets aside what there is: ask `capacity` whether that is enough. Statements: a constant number
   * per subnet.
   *
   * @throws CloudError `conflict` for a chosen address that is held, `invalid` for one that no host
   *   may have.
   */
  static async make(
    kernel: Kernel,
    resolved: ResolvedPorts,
    asks: readonly PortAsk[],
  ): Promise<PortAllocation> {
    const allocation = new PortAllocation(kernel, resolved, asks)
    try {
      await allocation.#takeAddresses()
      await allocation.#takeMacs()
      return allocation
    } catch (error) {
      allocation.release()
      throw error
    }
  }

  /** Ports of an ask that the addresses allow. */
  capacity(ask: number): number {
    const { template, count } = this.#asks[ask] as PortAsk
    return template.wants.reduce((least, want, at) => {
      if (want.type === 'derived') return least
      return Math.min(least, this.#sources[ask]?.[at]?.length ?? 0)
    }, count)
  }

  /** Writes port `number` of an ask; its addresses and counters follow with `write`. */
  port(ask: number, number: number, fields: PortFields, at: number): Draft<Port> {
    const { template } = this.#asks[ask] as PortAsk
    const id = this.#kernel.ids.next()
    const mac = template.request.mac ?? this.#macs[ask]?.[number] ?? ''
    return {
      id,
      projectId: template.projectId,
      networkId: template.network.id,
      mac,
      fixedIps: template.wants.map((want, i) => this.#address(ask, number, want, i, id, mac)),
      securityGroupIds: template.securityGroupIds,
      portSecurity: template.portSecurity,
      allowedAddressPairs: pairsOf(template, mac),
      ...fields,
      createdAt: at,
      updatedAt: at,
    }
  }

  /** Writes ports made by `port`, their addresses, and everything that counts them. */
  write(writes: Writes, ports: readonly { ask: number; port: Draft<Port> }[]): void {
    this.#written = true
    if (this.#resolved.lacksDefaultGroup) this.#planDefaultGroup(writes)
    const made = this.#asks.map((): Draft<Port>[] => [])
    for (const { ask, port } of ports) {
      writes.insert(portKind, port)
      made[ask]?.push(port)
    }
    for (const [ask, { template }] of this.#asks.entries()) {
      const own = made[ask] as Draft<Port>[]
      if (own[0]) countPorts(writes, own[0], template.network.projectId, own.length)
      for (const want of template.wants) {
        if (want.type === 'derived') writeDerived(writes, want.subnet, own)
      }
    }
    for (const lease of this.#leases) lease.write(writes)
  }

  settled(): void {
    for (const lease of this.#leases) lease.settled()
  }

  release(): void {
    if (this.#written) this.#kernel.addresses.macs.doubt()
    for (const lease of this.#leases) lease.release()
  }

  #planDefaultGroup(writes: Writes): void {
    const projectId = this.#asks[0]?.template.projectId
    if (projectId !== undefined) planDefaultSecurityGroup(this.#kernel, writes, projectId)
  }

  #address(
    ask: number,
    number: number,
    want: AddressWant,
    at: number,
    portId: string,
    mac: string,
  ): FixedIp {
    if (want.type === 'derived') return derivedAddress(want.subnet, mac)
    const source = this.#sources[ask]?.[at]?.[number]
    if (!source) throw new CloudError('internal', 'A port was made beyond the capacity.')
    source.lease.assign(source.index, portId)
    return {
      subnetId: source.lease.subnetId,
      address: source.lease.addresses[source.index] as string,
    }
  }

  async #takeAddresses(): Promise<void> {
    for (const { template } of this.#asks) this.#sources.push(template.wants.map(() => []))
    await this.#takeChosen()
    const wanted = new Map<
      string,
      { subnets: readonly Subnet[]; takers: { sources: Source[]; count: number }[] }
    >()
    for (const [ask, { template, count }] of this.#asks.entries()) {
      for (const [at, want] of template.wants.entries()) {
        if (want.type !== 'pool') continue
        const key = want.subnets.map((subnet) => subnet.id).join()
        const group = wanted.get(key) ?? { subnets: want.subnets, takers: [] }
        wanted.set(key, group)
        group.takers.push({ sources: this.#sources[ask]?.[at] as Source[], count })
      }
    }
    for (const { subnets, takers } of wanted.values()) await this.#takeFrom(subnets, takers)
  }

  /** Fills takers, in order, from the first subnet and then from the next ones. */
  async #takeFrom(
    subnets: readonly Subnet[],
    takers: readonly { readonly sources: Source[]; readonly count: number }[],
  ): Promise<void> {
    let missing = takers.reduce((sum, taker) => sum + taker.count, 0)
    const queue = takers.flatMap((taker) =>
      Array.from({ length: taker.count }, () => taker.sources),
    )
    let next = 0
    for (const subnet of subnets) {
      if (missing === 0) return
      const lease = await this.#kernel.addresses.takeUpTo(subnet, missing)
      this.#leases.push(lease)
      missing -= lease.addresses.length
      for (let index = 0; index < lease.addresses.length; index++) {
        queue[next++]?.push({ lease, index })
      }
    }
  }

  async #takeChosen(): Promise<void> {
    const bySubnet = new Map<
      string,
      { subnet: Subnet; wants: (AddressWant & { type: 'chosen' })[]; sources: Source[][] }
    >()
    for (const [ask, { template }] of this.#asks.entries()) {
      for (const [at, want] of template.wants.entries()) {
        if (want.type !== 'chosen') continue
        const group = bySubnet.get(want.subnet.id) ?? {
          subnet: want.subnet,
          wants: [],
          sources: [],
        }
        bySubnet.set(want.subnet.id, group)
        if (group.wants.some((other) => other.address === want.address)) {
          throw new CloudError('invalid', `${want.field}: is asked for twice.`, {
            field: want.field,
          })
        }
        group.wants.push(want)
        group.sources.push(this.#sources[ask]?.[at] as Source[])
      }
    }
    for (const { subnet, wants, sources } of bySubnet.values()) {
      const field = wants[0]?.field ?? 'fixedIps'
      const addresses = wants.map((want) => want.address)
      const lease = await this.#kernel.addresses.claim(subnet, addresses, field)
      this.#leases.push(lease)
      for (const [index, list] of sources.entries()) list.push({ lease, index })
    }
  }

  async #takeMacs(): Promise<void> {
    const counts = this.#asks.map(({ template, count }) => (template.request.mac ? 0 : count))
    const total = counts.reduce((sum, count) => sum + count, 0)
    const macs = total === 0 ? [] : await this.#kernel.addresses.macs.take(total)
    this.#macs = counts.map((count) => macs.splice(0, count))
  }
}

function pairsOf(template: PortTemplate, mac: string): Port['allowedAddressPairs'] {
  const pairs = template.request.allowedAddressPairs ?? []
  return pairs.map((pair) => ({ ipAddress: pair.ipAddress, mac: pair.mac === '' ? mac : pair.mac }))
}

/** The address that a MAC has in a subnet that derives them. */
export function derivedAddress(subnet: Subnet, mac: string): FixedIp {
  const { first } = parseCidr(subnet.cidr) as Cidr
  const address = printAddress({ version: 6, value: eui64(first, mac) })
  return { subnetId: subnet.id, address }
}

/**
 * Writes the rows of derived addresses. Nobody else can hold them: MACs are unique, and none can be
 * chosen there.
 */
export function writeDerived(
  writes: Writes,
  subnet: Subnet,
  ports: readonly Pick<Port, 'id' | 'mac'>[],
): void {
  const { first } = parseCidr(subnet.cidr) as Cidr
  for (const { id, mac } of ports) {
    const address = { version: 6, value: eui64(first, mac) } as const
    writes.insert(addressKind, heldAddress(subnet.id, address, 'o', id))
  }
  writes.add({ scope: subnetScope(subnet.id), name: 'outside', add: ports.length })
}

/** Counts ports alike on their network, groups and project's quota: made (`count` > 0) or gone. */
export function countPorts(
  writes: Writes,
  port: Pick<Port, 'networkId' | 'projectId' | 'securityGroupIds' | 'deviceOwner' | 'qosPolicyId'>,
  networkProjectId: string,
  count: number,
): void {
  const scope = networkScope(port.networkId)
  writes.add({ scope, name: 'ports', add: count })
  if (port.projectId !== networkProjectId) writes.add({ scope, name: 'foreignPorts', add: count })
  for (const id of port.securityGroupIds) {
    writes.add({ scope: groupScope(id), name: 'ports', add: count })
  }
  countPolicy(writes, undefined, port.qosPolicyId, count)
  if (isChargedPort(port)) chargeQuota(writes, port.projectId, { ports: count })
}
