import { Writes } from '../../commit/writes.ts'
import { networkKind } from '../../model/network/network.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { given } from '../given.ts'
import type { PortUpdateInput } from './port-input.ts'
import { ownGroups, requireOwnGroups, requireRights, requireUnsecured } from './port-template.ts'
import { planAddressChange, planGroupChange } from './port-update.ts'

/** Decides and commits the change of one port. */
export async function updatePort(call: Call, before: Port, input: PortUpdateInput): Promise<Port> {
  const { kernel } = call
  const { id, expectedRev: _, fixedIps, allowedAddressPairs, ...patch } = input
  const [network] = await kernel.store.get(networkKind, [before.networkId])
  if (!network) throw notFound('network', 'id')
  requireRights(call, { ...input, path: '' }, network)
  const changed: Port = { ...before, ...given(patch), updatedAt: kernel.clock.now() }
  const pairs = allowedAddressPairs ?? before.allowedAddressPairs
  const filters = {
    securityGroupIds: changed.securityGroupIds,
    allowedAddressPairs: pairs,
    path: '',
  }
  if (!changed.portSecurity) requireUnsecured(filters)
  const writes = new Writes()
  if (input.securityGroupIds) {
    const own = await ownGroups(kernel, before.projectId, input.securityGroupIds)
    requireOwnGroups(own, input.securityGroupIds, '')
    planGroupChange(writes, before.securityGroupIds, input.securityGroupIds)
  }
  const change = fixedIps && (await planAddressChange(kernel, writes, before, network, fixedIps))
  try {
    const port: Port = {
      ...changed,
      allowedAddressPairs: pairs.map((pair) => ({ ...pair, mac: pair.mac || before.mac })),
      fixedIps: change?.fixedIps ?? before.fixedIps,
    }
    const updated = { ...port, rev: port.rev + 1 }
    await call.commit(writes.update(portKind, port), [id], updated)
    change?.settled()
    return updated
  } catch (error) {
    change?.release()
    throw error
  }
}
