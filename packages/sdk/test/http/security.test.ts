import type { Attributes, LogLevel, Telemetry } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apis } from '../../src/http/apis.ts'
import { S3Error } from '../../src/wire/s3/error.ts'
import { readXml } from '../../src/wire/s3/read-xml.ts'
import { type Door, openDoor, origin } from './door.ts'

/** Everything that is logged, whatever its level. */
const logged: string[] = []
const telemetry: Telemetry = {
  logger: {
    log: (level: LogLevel, message: string, attributes?: Attributes) => {
      logged.push(JSON.stringify([level, message, attributes]))
    },
  },
  meter: { count: () => undefined, record: () => undefined },
  tracer: { span: (_name, _attributes, run) => run() },
}

let door: Door
beforeAll(async () => {
  door = await openDoor({ cloud: { telemetry } })
})
afterAll(() => door[Symbol.asyncDispose]())

const tokens = '/identity/v3/auth/tokens'

function signIn(password: string, name = 'demo'): unknown {
  const user = { name, domain: { id: 'default' }, password }
  return { auth: { identity: { methods: ['password'], password: { user } } } }
}

/** Says how many bytes of it were asked for. */
function countedBody(most: number): {
  readonly stream: ReadableStream
  readonly read: () => number
} {
  let read = 0
  const chunk = new Uint8Array(64 * 1_024).fill(0x20)
  const stream = new ReadableStream(
    {
      pull: (controller) => {
        if (read >= most) controller.close()
        else controller.enqueue(chunk)
        read += chunk.byteLength
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, read: () => read }
}

function streamed(path: string, stream: ReadableStream): Promise<Response> {
  const init = { method: 'POST', body: stream, duplex: 'half' as const }
  return door.handler(new Request(`${origin}${path}`, init))
}

describe('X1: headers that say who somebody is', () => {
  const said = {
    'x-user-id': 'admin',
    'x-user-name': 'admin',
    'x-user-domain-id': 'default',
    'x-roles': 'admin',
    'x-role': 'admin',
    'x-tenant-id': 'admin',
    'x-identity-status': 'Confirmed',
    'x-service-identity-status': 'Confirmed',
    'x-service-roles': 'admin',
    'x-is-admin-project': 'True',
    'x-system-scope': 'all',
    'openstack-system-scope': 'all',
    'x-service-token': 'x',
    'x-forwarded-user': 'admin',
    'remote-user': 'admin',
  }
  const guarded = apis.flatMap((api) =>
    api.endpoints
      .filter(({ access }) => access === 'token')
      .map((row) => ({ api, row, name: row.id })),
  )

  it.each(guarded)('$name: are not believed', async ({ api, row }) => {
    const { projectId } = door.admin
    const base = (api.bases[0] ?? '').replace('{project_id}', projectId)
    const path = `${api.mount}${base}${row.path.replaceAll(/\{\w+\+?\}/g, 'x')}`
    const { type, major, max } = api.microversions ?? { type: '', major: 0, max: 0 }
    const version = { 'openstack-api-version': `${type} ${major}.${row.until ?? max}` }
    const headers = { ...said, 'x-project-id': projectId, ...(api.microversions && version) }
    const answer = await door.nobody.request(row.method, path, undefined, headers)
    expect(answer.status).toBe(401)
  })

  it('give no rights to who has others', async () => {
    const reader = await door.stranger('reader')
    const headers = { ...said, 'x-project-id': door.admin.projectId }
    const answer = await reader.post('/identity/v3/projects', { project: { name: 'x' } }, headers)
    expect(answer.status).toBe(403)
  })
})

describe('X1: bodies', () => {
  it('of nobody are not read where a token is needed', async () => {
    const { stream, read } = countedBody(100_000_000)
    const answer = await streamed('/compute/v2.1/servers', stream)
    expect([answer.status, read()]).toEqual([401, 0])
  })

  it('that anybody may send are read up to a bound', async () => {
    const { stream, read } = countedBody(100_000_000)
    const answer = await streamed(tokens, stream)
    expect(answer.status).toBe(413)
    expect(read()).toBeLessThan(5_000_000)
  })

  it.each<[string, string, number]>([
    ['deep lists', '['.repeat(1_000_000), 400],
    ['deep lists that end', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 400],
    ['deep maps', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 400],
    ['long lists', `[${'0,'.repeat(200_000)}0]`, 400],
    ['a prototype', '{"__proto__":{"enabled":true}}', 400],
    ['a prototype, escaped', '{"\\u005f_proto__":{"enabled":true}}', 400],
    ['a constructor', '{"auth":{"constructor":{"prototype":{"enabled":true}}}}', 400],
    ['a surrogate alone', '{"auth":"\\ud800"}', 400],
    ['two values', '{}{}', 400],
    ['no JSON', '\u0000', 400],
  ])('of %s are refused', async (_, body, status) => {
    const answer = await door.nobody.post(tokens, body)
    expect(answer.status).toBe(status)
    expect(({} as { enabled?: unknown }).enabled).toBeUndefined()
  })
})

describe('X1: passwords', () => {
  it('that are very long cost nothing', async () => {
    const answer = await door.nobody.post(tokens, signIn('p'.repeat(1_000_000)))
    expect(answer.status).toBe(400)
  })

  it('are wrong in one way, whoever it is that there is or is not', async () => {
    const answers = [
      await door.nobody.post(tokens, signIn('wrong')),
      await door.nobody.post(tokens, signIn('wrong', 'nobody-of-this-name')),
      await door.nobody.post(tokens, signIn('secret', 'nobody-of-this-name')),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})

describe('X1: secrets', () => {
  it('are in no log and no error, whether what they are for succeeds or fails', async () => {
    logged.length = 0
    const canary = 'Canary-7f3a'
    const texts: string[] = []
    const user = { name: 'logged', password: canary }
    const { userId, projectId } = await made(user)
    const right = await door.nobody.post(tokens, {
      auth: {
        ...(signIn(canary, 'logged') as { auth: object }).auth,
        scope: { project: { id: projectId } },
      },
    })
    expect(right.status).toBe(201)
    const token = right.headers.get('x-subject-token') as string
    texts.push((await door.nobody.post(tokens, signIn(`${canary}x`, 'logged'))).text)
    texts.push(
      (await door.nobody.post(tokens, { ...(signIn(canary) as object), odd: canary })).text,
    )
    const path = `/identity/v3/users/${userId}/password`
    const change = { user: { password: `${canary}2`, original_password: `${canary}-wrong` } }
    texts.push((await door.nobody.post(path, change, { 'x-auth-token': token })).text)
    texts.push((await door.nobody.get('/compute/v2.1/servers/x', { 'x-auth-token': token })).text)
    texts.push((await door.nobody.get(`/identity/v3/${token}`)).text)
    for (const text of [...texts, ...logged]) expect(text).not.toContain(canary)
    for (const text of logged) expect(text).not.toContain(token)
  })

  async function made(user: { readonly name: string; readonly password: string }) {
    const { id: projectId } = await door.cloud.project('logged')
    const { id: userId } = await door.cloud.system.users.create(user)
    await door.cloud.system.roles.assign({ userId, role: 'member', projectId })
    return { userId, projectId }
  }
})

describe('O10: XML', () => {
  const entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
  it.each([
    ['entities of its own', entity],
    ['a type of its own', '<!doctype a><a/>'],
    ['an entity without a type', '<a><!ENTITY b "c"></a>'],
    ['no end', '<a>'.repeat(10_000)],
    ['another root', '<b/>'],
    ['a number that is no character', '<a>&#x110000;</a>'],
    ['half a character', '<a>&#xd800;</a>'],
    ['depth', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
  ])('with %s is refused', (_, text) => {
    expect(() => readXml(text, 'a')).toThrow(S3Error)
  })
})
