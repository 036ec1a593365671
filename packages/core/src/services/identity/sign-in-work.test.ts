import { beforeEach, expect, it } from 'vitest'
import { identityKernel } from '../../../test/identity-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import { ScryptPasswords } from '../../reference/scrypt-passwords.ts'
import { SeededRandom } from '../../reference/seeded-random.ts'
import { invoke } from '../operation.ts'
import { authenticatePassword } from './authenticate.ts'
import { userCreate, userUpdate } from './user.ts'

let kernel: Kernel
let passwords: ScryptPasswords
beforeEach(async () => {
  const world = await identityKernel()
  passwords = new ScryptPasswords(new SeededRandom(1), { costLog2: 1 })
  const settings = { ...world.kernel.settings, lockoutFailures: 2 }
  kernel = { ...world.kernel, passwords, settings }
  const add = (name: string, password?: string) =>
    invoke(kernel, world.root, userCreate, { name, ...(password !== undefined && { password }) })
  await add('ann', 'right')
  await add('without a password')
  await add('locked out', 'right')
  const { id } = await add('disabled', 'right')
  await invoke(kernel, world.root, userUpdate, { id, enabled: false })
  for (const password of ['a', 'b']) await work('locked out', password)
})

/** How many slow hashes it takes to refuse somebody. */
async function work(name: string, password: string): Promise<number> {
  const before = passwords.derived
  await expect(authenticatePassword(kernel, { name, password })).rejects.toMatchObject({
    code: 'unauthenticated',
    message: 'The name or the password is wrong.',
  })
  return passwords.derived - before
}

it('X1: who is refused costs one slow hash, whatever the reason', async () => {
  expect(await work('ann', 'wrong')).toBe(1)
  expect(await work('nobody', 'wrong')).toBe(1)
  expect(await work('without a password', 'wrong')).toBe(1)
  expect(await work('disabled', 'wrong')).toBe(1)
  expect(await work('locked out', 'wrong')).toBe(1)
  expect(await work('locked out', 'right')).toBe(1)
})

it('X1: a password that nobody can have costs nothing, whoever is named', async () => {
  const long = 'x'.repeat(100_000)
  for (const name of ['ann', 'nobody', 'locked out']) expect(await work(name, long)).toBe(0)
})
