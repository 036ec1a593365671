import { type Cidr, contains, parseAddress, parseCidr } from '../base/cidr.ts'
import type {
  BalancerConfig,
  ListenerConfig,
  MemberConfig,
  PolicyConfig,
  PoolConfig,
  RuleConfig,
} from '../ports/balancer-driver.ts'

/** A request, or a connection, as it comes to a load balancer. */
export interface BalancedRequest {
  readonly port: number
  readonly transport?: 'tcp' | 'udp' | 'sctp'
  /** The client's address and port. */
  readonly source?: string
  readonly sourcePort?: number
  readonly host?: string
  /** Path and query. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  /** What a client certificate says; absent = the client showed none. */
  readonly certificate?: {
    readonly verifyResult: number
    readonly subject: Readonly<Record<string, string>>
  }
}

/** What becomes of a request. */
export type Routing =
  /** Nothing listens there, or the client is not let in. */
  | { readonly type: 'refused' }
  | { readonly type: 'rejected'; readonly status: 403; readonly policyId: string }
  | {
      readonly type: 'redirected'
      readonly status: number
      readonly location: string
      readonly policyId: string
    }
  | { readonly type: 'unavailable'; readonly status: 503 }
  | {
      readonly type: 'forwarded'
      readonly poolId: string
      readonly members: readonly MemberConfig[]
    }

/** Where a request goes, and the listener that took it. */
export interface Routed {
  readonly listener: ListenerConfig | undefined
  readonly routing: Routing
}

/**
 * What Octavia's documentation says becomes of a request: a pure function of the configuration, and
 * of the members that are up.
 */
export function routeRequest(
  config: BalancerConfig,
  request: BalancedRequest,
  isUp: (memberId: string) => boolean,
): Routed {
  const listener = config.listeners.find((one) => listens(one, request))
  if (!listener || !letsIn(listener, request)) {
    return { listener: undefined, routing: { type: 'refused' } }
  }
  const policy = listener.policies.find(({ rules }) => rules.every((rule) => holds(rule, request)))
  const answered = policy && answerOf(policy, request)
  if (answered) return { listener, routing: answered }
  const poolId = policy?.redirectPoolId ?? listener.defaultPoolId
  const pool = config.pools.find(({ id }) => id === poolId)
  const members = pool ? eligible(pool, isUp) : []
  if (!pool || members.length === 0) {
    return { listener, routing: { type: 'unavailable', status: 503 } }
  }
  return { listener, routing: { type: 'forwarded', poolId: pool.id, members } }
}

function listens({ protocol, protocolPort }: ListenerConfig, request: BalancedRequest): boolean {
  const transport = protocol === 'UDP' ? 'udp' : protocol === 'SCTP' ? 'sctp' : 'tcp'
  return protocolPort === request.port && transport === (request.transport ?? 'tcp')
}

function letsIn({ allowedCidrs }: ListenerConfig, { source }: BalancedRequest): boolean {
  if (allowedCidrs.length === 0) return true
  const address = source === undefined ? undefined : parseAddress(source)
  if (!address) return false
  return allowedCidrs.some((cidr) => contains(parseCidr(cidr) as Cidr, address))
}

function answerOf(policy: PolicyConfig, { path = '/' }: BalancedRequest): Routing | undefined {
  const { id: policyId, action, redirectCode, redirectPrefix, redirectUrl } = policy
  const status = redirectCode ?? 302
  switch (action) {
    case 'REJECT':
      return { type: 'rejected', status: 403, policyId }
    case 'REDIRECT_TO_URL':
      return { type: 'redirected', status, location: redirectUrl ?? '', policyId }
    case 'REDIRECT_PREFIX':
      return { type: 'redirected', status, location: `${redirectPrefix ?? ''}${path}`, policyId }
    case 'REDIRECT_TO_POOL':
      return undefined
  }
}

/** Members that take new traffic: backups only when nobody else does. */
function eligible({ members, monitor }: PoolConfig, isUp: (id: string) => boolean): MemberConfig[] {
  const serving = members.filter(({ id, weight }) => weight > 0 && (!monitor || isUp(id)))
  const first = serving.filter(({ backup }) => !backup)
  return first.length > 0 ? first : serving
}

function holds(rule: RuleConfig, request: BalancedRequest): boolean {
  const value = subjectOf(rule, request)
  const matches = value !== undefined && compare(rule, value)
  return matches !== rule.invert
}

/** What the rule looks at; undefined = the request has none. */
function subjectOf({ type, key }: RuleConfig, request: BalancedRequest): string | undefined {
  const { host, path, headers = {}, cookies = {}, certificate } = request
  const wanted = key ?? ''
  switch (type) {
    case 'HOST_NAME':
      return host
    case 'PATH':
      return path
    case 'FILE_TYPE':
      return fileType(path ?? '')
    case 'HEADER':
      return Object.entries(headers).find(
        ([name]) => name.toLowerCase() === wanted.toLowerCase(),
      )?.[1]
    case 'COOKIE':
      return cookies[wanted]
    case 'SSL_CONN_HAS_CERT':
      return certificate ? 'True' : undefined
    case 'SSL_VERIFY_RESULT':
      return certificate && String(certificate.verifyResult)
    case 'SSL_DN_FIELD':
      return certificate?.subject[wanted]
  }
}

/** What follows the last dot of a path's last part. */
function fileType(path: string): string | undefined {
  const [plain = ''] = path.split('?')
  const last = plain.split('/').at(-1) ?? ''
  const dot = last.lastIndexOf('.')
  return dot < 0 ? undefined : last.slice(dot + 1)
}

function compare({ compareType, value: wanted, type }: RuleConfig, value: string): boolean {
  // Names of hosts have no case.
  const fold = (text: string): string => (type === 'HOST_NAME' ? text.toLowerCase() : text)
  switch (compareType) {
    case 'REGEX':
      return new RegExp(wanted, 'u').test(value)
    case 'STARTS_WITH':
      return fold(value).startsWith(fold(wanted))
    case 'ENDS_WITH':
      return fold(value).endsWith(fold(wanted))
    case 'CONTAINS':
      return fold(value).includes(fold(wanted))
    case 'EQUAL_TO':
      return fold(value) === fold(wanted)
  }
}
