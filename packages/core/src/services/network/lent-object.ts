import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type AddressGroup, addressGroupKind } from '../../model/network/address-group.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import { type QosPolicy, qosPolicyKind } from '../../model/network/qos-policy.ts'
import type { RbacObjectType } from '../../model/network/rbac-policy.ts'
import { type SecurityGroup, securityGroupKind } from '../../model/network/security-group.ts'
import { type SubnetPool, subnetPoolKind } from '../../model/network/subnet-pool.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { requireUnusedByLosers } from './lent-use.ts'
import { lentNetwork, planLending } from './network-lending.ts'
import { type Lending, withSharing } from './sharing.ts'

/** Something that is lent, or to be lent. */
export type LentObject =
  | { readonly type: 'network'; readonly row: Network }
  | { readonly type: 'subnetPool'; readonly row: SubnetPool }
  | { readonly type: 'securityGroup'; readonly row: SecurityGroup }
  | { readonly type: 'addressGroup'; readonly row: AddressGroup }
  | { readonly type: 'qosPolicy'; readonly row: QosPolicy }

/** Something of the caller's own. @throws CloudError `notFound`. */
export async function fetchLent(call: Call, type: RbacObjectType, id: string): Promise<LentObject> {
  const field = 'objectId'
  switch (type) {
    case 'network':
      return { type, row: await fetchOne(call, networkKind, id, field) }
    case 'subnetPool':
      return { type, row: await fetchOne(call, subnetPoolKind, id, field) }
    case 'securityGroup': {
      const row = await fetchOne(call, securityGroupKind, id, field)
      if (!row.isDefault) return { type, row }
      throw new CloudError('conflict', 'The default security group is not lent.', { field })
    }
    case 'qosPolicy':
      return { type, row: await fetchOne(call, qosPolicyKind, id, field) }
    case 'addressGroup':
      return { type, row: await fetchOne(call, addressGroupKind, id, field) }
  }
}

/**
 * Writes to whom something is lent. Its row changes with each of its policies, so of two changes at
 * once one comes second, and sees the other.
 *
 * @throws CloudError `conflict` with `field` when those who lose it have ports, subnets or rules by
 *   it.
 */
export async function planLent(
  kernel: Kernel,
  writes: Writes,
  object: LentObject,
  lending: Lending,
  field: string,
): Promise<void> {
  const updatedAt = kernel.clock.now()
  switch (object.type) {
    case 'network': {
      const after = { ...lentNetwork(object.row, lending), updatedAt }
      await planLending(kernel, writes, object.row, after, field)
      writes.update(networkKind, after)
      return
    }
    case 'subnetPool': {
      const after = { ...withSharing(object.row, lending), shared: lending.shared, updatedAt }
      requireNoSubnets(after, field)
      writes.update(subnetPoolKind, after)
      return
    }
    case 'securityGroup': {
      await requireUnusedByLosers(kernel, object.type, object.row, lending, field)
      writes.update(securityGroupKind, { ...lentGroup(object.row, lending), updatedAt })
      return
    }
    case 'qosPolicy':
      await requireUnusedByLosers(kernel, object.type, object.row, lending, field)
      writes.update(qosPolicyKind, { ...lentGroup(object.row, lending), updatedAt })
      return
    case 'addressGroup':
      await requireUnusedByLosers(kernel, object.type, object.row, lending, field)
      writes.update(addressGroupKind, { ...lentGroup(object.row, lending), updatedAt })
  }
}

function lentGroup<T extends SecurityGroup | AddressGroup | QosPolicy>(
  row: T,
  lending: Lending,
): T {
  const { shared: _, ...rest } = withSharing(row, lending)
  return { ...rest, ...(lending.shared && { shared: true }) } as T
}

/** @throws CloudError `conflict` when a project has subnets of a pool that is not lent to it. */
function requireNoSubnets(pool: SubnetPool, field: string): void {
  if (pool.shared) return
  const own = new Set([pool.projectId, ...(pool.sharedWith ?? [])])
  const foreign = pool.allocations.find(({ projectId }) => !own.has(projectId))
  if (!foreign) return
  throw new CloudError('conflict', 'Other projects have subnets of the pool.', {
    field,
    detail: { subnetId: foreign.subnetId },
  })
}
