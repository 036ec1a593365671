import { firstBasis, hashId, stir } from '../hash.ts'
import type { Amounts } from './amounts.ts'
import { refuse } from './check.ts'
import { fleetLimits } from './limits.ts'
import { Names } from './names.ts'

/**
 * What filters look at: hosts that agree in it share one. Numbers are those of `Labels`; −1 =
 * none.
 */
export interface Signature {
  readonly enabled: boolean
  readonly zone: number
  readonly model: number
  readonly traits: ReadonlySet<number>
  readonly aggregates: ReadonlySet<number>
}

/** Hosts of a kind are interchangeable when they are in the same state. */
export interface Kind {
  readonly capacity: Amounts
  readonly cells: readonly Amounts[]
  readonly devices: number
  readonly signature: number
  /** −1 without a rack. */
  readonly rack: number
}

/** The names that hosts and asks share. */
export class Labels {
  readonly classes = new Names()
  readonly zones = new Names()
  readonly racks = new Names()
  readonly traits = new Names()
  readonly aggregates = new Names()
  readonly models = new Names()
  readonly tenants = new Names()
}

/** All kinds of hosts, numbered as the kernel numbers them. */
export class Kinds {
  readonly #kinds: Kind[] = []
  readonly #keys: string[] = []
  readonly #byKey = new Map<string, number>()
  readonly #signatures: Signature[] = []
  readonly #signatureByKey = new Map<string, number>()
  /** Hosts of each kind. */
  readonly hosts: number[] = []

  get size(): number {
    return this.#kinds.length
  }

  at(kind: number): Kind {
    return this.#kinds[kind] as Kind
  }

  get signatures(): readonly Signature[] {
    return this.#signatures
  }

  signatureOf(kind: number): Signature {
    return this.#signatures[this.at(kind).signature] as Signature
  }

  /** The number of a signature; `key` says the same of two that agree. */
  internSignature(key: string, make: () => Signature): number {
    const known = this.#signatureByKey.get(key)
    if (known !== undefined) return known
    const number = this.#signatures.length
    this.#signatures.push(make())
    this.#signatureByKey.set(key, number)
    return number
  }

  intern(key: string, make: () => Kind): number {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const number = this.#kinds.length
    if (number >= fleetLimits.kinds) refuse('too many kinds of hosts', 'hosts', fleetLimits.kinds)
    this.#kinds.push(make())
    this.#keys.push(key)
    this.#byKey.set(key, number)
    this.hosts.push(0)
    return number
  }

  /** Forgets the youngest kinds, which no host has. */
  truncate(size: number): void {
    while (this.#kinds.length > size) {
      this.#kinds.pop()
      this.hosts.pop()
      this.#byKey.delete(this.#keys.pop() as string)
    }
  }
}

/** A hash of what a kind is, by names: it does not depend on the history of the fleet. */
export function kindHash(
  kind: Kind,
  { traits, aggregates, ...rest }: Signature,
  labels: Labels,
): number {
  let hash = stir(kind.devices + (rest.enabled ? 64 : 0))
  hash = fold(hash, rest.zone < 0 ? '' : labels.zones.at(rest.zone))
  hash = fold(hash, kind.rack < 0 ? '' : labels.racks.at(kind.rack))
  hash = fold(hash, rest.model < 0 ? '' : labels.models.at(rest.model))
  let sum = 0
  for (const trait of traits) sum = (sum + fold(1, labels.traits.at(trait))) | 0
  for (const aggregate of aggregates) sum = (sum + fold(2, labels.aggregates.at(aggregate))) | 0
  sum = (sum + amountsHash(kind.capacity, 3, labels)) | 0
  for (const [index, cell] of kind.cells.entries()) {
    sum = (sum + amountsHash(cell, 4 + index, labels)) | 0
  }
  return stir(hash ^ sum)
}

/** Amounts of 0 count as none. */
function amountsHash({ names, amounts }: Amounts, salt: number, { classes }: Labels): number {
  let sum = 0
  for (const [index, name] of names.entries()) {
    const amount = amounts[index] as number
    if (amount !== 0) sum = (sum + Math.imul(fold(salt, classes.at(name)) | 1, stir(amount))) | 0
  }
  return sum
}

function fold(hash: number, text: string): number {
  return stir(Math.imul(hash, 0x9e3779b1) ^ hashId(text, firstBasis))
}
