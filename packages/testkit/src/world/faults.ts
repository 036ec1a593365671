import type { Chance } from './chance.ts'

/** Faults that are drawn at each call, by where they strike. */
export const callFaults = [
  // The store.
  'storeSlow',
  'storeRefuses',
  'storeLosesAnswer',
  'storeConflict',
  'storeStale',
  // The bus.
  'busDrop',
  'busTwice',
  'busLate',
  // Compute hosts, the data plane and back-ends of volumes.
  'hostBusy',
  'hostElsewhere',
  'hostNever',
  'hostFalseAlarm',
  'hostHang',
  'hostLate',
  'hostTwice',
  'hostSilent',
  'hostLies',
  'networkFails',
  'networkLate',
  'balancersFail',
  'balancersLate',
  'volumesFail',
  'volumesLate',
  // Bytes of images and objects, and the placement engine.
  'imagesFail',
  'objectsFail',
  'sharesFail',
  'engineLies',
  // A process, as it writes.
  'crashMidWrite',
] as const

/** What befalls the world as a whole now and then: drawn in times an hour. */
export const worldFaults = [
  'crash',
  'pause',
  'cut',
  'hostDies',
  'guestHalts',
  'clockJump',
  'clockStops',
  'storeDown',
  'storeReadOnly',
  'storeFull',
  'busWiped',
  'guestAppears',
] as const

/** Everything that can go wrong. */
export const faultNames = [...callFaults, ...worldFaults] as const

export type FaultName = (typeof faultNames)[number]

/** Probability at each call, or times an hour; absent is never. */
export type FaultRates = Readonly<Partial<Record<FaultName, number>>>

/** One fault that struck: `index` counts all of a run, so that a shorter run can leave it out. */
export interface Strike {
  readonly index: number
  readonly name: FaultName
}

/** Draws faults at their rates, once begun, and remembers which struck. */
export class Faults {
  readonly #rates: FaultRates
  readonly #chance: Chance
  readonly #only: ReadonlySet<number> | undefined
  readonly #strikes: Strike[] = []
  #drawn = 0
  #calm = true

  /** @param only the strikes, by index, that take place; all by default. */
  constructor(rates: FaultRates, chance: Chance, only?: Iterable<number>) {
    this.#rates = rates
    this.#chance = chance
    this.#only = only && new Set(only)
  }

  /** What struck so far. */
  get strikes(): readonly Strike[] {
    return this.#strikes
  }

  get calm(): boolean {
    return this.#calm
  }

  rate(name: FaultName): number {
    return this.#calm ? 0 : (this.#rates[name] ?? 0)
  }

  /** True if the fault is among those of this run, at whatever time. */
  planned(name: FaultName): boolean {
    return (this.#rates[name] ?? 0) > 0
  }

  /** From now on things go wrong. */
  begin(): void {
    this.#calm = false
  }

  /** From now on nothing goes wrong. */
  end(): void {
    this.#calm = true
  }

  /** True if the fault strikes this call. */
  hits(name: FaultName): boolean {
    const rate = this.rate(name)
    return rate > 0 && this.#chance.happens(rate) && this.take(name)
  }

  /** Notes a fault whose time has come; false if this run leaves it out. */
  take(name: FaultName): boolean {
    const index = this.#drawn++
    if (this.#only && !this.#only.has(index)) return false
    this.#strikes.push({ index, name })
    return true
  }
}
