import type { Kernel } from '../../../kernel.ts'
import { addressGroupKind } from '../../../model/network/address-group.ts'
import { addressKind, fixedIpId } from '../../../model/network/address.ts'
import { type FloatingIp, floatingIpKind } from '../../../model/network/floating-ip.ts'
import { networkKind } from '../../../model/network/network.ts'
import { type Port, portKind, routerOwners } from '../../../model/network/port.ts'
import { type Router, routerKind } from '../../../model/network/router.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../../model/network/security-group.ts'
import type { Subnet } from '../../../model/network/subnet.ts'
import { everyRow } from '../../page.ts'
import { loadSubnets } from '../subnet-removal.ts'
import { isWithin } from './packet.ts'
import type { GroupRule, Holder, ReachWorld } from './world.ts'

/**
 * What finding a way needs to know, from the store: each thing is read once, when it is needed.
 * Only a rule about a group of ports can make it read a project's ports, page by page. What is not
 * for the caller to know is not there.
 */
export class StoreWorld implements ReachWorld {
  readonly #kernel: Pick<Kernel, 'store'>
  readonly #subnets = new Map<string, Promise<readonly Subnet[]>>()
  readonly #holders = new Map<string, Promise<Holder | undefined>>()
  readonly #routers = new Map<string, Promise<Router | undefined>>()
  readonly #members = new Map<string, Promise<readonly Port[]>>()

  readonly #mayKnow: (row: { readonly projectId: string }) => boolean

  constructor(
    kernel: Pick<Kernel, 'store'>,
    mayKnow: (row: { readonly projectId: string }) => boolean,
  ) {
    this.#kernel = kernel
    this.#mayKnow = mayKnow
  }

  subnets(networkId: string): Promise<readonly Subnet[]> {
    return once(this.#subnets, networkId, async () => {
      const [network] = await this.#kernel.store.get(networkKind, [networkId])
      return network ? loadSubnets(this.#kernel as Kernel, network) : []
    })
  }

  holder(networkId: string, address: string): Promise<Holder | undefined> {
    return once(this.#holders, `${networkId} ${address}`, async () => {
      const subnets = await this.subnets(networkId)
      const subnet = subnets.find(({ cidr }) => isWithin(address, cidr))
      if (!subnet) return undefined
      const { store } = this.#kernel
      const [row] = await store.get(addressKind, [fixedIpId({ subnetId: subnet.id, address })])
      if (!row || row.portId === null) return undefined
      const [port] = await store.get(portKind, [row.portId])
      if (port) return this.#holderOf(port)
      const [floating] = await store.get(floatingIpKind, [row.portId])
      return floating && this.#mayKnow(floating) ? { type: 'floatingIp', row: floating } : undefined
    })
  }

  async #holderOf(port: Port): Promise<Holder | undefined> {
    const { deviceId, deviceOwner } = port
    if (deviceId === null || !routerOwners.includes(deviceOwner))
      return this.#mayKnow(port) ? { type: 'port', port } : undefined
    return (await this.router(deviceId)) && { type: 'router', routerId: deviceId }
  }

  router(id: string): Promise<Router | undefined> {
    return once(this.#routers, id, async () => {
      const [router] = await this.#kernel.store.get(routerKind, [id])
      return router && this.#mayKnow(router) ? router : undefined
    })
  }

  async floatingIps({ floatingIpIds = [] }: Port): Promise<readonly FloatingIp[]> {
    if (floatingIpIds.length === 0) return []
    const rows = await this.#kernel.store.get(floatingIpKind, floatingIpIds)
    return rows.filter((row): row is FloatingIp => row !== undefined)
  }

  async rules(groupIds: readonly string[]): Promise<readonly GroupRule[]> {
    if (groupIds.length === 0) return []
    const { store } = this.#kernel
    const groups = await store.get(securityGroupKind, groupIds)
    const stateful = new Map(groups.flatMap((row) => (row ? [[row.id, row.stateful]] : [])))
    const keys = groupIds.map((id) => [id])
    const rules = await store.lookup(securityGroupRuleKind, 'byGroup', keys)
    return rules
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((rule) => ({ rule, stateful: stateful.get(rule.groupId) ?? true }))
  }

  async hasMember(groupId: string, address: string): Promise<boolean> {
    const ports = await once(this.#members, groupId, () => this.#membersOf(groupId))
    return ports.some(
      ({ allowedAddressPairs, fixedIps }) =>
        fixedIps.some((fixedIp) => fixedIp.address === address) ||
        allowedAddressPairs.some(({ ipAddress }) => isWithin(address, ipAddress)),
    )
  }

  async blocks(addressGroupId: string): Promise<readonly string[]> {
    const [group] = await this.#kernel.store.get(addressGroupKind, [addressGroupId])
    return group?.addresses ?? []
  }

  async #membersOf(groupId: string): Promise<readonly Port[]> {
    const [group] = await this.#kernel.store.get(securityGroupKind, [groupId])
    if (!group) return []
    const query = { index: 'byProject', equals: [group.projectId] }
    const members: Port[] = []
    for await (const page of everyRow(this.#kernel, portKind, query)) {
      members.push(...page.filter(({ securityGroupIds }) => securityGroupIds.includes(groupId)))
    }
    return members
  }
}

/** Asks once for each key. */
function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key)
  if (before) return before
  const answer = ask()
  known.set(key, answer)
  return answer
}
