import { CloudError } from '../../base/errors.ts'
import type { Subnet } from '../../model/network/subnet.ts'

/**
 * Subnets that a port of such an owner takes addresses from when none is named: those made for it,
 * and then those made for nobody in particular
 * (https://docs.openstack.org/neutron/latest/admin/config-service-subnets.html).
 */
export function subnetsFor(deviceOwner: string, subnets: readonly Subnet[]): readonly Subnet[] {
  const own = subnets.filter(({ serviceTypes }) => serviceTypes?.includes(deviceOwner))
  const open = subnets.filter(({ serviceTypes = [] }) => serviceTypes.length === 0)
  return [...own, ...open]
}

/**
 * The same, where there has to be one.
 *
 * @throws CloudError `addressesExhausted`: the network has subnets, but all for others.
 */
export function requireSubnetsFor(
  deviceOwner: string,
  subnets: readonly Subnet[],
  field: string,
): readonly Subnet[] {
  const usable = subnetsFor(deviceOwner, subnets)
  if (usable.length > 0 || subnets.length === 0) return usable
  const owner = deviceOwner === '' ? 'a port without an owner' : deviceOwner
  throw new CloudError('addressesExhausted', `${field}: has no subnet for ${owner}.`, {
    field,
    limit: 0,
    detail: { available: 0, deviceOwner },
  })
}
