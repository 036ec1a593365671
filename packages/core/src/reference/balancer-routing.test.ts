import { describe, expect, it } from 'vitest'
import type {
  BalancerConfig,
  ListenerConfig,
  MemberConfig,
  PolicyConfig,
  PoolConfig,
  RuleConfig,
} from '../ports/balancer-driver.ts'
import { type BalancedRequest, routeRequest } from './balancer-routing.ts'
import { MemberChoice } from './member-choice.ts'

const member = (id: string, fields: Partial<MemberConfig> = {}): MemberConfig => ({
  ...{ id, address: `10.0.0.${id}`, protocolPort: 80, weight: 1, backup: false },
  ...{ monitorAddress: null, monitorPort: null },
  ...fields,
})

const pool = (id: string, members: readonly MemberConfig[], isWatched = true): PoolConfig => ({
  ...{ id, protocol: 'HTTP', algorithm: 'ROUND_ROBIN', persistence: null, members },
  tls: {
    ...{ enabled: false, containerRef: null, caContainerRef: null, crlContainerRef: null },
    ...{ versions: [], ciphers: '', alpnProtocols: [] },
  },
  monitor: isWatched
    ? {
        id: 'm',
        type: 'TCP',
        delayS: 5,
        timeoutS: 5,
        maxRetries: 1,
        maxRetriesDown: 1,
        request: null,
      }
    : null,
})

const rule = (fields: Partial<RuleConfig>): RuleConfig => ({
  ...{ id: 'r', type: 'PATH', compareType: 'STARTS_WITH', key: null, value: '/x', invert: false },
  ...fields,
})

const policy = (fields: Partial<PolicyConfig>): PolicyConfig => ({
  ...{ id: 'p', action: 'REJECT', redirectPoolId: null, redirectUrl: null, redirectPrefix: null },
  ...{ redirectCode: null, rules: [rule({})] },
  ...fields,
})

const listener = (fields: Partial<ListenerConfig> = {}): ListenerConfig => ({
  ...{ id: 'l', protocol: 'HTTP', protocolPort: 80, connectionLimit: -1, defaultPoolId: 'web' },
  ...{ allowedCidrs: [], insertHeaders: [], policies: [] },
  timeouts: { clientDataMs: 1, memberConnectMs: 1, memberDataMs: 1, tcpInspectMs: 0 },
  tls: {
    ...{ defaultContainerRef: null, sniContainerRefs: [], clientAuthentication: 'NONE' },
    ...{ clientCaContainerRef: null, clientCrlContainerRef: null },
    ...{ versions: [], ciphers: '', alpnProtocols: [] },
  },
  ...fields,
})

const config = (
  one: ListenerConfig,
  pools: readonly PoolConfig[] = [pool('web', [member('1')])],
): BalancerConfig => ({
  ...{ balancerId: 'lb', generation: 1, topology: 'SINGLE', failovers: 0 },
  vip: { portId: 'port', networkId: 'net', addresses: ['10.0.0.9'] },
  listeners: [one],
  pools,
})

const route = (one: BalancerConfig, request: Partial<BalancedRequest> = {}, down: string[] = []) =>
  routeRequest(one, { port: 80, ...request }, (id) => !down.includes(id)).routing

/** Requests that match a rule, and that do not. */
const matches: readonly [
  Partial<RuleConfig>,
  Partial<BalancedRequest>,
  Partial<BalancedRequest>,
][] = [
  [{ type: 'PATH', compareType: 'STARTS_WITH', value: '/a' }, { path: '/ab' }, { path: '/b' }],
  [{ type: 'PATH', compareType: 'ENDS_WITH', value: 'z' }, { path: '/az' }, { path: '/za' }],
  [{ type: 'PATH', compareType: 'CONTAINS', value: 'mid' }, { path: '/amidb' }, { path: '/m' }],
  [{ type: 'PATH', compareType: 'EQUAL_TO', value: '/A' }, { path: '/A' }, { path: '/a' }],
  [{ type: 'PATH', compareType: 'REGEX', value: '^/v\\d$' }, { path: '/v1' }, { path: '/vx' }],
  [
    { type: 'HOST_NAME', compareType: 'EQUAL_TO', value: 'A.test' },
    { host: 'a.TEST' },
    { host: 'b.test' },
  ],
  [
    { type: 'FILE_TYPE', compareType: 'EQUAL_TO', value: 'jpg' },
    { path: '/x.y/a.jpg?b=c.png' },
    { path: '/x.jpg/a' },
  ],
  [
    { type: 'HEADER', key: 'X-Tier', compareType: 'EQUAL_TO', value: 'gold' },
    { headers: { 'x-tier': 'gold' } },
    { headers: { 'x-other': 'gold' } },
  ],
  [
    { type: 'COOKIE', key: 'id', compareType: 'CONTAINS', value: '7' },
    { cookies: { id: '17' } },
    { cookies: { other: '7' } },
  ],
  [
    { type: 'SSL_CONN_HAS_CERT', compareType: 'EQUAL_TO', value: 'True' },
    { certificate: { verifyResult: 0, subject: {} } },
    {},
  ],
  [
    { type: 'SSL_VERIFY_RESULT', compareType: 'EQUAL_TO', value: '0' },
    { certificate: { verifyResult: 0, subject: {} } },
    { certificate: { verifyResult: 19, subject: {} } },
  ],
  [
    { type: 'SSL_DN_FIELD', key: 'CN', compareType: 'EQUAL_TO', value: 'anna' },
    { certificate: { verifyResult: 0, subject: { CN: 'anna' } } },
    { certificate: { verifyResult: 0, subject: { OU: 'anna' } } },
  ],
]

describe('where requests go', () => {
  it.each(matches)('L7: a rule %j tells requests apart, inverted the other way', (...row) => {
    const [fields, yes, no] = row
    const of = (invert: boolean) =>
      config(listener({ policies: [policy({ rules: [rule({ ...fields, invert })] })] }))
    expect(route(of(false), yes)).toMatchObject({ type: 'rejected', status: 403 })
    expect(route(of(false), no)).toMatchObject({ type: 'forwarded' })
    expect(route(of(true), yes)).toMatchObject({ type: 'forwarded' })
    expect(route(of(true), no)).toMatchObject({ type: 'rejected' })
  })

  it('L7: a policy applies where all its rules match, and does what its action says', () => {
    const both = [rule({ value: '/a' }), rule({ compareType: 'ENDS_WITH', value: 'b' })]
    const of = (fields: Partial<PolicyConfig>) =>
      config(listener({ policies: [policy({ rules: both, ...fields })] }), [
        pool('web', [member('1')]),
        pool('api', [member('2')]),
      ])
    expect(route(of({}), { path: '/a' })).toMatchObject({ type: 'forwarded', poolId: 'web' })
    const url = { action: 'REDIRECT_TO_URL', redirectUrl: 'https://b.test/', redirectCode: 301 }
    expect(route(of(url as Partial<PolicyConfig>), { path: '/ab' })).toEqual({
      ...{ type: 'redirected', status: 301, location: 'https://b.test/', policyId: 'p' },
    })
    const prefix = { action: 'REDIRECT_PREFIX', redirectPrefix: 'https://b.test' }
    expect(route(of(prefix as Partial<PolicyConfig>), { path: '/ab' })).toMatchObject({
      location: 'https://b.test/ab',
      status: 302,
    })
    const other = { action: 'REDIRECT_TO_POOL', redirectPoolId: 'api' }
    expect(route(of(other as Partial<PolicyConfig>), { path: '/ab' })).toMatchObject({
      poolId: 'api',
    })
  })

  it('L3: a listener takes its own port and transport, from clients that it lets in', () => {
    const open = config(listener({ allowedCidrs: ['10.1.0.0/16', '2001:db8::/32'] }))
    expect(route(open, { source: '10.1.2.3' }).type).toBe('forwarded')
    expect(route(open, { source: '2001:db8::1' }).type).toBe('forwarded')
    expect(route(open, { source: '10.2.0.1' }).type).toBe('refused')
    expect(route(open).type).toBe('refused')
    expect(route(config(listener()), { port: 81 }).type).toBe('refused')
    expect(route(config(listener()), { transport: 'udp' }).type).toBe('refused')
    const udp = config(listener({ protocol: 'UDP' }))
    expect(route(udp, { transport: 'udp' }).type).toBe('forwarded')
  })

  it('L5: backups serve when no other member does; weight 0 takes nothing new', () => {
    const members = [member('1'), member('2', { weight: 0 }), member('3', { backup: true })]
    const one = config(listener(), [pool('web', members)])
    const ids = (down: string[]) => {
      const routing = route(one, {}, down)
      return routing.type === 'forwarded' ? routing.members.map(({ id }) => id) : routing.type
    }
    expect(ids([])).toEqual(['1'])
    expect(ids(['1'])).toEqual(['3'])
    expect(ids(['1', '3'])).toBe('unavailable')
    const blind = config(listener(), [pool('web', members, false)])
    expect(route(blind, {}, ['1'])).toMatchObject({ members: [{ id: '1' }] })
  })
})

describe('which member takes a request', () => {
  const members = [member('1'), member('2', { weight: 3 })]
  const counts = (one: PoolConfig, requests: readonly Partial<BalancedRequest>[]) => {
    const choice = new MemberChoice()
    return requests.map((request) => choice.pick(one, members, { port: 80, ...request }).id)
  }

  it('L4: round robin and least connections keep to the weights', () => {
    for (const algorithm of ['ROUND_ROBIN', 'LEAST_CONNECTIONS'] as const) {
      const picked = counts(
        { ...pool('web', members), algorithm },
        Array.from({ length: 40 }, () => ({})),
      )
      expect(picked.filter((id) => id === '2')).toHaveLength(30)
    }
  })

  it('L4: by source, a client comes to one member; by source and port, not always', () => {
    const requests = Array.from({ length: 20 }, (_, i) => ({ source: '10.0.0.7', sourcePort: i }))
    const by = (algorithm: PoolConfig['algorithm']) =>
      new Set(counts({ ...pool('web', members), algorithm }, requests)).size
    expect(by('SOURCE_IP')).toBe(1)
    expect(by('SOURCE_IP_PORT')).toBe(2)
  })

  it('L4: persistence keeps a session with its member, by address or cookie', () => {
    const web = pool('web', members)
    const kept = { cookieName: null, timeoutS: null, granularity: null }
    const sticky = (
      type: 'SOURCE_IP' | 'HTTP_COOKIE' | 'APP_COOKIE',
      request: Partial<BalancedRequest>,
    ) => {
      const persistence = { ...kept, type, cookieName: type === 'APP_COOKIE' ? 'sid' : null }
      return new Set(
        counts(
          { ...web, persistence },
          Array.from({ length: 8 }, () => request),
        ),
      ).size
    }
    expect(sticky('SOURCE_IP', { source: '10.0.0.7' })).toBe(1)
    expect(sticky('HTTP_COOKIE', { cookies: { SRV: 'a' } })).toBe(1)
    expect(sticky('APP_COOKIE', { cookies: { sid: 'a' } })).toBe(1)
    expect(sticky('APP_COOKIE', { cookies: { other: 'a' } })).toBe(2)
  })
})
