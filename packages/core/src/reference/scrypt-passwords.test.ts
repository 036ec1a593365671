import { describe, expect, it } from 'vitest'
import { ScryptPasswords } from './scrypt-passwords.ts'
import { SeededRandom } from './seeded-random.ts'

const passwords = new ScryptPasswords(new SeededRandom(1), { costLog2: 4 })

describe('ScryptPasswords', () => {
  it('verifies what it hashed, and nothing else', async () => {
    const hash = await passwords.hash('correct horse')
    expect(hash).toMatch(/^scrypt\$4\$[0-9a-f]{32}\$[0-9a-f]{64}$/)
    expect(await passwords.verify('correct horse', hash)).toBe(true)
    expect(await passwords.verify('correct horsf', hash)).toBe(false)
    expect(await passwords.verify('', hash)).toBe(false)
  })

  it('still tells right from wrong once it has seen the right one', async () => {
    const hash = await passwords.hash('right')
    const other = await passwords.hash('other')
    expect(await passwords.verify('right', hash)).toBe(true)
    expect(await passwords.verify('wrong', hash)).toBe(false)
    expect(await passwords.verify('right', hash)).toBe(true)
    expect(await passwords.verify('right', other)).toBe(false)
  })

  it('salts: equal passwords have different hashes', async () => {
    expect(await passwords.hash('a')).not.toBe(await passwords.hash('a'))
  })

  it('takes composed and decomposed spellings as equal', async () => {
    expect(await passwords.verify('e\u0301', await passwords.hash('\u00e9'))).toBe(true)
  })

  it('verifies hashes of another cost', async () => {
    const other = await new ScryptPasswords(new SeededRandom(2), { costLog2: 5 }).hash('x')
    expect(await passwords.verify('x', other)).toBe(true)
  })

  it.each(['', 'a'.repeat(1_025), 'é'.repeat(513), 'a'.repeat(1_000_000)])(
    'refuses to hash an empty or long password %#',
    async (password) => {
      await expect(passwords.hash(password)).rejects.toMatchObject({
        code: 'invalid',
        field: 'password',
        limit: 1_024,
      })
      expect(await passwords.verify(password, await passwords.hash('a'))).toBe(false)
    },
  )

  it.each(['', 'plain', 'scrypt$99$00$00', `scrypt$0$${'0'.repeat(32)}$${'0'.repeat(64)}`])(
    'a hash of unknown form matches nothing: %s',
    async (hash) => {
      expect(await passwords.verify('a', hash)).toBe(false)
    },
  )

  it('refuses a cost out of range', () => {
    expect(() => new ScryptPasswords(new SeededRandom(1), { costLog2: 21 })).toThrow(/costLog2/)
  })
})
