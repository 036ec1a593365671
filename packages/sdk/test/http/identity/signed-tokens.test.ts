import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, Client, type Door, openDoor } from '../door.ts'

let door: Door
let key: { readonly access: string; readonly secret: string; readonly user_id: string }
const v3 = '/identity/v3'

beforeAll(async () => {
  door = await openDoor()
  const token = await door.demo.get(`${v3}/auth/tokens`, {
    'x-subject-token': door.demo.token as string,
  })
  const path = `${v3}/users/${token.string('token.user.id')}/credentials/OS-EC2`
  const made = await door.demo.post(path, { tenant_id: door.demo.projectId })
  key = made.at('credential') as typeof key
})
afterAll(() => door[Symbol.asyncDispose]())

const scope = '20260102/us-east-1/s3/aws4_request'
const signed = ['AWS4-HMAC-SHA256', '20260102T030405Z', scope, 'a'.repeat(64)].join('\n')

function fourthVersion(secret: string): string {
  const mac = (by: string | Buffer, text: string): Buffer =>
    createHmac('sha256', by).update(text).digest()
  const by = scope.split('/').reduce<string | Buffer>(mac, `AWS4${secret}`)
  return mac(by, signed).toString('hex')
}

function ask(client: Client, signature: string, text = signed): Promise<Answer> {
  const token = Buffer.from(text).toString('base64url')
  return client.post(`${v3}/s3tokens`, { credentials: { access: key.access, token, signature } })
}

describe('X3: a signed request is made a token', () => {
  it('of who signed it, in the project of the key', async () => {
    const answer = await ask(door.admin, fourthVersion(key.secret))
    expect(answer.status).toBe(200)
    expect(answer.string('token.user.id')).toBe(key.user_id)
    expect(answer.string('token.project.id')).toBe(door.demo.projectId)
    expect(answer.at('token.methods')).toEqual(['ec2credential'])
    const secret = answer.headers.get('x-subject-token') ?? undefined
    const bearer = new Client(door.handler, secret, door.demo.projectId)
    expect((await bearer.get('/compute/v2.1/os-keypairs')).status).toBe(200)
  })

  it('by the version of before as well', async () => {
    const text = 'GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/bucket/object'
    const signature = createHmac('sha1', key.secret).update(text).digest('base64')
    expect((await ask(door.admin, signature, text)).status).toBe(200)
    expect((await ask(door.admin, signature, `${text}s`)).status).toBe(401)
  })

  it('for administrators only', async () => {
    expect((await ask(door.demo, fourthVersion(key.secret))).status).toBe(403)
    expect((await ask(door.nobody, fourthVersion(key.secret))).status).toBe(401)
    const domainAdmin = await door.domainAdmin()
    expect((await ask(domainAdmin, fourthVersion(key.secret))).status).toBe(403)
  })

  it('when the signature is right, for S3, and the key is there still', async () => {
    expect((await ask(door.admin, fourthVersion('wrong'))).status).toBe(401)
    const other = signed.replace('/s3/', '/ec2/')
    expect((await ask(door.admin, fourthVersion(key.secret), other)).status).toBe(401)
    const path = `${v3}/users/${key.user_id}/credentials/OS-EC2/${key.access}`
    expect((await door.demo.delete(path)).status).toBe(204)
    expect((await ask(door.admin, fourthVersion(key.secret))).status).toBe(401)
  })
})
