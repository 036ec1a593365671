import { type ErrorCode, memoryStore } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import type { ProjectApi } from '@nephos/sdk'
import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openWorld, type World } from '../support/world.ts'

interface Site extends World {
  readonly acme: ProjectApi
  readonly balancerId: string
  readonly httpId: string
  readonly tcpId: string
  readonly poolId: string
  readonly tcpPoolId: string
  readonly policyId: string
  readonly subnetId: string
}

async function site(world: World): Promise<Site> {
  const acme = await world.cloud.project('acme')
  const network = await acme.networks.create({ name: 'net' })
  const networkId = network.id
  const subnet = await acme.subnets.create({ networkId, cidr: '10.0.0.0/24' })
  const { id: balancerId } = await acme.loadBalancers.create({ name: 'lb', vip: { networkId } })
  const http = { balancerId, protocol: 'HTTP' } as const
  const tcp = { balancerId, protocol: 'TCP' } as const
  const pool = { ...http, algorithm: 'ROUND_ROBIN' } as const
  const one = await acme.listeners.create({ ...http, protocolPort: 80 })
  const two = await acme.listeners.create({ ...tcp, protocolPort: 25 })
  const web = await acme.pools.create(pool)
  const udp = await acme.pools.create({ ...pool, protocol: 'UDP' })
  const policy = await acme.l7Policies.create({ listenerId: one.id, action: 'REJECT' })
  return {
    ...world,
    ...{ acme, balancerId, httpId: one.id, tcpId: two.id, poolId: web.id, tcpPoolId: udp.id },
    ...{ policyId: policy.id, subnetId: subnet.id },
  }
}

let own: Site

beforeAll(async () => {
  own = await site(await openWorld({ work: false }))
})

afterAll(async () => {
  expect(await own.cloud.audit()).toEqual([])
  await own.cloud.close()
})

type Fields = Readonly<Record<string, unknown>>
type Case = readonly [what: string, fields: (one: Site) => Fields, field: string, code?: ErrorCode]

function refuses(
  call: (api: ProjectApi) => (input: never) => Promise<unknown>,
  cases: readonly Case[],
): void {
  for (const [what, fields, field, code = 'invalid'] of cases) {
    it(`${what}: ${code}`, async () => {
      const outcome = call(own.acme)(fields(own) as never)
      await expect(outcome).rejects.toMatchObject({ code, field })
    })
  }
}

const absent = '01890000-0000-7000-8000-000000000000'
const vip = ({ subnetId }: Site) => ({ vip: { subnetId } })
const web = { name: 'web', protocol: 'HTTP', algorithm: 'ROUND_ROBIN' }
const http = { protocol: 'HTTP', protocolPort: 80 }

describe('a load balancer is refused', () => {
  refuses(
    (api) => api.loadBalancers.create,
    [
      ['L1: without an address', () => ({ vip: {} }), 'vip'],
      ['L1: on no subnet', () => ({ vip: { subnetId: absent } }), 'vip.subnetId', 'notFound'],
      ['L1: on no network', () => ({ vip: { networkId: absent } }), 'vip.networkId', 'notFound'],
      [
        'L1: at an address outside',
        ({ subnetId }) => ({ vip: { subnetId, address: '10.9.9.9' } }),
        'vip.fixedIps[0].address',
      ],
      ['L8: of no topology', (one) => ({ ...vip(one), topology: 'DOUBLE' }), 'topology'],
      [
        'L1: with a pool of no name',
        (one) => ({ ...vip(one), listeners: [{ ...http, defaultPool: 'web' }] }),
        'listeners[0].defaultPool',
      ],
      [
        'L1: with two pools of a name',
        (one) => ({ ...vip(one), pools: [web, web] }),
        'pools[1].name',
      ],
      [
        'L1: with two listeners of a port',
        (one) => ({ ...vip(one), listeners: [http, { ...http, protocol: 'TCP' }] }),
        'listeners[1].protocolPort',
      ],
      [
        'L7: with a bad rule deep below',
        (one) => ({
          ...vip(one),
          listeners: [
            {
              ...http,
              l7Policies: [
                {
                  action: 'REJECT',
                  rules: [{ type: 'HEADER', compareType: 'EQUAL_TO', value: 'x' }],
                },
              ],
            },
          ],
        }),
        'listeners[0].l7Policies[0].rules[0].key',
      ],
    ],
  )
})

describe('a listener is refused', () => {
  const base = ({ balancerId }: Site) => ({ balancerId, protocol: 'HTTP', protocolPort: 8_080 })
  refuses(
    (api) => api.listeners.create,
    [
      [
        'L3: on a port that is taken',
        (one) => ({ ...base(one), protocolPort: 80 }),
        'protocolPort',
        'conflict',
      ],
      ['L3: on port 0', (one) => ({ ...base(one), protocolPort: 0 }), 'protocolPort'],
      ['L3: of no protocol', (one) => ({ ...base(one), protocol: 'QUIC' }), 'protocol'],
      [
        'L3: before a pool of another protocol',
        (one) => ({ ...base(one), defaultPoolId: one.tcpPoolId }),
        'defaultPoolId',
      ],
      [
        'L3: ending TLS without a certificate',
        (one) => ({ ...base(one), protocol: 'TERMINATED_HTTPS' }),
        'tls.defaultContainerRef',
      ],
      [
        'L3: with certificates and without TLS',
        (one) => ({ ...base(one), tls: { defaultContainerRef: 'ref' } }),
        'tls',
      ],
      [
        'L3: that asks clients for certificates of no CA',
        (one) => ({
          ...base(one),
          protocol: 'TERMINATED_HTTPS',
          tls: { defaultContainerRef: 'ref', clientAuthentication: 'MANDATORY' },
        }),
        'tls.clientCaContainerRef',
      ],
      [
        'L3: that inserts headers into no requests',
        (one) => ({ ...base(one), protocol: 'TCP', insertHeaders: ['X-Forwarded-For'] }),
        'insertHeaders',
      ],
      [
        'L3: that inserts any header',
        (one) => ({ ...base(one), insertHeaders: ['X-Evil\r\nHost: x'] }),
        'insertHeaders[0]',
      ],
      [
        'L3: with ciphers that end a line',
        (one) => ({ ...base(one), tls: { ciphers: 'AES\n bind *:1' } }),
        'tls.ciphers',
      ],
      [
        'L3: letting in what is no CIDR',
        (one) => ({ ...base(one), allowedCidrs: ['10.0.0.1/8'] }),
        'allowedCidrs[0]',
      ],
      [
        'L3: letting in who cannot reach the address',
        (one) => ({ ...base(one), allowedCidrs: ['10.0.0.0/8', '2001:db8::/64'] }),
        'allowedCidrs[1]',
      ],
    ],
  )
})

describe('a pool, its members and its monitor are refused', () => {
  const base = ({ balancerId }: Site) => ({ balancerId, protocol: 'TCP', algorithm: 'SOURCE_IP' })
  const persistence = (type: string, more: Fields = {}) => ({ persistence: { type, ...more } })
  refuses(
    (api) => api.pools.create,
    [
      ['L4: of no algorithm', (one) => ({ ...base(one), algorithm: 'RANDOM' }), 'algorithm'],
      [
        'L4: with cookies in no requests',
        (one) => ({ ...base(one), ...persistence('HTTP_COOKIE') }),
        'persistence.type',
      ],
      [
        'L4: with a cookie of no name',
        (one) => ({ ...base(one), protocol: 'HTTP', ...persistence('APP_COOKIE') }),
        'persistence.cookieName',
      ],
      [
        'L4: with a timeout where there is none',
        (one) => ({ ...base(one), ...persistence('SOURCE_IP', { timeoutS: 5 }) }),
        'persistence.timeoutS',
      ],
      [
        'L4: with TLS over UDP',
        (one) => ({ ...base(one), protocol: 'UDP', tls: { enabled: true } }),
        'tls.enabled',
      ],
      ['L4: as second default', (one) => ({ ...base(one), listenerId: one.httpId }), 'protocol'],
    ],
  )
  const member = { address: '10.0.0.5', protocolPort: 80 }
  refuses(
    (api) => api.members.create,
    [
      ['L5: twice', ({ poolId }) => ({ poolId, members: [member, member] }), 'members[1].address'],
      [
        'L5: too heavy',
        ({ poolId }) => ({ poolId, members: [{ ...member, weight: 257 }] }),
        'members[0].weight',
      ],
      [
        'L5: on no subnet',
        ({ poolId }) => ({ poolId, members: [{ ...member, subnetId: absent }] }),
        'members[0].subnetId',
        'notFound',
      ],
      ['L5: none at all', ({ poolId }) => ({ poolId, members: [] }), 'members'],
    ],
  )
  const looks = { type: 'TCP', delayS: 5, timeoutS: 5, maxRetries: 1 }
  refuses(
    (api) => api.healthMonitors.create,
    [
      [
        'L6: of another protocol',
        ({ tcpPoolId }) => ({ ...looks, poolId: tcpPoolId, type: 'PING' }),
        'type',
      ],
      [
        'L6: with no time to answer',
        ({ poolId }) => ({ ...looks, poolId, timeoutS: 0 }),
        'timeoutS',
      ],
      ['L6: asking over TCP', ({ poolId }) => ({ ...looks, poolId, request: {} }), 'request'],
      [
        'L6: expecting what is no code',
        ({ poolId }) => ({ ...looks, type: 'HTTP', poolId, request: { expectedCodes: '200-' } }),
        'request.expectedCodes',
      ],
    ],
  )
})

describe('a policy and its rules are refused', () => {
  refuses(
    (api) => api.l7Policies.create,
    [
      [
        'L7: where no requests are read',
        ({ tcpId }) => ({ listenerId: tcpId, action: 'REJECT' }),
        'listenerId',
      ],
      [
        'L7: to no pool',
        ({ httpId }) => ({ listenerId: httpId, action: 'REDIRECT_TO_POOL' }),
        'redirectPoolId',
      ],
      [
        'L7: to no URL',
        ({ httpId }) => ({ listenerId: httpId, action: 'REDIRECT_TO_URL', redirectUrl: 'ftp://x' }),
        'redirectUrl',
      ],
      [
        'L7: with a code for no redirection',
        ({ httpId }) => ({ listenerId: httpId, action: 'REJECT', redirectCode: 301 }),
        'redirectCode',
      ],
    ],
  )
  const path = { type: 'PATH', compareType: 'EQUAL_TO', value: '/x' }
  refuses(
    (api) => api.l7Rules.create,
    [
      ['L7: with a key for no key', ({ policyId }) => ({ ...path, policyId, key: 'x' }), 'key'],
      ['L7: with a quote', ({ policyId }) => ({ ...path, policyId, value: '/"x' }), 'value'],
      [
        'L7: with no pattern',
        ({ policyId }) => ({ ...path, policyId, compareType: 'REGEX', value: '(' }),
        'value',
      ],
      [
        'L7: of a file type compared otherwise',
        ({ policyId }) => ({ ...path, policyId, type: 'FILE_TYPE', compareType: 'CONTAINS' }),
        'compareType',
      ],
    ],
  )
})

/** One thing that a user does, by small numbers that name what it is done to. */
type Step = readonly [kind: number, a: number, b: number]

/** Does it, and tells how it ended, with ids and times left out. */
async function act({ acme, balancerId, poolId }: Site, [kind, a, b]: Step): Promise<string> {
  const members = Array.from({ length: 1 + (b % 3) }, (_, i) => {
    return { address: `10.7.0.${a + i}`, protocolPort: 80, weight: b }
  })
  const port = { balancerId, protocol: 'HTTP', protocolPort: 9_000 + a } as const
  const known = async () => (await collect(acme.members.list({ poolId })))[a]?.id ?? absent
  const calls: readonly (() => Promise<unknown>)[] = [
    () => acme.members.create({ poolId, members }),
    () => acme.members.replace({ poolId, members, additiveOnly: b === 0 }),
    async () => acme.members.update({ id: await known(), weight: b }),
    async () => acme.members.delete({ ids: [await known()] }),
    () => acme.listeners.create({ ...port, defaultPoolId: b === 1 ? poolId : null }),
    () => acme.loadBalancers.update({ id: balancerId, adminStateUp: b === 1 }),
    () => acme.loadBalancers.status({ id: balancerId }),
  ]
  const answer = await calls[kind % calls.length]?.().catch((error: unknown) => String(error))
  return JSON.stringify(answer ?? null, (key, value: unknown) =>
    /(?:^id|Ids?|At)$/.test(key) ? undefined : value,
  )
}

it('L9: memory and SQLite answer alike, whatever is done to a tree', async () => {
  const steps = fc.array(fc.tuple(fc.nat(6), fc.nat(5), fc.nat(3)), { minLength: 5, maxLength: 25 })
  const directory = await mkdtemp(join(tmpdir(), 'nephos-test-'))
  let run = 0
  try {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const file = join(directory, `cloud-${run++}.db`)
        const stores = [memoryStore(), sqlite({ file, synchronous: 'off' })]
        const told = await Promise.all(
          stores.map(async (store) => {
            const world = await site(await openWorld({ store, work: false }))
            const answers: string[] = []
            for (const step of list) answers.push(await act(world, step))
            expect(await world.cloud.audit()).toEqual([])
            await world.cloud.close()
            return answers
          }),
        )
        expect(told[1]).toEqual(told[0])
      }),
      { numRuns: 12 },
    )
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
