import type { ChildView, Listener } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  describedInput,
  ownerFields,
  type Reference,
  references,
  wholeField,
  withGiven,
} from './common.ts'
import type { ListenerChange, ListenerTreeInput } from './inputs.ts'
import { policyTreeBody, policyTreeInput } from './l7-policy.ts'
import { poolTreeBody } from './pool.ts'
import { tlsChange, tlsFields } from './tls.ts'

type ListenerView = ChildView<Listener>

/** A listener (https://docs.openstack.org/api-ref/load-balancer/v2/#show-listener-details). */
export function listenerBody(
  row: ListenerView,
  { policies }: { readonly policies: readonly Reference[] },
): Body {
  const { timeouts, tls } = row
  const endsTls = row.protocol === 'TERMINATED_HTTPS'
  return {
    ...commonBody(row),
    name: row.name,
    description: row.description,
    protocol: row.protocol,
    protocol_port: row.protocolPort,
    connection_limit: row.connectionLimit,
    default_pool_id: row.defaultPoolId,
    allowed_cidrs: row.allowedCidrs.length === 0 ? null : row.allowedCidrs,
    insert_headers: Object.fromEntries(row.insertHeaders.map((name) => [name, 'true'])),
    l7policies: references(policies),
    loadbalancers: [{ id: row.balancerId }],
    timeout_client_data: timeouts.clientDataMs,
    timeout_member_connect: timeouts.memberConnectMs,
    timeout_member_data: timeouts.memberDataMs,
    timeout_tcp_inspect: timeouts.tcpInspectMs,
    default_tls_container_ref: tls.defaultContainerRef,
    sni_container_refs: tls.sniContainerRefs,
    client_authentication: tls.clientAuthentication,
    client_ca_tls_container_ref: tls.clientCaContainerRef,
    client_crl_container_ref: tls.clientCrlContainerRef,
    tls_ciphers: tls.ciphers || null,
    tls_versions: endsTls ? tls.versions : [],
    alpn_protocols: tls.alpnProtocols,
  }
}

const milliseconds = wholeField.nullish()
const text = z.string()

const headers = [
  'X-Forwarded-For',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
  'X-SSL-Client-Verify',
  'X-SSL-Client-Has-Cert',
  'X-SSL-Client-DN',
  'X-SSL-Client-CN',
  'X-SSL-Issuer',
  'X-SSL-Client-SHA1',
  'X-SSL-Client-Not-Before',
  'X-SSL-Client-Not-After',
] as const

const changeable = {
  ...commonFields,
  description: text.nullish(),
  connection_limit: wholeField.nullish(),
  default_pool_id: text.nullish(),
  allowed_cidrs: z.array(text).nullish(),
  /** `true` and `false` as texts. */
  insert_headers: z
    .partialRecord(z.enum(headers), z.enum(['true', 'false', 'True', 'False']))
    .nullish(),
  timeout_client_data: milliseconds,
  timeout_member_connect: milliseconds,
  timeout_member_data: milliseconds,
  timeout_tcp_inspect: milliseconds,
  default_tls_container_ref: text.nullish(),
  sni_container_refs: z.array(text).nullish(),
  client_authentication: z.enum(['NONE', 'OPTIONAL', 'MANDATORY']).nullish(),
  client_ca_tls_container_ref: text.nullish(),
  client_crl_container_ref: text.nullish(),
  ...tlsFields,
}

const protocol = z.enum(['TCP', 'UDP', 'SCTP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS', 'PROMETHEUS'])

const made = { ...changeable, protocol, protocol_port: wholeField }

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-listener */
export const listenerCreateBody = z.strictObject({
  listener: z.strictObject({ ...made, ...ownerFields, loadbalancer_id: text }),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-listener */
export const listenerUpdateBody = z.strictObject({ listener: z.strictObject(changeable) })

/** Within the request for a load balancer: pools are named, or made beside it. */
export const listenerTreeBody = z.strictObject({
  ...made,
  ...ownerFields,
  default_pool: z.union([z.strictObject({ name: text }), poolTreeBody]).nullish(),
  l7policies: z.array(policyTreeBody).nullish(),
})
type ListenerTree = z.infer<typeof listenerTreeBody>
type ListenerFields = z.infer<(typeof listenerUpdateBody)['shape']['listener']>

const timeouts = {
  clientDataMs: 50_000,
  memberConnectMs: 5_000,
  memberDataMs: 50_000,
  tcpInspectMs: 0,
}

/** What a change says of a listener, as the service takes it. Null stands for the default. */
export function listenerInput(
  body: ListenerFields,
): Omit<ListenerChange, 'timeouts' | 'tls' | 'expectedRev'> {
  const given = body.insert_headers
  return {
    ...describedInput(body),
    ...withGiven({
      connectionLimit: body.connection_limit === null ? -1 : body.connection_limit,
      defaultPoolId: body.default_pool_id,
      allowedCidrs: body.allowed_cidrs === null ? [] : body.allowed_cidrs,
      insertHeaders:
        given === undefined
          ? undefined
          : headers.filter((name) => given?.[name]?.toLowerCase() === 'true'),
    }),
  }
}

/** Timeouts after a change of some of them; undefined when there is none. */
export function listenerTimeouts(
  body: ListenerFields,
  before: ListenerView['timeouts'] = timeouts,
): ListenerView['timeouts'] | undefined {
  const change = withGiven({
    clientDataMs: or(body.timeout_client_data, timeouts.clientDataMs),
    memberConnectMs: or(body.timeout_member_connect, timeouts.memberConnectMs),
    memberDataMs: or(body.timeout_member_data, timeouts.memberDataMs),
    tcpInspectMs: or(body.timeout_tcp_inspect, timeouts.tcpInspectMs),
  })
  return Object.keys(change).length === 0 ? undefined : { ...before, ...change }
}

/** What a change says of TLS; undefined when it says nothing. */
export function listenerTls(body: ListenerFields): ListenerChange['tls'] {
  const { sni_container_refs: sni } = body
  const change = {
    ...tlsChange(body),
    ...withGiven({
      defaultContainerRef: body.default_tls_container_ref,
      sniContainerRefs: sni === null ? [] : sni,
      clientAuthentication: or(body.client_authentication, 'NONE' as const),
      clientCaContainerRef: body.client_ca_tls_container_ref,
      clientCrlContainerRef: body.client_crl_container_ref,
    }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}

/** A listener within the request for a load balancer. */
export function listenerTreeInput(body: ListenerTree): ListenerTreeInput {
  const own = withGiven({ timeouts: listenerTimeouts(body), tls: listenerTls(body) })
  const { defaultPoolId: _, ...fields } = listenerInput(body)
  return {
    ...fields,
    ...own,
    protocol: body.protocol,
    protocolPort: body.protocol_port,
    ...withGiven({ defaultPool: body.default_pool?.name ?? undefined }),
    l7Policies: (body.l7policies ?? []).map((policy) => policyTreeInput(policy)),
  }
}

function or<T>(value: T | null | undefined, otherwise: T): T | undefined {
  return value === null ? otherwise : value
}
