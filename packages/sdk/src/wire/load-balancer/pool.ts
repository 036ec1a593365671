import type { ChildView, Pool } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  describedInput,
  ownerFields,
  type Reference,
  references,
  withGiven,
} from './common.ts'
import { monitorInput, monitorShape } from './health-monitor.ts'
import type { PoolChange, PoolTreeInput } from './inputs.ts'
import { memberInput, memberShape } from './member.ts'
import { tlsChange, tlsFields } from './tls.ts'

type PoolView = ChildView<Pool>

/** A pool (https://docs.openstack.org/api-ref/load-balancer/v2/#show-pool-details). */
export function poolBody(
  row: PoolView,
  about: {
    readonly members: readonly Reference[]
    readonly listeners: readonly Reference[]
    readonly monitorId: string | null
  },
): Body {
  const { tls, persistence } = row
  return {
    ...commonBody(row),
    name: row.name,
    description: row.description,
    protocol: row.protocol,
    lb_algorithm: row.algorithm,
    session_persistence: persistence && {
      type: persistence.type,
      cookie_name: persistence.cookieName,
      persistence_timeout: persistence.timeoutS,
      persistence_granularity: persistence.granularity,
    },
    healthmonitor_id: about.monitorId,
    members: references(about.members),
    listeners: references(about.listeners),
    loadbalancers: [{ id: row.balancerId }],
    tls_enabled: tls.enabled,
    tls_container_ref: tls.containerRef,
    ca_tls_container_ref: tls.caContainerRef,
    crl_container_ref: tls.crlContainerRef,
    tls_ciphers: tls.ciphers || null,
    tls_versions: tls.enabled ? tls.versions : [],
    alpn_protocols: tls.alpnProtocols,
  }
}

const text = z.string()
const algorithm = z.enum(['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP', 'SOURCE_IP_PORT'])

const persistence = z.strictObject({
  type: z.enum(['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE']),
  cookie_name: text.nullish(),
  persistence_timeout: z.int().nullish(),
  persistence_granularity: text.nullish(),
})

const changeable = {
  ...commonFields,
  description: text.nullish(),
  session_persistence: z.union([persistence, z.strictObject({})]).nullish(),
  tls_enabled: z.boolean().nullish(),
  tls_container_ref: text.nullish(),
  ca_tls_container_ref: text.nullish(),
  crl_container_ref: text.nullish(),
  ...tlsFields,
}

const made = {
  ...changeable,
  protocol: z.enum(['TCP', 'UDP', 'SCTP', 'HTTP', 'HTTPS', 'PROXY', 'PROXYV2']),
  lb_algorithm: algorithm,
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-pool */
export const poolCreateBody = z.strictObject({
  pool: z.strictObject({
    ...made,
    ...ownerFields,
    loadbalancer_id: text.nullish(),
    listener_id: text.nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-pool */
export const poolUpdateBody = z.strictObject({
  pool: z.strictObject({ ...changeable, lb_algorithm: algorithm.nullish() }),
})

/** Within the request for a load balancer, where listeners call it by its name. */
export const poolTreeBody = z.strictObject({
  ...made,
  ...ownerFields,
  name: text,
  members: z.array(memberShape).nullish(),
  healthmonitor: monitorShape.nullish(),
})
type PoolTree = z.infer<typeof poolTreeBody>
type PoolFields = z.infer<(typeof poolUpdateBody)['shape']['pool']>

/** What a request says of a pool, as the service takes it. */
export function poolInput(
  body: Omit<PoolFields, 'lb_algorithm'>,
): Omit<PoolChange, 'algorithm' | 'tls' | 'expectedRev'> {
  return { ...describedInput(body), ...withGiven({ persistence: persistenceInput(body) }) }
}

function persistenceInput({ session_persistence: given }: PoolFields) {
  if (given === undefined) return undefined
  if (given === null || !('type' in given)) return null
  return {
    type: given.type,
    cookieName: given.cookie_name ?? null,
    timeoutS: given.persistence_timeout ?? null,
    granularity: given.persistence_granularity ?? null,
  }
}

/** What a request says of TLS to members; undefined when it says nothing. */
export function poolTls(body: PoolFields): PoolChange['tls'] {
  const change = {
    ...tlsChange(body),
    ...withGiven({
      enabled: body.tls_enabled === null ? false : body.tls_enabled,
      containerRef: body.tls_container_ref,
      caContainerRef: body.ca_tls_container_ref,
      crlContainerRef: body.crl_container_ref,
    }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}

/** A pool within the request for a load balancer. */
export function poolTreeInput(body: PoolTree): PoolTreeInput {
  return {
    ...poolInput(body),
    ...withGiven({ tls: poolTls(body) }),
    name: body.name,
    protocol: body.protocol,
    algorithm: body.lb_algorithm,
    members: (body.members ?? []).map((member) => memberInput(member)),
    ...(body.healthmonitor && { healthMonitor: monitorInput(body.healthmonitor) }),
  }
}
