import { createHmac } from 'node:crypto'
import type { Clock } from '../ports/clock.ts'
import type { PasswordHasher } from '../ports/passwords.ts'
import type { Random } from '../ports/random.ts'

/** Proofs that are remembered, and for how long. */
const most = 1_000
const rememberMs = 300_000

/**
 * Remembers for a few minutes which password made which hash, so that who comes again and again is
 * not hashed each time. What it remembers is a keyed digest of both: it says nothing to who does
 * not have this process's key, a changed password has another hash, and whether somebody may come
 * in is not decided here. What was not proven is never remembered.
 */
export class RememberedPasswords implements PasswordHasher {
  readonly #hasher: PasswordHasher
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #key: Uint8Array
  /** When each proof was made, the oldest first. */
  readonly #proven = new Map<string, number>()

  constructor(hasher: PasswordHasher, ports: { readonly clock: Clock; readonly random: Random }) {
    this.#hasher = hasher
    this.#clock = ports.clock
    this.#key = ports.random.bytes(32)
  }

  hash(password: string): Promise<string> {
    return this.#hasher.hash(password)
  }

  async verify(password: string, hash: string): Promise<boolean> {
    const proof = createHmac('sha256', this.#key).update(`${hash}\0${password}`).digest('hex')
    const provenAt = this.#proven.get(proof)
    if (provenAt !== undefined && this.#clock.elapsed() - provenAt < rememberMs) return true
    const isProven = await this.#hasher.verify(password, hash)
    if (isProven) this.#remember(proof)
    return isProven
  }

  #remember(proof: string): void {
    this.#proven.delete(proof)
    this.#proven.set(proof, this.#clock.elapsed())
    if (this.#proven.size <= most) return
    const [oldest] = this.#proven.keys()
    if (oldest !== undefined) this.#proven.delete(oldest)
  }
}
