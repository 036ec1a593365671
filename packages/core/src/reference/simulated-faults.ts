import { CloudError } from '../base/errors.ts'
import type { Random } from '../ports/random.ts'

/**
 * How a simulated driver fails. Nothing is done: `refuse` (no host will ever take it), `otherHost`,
 * `sameHost` (try again). Done or not, nobody knows: `hang` (no answer until the time limit). Done,
 * and denied: `falseAlarm`.
 */
export const faultKinds = ['refuse', 'otherHost', 'sameHost', 'hang', 'falseAlarm'] as const
export type FaultKind = (typeof faultKinds)[number]

/** Which calls a planned fault hits; a name left out matches everything. */
export interface FaultFilter {
  readonly hostId?: string | undefined
  /** A server's id, or a port's. */
  readonly id?: string | undefined
}

interface Planned {
  readonly kind: FaultKind
  readonly filter: FaultFilter
  times: number
}

/** Decides which calls fail: first those planned by name, then by chance. */
export class FaultPlan {
  readonly #random: Random
  readonly #rate: number
  readonly #kinds: readonly FaultKind[]
  #planned: Planned[] = []

  /** @throws CloudError `invalid` for a rate outside [0, 1], or no kinds. */
  constructor(random: Random, rate: number, kinds: readonly FaultKind[]) {
    this.#random = random
    this.#rate = checkedRate('failureRate.apply', rate)
    if (kinds.length === 0) {
      throw new CloudError('invalid', 'failureKinds: is empty', { field: 'failureKinds', limit: 1 })
    }
    this.#kinds = kinds
  }

  /** Makes the next `times` matching calls fail. */
  plan(kind: FaultKind, filter: FaultFilter, times: number): void {
    if (times > 0) this.#planned.push({ kind, filter, times })
  }

  /** The failure planned for this call, if any. Each is used up. */
  planned(hostId: string | null, id: string): FaultKind | undefined {
    if (this.#planned.length === 0) return undefined
    const planned = this.#planned.find(
      ({ filter }) =>
        (filter.hostId === undefined || filter.hostId === hostId) &&
        (filter.id === undefined || filter.id === id),
    )
    if (!planned) return undefined
    planned.times--
    if (planned.times === 0) this.#planned = this.#planned.filter((other) => other !== planned)
    return planned.kind
  }

  /** A failure by chance, or none. */
  draw(): FaultKind | undefined {
    if (!chance(this.#random, this.#rate)) return undefined
    return this.#kinds[this.#random.uint32() % this.#kinds.length]
  }
}

/** True with this probability. Certain answers draw nothing: turning chance off costs nothing. */
export function chance(random: Random, probability: number): boolean {
  if (probability <= 0) return false
  return probability >= 1 || random.uint32() / 2 ** 32 < probability
}

/** @throws CloudError `invalid` unless 0 ≤ rate ≤ 1. */
export function checkedRate(field: string, rate: number): number {
  if (rate >= 0 && rate <= 1) return rate
  throw new CloudError('invalid', `${field}: must be from 0 to 1`, { field, limit: '0 to 1' })
}
