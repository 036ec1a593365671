import type { NetworkAddresses } from '@nephos/core'
import type { Body } from './fields.ts'

/**
 * How many addresses of a network are held
 * (https://docs.openstack.org/api-ref/network/v2/#network-ip-availability-and-usage-stats).
 */
export function availabilityBody({ network, subnets }: NetworkAddresses): Body {
  const sum = (key: 'total' | 'used'): number => subnets.reduce((all, one) => all + one[key], 0)
  return {
    id: network.id,
    network_id: network.id,
    network_name: network.name,
    tenant_id: network.projectId,
    project_id: network.projectId,
    total_ips: sum('total'),
    used_ips: sum('used'),
    subnet_ip_availability: subnets.map(({ subnet, total, used }) => ({
      subnet_id: subnet.id,
      subnet_name: subnet.name,
      ip_version: subnet.version,
      cidr: subnet.cidr,
      total_ips: total,
      used_ips: used,
    })),
  }
}
