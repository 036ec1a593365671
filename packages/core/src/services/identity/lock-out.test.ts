import { beforeEach, describe, expect, it } from 'vitest'
import { identityKernel, type IdentityKernel } from '../../../test/identity-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import { invoke } from '../operation.ts'
import { authenticatePassword } from './authenticate.ts'
import { userCreate, userSetPassword } from './user.ts'

const lockoutMs = 60_000
const refused = { code: 'unauthenticated', message: 'The name or the password is wrong.' }

let world: IdentityKernel
let kernel: Kernel
let id: string
beforeEach(async () => {
  world = await identityKernel()
  const settings = { ...world.kernel.settings, lockoutFailures: 3, lockoutMs }
  kernel = { ...world.kernel, settings }
  const user = await invoke(kernel, world.root, userCreate, { name: 'ann', password: 'right' })
  id = user.id
  await invoke(kernel, world.root, userCreate, { name: 'bob', password: 'right' })
})

const signIn = (password: string, name = 'ann') => authenticatePassword(kernel, { name, password })

async function fail(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await expect(signIn('wrong')).rejects.toMatchObject(refused)
}

describe('X1: too many wrong passwords', () => {
  it('lock their user out, and nobody else, until their time is over', async () => {
    await fail(3)
    await expect(signIn('right')).rejects.toMatchObject(refused)
    expect((await signIn('right', 'bob')).name).toBe('bob')
    await world.clock.advance(lockoutMs - 1)
    await expect(signIn('right')).rejects.toMatchObject(refused)
    await world.clock.advance(1)
    expect((await signIn('right')).id).toBe(id)
  })

  it('are only those in a row', async () => {
    await fail(2)
    await signIn('right')
    await fail(2)
    await world.clock.advance(lockoutMs)
    await fail(2)
    expect((await signIn('right')).id).toBe(id)
  })

  it('count when they are tried at once', async () => {
    const tries = ['a', 'b', 'c', 'd', 'right'].map((password) => signIn(password))
    const settled = await Promise.allSettled(tries)
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2)
    await expect(signIn('right')).rejects.toMatchObject(refused)
  })

  it('count as well where one proves the old password to set a new one', async () => {
    const ann = { userId: id, projectId: 'p', domainId: null, roles: ['reader'], system: false }
    const change = (original: string) =>
      invoke(kernel, ann, userSetPassword, { id, original, password: 'new' })
    const forbidden = { code: 'forbidden', field: 'original' }
    for (let i = 0; i < 3; i++) await expect(change('wrong')).rejects.toMatchObject(forbidden)
    await expect(change('right')).rejects.toMatchObject(forbidden)
    await expect(signIn('right')).rejects.toMatchObject(refused)
  })

  it('lock nobody out unless the operator says so', async () => {
    kernel = world.kernel
    await fail(20)
    expect((await signIn('right')).id).toBe(id)
  })
})
