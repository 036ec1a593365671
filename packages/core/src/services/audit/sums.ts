import type { Charge } from './rule.ts'

/** What rows add up to under one name, and how many rows say so. */
interface Sum {
  amount: number
  rows: number
}

/** Sums by scope and name. A name is there as long as a row charges it. */
export class Sums {
  readonly #scopes = new Map<string, Map<string, Sum>>()
  #size = 0

  /** Sums held. */
  get size(): number {
    return this.#size
  }

  add({ scope, name, amount }: Charge): void {
    const names = this.#scopes.get(scope)
    if (!names) {
      this.#scopes.set(scope, new Map([[name, { amount, rows: 1 }]]))
      this.#size++
      return
    }
    const sum = names.get(name)
    if (sum) {
      sum.amount += amount
      sum.rows++
    } else {
      names.set(name, { amount, rows: 1 })
      this.#size++
    }
  }

  /** Takes back what was added before. */
  subtract({ scope, name, amount }: Charge): void {
    const names = this.#scopes.get(scope)
    const sum = names?.get(name)
    if (!names || !sum) return
    sum.amount -= amount
    if (--sum.rows > 0) return
    names.delete(name)
    this.#size--
    if (names.size === 0) this.#scopes.delete(scope)
  }

  /** The sums of a scope; undefined when no row charges it. */
  of(scope: string): ReadonlyMap<string, number> | undefined {
    const names = this.#scopes.get(scope)
    if (!names) return undefined
    const sums = new Map<string, number>()
    for (const [name, { amount }] of names) sums.set(name, amount)
    return sums
  }

  /** Forgets a scope. */
  delete(scope: string): void {
    this.#size -= this.#scopes.get(scope)?.size ?? 0
    this.#scopes.delete(scope)
  }

  /** Every scope, in order. */
  scopes(): string[] {
    return [...this.#scopes.keys()].sort()
  }
}
