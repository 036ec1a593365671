import { CloudError } from '../../../base/errors.ts'
import { type Cidr, contains, type IpAddress, parseAddress, parseCidr } from '../../../base/cidr.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Draft } from '../../../model/kind.ts'
import { type FloatingIp, floatingIpKind } from '../../../model/network/floating-ip.ts'
import { type Network, networkKind } from '../../../model/network/network.ts'
import type { Subnet } from '../../../model/network/subnet.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { chargeQuota } from '../../quota.ts'
import { seenBy, owns, requireRoom } from '../access.ts'
import type { AddressLease } from '../address-lease.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import { externalScope } from '../counters.ts'
import { subnetsFor } from '../service-subnets.ts'
import { loadSubnets } from '../subnet-removal.ts'
import { resolveTargets } from './associate.ts'
import { countTargets } from './targets.ts'

/** One floating IP asked for. */
export interface FloatingIpAsk {
  readonly path: string
  readonly description: string
  readonly tags: readonly string[]
  readonly dnsName?: string | undefined
  readonly dnsDomain?: string | undefined
  readonly portId?: string | undefined
  readonly fixedAddress?: string | undefined
}

/** Where floating IPs come from, and whose they will be. */
export interface FloatingIpSource {
  readonly projectId: string
  readonly networkId: string
  readonly subnetId?: string | undefined
  /** This very address: for one of them. */
  readonly address?: string | undefined
}

/**
 * Makes floating IPs and associates them, in one commit: all of them or none.
 *
 * @throws CloudError `addressesExhausted`, `quotaExceeded`, `conflict`, `invalid`, `notFound`.
 */
export async function createFloatingIps<O>(
  call: Call,
  source: FloatingIpSource,
  asks: readonly FloatingIpAsk[],
  shape: (rows: FloatingIp[]) => O,
): Promise<O> {
  const { kernel } = call
  const network = await externalNetwork(call, source.networkId)
  await requireRoom(kernel, source.projectId, { floatingIps: asks.length })
  const subnets = await floatingSubnets(call, network, source.subnetId)
  const leases = await takeAddresses(call, subnets, source, asks.length)
  try {
    const drafts = draftsOf(call, source, leases, asks)
    const wants = drafts.flatMap(({ id }, index) => {
      const { portId, fixedAddress, path } = asks[index] as FloatingIpAsk
      const { projectId, networkId } = source
      const want = { floatingIpId: id, projectId, networkId, fixedAddress, path, forwards: false }
      return portId === undefined ? [] : [{ ...want, portId }]
    })
    const { targets, write } = await resolveTargets(kernel, wants)
    const byId = new Map(wants.map(({ floatingIpId }, i) => [floatingIpId, targets[i]]))
    const rows = drafts.map((draft) => {
      const target = byId.get(draft.id)
      return target ? { ...draft, target, generation: 1 } : draft
    })
    const writes = new Writes().insert(floatingIpKind, ...rows)
    write(writes)
    countTargets(writes, targets, 1)
    for (const lease of leases) lease.write(writes)
    chargeQuota(writes, source.projectId, { floatingIps: rows.length })
    writes.add({ scope: externalScope(network.id), name: 'uses', add: rows.length })
    const told = rows.filter(({ target }) => target !== null)
    planConfigure(
      call,
      writes,
      told.map(({ id }) => ({ type: 'floatingIp', id, revision: 1 })),
    )
    const answer = shape(rows.map((row) => ({ ...row, rev: 1 })))
    await call.commit(
      writes,
      rows.map(({ id }) => id),
      answer,
    )
    for (const lease of leases) lease.settled()
    return answer
  } catch (error) {
    for (const lease of leases) lease.release()
    throw error
  }
}

/** @throws CloudError `notFound`; `invalid` for a network that leads nowhere. */
export async function externalNetwork(
  call: Call,
  networkId: string,
  field = 'networkId',
): Promise<Network> {
  const [network] = await call.kernel.store.get(networkKind, [networkId])
  if (!network || !(seenBy(call)(network) || owns(call, network))) throw notFound('network', field)
  if (network.external) return network
  throw new CloudError('invalid', `${field}: is no external network.`, { field })
}

/** What Neutron calls the owner of a floating IP's address. */
const floatingIpOwner = 'network:floatingip'

/** Subnets that floating IPs may come from, in order; one that is named may be for others. */
async function floatingSubnets(
  call: Call,
  network: Network,
  subnetId: string | undefined,
): Promise<readonly Subnet[]> {
  const subnets = (await loadSubnets(call.kernel, network)).filter(({ version }) => version === 4)
  if (subnetId === undefined) return subnetsFor(floatingIpOwner, subnets)
  const chosen = subnets.filter(({ id }) => id === subnetId)
  if (chosen.length === 0) throw notFound('subnet', 'subnetId')
  return chosen
}

async function takeAddresses(
  call: Call,
  subnets: readonly Subnet[],
  { address, networkId }: FloatingIpSource,
  count: number,
): Promise<readonly AddressLease[]> {
  const { addresses } = call.kernel
  if (address !== undefined) return [await claimAddress(call, subnets, address)]
  const leases: AddressLease[] = []
  let missing = count
  for (const subnet of subnets) {
    if (missing === 0) break
    const lease = await addresses.takeUpTo(subnet, missing)
    leases.push(lease)
    missing -= lease.addresses.length
  }
  if (missing === 0) return leases
  for (const lease of leases) lease.release()
  throw new CloudError(
    'addressesExhausted',
    `networkId: has ${count - missing} of ${count} addresses.`,
    {
      field: 'networkId',
      limit: count - missing,
      detail: { networkId, available: count - missing, asked: count },
    },
  )
}

async function claimAddress(
  call: Call,
  subnets: readonly Subnet[],
  address: string,
): Promise<AddressLease> {
  for (const subnet of subnets) {
    const holds = contains(parseCidr(subnet.cidr) as Cidr, parseAddress(address) as IpAddress)
    if (holds) return call.kernel.addresses.claim(subnet, [address], 'address')
  }
  throw new CloudError('invalid', 'address: lies in no IPv4 subnet of the network.', {
    field: 'address',
  })
}

function draftsOf(
  call: Call,
  { networkId, projectId }: FloatingIpSource,
  leases: readonly AddressLease[],
  asks: readonly FloatingIpAsk[],
): Draft<FloatingIp>[] {
  const at = call.kernel.clock.now()
  const taken = leases.flatMap((lease) =>
    lease.addresses.map((address, index) => ({ lease, address, index })),
  )
  return asks.map(({ description, dnsDomain, dnsName, tags }, number): Draft<FloatingIp> => {
    const { lease, address, index } = taken[number] as (typeof taken)[number]
    const id = call.kernel.ids.next()
    lease.assign(index, id)
    return {
      ...{ id, projectId, description, networkId, subnetId: lease.subnetId, address, tags },
      ...(dnsName !== undefined && { dnsName }),
      ...(dnsDomain !== undefined && { dnsDomain }),
      ...{ status: 'DOWN', target: null, portForwardings: [] },
      ...{ generation: 0, observed: 0, createdAt: at, updatedAt: at },
    }
  })
}
