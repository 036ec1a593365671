import { type Layout, word } from './layout.ts'
import { pricesOf } from './prices.ts'
import { drawSequences, sequences } from './sequences.ts'
import type { Typical } from './typical.ts'

/**
 * What typical asks for devices can be expected to take of a host, in units × 16: offers come in
 * fixed random sequences, every offer that fits is accepted, and what they take is added up. To
 * that comes what asks for several devices could take if they came alone, as often as they do, and
 * what is free of devices that some ask cannot do without. (Expected fill instead of the expected
 * loss of Weng et al., "Beware of fragmentation", ATC 2023.)
 */
export class Outlook {
  readonly #layout: Layout
  readonly #offers: readonly Typical[]
  readonly #sequences: readonly (readonly number[])[]
  /** Asks for devices. */
  readonly #asked: number
  readonly #known = new Map<string, number>()

  constructor(layout: Layout, typical: readonly Typical[]) {
    this.#layout = layout
    const offers = typical.filter(({ count }) => count > 0)
    this.#asked = offers.reduce((sum, { asked, count }) => {
      return sum + (asked.devices > 0 ? count : 0)
    }, 0)
    this.#offers = this.#asked > 0 ? offers : []
    this.#sequences = this.#asked > 0 ? drawSequences(offers) : []
  }

  /**
   * The outlook of a state of a kind; undefined when nothing typical asks for devices.
   *
   * @param population devices of all hosts by kind, told when needed.
   */
  worth(kind: number, state: Int32Array, population: () => readonly number[]): number | undefined {
    if (this.#asked === 0) return undefined
    const { devicesAt, devices } = this.#layout
    const free = state.subarray(devicesAt, devicesAt + devices).reduce((sum, each) => sum + each, 0)
    const price = pricesOf(this.#offers, population())[kind] ?? 0
    return this.#expected(kind, state) + Math.floor((free * price) / 64)
  }

  #expected(kind: number, state: Int32Array): number {
    const key = `${kind}: ${state.join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const offers = this.#offers.filter(({ filter }) => (filter[kind] ?? 0) === 0)
    let total = 0
    for (const each of offers) total += this.#alone(each, state)
    for (const sequence of this.#sequences) total += this.#fill(sequence, kind, state)
    this.#known.set(key, total)
    return total
  }

  /** What an ask for several devices could take alone, as often as it is asked for. */
  #alone({ asked, count }: Typical, state: Int32Array): number {
    if (asked.devices < 2) return 0
    const { devicesAt, devices } = this.#layout
    const enough = state
      .subarray(devicesAt, devicesAt + devices)
      .filter((units) => units >= asked.units).length
    let times = Math.floor(enough / asked.devices)
    for (const [index, amount] of asked.amounts.entries()) {
      if (amount > 0) {
        times = Math.min(times, Math.floor(Math.max(word(state, index), 0) / amount))
      }
    }
    const worth = sequences * asked.devices * asked.units * count
    return times * Math.floor(worth / this.#asked)
  }

  /** Units that the offers of a sequence take. */
  #fill(sequence: readonly number[], kind: number, state: Int32Array): number {
    const { devicesAt, devices } = this.#layout
    const free = state.slice(0, devicesAt)
    const levels = state.slice(devicesAt, devicesAt + devices)
    let total = 0
    for (const index of sequence) {
      const { asked, filter } = this.#offers[index] as Typical
      if ((filter[kind] ?? 0) !== 0 || !fits(free, levels, asked)) continue
      for (let column = 0; column < asked.amounts.length; column++) {
        free[column] = word(free, column) - word(asked.amounts, column)
      }
      if (asked.devices === 0) continue
      const last = levels.findLastIndex((units) => units >= asked.units)
      for (let at = last; at > last - asked.devices; at--) {
        levels[at] = word(levels, at) - asked.units
      }
      levels.sort().reverse()
      total += asked.devices * asked.units
    }
    return total
  }
}

/** Cells are not looked at. Levels are sorted, largest first. */
function fits(
  free: Int32Array,
  levels: Int32Array,
  { amounts, devices, units }: Typical['asked'],
): boolean {
  for (let column = 0; column < amounts.length; column++) {
    const amount = word(amounts, column)
    if (amount > 0 && word(free, column) < amount) return false
  }
  return devices === 0 || word(levels, devices - 1) >= units
}
