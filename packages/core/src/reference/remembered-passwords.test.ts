import { beforeEach, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../ports/passwords.ts'
import { RememberedPasswords } from './remembered-passwords.ts'
import { ScryptPasswords } from './scrypt-passwords.ts'
import { SeededRandom } from './seeded-random.ts'
import { VirtualClock } from './virtual-clock.ts'

let hashed: number
let clock: VirtualClock
let passwords: PasswordHasher
beforeEach(() => {
  hashed = 0
  clock = new VirtualClock(1_000)
  const random = new SeededRandom(1)
  const scrypt = new ScryptPasswords(random, { costLog2: 1 })
  const counted: PasswordHasher = {
    hash: (password) => scrypt.hash(password),
    verify: (password, hash) => {
      hashed++
      return scrypt.verify(password, hash)
    },
  }
  passwords = new RememberedPasswords(counted, { clock, random })
})

describe('X1: remembered passwords', () => {
  it('are hashed once in a while', async () => {
    const hash = await passwords.hash('secret')
    for (let i = 0; i < 3; i++) expect(await passwords.verify('secret', hash)).toBe(true)
    expect(hashed).toBe(1)
    await clock.advance(300_000)
    expect(await passwords.verify('secret', hash)).toBe(true)
    expect(hashed).toBe(2)
  })

  it('are of one hash: who changes his password is asked for the new one', async () => {
    const old = await passwords.hash('secret')
    await passwords.verify('secret', old)
    const fresh = await passwords.hash('other')
    expect(await passwords.verify('secret', fresh)).toBe(false)
    const again = await passwords.hash('secret')
    expect(again).not.toBe(old)
    expect(await passwords.verify('secret', again)).toBe(true)
    expect(hashed).toBe(3)
  })

  it('are never the wrong ones', async () => {
    const hash = await passwords.hash('secret')
    for (let i = 0; i < 3; i++) expect(await passwords.verify('guess', hash)).toBe(false)
    expect(hashed).toBe(3)
  })

  it('are bounded', async () => {
    const hash = await passwords.hash('first')
    await passwords.verify('first', hash)
    for (let i = 0; i < 1_000; i++) {
      await passwords.verify(`p${i}`, await passwords.hash(`p${i}`))
    }
    hashed = 0
    await passwords.verify('first', hash)
    expect(hashed).toBe(1)
  })
})
