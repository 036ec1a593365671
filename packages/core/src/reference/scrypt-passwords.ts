import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { CloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { PasswordHasher } from '../ports/passwords.ts'
import type { Random } from '../ports/random.ts'

const hashBytes = 32
const saltBytes = 16
/** Block size and parallelism of RFC 7914's interactive profile. */
const blockSize = 8
const parallelism = 1
/** Hashes remembered as proven. */
const provenMost = 10_000
const form = /^scrypt\$(\d{1,2})\$([0-9a-f]{32})\$([0-9a-f]{64})$/

/**
 * Passwords by scrypt (RFC 7914), kept as `scrypt$log2N$salt$hash`. The salt comes from `Random`:
 * give it a source fit for secrets outside of simulations.
 */
export class ScryptPasswords implements PasswordHasher {
  readonly #random: Random
  readonly #costLog2: number
  /**
   * Hashes that this process has proven, the oldest first, each with a keyed digest of what proved
   * it: those who sign in again and again cost one slow hash. A wrong password always costs one.
   */
  readonly #proven = new Map<string, Buffer>()
  /** Never leaves the process, and decides nothing that anybody sees: no draw of `Random`. */
  readonly #key = randomBytes(hashBytes)
  #derived = 0

  /** @param options.costLog2 log2 of scrypt's N, 1 to 20; 15 takes 32 MiB and some 50 ms. */
  constructor(random: Random, options: { readonly costLog2?: number } = {}) {
    const costLog2 = options.costLog2 ?? 15
    if (!Number.isInteger(costLog2) || costLog2 < 1 || costLog2 > 20) {
      throw new CloudError('invalid', 'costLog2 is a whole number from 1 to 20.', {
        field: 'costLog2',
        limit: 20,
      })
    }
    this.#random = random
    this.#costLog2 = costLog2
  }

  /** Slow hashes so far: each takes a core for as long as the cost says. */
  get derived(): number {
    return this.#derived
  }

  async hash(password: string): Promise<string> {
    const bytes = passwordBytes(password)
    if (!bytes) {
      throw new CloudError('invalid', `A password has 1 to ${limits.passwordBytes} bytes.`, {
        field: 'password',
        limit: limits.passwordBytes,
      })
    }
    const salt = Buffer.from(this.#random.bytes(saltBytes))
    this.#derived++
    const hash = await derive(bytes, salt, this.#costLog2)
    return `scrypt$${this.#costLog2}$${salt.toString('hex')}$${hash.toString('hex')}`
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const [, cost, salt, expected] = form.exec(hash) ?? []
    const bytes = passwordBytes(password)
    if (!bytes || !cost || !salt || !expected) return false
    const costLog2 = Number(cost)
    if (costLog2 < 1 || costLog2 > 20) return false
    const digest = createHmac('sha256', this.#key).update(bytes).digest()
    const proven = this.#proven.get(hash)
    if (proven && timingSafeEqual(proven, digest)) return true
    this.#derived++
    const actual = await derive(bytes, Buffer.from(salt, 'hex'), costLog2)
    const isRight = timingSafeEqual(actual, Buffer.from(expected, 'hex'))
    if (isRight) this.#remember(hash, digest)
    return isRight
  }

  #remember(hash: string, digest: Buffer): void {
    const [oldest] = this.#proven.keys()
    if (this.#proven.size >= provenMost && oldest !== undefined) this.#proven.delete(oldest)
    this.#proven.set(hash, digest)
  }
}

/** UTF-8 of the composed form (RFC 8265, OpaqueString), or undefined when empty or too long. */
function passwordBytes(password: string): Buffer | undefined {
  if (password.length === 0 || password.length > limits.passwordBytes) return undefined
  const bytes = Buffer.from(password.normalize('NFC'), 'utf8')
  return bytes.length <= limits.passwordBytes ? bytes : undefined
}

function derive(password: Buffer, salt: Buffer, costLog2: number): Promise<Buffer> {
  const cost = 2 ** costLog2
  // scrypt needs 128 × N × r bytes; Node refuses without an explicit allowance above 32 MiB.
  const maxmem = 256 * cost * blockSize + 2 ** 20
  return new Promise((resolve, reject) => {
    scrypt(
      password,
      salt,
      hashBytes,
      { cost, blockSize, parallelization: parallelism, maxmem },
      (error, key) => {
        if (error) reject(new CloudError('unavailable', 'Hashing failed.', { cause: error }))
        else resolve(key)
      },
    )
  })
}
