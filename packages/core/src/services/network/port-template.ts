import { CloudError } from '../../base/errors.ts'
import { type Cidr, contains, type IpAddress, parseAddress, parseCidr } from '../../base/cidr.ts'
import type { Kernel } from '../../kernel.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import type { AddressPair } from '../../model/network/port.ts'
import { securityGroupKind } from '../../model/network/security-group.ts'
import { derivesAddresses, type Subnet } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { isLentTo, owns } from './access.ts'
import { defaultSecurityGroupId } from './default-group.ts'
import type { FixedIpInput } from './fields.ts'
import { requireSubnetsFor, subnetsFor } from './service-subnets.ts'
import { loadSubnets } from './subnet-removal.ts'

/** One address a port wants. */
export type AddressWant =
  /** Any of these subnets, the first first. */
  | { readonly type: 'pool'; readonly subnets: readonly Subnet[] }
  | {
      readonly type: 'chosen'
      readonly subnet: Subnet
      readonly address: string
      readonly field: string
    }
  /** Follows from the port's MAC. */
  | { readonly type: 'derived'; readonly subnet: Subnet }

/** What is asked of a port, or of many alike. */
export interface PortRequest {
  /** Where it stands in the input, with its dot: `ports[3].`; empty for a single one. */
  readonly path: string
  readonly networkId: string
  /** What the port will be of; nothing when absent. */
  readonly deviceOwner?: string | undefined
  /** Addresses wanted; one of each IP version the network has when absent. */
  readonly fixedIps?: readonly FixedIpInput[] | undefined
  /** The project's default group when absent. */
  readonly securityGroupIds?: readonly string[] | undefined
  readonly portSecurity?: boolean | undefined
  readonly mac?: string | undefined
  readonly allowedAddressPairs?: readonly AddressPair[] | undefined
}

/** A request that was read and found sound. */
export interface PortTemplate {
  readonly request: PortRequest
  readonly projectId: string
  readonly network: Network
  readonly wants: readonly AddressWant[]
  readonly securityGroupIds: readonly string[]
  readonly portSecurity: boolean
}

export interface ResolvedPorts {
  readonly templates: readonly PortTemplate[]
  /** True: a template has the default group, and the project has none yet. */
  readonly lacksDefaultGroup: boolean
}

/**
 * Reads all that requests name, in three statements whatever their number.
 *
 * @throws CloudError `notFound`, `invalid`, `forbidden` with the field.
 */
export async function resolvePorts(
  call: Call,
  projectId: string,
  requests: readonly PortRequest[],
): Promise<ResolvedPorts> {
  const networks = await networksOf(call, projectId, requests)
  const subnets = new Map<string, Subnet>()
  for (const subnet of await loadSubnets(call.kernel, ...new Set(networks.values()))) {
    subnets.set(subnet.id, subnet)
  }
  const groups = await groupsOf(call.kernel, projectId, requests, networks)
  const templates = requests.map((request) => {
    const network = networks.get(request.networkId) as Network
    const own = network.subnetIds.flatMap((id) => subnets.get(id) ?? [])
    return templateOf(call, projectId, request, network, own, groups.defaultId)
  })
  return { templates, lacksDefaultGroup: groups.lacksDefault }
}

/** The networks that a project may put ports on. */
async function networksOf(
  call: Call,
  projectId: string,
  requests: readonly PortRequest[],
): Promise<ReadonlyMap<string, Network>> {
  const ids = [...new Set(requests.map((request) => request.networkId))]
  const networks = new Map<string, Network>()
  for (const network of await call.kernel.store.get(networkKind, ids)) {
    if (!network) continue
    const usable = network.projectId === projectId || isLentTo(network, projectId)
    if (usable) networks.set(network.id, network)
    else if (call.actor.system) throw unshared(network, requests)
  }
  for (const { networkId, path } of requests) {
    if (!networks.has(networkId)) throw notFound('network', `${path}networkId`)
  }
  return networks
}

/** An operator, who sees the network, is told why the project may not use it. */
function unshared({ id }: Network, requests: readonly PortRequest[]): CloudError {
  const path = requests.find(({ networkId }) => networkId === id)?.path ?? ''
  const message = `${path}networkId: is neither the project's nor shared.`
  return new CloudError('conflict', message, { field: `${path}networkId` })
}

/** Checks that the groups are the project's own. */
async function groupsOf(
  kernel: Kernel,
  projectId: string,
  requests: readonly PortRequest[],
  networks: ReadonlyMap<string, Network>,
): Promise<{ defaultId: string; lacksDefault: boolean }> {
  const defaultId = defaultSecurityGroupId(kernel, projectId)
  const ids = new Set<string>()
  for (const request of requests) {
    const network = networks.get(request.networkId) as Network
    const secured = request.portSecurity ?? network.portSecurity
    for (const id of request.securityGroupIds ?? (secured ? [defaultId] : [])) ids.add(id)
  }
  if (ids.size === 0) return { defaultId, lacksDefault: false }
  const own = await ownGroups(kernel, projectId, [...ids])
  for (const { securityGroupIds = [], path } of requests) {
    requireOwnGroups(own, securityGroupIds, path)
  }
  return { defaultId, lacksDefault: ids.has(defaultId) && !own.has(defaultId) }
}

/** Which of these groups are the project's, or lent to it. */
export async function ownGroups(
  kernel: Kernel,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await kernel.store.get(securityGroupKind, ids)
  return new Set(
    rows.flatMap((row) =>
      row && (row.projectId === projectId || isLentTo(row, projectId)) ? [row.id] : [],
    ),
  )
}

/** @throws CloudError `notFound` with the first that is not. */
export function requireOwnGroups(
  own: ReadonlySet<string>,
  ids: readonly string[],
  path: string,
): void {
  const at = ids.findIndex((id) => !own.has(id))
  if (at >= 0) throw notFound('securityGroup', `${path}securityGroupIds[${at}]`)
}

function templateOf(
  call: Call,
  projectId: string,
  request: PortRequest,
  network: Network,
  subnets: readonly Subnet[],
  defaultGroupId: string,
): PortTemplate {
  requireRights(call, request, network)
  const portSecurity = request.portSecurity ?? network.portSecurity
  const securityGroupIds = request.securityGroupIds ?? (portSecurity ? [defaultGroupId] : [])
  if (!portSecurity) requireUnsecured(request)
  const { deviceOwner = '', path } = request
  const wants =
    request.fixedIps === undefined
      ? defaultWants(requireSubnetsFor(deviceOwner, subnets, `${path}networkId`))
      : request.fixedIps.map((fixed, i) => {
          return wantOf(fixed, subnets, `${path}fixedIps[${i}]`, deviceOwner)
        })
  requireDistinct(wants)
  return { request, projectId, network, wants, securityGroupIds, portSecurity }
}

/**
 * On a shared network, only its owner chooses addresses and loosens what keeps ports from posing as
 * each other.
 *
 * @throws CloudError `forbidden` with the field.
 */
export function requireRights(
  call: Call,
  request: Omit<PortRequest, 'networkId'>,
  network: Network,
): void {
  if (owns(call, network)) return
  const chosen = request.fixedIps?.findIndex((fixed) => fixed.address !== undefined) ?? -1
  const field =
    chosen >= 0
      ? `fixedIps[${chosen}].address`
      : request.mac !== undefined
        ? 'mac'
        : request.portSecurity === false
          ? 'portSecurity'
          : (request.allowedAddressPairs?.length ?? 0) > 0
            ? 'allowedAddressPairs'
            : undefined
  if (field === undefined) return
  throw new CloudError('forbidden', `${field}: only the owner of the network may set it.`, {
    field: `${request.path}${field}`,
  })
}

/** @throws CloudError `invalid`: what filters traffic needs port security. */
export function requireUnsecured(request: Omit<PortRequest, 'networkId'>): void {
  const field =
    (request.securityGroupIds?.length ?? 0) > 0
      ? 'securityGroupIds'
      : (request.allowedAddressPairs?.length ?? 0) > 0
        ? 'allowedAddressPairs'
        : undefined
  if (field === undefined) return
  throw new CloudError('invalid', `${field}: needs port security.`, {
    field: `${request.path}${field}`,
    detail: { needs: 'portSecurity' },
  })
}

/** One address of each IP version that the network has. */
function defaultWants(subnets: readonly Subnet[]): AddressWant[] {
  return ([4, 6] as const).flatMap((version) => {
    const own = subnets.filter((subnet) => subnet.version === version)
    return own.length === 0 ? [] : [anyOf(own)]
  })
}

function anyOf(subnets: readonly Subnet[]): AddressWant {
  const derived = subnets.find(derivesAddresses)
  return derived ? { type: 'derived', subnet: derived } : { type: 'pool', subnets }
}

/**
 * A subnet or an address that is named may be made for others.
 *
 * @throws CloudError `notFound` for a subnet of another network, `invalid` for an address beside
 *   its subnet.
 */
export function wantOf(
  fixed: FixedIpInput,
  subnets: readonly Subnet[],
  field: string,
  deviceOwner: string,
): AddressWant {
  const { subnetId, address } = fixed
  const candidates = subnetId === undefined ? subnets : subnets.filter(({ id }) => id === subnetId)
  if (subnetId !== undefined && candidates.length === 0)
    throw notFound('subnet', `${field}.subnetId`)
  if (address === undefined) {
    return anyOf(subnetId === undefined ? subnetsFor(deviceOwner, candidates) : candidates)
  }
  const parsed = parseAddress(address) as IpAddress
  const subnet = candidates.find(({ cidr }) => contains(parseCidr(cidr) as Cidr, parsed))
  if (!subnet) {
    throw new CloudError('invalid', `${field}.address: lies in no subnet asked for.`, {
      field: `${field}.address`,
    })
  }
  if (derivesAddresses(subnet)) {
    throw new CloudError('invalid', `${field}.address: the subnet derives addresses from MACs.`, {
      field: `${field}.address`,
    })
  }
  return { type: 'chosen', subnet, address, field: `${field}.address` }
}

/** @throws CloudError `invalid` when one address is asked for twice. */
export function requireDistinct(wants: readonly AddressWant[]): void {
  const seen = new Set<string>()
  for (const want of wants) {
    if (want.type === 'pool') continue
    const key = want.type === 'chosen' ? `${want.subnet.id}/${want.address}` : want.subnet.id
    const field = want.type === 'chosen' ? want.field : 'fixedIps'
    if (seen.has(key)) throw new CloudError('invalid', `${field}: is asked for twice.`, { field })
    seen.add(key)
  }
}
