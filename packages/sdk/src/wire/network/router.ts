import type { InputOf, Router, routerUpdate } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, oneOrMany, ownerFields, standardBody, truth } from './fields.ts'

const text = z.string()
const route = z.strictObject({ destination: text, nexthop: text })

const gateway = z
  .strictObject({
    network_id: text.nullable().optional(),
    enable_snat: truth.optional(),
    external_fixed_ips: z
      .array(z.strictObject({ subnet_id: text.optional(), ip_address: text.optional() }))
      .optional(),
  })
  .nullable()

const changeable = {
  name: text.optional(),
  description: text.optional(),
  admin_state_up: truth.optional(),
  external_gateway_info: gateway.optional(),
}

const create = z.strictObject({
  ...changeable,
  ...ownerFields,
  tags: z.array(text).optional(),
  availability_zone_hints: z.array(text).max(0).optional(),
})
const update = z.strictObject({ ...changeable, routes: z.array(route).nullable().optional() })

export type RouterCreateBody = z.infer<typeof create>
export const routerCreateBody = oneOrMany('router', 'routers', create)
export const routerUpdateBody = envelope('router', update)
export const routesBody = envelope('router', z.strictObject({ routes: z.array(route) }))
export const interfaceBody = z.strictObject({
  subnet_id: text.nullable().optional(),
  port_id: text.nullable().optional(),
})

/** Fields of the operation that a body gives. Without a network there is no gateway. */
export function routerFields(
  body: z.infer<typeof update>,
): Omit<InputOf<typeof routerUpdate>, 'id'> {
  const { external_gateway_info: info } = body
  const isSet = typeof info?.network_id === 'string'
  return {
    name: body.name,
    description: body.description,
    adminStateUp: body.admin_state_up,
    externalGateway:
      info === undefined
        ? undefined
        : isSet
          ? {
              networkId: info.network_id as string,
              enableSnat: info.enable_snat,
              fixedIps: info.external_fixed_ips?.map((one) => ({
                subnetId: one.subnet_id,
                address: one.ip_address,
              })),
            }
          : null,
  }
}

/** A router (https://docs.openstack.org/api-ref/network/v2/#routers-routers). */
export function routerBody(row: Router): Body {
  const { externalGateway: outer } = row
  return {
    ...standardBody(row),
    name: row.name,
    admin_state_up: row.adminStateUp,
    status: row.status,
    external_gateway_info: outer && {
      network_id: outer.networkId,
      enable_snat: outer.enableSnat,
      external_fixed_ips: outer.fixedIps.map(({ subnetId, address }) => ({
        subnet_id: subnetId,
        ip_address: address,
      })),
    },
    routes: row.routes,
    tags: row.tags,
    availability_zone_hints: [],
    availability_zones: [],
    flavor_id: null,
  }
}

/** What adding or removing an interface answers. */
export function interfaceAnswer(
  row: Router,
  { portId, networkId, subnetId }: Router['interfaces'][number],
): Body {
  return {
    id: row.id,
    tenant_id: row.projectId,
    project_id: row.projectId,
    port_id: portId,
    network_id: networkId,
    subnet_id: subnetId,
    subnet_ids: [subnetId],
    tags: row.tags,
  }
}
