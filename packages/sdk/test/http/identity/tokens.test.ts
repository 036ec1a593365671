import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, type Door, openDoor, origin } from '../door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const user = { name: 'demo', domain: { id: 'default' }, password: 'secret' }
const byPassword = { methods: ['password'], password: { user } }
const inDemo = { project: { name: 'demo', domain: { name: 'Default' } } }
const path = '/identity/v3/auth/tokens'

const auth = (identity: object, scope?: unknown) =>
  door.nobody.post(path, { auth: { identity, ...(scope !== undefined && { scope }) } })

const secretOf = async (identity: object = byPassword, scope: unknown = inDemo) =>
  (await auth(identity, scope)).headers.get('x-subject-token') as string

describe('X4: versions', () => {
  it('are told with their links', async () => {
    const list = await door.nobody.get('/identity')
    expect(list.status).toBe(300)
    expect(list.list('versions.values')).toHaveLength(1)
    const one = await door.nobody.get('/identity/v3')
    expect(one.status).toBe(200)
    expect(one.json).toEqual({
      version: {
        id: 'v3.14',
        status: 'stable',
        updated: '2020-04-07T00:00:00Z',
        links: [{ rel: 'self', href: `${origin}/identity/v3/` }],
        'media-types': [
          { base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' },
        ],
      },
    })
  })
})

describe('X1: tokens over HTTP', () => {
  it('are issued for a password, with the catalogue of the door', async () => {
    const answer = await auth(byPassword, inDemo)
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({
      token: {
        methods: ['password'],
        user: { name: 'demo', domain: { id: 'default', name: 'Default' } },
        project: { id: door.demo.projectId, name: 'demo', domain: { id: 'default' } },
        is_domain: false,
        roles: [
          { id: 'member', name: 'member' },
          { id: 'reader', name: 'reader' },
        ],
      },
    })
    expect(answer.string('token.expires_at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    const compute = answer
      .list('token.catalog')
      .find((entry) => (entry as { type: string }).type === 'compute')
    expect(compute).toMatchObject({
      name: 'nova',
      endpoints: [{ interface: 'public', url: `${origin}/compute/v2.1` }, {}, {}],
    })
    const secret = answer.headers.get('x-subject-token') as string
    const used = new Client(door.handler, secret, door.demo.projectId)
    expect((await used.get('/compute/v2.1/os-availability-zone')).status).toBe(200)
  })

  it('are shown as they were issued, without the catalogue where it is not wanted', async () => {
    const issued = await auth(byPassword, inDemo)
    const secret = issued.headers.get('x-subject-token') as string
    const headers = { 'x-subject-token': secret }
    expect((await door.demo.get(path, headers)).json).toEqual(issued.json)
    const brief = await door.admin.get(`${path}?nocatalog`, headers)
    expect(brief.at('token.catalog')).toBeUndefined()
    const head = await door.demo.request('HEAD', path, undefined, headers)
    expect([head.status, head.text]).toEqual([200, ''])
    const stranger = await door.stranger()
    expect((await stranger.get(path, headers)).status).toBe(403)
  })

  it('are revoked at once', async () => {
    const headers = { 'x-subject-token': await secretOf() }
    expect((await door.demo.delete(path, headers)).status).toBe(204)
    expect((await door.demo.get(path, headers)).status).toBe(404)
    expect((await door.demo.delete(path, headers)).status).toBe(404)
    expect((await door.demo.get(path)).status).toBe(400)
  })

  it('are exchanged for others of the same chain', async () => {
    const first = await auth(byPassword)
    expect(first.status).toBe(201)
    expect(first.at('token.roles')).toBeUndefined()
    expect(first.at('token.catalog')).toBeUndefined()
    const id = first.headers.get('x-subject-token')
    const next = await auth({ methods: ['token'], token: { id } }, inDemo)
    expect(next.at('token.methods')).toEqual(['token', 'password'])
    expect(next.at('token.expires_at')).toBe(first.at('token.expires_at'))
    expect(next.list('token.audit_ids')[1]).toBe(first.list('token.audit_ids')[0])
  })

  it('may be of the system or a domain, for those who have roles there', async () => {
    const admin = { methods: ['password'], password: { user: { ...user, name: 'admin' } } }
    const system = await auth(admin, { system: { all: true } })
    expect(system.at('token.system')).toEqual({ all: true })
    expect((await auth(byPassword, { system: { all: true } })).status).toBe(401)
    expect((await auth(admin, { domain: { id: 'default' } })).status).toBe(401)
    const id = system.string('token.user.id')
    await door.cloud.system.roles.assign({ userId: id, role: 'manager', domainId: 'default' })
    const domain = await auth(admin, { domain: { name: 'Default' } })
    expect(domain.at('token.domain')).toEqual({ id: 'default', name: 'Default' })
  })

  it.each([
    ['a wrong password', { methods: ['password'], password: { user: { ...user, password: 'x' } } }],
    ['an unknown user', { methods: ['password'], password: { user: { ...user, name: 'x' } } }],
    [
      'an unknown domain',
      {
        methods: ['password'],
        password: { user: { ...user, domain: { name: 'x' } } },
      },
    ],
    ['a method that there is not', { methods: ['saml2'] }],
    ['a token that is none', { methods: ['token'], token: { id: 'x' } }],
    [
      'an unknown application credential',
      {
        methods: ['application_credential'],
        application_credential: { id: 'x', secret: 'y' },
      },
    ],
  ])('are refused alike: %s', async (_, identity) => {
    const answer = await auth(identity, inDemo)
    expect([answer.status, answer.json]).toEqual([
      401,
      {
        error: {
          code: 401,
          message: 'The request you have made requires authentication.',
          title: 'Unauthorized',
        },
      },
    ])
  })

  it.each([
    [{ project: { name: 'absent', domain: { id: 'default' } } }, 401],
    [{ project: { id: 'absent' } }, 401],
    [{ project: { name: 'demo', domain: { name: 'absent' } } }, 401],
    [{ domain: { id: 'absent' } }, 401],
    [{ 'OS-TRUST:trust': { id: 'absent' } }, 403],
    [{ project: { name: 'demo' } }, 400],
    [{ system: { all: false } }, 400],
    ['scoped', 400],
  ])('are for a scope that there is: %j', async (scope, status) => {
    expect((await auth(byPassword, scope)).status).toBe(status)
  })

  it.each([
    {},
    { auth: {} },
    { auth: { identity: {} } },
    { auth: { identity: { methods: [] } } },
    { auth: { identity: { methods: ['password'] } } },
    { auth: { identity: { methods: ['password'], password: { user: { name: 'demo' } } } } },
    { auth: { identity: { methods: 'password' } } },
  ])('are refused for a body that is none: %j', async (body) => {
    const answer = await door.nobody.post(path, body)
    expect(answer.status).toBe(400)
    expect(answer.at('error.title')).toBe('Bad Request')
  })

  it('are needed for all but the door itself', async () => {
    expect((await door.nobody.get(path)).status).toBe(401)
    const bad = new Client(door.handler, 'bad', '')
    expect((await bad.get(path)).status).toBe(401)
  })
})
