import { z } from 'zod'
import {
  type HealthMonitor,
  healthMonitorKind,
  monitorMethods,
  type MonitorRequest,
} from '../../model/balancer/health-monitor.ts'
import { poolScope } from '../../model/balancer/pool.ts'
import { type MonitorType, monitorTypes } from '../../model/balancer/protocols.ts'
import { CloudError } from '../../base/errors.ts'
import type { TreeEdit } from './edit.ts'
import { createFields, urlPathField } from './fields.ts'
import { rowOf, type Under } from './listener-plan.ts'

export const requestField = z.strictObject({
  method: z.enum(monitorMethods).default('GET'),
  urlPath: urlPathField.default('/'),
  expectedCodes: z
    .string()
    .max(255)
    .regex(/^[1-5]\d\d(?:(?:,[1-5]\d\d)*|-[1-5]\d\d)$/, 'is no code, list or range of codes')
    .default('200'),
  version: z.enum(['1.0', '1.1']).nullable().default(null),
  domainName: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Za-z0-9.-]+$/, 'is not a domain name')
    .nullable()
    .default(null),
})

export const secondsField = z.int().min(1).max(86_400)
export const retriesField = z.int().min(1).max(10)

export const monitorFields = {
  ...createFields,
  type: z.enum(monitorTypes),
  delayS: secondsField,
  timeoutS: secondsField,
  maxRetries: retriesField,
  maxRetriesDown: retriesField.default(3),
  request: requestField.optional(),
}

const monitorShape = z.strictObject(monitorFields)
export type MonitorInput = z.infer<typeof monitorShape>

const defaultRequest: MonitorRequest = {
  method: 'GET',
  urlPath: '/',
  expectedCodes: '200',
  version: null,
  domainName: null,
}

function asks(type: MonitorType): boolean {
  return type === 'HTTP' || type === 'HTTPS'
}

/** @throws CloudError `invalid` when a type has nothing to ask for. */
export function requireMonitor(
  monitor: Pick<HealthMonitor, 'type'> & {
    readonly request?: MonitorRequest | null | undefined
  },
  path: string,
): void {
  const { request, type } = monitor
  if (request === undefined || request === null) return
  if (!asks(type)) {
    const field = `${path}request`
    throw new CloudError('invalid', `${field}: a ${type} monitor asks for nothing.`, { field })
  }
  if (request.domainName !== null && request.version !== '1.1') {
    const field = `${path}request.domainName`
    throw new CloudError('invalid', `${field}: needs HTTP 1.1.`, { field })
  }
}

/** Writes a monitor of a pool. */
export function planMonitor(
  edit: TreeEdit,
  under: Under,
  poolId: string,
  input: MonitorInput,
): HealthMonitor {
  const request = asks(input.type) ? (input.request ?? defaultRequest) : null
  edit.writes.add({ scope: poolScope(poolId), name: 'monitors', add: 1 })
  return edit.insert(healthMonitorKind, { ...rowOf(under), ...input, poolId, request })
}
