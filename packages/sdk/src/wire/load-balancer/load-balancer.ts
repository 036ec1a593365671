import type { LoadBalancerView, StatusTree, Traffic } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  describedInput,
  ownerFields,
  type Reference,
  references,
  withValues,
} from './common.ts'
import type { LoadBalancerInput } from './inputs.ts'
import { listenerTreeBody, listenerTreeInput } from './listener.ts'
import { poolTreeBody, poolTreeInput } from './pool.ts'

/** The one provider: the cloud's own appliances. */
export const provider = 'octavia'

/**
 * A load balancer
 * (https://docs.openstack.org/api-ref/load-balancer/v2/#show-load-balancer-details).
 */
export function loadBalancerBody(
  row: LoadBalancerView,
  about: { readonly listeners: readonly Reference[]; readonly pools: readonly Reference[] },
): Body {
  const { vip } = row
  return {
    ...commonBody(row),
    name: row.name,
    description: row.description,
    provider,
    flavor_id: null,
    availability_zone: null,
    vip_address: vip.address,
    vip_port_id: vip.portId,
    vip_network_id: vip.networkId,
    vip_subnet_id: vip.subnetId || null,
    vip_qos_policy_id: null,
    additional_vips: vip.addresses
      .filter((address) => address !== vip.address)
      .map((address) => ({ ip_address: address })),
    listeners: references(about.listeners),
    pools: references(about.pools),
  }
}

const text = z.string()
const changeable = {
  ...commonFields,
  description: text.nullish(),
  vip_qos_policy_id: text.nullish(),
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-a-load-balancer */
export const loadBalancerCreateBody = z.strictObject({
  loadbalancer: z.strictObject({
    ...changeable,
    ...ownerFields,
    vip_subnet_id: text.nullish(),
    vip_network_id: text.nullish(),
    vip_port_id: text.nullish(),
    vip_address: text.nullish(),
    additional_vips: z
      .array(z.strictObject({ subnet_id: text, ip_address: text.nullish() }))
      .nullish(),
    provider: text.nullish(),
    flavor_id: text.nullish(),
    availability_zone: text.nullish(),
    listeners: z.array(listenerTreeBody).nullish(),
    pools: z.array(poolTreeBody).nullish(),
  }),
})
export type LoadBalancerFields = z.infer<(typeof loadBalancerCreateBody)['shape']['loadbalancer']>

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-load-balancer */
export const loadBalancerUpdateBody = z.strictObject({ loadbalancer: z.strictObject(changeable) })

/** A load balancer with all below it, as the service takes it. */
export function loadBalancerInput(body: LoadBalancerFields): LoadBalancerInput {
  const listeners = body.listeners ?? []
  return {
    ...describedInput(body),
    vip: {
      ...withValues({
        subnetId: body.vip_subnet_id,
        networkId: body.vip_network_id,
        address: body.vip_address,
      }),
      additional: (body.additional_vips ?? []).map((vip) => ({
        subnetId: vip.subnet_id,
        ...withValues({ address: vip.ip_address }),
      })),
    },
    listeners: listeners.map((listener) => listenerTreeInput(listener)),
    pools: [...(body.pools ?? []), ...ownPools(listeners)].map((pool) => poolTreeInput(pool)),
  }
}

/** Pools that stand within listeners and policies: the service takes them beside them. */
function ownPools(listeners: NonNullable<LoadBalancerFields['listeners']>) {
  return listeners.flatMap(({ default_pool: pool }) => (pool && 'protocol' in pool ? [pool] : []))
}

/**
 * What traffic was carried
 * (https://docs.openstack.org/api-ref/load-balancer/v2/#get-load-balancer-statistics).
 */
export function statsBody(traffic: Traffic): Body {
  return {
    stats: {
      active_connections: traffic.activeConnections,
      bytes_in: traffic.bytesIn,
      bytes_out: traffic.bytesOut,
      request_errors: traffic.requestErrors,
      total_connections: traffic.totalConnections,
    },
  }
}

interface Standing {
  readonly id: string
  readonly provisioningStatus: string
  readonly operatingStatus: string
}

function standing(node: Standing): Body {
  return {
    id: node.id,
    provisioning_status: node.provisioningStatus,
    operating_status: node.operatingStatus,
  }
}

/**
 * How everything stands
 * (https://docs.openstack.org/api-ref/load-balancer/v2/#get-the-load-balancer-status-tree).
 */
export function statusBody(tree: StatusTree): Body {
  const pools = new Map(tree.pools.map((pool) => [pool.id, poolNode(pool)]))
  const used = (ids: readonly (string | null)[]): Body[] =>
    [...new Set(ids)].flatMap((id) => {
      const pool = id === null ? undefined : pools.get(id)
      return pool ? [pool] : []
    })
  const listeners = tree.listeners.map((listener) => ({
    ...standing(listener),
    name: listener.name,
    pools: used([
      listener.defaultPoolId,
      ...listener.l7Policies.map(({ redirectPoolId }) => redirectPoolId),
    ]),
    l7policies: listener.l7Policies.map((policy) => ({
      ...standing(policy),
      name: policy.name,
      action: policy.action,
      rules: policy.rules.map((rule) => standing(rule)),
    })),
  }))
  return {
    statuses: {
      loadbalancer: {
        ...standing(tree),
        name: tree.name,
        listeners,
      },
    },
  }
}

function poolNode(pool: StatusTree['pools'][number]): Body {
  const { healthMonitor: monitor } = pool
  return {
    ...standing(pool),
    name: pool.name,
    healthmonitor: monitor && { ...standing(monitor), name: monitor.name, type: monitor.type },
    members: pool.members.map((member) => ({
      ...standing(member),
      name: member.name,
      address: member.address,
      protocol_port: member.protocolPort,
    })),
  }
}
