import type { Members } from './groups.ts'
import type { SlotCounts } from './slot-counts.ts'
import type { FleetState } from './state.ts'

/** Moves that are tried out, to be taken back altogether. */
export class Trial {
  readonly #state: FleetState
  readonly #before = new Map<Members, SlotCounts>()

  constructor(state: FleetState) {
    this.#state = state
  }

  /** Takes an allocation out of its group and application, as if it were nowhere. */
  lift(allocation: number): void {
    this.#count(allocation, this.#state.kernel.hostOf(allocation), -1)
  }

  /** Counts it where it lies. */
  settle(allocation: number): void {
    this.#count(allocation, this.#state.kernel.hostOf(allocation), 1)
  }

  #count(allocation: number, slot: number, sign: 1 | -1): void {
    const { footprints, kernel, groups, apps } = this.#state
    const { group, app } = footprints.templateOf(kernel.footprintOf(allocation))
    if (group >= 0) this.#add(groups.of(group), slot, sign)
    if (app >= 0) this.#add(apps.of(app), slot, sign)
  }

  #add(members: Members, slot: number, count: number): void {
    if (!this.#before.has(members)) this.#before.set(members, members.hosts.copy())
    members.add(slot, count)
  }

  undo(): void {
    for (const [members, hosts] of this.#before) members.replace(hosts)
  }
}

/** Tries something out; the fleet is as before when this returns, ties included. */
export function tentatively<Result>(state: FleetState, call: (trial: Trial) => Result): Result {
  const { kernel, footprints } = state
  state.clearMarks()
  const bytes = kernel.save().slice()
  const before = new Map(footprints.all().map((template) => [template, template.footprint]))
  const trial = new Trial(state)
  try {
    return call(trial)
  } finally {
    trial.undo()
    kernel.restore(bytes)
    // The kernel knows the footprints of before again: neither more nor fewer.
    const gone = [...before].filter(([template, footprint]) => template.footprint !== footprint)
    for (const template of footprints.all()) {
      if (before.get(template) !== template.footprint) footprints.unbind(template)
    }
    for (const [, footprint] of gone) kernel.dropFootprint(footprint)
    state.marks = undefined
    state.epoch++
  }
}
