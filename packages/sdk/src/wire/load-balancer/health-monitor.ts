import type { ChildView, HealthMonitor, MonitorRequest } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  commonInput,
  ownerFields,
  wholeField,
  withGiven,
} from './common.ts'
import type { MonitorChange, MonitorInput } from './inputs.ts'

type MonitorView = ChildView<HealthMonitor>

/** A monitor (https://docs.openstack.org/api-ref/load-balancer/v2/#show-health-monitor-details). */
export function monitorBody(row: MonitorView): Body {
  const { request } = row
  return {
    ...commonBody(row),
    name: row.name,
    type: row.type,
    delay: row.delayS,
    timeout: row.timeoutS,
    max_retries: row.maxRetries,
    max_retries_down: row.maxRetriesDown,
    http_method: request?.method ?? null,
    url_path: request?.urlPath ?? null,
    expected_codes: request?.expectedCodes ?? null,
    http_version: request?.version ? Number(request.version) : null,
    domain_name: request?.domainName ?? null,
    pools: [{ id: row.poolId }],
  }
}

const text = z.string()
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'OPTIONS',
  'PATCH',
  'CONNECT',
] as const

const requestFields = {
  http_method: z.enum(methods).nullish(),
  url_path: text.nullish(),
  expected_codes: text.nullish(),
  http_version: z.union([z.literal(1), z.literal(1.1)]).nullish(),
  domain_name: text.nullish(),
}

/** A monitor that is to be. */
export const monitorShape = z.strictObject({
  ...commonFields,
  ...ownerFields,
  ...requestFields,
  type: z.enum(['HTTP', 'HTTPS', 'PING', 'TCP', 'TLS-HELLO', 'UDP-CONNECT', 'SCTP']),
  delay: wholeField,
  timeout: wholeField,
  max_retries: wholeField,
  max_retries_down: wholeField.nullish(),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-health-monitor */
export const monitorCreateBody = z.strictObject({
  healthmonitor: monitorShape.extend({ pool_id: text }),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-health-monitor */
export const monitorUpdateBody = z.strictObject({
  healthmonitor: z.strictObject({
    ...commonFields,
    ...requestFields,
    delay: wholeField.optional(),
    timeout: wholeField.optional(),
    max_retries: wholeField.optional(),
    max_retries_down: wholeField.nullish(),
  }),
})
type MonitorFields = z.infer<(typeof monitorUpdateBody)['shape']['healthmonitor']>

const defaultRequest: MonitorRequest = {
  method: 'GET',
  urlPath: '/',
  expectedCodes: '200',
  version: null,
  domainName: null,
}

/** What a change says of a monitor. Null stands for the default. */
export function monitorChange(
  body: MonitorFields,
  before: MonitorRequest | null = defaultRequest,
): MonitorChange {
  return {
    ...commonInput(body),
    ...withGiven({
      delayS: body.delay,
      timeoutS: body.timeout,
      maxRetries: body.max_retries,
      maxRetriesDown: body.max_retries_down === null ? 3 : body.max_retries_down,
      request: requestInput(body, before ?? defaultRequest),
    }),
  }
}

const httpVersions = { 1: '1.0', 1.1: '1.1' } as const

function requestInput(body: MonitorFields, before: MonitorRequest): MonitorRequest | undefined {
  const { http_version: version } = body
  const change = withGiven({
    method: or(body.http_method, defaultRequest.method),
    urlPath: or(body.url_path, defaultRequest.urlPath),
    expectedCodes: or(body.expected_codes, defaultRequest.expectedCodes),
    version: typeof version === 'number' ? httpVersions[version] : version,
    domainName: body.domain_name,
  })
  return Object.keys(change).length === 0 ? undefined : { ...before, ...change }
}

function or<T>(value: T | null | undefined, otherwise: T): T | undefined {
  return value === null ? otherwise : value
}

/** A monitor as the service takes it. */
export function monitorInput(body: z.infer<typeof monitorShape>): MonitorInput {
  const { type, delay: delayS, timeout: timeoutS, max_retries: maxRetries } = body
  return { ...monitorChange(body), type, delayS, timeoutS, maxRetries }
}
