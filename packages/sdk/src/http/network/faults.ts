import { CloudError, type ErrorCode, isCloudError } from '@nephos/core'
import { quotaWireName } from '../../wire/network/quota.ts'
import { type Fault, HttpError } from '../faults.ts'

/** What Neutron calls an error, and the status where it differs from the usual one. */
export type ErrorName =
  | string
  | readonly [status: number, type: string]
  | ((error: CloudError) => string | readonly [status: number, type: string])

/** Names of errors by their codes: what one call can run into. */
export type ErrorNames = Readonly<Partial<Record<ErrorCode, ErrorName>>>

const usual: Readonly<Partial<Record<ErrorCode, string>>> = {
  invalid: 'HTTPBadRequest',
  forbidden: 'PolicyNotAuthorized',
  conflict: 'Conflict',
  quotaExceeded: 'OverQuota',
  addressesExhausted: 'IpAddressGenerationFailure',
  stale: 'Conflict',
  tooLarge: 'RequestTooLarge',
}

const absent: Readonly<Record<string, string>> = {
  network: 'NetworkNotFound',
  subnet: 'SubnetNotFound',
  port: 'PortNotFound',
  agent: 'AgentNotFound',
  router: 'RouterNotFound',
  interface: 'RouterInterfaceNotFound',
  floatingIp: 'FloatingIPNotFound',
  portForwarding: 'PortForwardingNotFound',
  securityGroup: 'SecurityGroupNotFound',
  securityGroupRule: 'SecurityGroupRuleNotFound',
  addressGroup: 'AddressGroupNotFound',
  addressScope: 'AddressScopeNotFound',
  subnetPool: 'SubnetPoolNotFound',
  rbacPolicy: 'RbacPolicyNotFound',
  qosPolicy: 'QosPolicyNotFound',
  qosRule: 'QosRuleNotFound',
  qosRuleType: 'QosRuleTypeNotFound',
  tag: 'TagNotFound',
}

/**
 * Runs a call, and gives its errors the names by which Neutron's clients know them.
 *
 * @throws CloudError
 */
export async function named<T>(names: ErrorNames, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw isCloudError(error) ? renamed(error, names) : error
  }
}

function renamed(error: CloudError, names: ErrorNames): CloudError {
  if (error.code === 'stale' && error.field === 'expectedRev') {
    return withType(error, [412, 'RevisionNumberConstraintFailed'])
  }
  const name = names[error.code]
  return name === undefined ? error : withType(error, name)
}

function withType(error: CloudError, name: ErrorName): CloudError {
  const { field, limit, code, message } = error
  const chosen = typeof name === 'function' ? name(error) : name
  const [status, type] = typeof chosen === 'string' ? [undefined, chosen] : chosen
  const options = {
    ...(field !== undefined && { field }),
    ...(limit !== undefined && { limit }),
    detail: { ...error.detail, type },
    cause: error,
  }
  return status === undefined
    ? new CloudError(code, message, options)
    : new HttpError(status, message, { ...options, code })
}

/** The body of an error, as Neutron writes it; that of a bad token is Keystone's. */
export function networkFault(fault: Fault): unknown {
  const { status, code, detail } = fault
  const message = code === 'quotaExceeded' ? quotaText(fault) : wireText(fault.message)
  if (status === 401) return { error: { code: 401, title: 'Unauthorized', message } }
  const own = detail?.['type']
  const type =
    typeof own === 'string' ? own : code === 'notFound' ? absentType(message) : usualType(code)
  return { NeutronError: { type, message, detail: '' } }
}

/** In the words by which clients know it: which resource, by its name on the wire. */
function quotaText({ field, message }: Fault): string {
  const name = quotaWireName(field)
  return name === undefined ? message : `Quota exceeded for resources: ['${name}']. ${message}`
}

function usualType(code: ErrorCode): string {
  return usual[code] ?? 'HTTPInternalServerError'
}

function absentType(message: string): string {
  const noun = /^No such (\w+)\.$/.exec(message)?.[1] ?? ''
  return absent[noun] ?? 'HTTPNotFound'
}

/** The field at the beginning of a message, as the wire spells it. */
function wireText(message: string): string {
  return message.replace(/^[\w.[\]]+(?=: )/, (path) =>
    path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )
}
