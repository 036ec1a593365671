import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, type Door, openDoor } from '../door.ts'

let door: Door
let userId: string
let otherId: string
const v3 = '/identity/v3'

beforeAll(async () => {
  door = await openDoor()
  const token = await door.demo.get(`${v3}/auth/tokens`, {
    'x-subject-token': door.demo.token as string,
  })
  userId = token.string('token.user.id')
  const made = await door.admin.post(`${v3}/users`, { user: { name: 'bob', password: 'secret' } })
  otherId = made.string('user.id')
})
afterAll(() => door[Symbol.asyncDispose]())

const signIn = async (identity: object, scope?: object) => {
  const answer = await door.nobody.post(`${v3}/auth/tokens`, {
    auth: { identity, ...(scope && { scope }) },
  })
  const secret = answer.headers.get('x-subject-token') ?? undefined
  return { answer, client: new Client(door.handler, secret, door.demo.projectId) }
}

const byCredential = (id: string, secret: string) =>
  signIn({ methods: ['application_credential'], application_credential: { id, secret } })

describe('X2: application credentials over HTTP', () => {
  it('are made, shown without their secret, used, and end at once', async () => {
    const path = `${v3}/users/${userId}/application_credentials`
    const made = await door.demo.post(path, {
      application_credential: {
        name: 'robot',
        description: 'Looks only',
        roles: [{ name: 'reader' }],
        expires_at: '2099-01-02T03:04:05.123456',
      },
    })
    expect(made.status).toBe(201)
    const { secret, id, ...shown } = made.at('application_credential') as {
      secret: string
      id: string
    }
    expect(shown).toMatchObject({
      name: 'robot',
      description: 'Looks only',
      project_id: door.demo.projectId,
      expires_at: '2099-01-02T03:04:05.123456',
      unrestricted: false,
      roles: [{ id: 'reader', name: 'reader', domain_id: null }],
    })
    expect((await door.demo.get(`${path}/${id}`)).at('application_credential')).toEqual({
      id,
      ...shown,
    })
    expect(
      (await door.demo.get(`${path}?name=robot`)).list('application_credentials'),
    ).toHaveLength(1)
    const { answer, client } = await byCredential(id, secret)
    expect(answer.json).toMatchObject({
      token: {
        methods: ['application_credential'],
        application_credential: { id, restricted: true },
        roles: [{ name: 'reader' }],
      },
    })
    expect((await client.get('/compute/v2.1/servers')).status).toBe(200)
    expect((await client.post('/network/v2.0/networks', { network: { name: 'x' } })).status).toBe(
      403,
    )
    expect((await client.post(path, { application_credential: { name: 'more' } })).status).toBe(403)
    expect((await byCredential(id, 'wrong')).answer.status).toBe(401)
    expect((await door.demo.delete(`${path}/${id}`)).status).toBe(204)
    expect((await client.get('/compute/v2.1/servers')).status).toBe(401)
    expect((await door.demo.get(`${path}/${id}`)).status).toBe(404)
  })

  it('with access rules are for those calls only', async () => {
    const path = `${v3}/users/${userId}/application_credentials`
    const made = await door.demo.post(path, {
      application_credential: {
        name: 'narrow',
        access_rules: [{ service: 'compute', method: 'GET', path: '/v2.1/servers' }],
      },
    })
    const { client } = await byCredential(
      made.string('application_credential.id'),
      made.string('application_credential.secret'),
    )
    expect((await client.get('/compute/v2.1/servers')).status).toBe(200)
    expect((await client.get('/compute/v2.1/servers/detail')).status).toBe(401)
    expect((await client.get('/compute/v2.1/flavors')).status).toBe(401)
    expect((await client.get('/network/v2.0/networks')).status).toBe(401)
    expect((await client.get(`${v3}/auth/projects`)).status).toBe(401)
    const rules = await door.demo.get(`${v3}/users/${userId}/access_rules`)
    const [rule] = rules.list('access_rules') as { id: string }[]
    const rulePath = `${v3}/users/${userId}/access_rules/${rule?.id}`
    expect((await door.demo.get(rulePath)).status).toBe(200)
    expect((await door.demo.delete(rulePath)).status).toBe(403)
    await door.demo.delete(`${path}/${made.string('application_credential.id')}`)
    expect((await door.demo.delete(rulePath)).status).toBe(204)
  })

  it('are made by their user alone', async () => {
    const path = `${v3}/users/${otherId}/application_credentials`
    const body = { application_credential: { name: 'x' } }
    expect((await door.demo.post(path, body)).status).toBe(403)
    expect((await door.admin.post(path, body)).status).toBe(403)
    expect((await door.demo.get(path)).status).toBe(404)
    expect((await door.demo.get(`${v3}/users/absent/application_credentials`)).status).toBe(404)
    const wide = { application_credential: { name: 'x', roles: [{ name: 'admin' }] } }
    const own = `${v3}/users/${userId}/application_credentials`
    expect((await door.demo.post(own, wide)).status).toBe(403)
    const late = { application_credential: { name: 'x', expires_at: '2001-01-01T00:00:00' } }
    expect((await door.demo.post(own, late)).status).toBe(400)
    const odd = { application_credential: { name: 'x', expires_at: 'tomorrow' } }
    expect((await door.demo.post(own, odd)).status).toBe(400)
  })
})

describe('X3: trusts over HTTP', () => {
  it('lend roles until they are ended', async () => {
    const body = {
      trustor_user_id: userId,
      trustee_user_id: otherId,
      project_id: door.demo.projectId,
      impersonation: true,
      roles: [{ name: 'member' }],
      expires_at: null,
    }
    const path = `${v3}/OS-TRUST/trusts`
    const made = await door.demo.post(path, { trust: body })
    expect([made.status, made.at('trust')]).toMatchObject([
      201,
      {
        trustor_user_id: userId,
        trustee_user_id: otherId,
        impersonation: true,
        expires_at: null,
        remaining_uses: null,
        roles: [{ id: 'member', name: 'member' }],
      },
    ])
    const id = made.string('trust.id')
    const password = { user: { id: otherId, password: 'secret' } }
    const { answer, client } = await signIn(
      { methods: ['password'], password },
      { 'OS-TRUST:trust': { id } },
    )
    expect(answer.at('token.user')).toMatchObject({ id: userId })
    expect((await client.get('/compute/v2.1/servers')).status).toBe(200)
    const list = await door.demo.get(`${path}?trustor_user_id=${userId}`)
    expect(list.list('trusts')).toHaveLength(1)
    expect((await door.demo.get(`${path}/${id}/roles`)).list('roles')).toHaveLength(1)
    expect((await door.demo.get(`${path}/${id}/roles/member`)).status).toBe(200)
    expect((await door.demo.get(`${path}/${id}/roles/admin`)).status).toBe(404)
    expect((await client.delete(`${path}/${id}`)).status).toBe(403)
    expect((await door.demo.delete(`${path}/${id}`)).status).toBe(204)
    expect((await client.get('/compute/v2.1/servers')).status).toBe(401)
    expect((await door.demo.get(`${path}/${id}`)).status).toBe(404)
    expect(
      (await door.demo.post(path, { trust: { ...body, trustor_user_id: otherId } })).status,
    ).toBe(403)
    expect((await door.demo.post(path, { trust: { ...body, expires_at: 'bad' } })).status).toBe(400)
    expect(
      (await door.demo.post(path, { trust: { ...body, allow_redelegation: true } })).status,
    ).toBe(403)
  })
})

describe('X3: what is one’s own', () => {
  it('is so for whoever has any role', async () => {
    const role = (await door.admin.post(`${v3}/roles`, { role: { name: 'odd' } })).string('role.id')
    const project = await door.admin.post(`${v3}/projects`, { project: { name: 'odd' } })
    const projectId = project.string('project.id')
    await door.admin.put(`${v3}/projects/${projectId}/users/${otherId}/roles/${role}`)
    const { client } = await signIn(
      { methods: ['password'], password: { user: { id: otherId, password: 'secret' } } },
      { project: { id: projectId } },
    )
    const made = await client.post(`${v3}/OS-TRUST/trusts`, {
      trust: {
        trustor_user_id: otherId,
        trustee_user_id: userId,
        project_id: projectId,
        impersonation: false,
        roles: [{ name: 'odd' }],
      },
    })
    expect([made.status, made.at('trust.roles')]).toMatchObject([201, [{ id: role }]])
    const path = `${v3}/OS-TRUST/trusts/${made.string('trust.id')}`
    expect((await client.get(path)).status).toBe(200)
    expect((await client.delete(path)).status).toBe(204)
    const own = `${v3}/users/${otherId}/application_credentials`
    const credential = await client.post(own, { application_credential: { name: 'odd' } })
    expect(credential.list('application_credential.roles')).toMatchObject([{ id: role }])
    expect((await client.get(`${v3}/projects`)).status).toBe(403)
  })
})

describe('X3: credentials over HTTP', () => {
  it('are access keys', async () => {
    const path = `${v3}/users/${userId}/credentials/OS-EC2`
    const made = await door.demo.post(path, { tenant_id: door.demo.projectId })
    expect(made.status).toBe(201)
    const access = made.string('credential.access')
    expect(made.at('credential')).toMatchObject({
      user_id: userId,
      tenant_id: door.demo.projectId,
      trust_id: null,
    })
    expect((await door.demo.get(path)).list('credentials')).toHaveLength(1)
    expect((await door.demo.get(`${path}/${access}`)).json).toEqual(made.json)
    expect(
      (await door.demo.get(`${v3}/users/${otherId}/credentials/OS-EC2/${access}`)).status,
    ).toBe(404)
    expect((await door.demo.delete(`${path}/${access}`)).status).toBe(204)
    expect((await door.demo.get(`${path}/${access}`)).status).toBe(404)
    expect((await door.demo.post(path, { tenant_id: door.admin.projectId })).status).toBe(404)
  })

  it('are of any type, by administrators for anybody', async () => {
    const blob = JSON.stringify({ access: 'A1', secret: 'S1' })
    const body = { type: 'ec2', blob, user_id: userId, project_id: door.demo.projectId }
    const made = await door.admin.post(`${v3}/credentials`, { credential: body })
    expect([made.status, made.at('credential')]).toMatchObject([201, body])
    const id = made.string('credential.id')
    const changed = await door.admin.patch(`${v3}/credentials/${id}`, {
      credential: { blob: JSON.stringify({ access: 'A2', secret: 'S2' }) },
    })
    expect(changed.status).toBe(200)
    expect((await door.demo.get(`${v3}/credentials/${id}`)).status).toBe(200)
    const stranger = await door.stranger()
    expect((await stranger.get(`${v3}/credentials/${id}`)).status).toBe(404)
    expect(
      (await door.admin.get(`${v3}/credentials?user_id=${userId}`)).list('credentials'),
    ).toHaveLength(1)
    expect((await door.demo.delete(`${v3}/credentials/${id}`)).status).toBe(204)
    const bad = { credential: { ...body, blob: 'no JSON' } }
    expect((await door.admin.post(`${v3}/credentials`, bad)).status).toBe(400)
  })
})
