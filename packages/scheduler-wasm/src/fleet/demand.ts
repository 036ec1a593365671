import type { Kinds, Labels } from './kinds.ts'
import type { Template, Typical } from './template.ts'

/** What of a fleet is asked and told. */
export interface DemandHost {
  readonly kinds: Kinds
  readonly labels: Labels
  setTypical(typical: readonly Typical[]): void
}

/** Weights add up to so much, as the kernel wants them. */
const whole = 256
/** More typical asks make decisions slower, not better. */
const typicals = 5
/** The same when the caller says what is typical. */
const typicalsGiven = 16
/** Different asks that are counted; beyond, the rarest are forgotten. */
const kept = 256
/** What is typical is worked out when so many instances were placed, then at every doubling. */
const firstTime = 16

/** An ask, and how many instances of it were placed. */
export interface Counted {
  readonly template: Template
  readonly count: number
}

/**
 * What a fleet is asked for, learnt from what it places: the pack policy keeps what stays free of
 * use for that. It changes rarely, since it voids all that is kept of earlier searches.
 */
export class Demand {
  #counts = new Map<Template, number>()
  #total = 0
  #next = firstTime
  /** Nothing is learnt when the caller says what is typical. */
  learning = true

  /** Counts instances that were placed. Nothing is worked out yet: their answer is still read. */
  note(template: Template, count: number): void {
    if (!this.learning) return
    const { bare } = template
    this.#counts.set(bare, (this.#counts.get(bare) ?? 0) + count)
    this.#total += count
  }

  /** Works out what is typical, if it is time to. To be called before a decision. */
  learn(host: DemandHost): void {
    if (this.learning && this.#total >= this.#next) this.#learn(host)
  }

  /** For a snapshot: everything that `restore` needs. */
  get content(): { readonly total: number; readonly next: number; readonly counts: Counted[] } {
    const counts = [...this.#counts].map(([template, count]) => ({ template, count }))
    return { total: this.#total, next: this.#next, counts }
  }

  restore(total: number, next: number, counts: readonly Counted[]): void {
    this.#total = total
    this.#next = next
    this.#counts = new Map(counts.map(({ template, count }) => [template, count]))
  }

  #learn(state: DemandHost): void {
    while (this.#next <= this.#total) this.#next *= 2
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a).slice(0, kept)
    this.#counts = new Map(counts)
    const totals = totalsOf(state)
    const weighed = counts.map(([template, count]) => {
      return { template, weight: count * largestPart(template, totals), count }
    })
    if (weighed.some(({ weight }) => weight > 0)) state.setTypical(normalised(weighed, typicals))
  }
}

/** What is typical when the caller says how often each is asked for. */
export function typicalOf(counts: readonly Counted[]): readonly Typical[] {
  return normalised(
    counts.map(({ template, count }) => ({ template, weight: count, count })),
    typicalsGiven,
  )
}

/**
 * The heaviest first. The weights of the first few as whole numbers that add up to 256, in
 * proportion; 0 for all others.
 */
function normalised(typical: readonly Typical[], few: number): readonly Typical[] {
  const sorted = [...typical].sort((a, b) => b.weight - a.weight)
  const sum = sorted.slice(0, few).reduce((total, { weight }) => total + weight, 0)
  const parts = sorted.map(({ weight }, index) => {
    return index < few ? Math.floor((weight * whole) / sum) : 0
  })
  const rest = whole - parts.reduce((total, part) => total + part, 0)
  return sorted.map(({ template, count }, index) => {
    return { template, weight: (parts[index] as number) + (index === 0 ? rest : 0), count }
  })
}

/** Capacity of the fleet by resource class. */
function totalsOf({ kinds, labels }: DemandHost): ReadonlyMap<string, number> {
  const totals = new Map<string, number>()
  for (let kind = 0; kind < kinds.size; kind++) {
    const hosts = kinds.hosts[kind] ?? 0
    const { names, amounts } = kinds.at(kind).capacity
    for (const [index, number] of names.entries()) {
      const name = labels.classes.at(number)
      totals.set(name, (totals.get(name) ?? 0) + hosts * (amounts[index] as number))
    }
  }
  return totals
}

/** The part of the fleet that one instance takes of the class of which it takes the most. */
function largestPart({ names, amounts }: Template, totals: ReadonlyMap<string, number>): number {
  const parts = names.map((name, index) => {
    const total = totals.get(name) ?? 0
    return total > 0 ? (amounts[index] as number) / total : 0
  })
  return Math.max(0, ...parts)
}
