import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCloud } from '../cloud/create-cloud.ts'
import { serve } from '../http/serve.ts'
import { seed } from '../seed/seed.ts'
import { seedUsersOf } from './seed-users.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nephos-users-'))
})
afterAll(() => rm(directory, { recursive: true }))

const ann = { name: 'ann', password: 'a:b', project: 'web' }
const bob = { name: 'bob', password: 'x#y', project: 'web' }

describe('users to be made at the start', () => {
  it('are told in the line of the command, or in a file', async () => {
    expect(await seedUsersOf('ann:a:b:web')).toEqual([ann])
    expect(await seedUsersOf('ann:a:b:web,bob:x#y:web')).toEqual([ann, bob])
    const file = join(directory, 'users')
    await writeFile(file, '# ours\r\nann:a:b:web\r\n\n  bob:x#y:web\n')
    expect(await seedUsersOf(file)).toEqual([ann, bob])
  })

  it.each(['ann:web', 'ann', '/nowhere/at/all', 'ann:canary:web,bob', '::', ':canary:web'])(
    'are refused, and not repeated: %s',
    async (text) => {
      const error: unknown = await seedUsersOf(text).catch((one: unknown) => one)
      expect(error).toMatchObject({ code: 'invalid', field: 'seedUsers' })
      expect(String(error)).not.toContain('canary')
    },
  )

  it('sign in, also after another start', async () => {
    const cloud = await createCloud()
    const passwords = { admin: 'admin', demo: 'demo' }
    await seed(cloud, { hosts: 3, passwords, users: [ann, bob] })
    const other = { ...ann, password: 'other' }
    await seed(cloud, { hosts: 3, passwords, users: [other] })
    const handler = serve(cloud)
    const signIn = async ({ name, password, project }: typeof ann): Promise<number> => {
      const user = { name, password, domain: { id: 'default' } }
      const auth = {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { name: project, domain: { id: 'default' } } },
      }
      const url = 'http://cloud.test/identity/v3/auth/tokens'
      const request = new Request(url, { method: 'POST', body: JSON.stringify({ auth }) })
      return (await handler(request)).status
    }
    expect([await signIn(ann), await signIn(bob), await signIn(other)]).toEqual([201, 201, 401])
    await cloud.close()
  })
})
