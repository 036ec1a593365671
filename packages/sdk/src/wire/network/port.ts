import type { InputOf, Port, portCreate, portUpdate } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  envelope,
  oneOrMany,
  ownerFields,
  standardBody,
  truth,
  whole,
} from './fields.ts'

const text = z.string()
const emptyMap = z.strictObject({}).nullable().optional()

const changeable = {
  name: text.optional(),
  description: text.optional(),
  admin_state_up: truth.optional(),
  fixed_ips: z
    .array(z.strictObject({ subnet_id: text.optional(), ip_address: text.optional() }))
    .optional(),
  security_groups: z.array(text).nullable().optional(),
  port_security_enabled: truth.optional(),
  allowed_address_pairs: z
    .array(z.strictObject({ ip_address: text, mac_address: text.nullable().optional() }))
    .nullable()
    .optional(),
  dns_name: text.optional(),
  qos_policy_id: text.nullable().optional(),
  extra_dhcp_opts: z
    .array(
      z.strictObject({
        opt_name: text,
        opt_value: text.nullable().optional(),
        ip_version: whole.optional(),
      }),
    )
    .nullable()
    .optional(),
  // Only the usual kind of port is made here, and who uses a port says so by using it.
  'binding:vnic_type': z.literal('normal').optional(),
  'binding:profile': emptyMap,
  'binding:host_id': text.nullable().optional(),
}

const create = z.strictObject({
  ...changeable,
  ...ownerFields,
  network_id: text,
  mac_address: text.optional(),
  device_id: z.literal('').nullable().optional(),
  device_owner: z.literal('').nullable().optional(),
  tags: z.array(text).optional(),
})

export type PortCreateBody = z.infer<typeof create>
export type PortUpdateBody = z.infer<z.ZodObject<typeof changeable>>
export const portCreateBody = oneOrMany('port', 'ports', create)
export const portUpdateBody = envelope(
  'port',
  z.strictObject({ ...changeable, mac_address: text.optional() }),
)

type UpdateFields = Omit<InputOf<typeof portUpdate>, 'id'>
type Create = InputOf<typeof portCreate>
type CreateFields = {
  readonly [K in 'dhcpOptions' | 'dnsName' | 'hostId' | 'qosPolicyId']: Create[K] | undefined
}

/** What a new port is told of names and DHCP; what has no value is not there yet. */
export function portNames(body: PortUpdateBody): CreateFields {
  const { dhcpOptions, dnsName, hostId, qosPolicyId } = portFields(body)
  return {
    dnsName: dnsName ?? undefined,
    hostId: hostId ?? undefined,
    qosPolicyId: qosPolicyId ?? undefined,
    dhcpOptions: dhcpOptions?.flatMap(({ value, ...rest }) => {
      return value === null ? [] : [{ ...rest, value }]
    }),
  }
}

/** Fields of the operation that a body gives. */
export function portFields(body: PortUpdateBody): UpdateFields {
  return {
    dnsName: body.dns_name === '' ? null : body.dns_name,
    qosPolicyId: body.qos_policy_id,
    hostId: body['binding:host_id'] === '' ? null : body['binding:host_id'],
    dhcpOptions: body.extra_dhcp_opts?.map(({ opt_name: name, opt_value: value, ip_version }) => ({
      name,
      value: value ?? null,
      ...(ip_version !== undefined && { version: ip_version as 4 | 6 }),
    })),
    name: body.name,
    description: body.description,
    adminStateUp: body.admin_state_up,
    fixedIps: body.fixed_ips?.map(({ subnet_id: subnetId, ip_address: address }) => ({
      subnetId,
      address,
    })),
    securityGroupIds: body.security_groups === null ? [] : body.security_groups,
    portSecurity: body.port_security_enabled,
    allowedAddressPairs:
      body.allowed_address_pairs === null
        ? []
        : body.allowed_address_pairs?.map(({ ip_address: ipAddress, mac_address: mac }) => ({
            ipAddress,
            ...(typeof mac === 'string' && { mac }),
          })),
  }
}

/** A port (https://docs.openstack.org/api-ref/network/v2/#ports). */
export function portBody(row: Port, isOperator: boolean): Body {
  return {
    ...standardBody(row),
    name: row.name,
    network_id: row.networkId,
    mac_address: row.mac,
    admin_state_up: row.adminStateUp,
    status: row.status,
    device_id: row.deviceId ?? '',
    device_owner: row.deviceOwner,
    fixed_ips: row.fixedIps.map(({ subnetId, address }) => ({
      subnet_id: subnetId,
      ip_address: address,
    })),
    security_groups: row.securityGroupIds,
    port_security_enabled: row.portSecurity,
    allowed_address_pairs: row.allowedAddressPairs.map(({ ipAddress, mac }) => ({
      ip_address: pairAddress(ipAddress),
      mac_address: mac,
    })),
    dns_name: row.dnsName ?? '',
    qos_policy_id: row.qosPolicyId ?? null,
    dns_assignment: row.fixedIps.map(({ address }) => assignment(row.dnsName, address)),
    extra_dhcp_opts: (row.dhcpOptions ?? []).map(({ name, value, version }) => ({
      opt_name: name,
      opt_value: value,
      ip_version: version,
    })),
    tags: row.tags,
    'binding:vnic_type': 'normal',
    ...(isOperator && {
      'binding:host_id': row.hostId ?? '',
      'binding:vif_type': row.hostId === null ? 'unbound' : 'other',
      'binding:vif_details': {},
      'binding:profile': {},
    }),
  }
}

/** What an address is called inside of the cloud: as its port, or after itself. */
function assignment(name: string | undefined, address: string): Body {
  const hostname = name ?? `host-${address.replaceAll(/[.:]/g, '-')}`
  return { ip_address: address, hostname, fqdn: `${hostname}.openstacklocal.` }
}

/** One address is written without a prefix. */
function pairAddress(block: string): string {
  const [address, prefix] = block.split('/') as [string, string]
  return prefix === (address.includes(':') ? '128' : '32') ? address : block
}
