import { dayMs } from '../../model/meter/usage.ts'

/** From one instant to another, which does not belong to it: milliseconds since the epoch. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Amount × milliseconds by resource class, exactly: such products outgrow a number. */
export class UsageSums {
  readonly #sums = new Map<string, bigint>()

  constructor(sums: Readonly<Record<string, string>> = {}) {
    for (const [name, sum] of Object.entries(sums)) this.add(name, BigInt(sum))
  }

  add(name: string, sum: bigint): void {
    this.#sums.set(name, (this.#sums.get(name) ?? 0n) + sum)
  }

  /** Adds what amounts come to within a span: nothing of a time that lies outside. */
  addTime(amounts: Readonly<Record<string, number>>, since: number, to: number, span: Span): void {
    const time = Math.min(to, span.to) - Math.max(since, span.from)
    if (time <= 0) return
    for (const [name, amount] of Object.entries(amounts)) {
      this.add(name, BigInt(amount) * BigInt(time))
    }
  }

  get(name: string): bigint {
    return this.#sums.get(name) ?? 0n
  }

  /** In decimal, by name; those that are 0 are left out. */
  texts(): Record<string, string> {
    const named = [...this.#sums].filter(([, sum]) => sum !== 0n)
    return Object.fromEntries(named.map(([name, sum]) => [name, String(sum)]))
  }
}

/** The midnight (UTC) at or before an instant. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs
}
