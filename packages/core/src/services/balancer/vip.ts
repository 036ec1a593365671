import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type Vip, vipDeviceOwner } from '../../model/balancer/load-balancer.ts'
import type { Port } from '../../model/network/port.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { lentTo, owns } from '../network/access.ts'
import {
  addressField,
  type FixedIpInput,
  fixedIpField,
  securityGroupIdsField,
} from '../network/fields.ts'
import { PortAllocation } from '../network/port-allocation.ts'
import { resolvePorts } from '../network/port-template.ts'

/** Where a load balancer is to be reached: names a subnet, or a network. */
export const vipField = z
  .strictObject({
    subnetId: idField.optional(),
    networkId: idField.optional(),
    address: addressField.optional(),
    /** More addresses, on the same network. */
    additional: z.array(fixedIpField).max(limits.balancerVips).default([]),
    securityGroupIds: securityGroupIdsField.optional(),
  })
  .refine((vip) => vip.subnetId !== undefined || vip.networkId !== undefined, {
    message: 'names neither a subnetId nor a networkId',
  })

export type VipInput = z.infer<typeof vipField>

/** A port set aside for a load balancer, not yet written. */
export interface VipPlan {
  readonly allocation: PortAllocation
  readonly port: Draft<Port>
  readonly vip: Vip
}

/**
 * Sets aside the port of a load balancer, with its addresses.
 *
 * @throws CloudError `notFound`, `conflict`, `addressesExhausted` with the field.
 */
export async function planVip(
  call: Call,
  projectId: string,
  balancerId: string,
  input: VipInput,
): Promise<VipPlan> {
  const { kernel } = call
  const networkId = await networkOf(call, input)
  const { subnetId, address, additional, securityGroupIds } = input
  const isPlain = subnetId === undefined && address === undefined && additional.length === 0
  const first: FixedIpInput = {
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(address === undefined ? {} : { address }),
  }
  const fixedIps = isPlain ? undefined : [first, ...additional]
  const owner = { deviceOwner: vipDeviceOwner }
  const request = { path: 'vip.', networkId, fixedIps, securityGroupIds, ...owner }
  const resolved = await resolvePorts(call, projectId, [request])
  const [template] = resolved.templates
  if (!template || template.wants.length === 0) {
    throw new CloudError('conflict', 'vip.networkId: has no subnet.', { field: 'vip.networkId' })
  }
  const allocation = await PortAllocation.make(kernel, resolved, [{ template, count: 1 }])
  try {
    if (allocation.capacity(0) === 0) {
      const field = 'vip.networkId'
      throw new CloudError('addressesExhausted', `${field}: has no free address.`, {
        field,
        limit: 0,
        detail: { networkId, available: 0, asked: 1 },
      })
    }
    const port = allocation.port(0, 0, portFields(balancerId), kernel.clock.now())
    return { allocation, port, vip: vipOf(port) }
  } catch (error) {
    allocation.release()
    throw error
  }
}

function portFields(balancerId: string) {
  return {
    name: `octavia-lb-${balancerId}`,
    description: '',
    tags: [],
    adminStateUp: true,
    deviceId: `lb-${balancerId}`,
    deviceOwner: vipDeviceOwner,
    hostId: null,
    status: 'DOWN' as const,
    deleteWithDevice: true,
  }
}

function vipOf(port: Draft<Port>): Vip {
  const [first] = port.fixedIps
  return {
    portId: port.id,
    networkId: port.networkId,
    subnetId: first?.subnetId ?? '',
    address: first?.address ?? '',
    addresses: port.fixedIps.map(({ address }) => address),
  }
}

/** The network asked for, or that of the subnet. */
async function networkOf(call: Call, { subnetId, networkId }: VipInput): Promise<string> {
  if (subnetId === undefined) return networkId as string
  const [subnet] = await call.kernel.store.get(subnetKind, [subnetId])
  const isSeen = subnet && (owns(call, subnet) || lentTo(call)(subnet))
  if (!subnet || !isSeen) throw notFound('subnet', 'vip.subnetId')
  if (networkId !== undefined && networkId !== subnet.networkId) {
    throw new CloudError('invalid', 'vip.networkId: is not that of the subnet.', {
      field: 'vip.networkId',
    })
  }
  return subnet.networkId
}
