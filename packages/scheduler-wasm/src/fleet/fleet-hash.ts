import { firstBasis, hashId, secondBasis, stir } from '../hash.ts'
import { kindHash } from './kinds.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'
import { usedRow } from './views.ts'

/**
 * Sixteen hexadecimal digits of all that a fleet holds, by names: hosts, what is taken of them and
 * by whom, limits and isolation. Two fleets that came to the same by different ways have the same;
 * numbers of allocations and the order of coming do not count.
 */
export function fleetHash(state: FleetState): string {
  const { hosts, limits, apps, isolation, labels } = state
  let low = 0
  let high = 0
  const add = (hash: number): void => {
    low = (low + stir(hash)) | 0
    high = (high + stir(Math.imul(hash ^ secondBasis, 0x9e3779b1))) | 0
  }
  const rows = new HostRows(state)
  for (let slot = 0; slot < hosts.slots; slot++) {
    const id = hosts.idOf(slot)
    if (id !== undefined) add(mix(hashId(id, firstBasis), rows.hashOf(slot)))
  }
  for (const { app, other, max } of limits.all()) {
    add(text(JSON.stringify([apps.nameOf(app), apps.nameOf(other), max])))
  }
  for (const [aggregate, tenants] of isolation) {
    add(text(JSON.stringify([labels.aggregates.at(aggregate), [...tenants].sort()])))
  }
  return [high, low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('')
}

function mix(a: number, b: number): number {
  return stir(Math.imul(a, 0x9e3779b1) ^ b)
}

function text(given: string): number {
  return hashId(given, firstBasis)
}

class HostRows {
  readonly #state: FleetState
  readonly #kinds: number[]
  readonly #names: number[]
  readonly #templates = new Map<number, number>()

  constructor(state: FleetState) {
    this.#state = state
    const { kinds, labels, columns } = state
    this.#kinds = Array.from({ length: kinds.size }, (_, kind) =>
      kindHash(kinds.at(kind), kinds.signatureOf(kind), labels),
    )
    this.#names = Array.from({ length: columns.size }, (_, column) =>
      text(labels.classes.at(columns.at(column))),
    )
  }

  hashOf(slot: number): number {
    const { kernel, kinds, frame } = this.#state
    const kind = kernel.kindOf(slot)
    let sum = this.#kinds[kind] as number
    const used = usedRow(this.#state, slot)
    for (const [column, name] of this.#names.entries()) {
      if (used[column] !== 0) sum = (sum + mix(name, used[column] as number)) | 0
    }
    const { cells, devices } = kinds.at(kind)
    const row = kernel.state(slot)
    const devicesAt = frame.resources + frame.cells * frame.cellClasses
    for (let cell = 0; cell < cells.length; cell++) {
      for (let at = 0; at < frame.cellClasses; at++) {
        const free = row[frame.resources + cell * frame.cellClasses + at] as number
        if (free !== 0) sum = (sum + mix((this.#names[at] as number) + 1 + cell, free)) | 0
      }
    }
    for (let index = 0; index < devices; index++) {
      sum = (sum + mix(1_000 + index, row[devicesAt + index] as number)) | 0
    }
    for (const allocation of kernel.allocationsOf(slot).slice()) {
      const where = mix(kernel.untilOf(allocation), kernel.partsOf(allocation))
      sum = (sum + mix(this.#templateHash(kernel.footprintOf(allocation)), where)) | 0
    }
    return sum
  }

  #templateHash(footprint: number): number {
    const known = this.#templates.get(footprint)
    if (known !== undefined) return known
    const hash = text(canonical(this.#state.footprints.templateOf(footprint)))
    this.#templates.set(footprint, hash)
    return hash
  }
}

/** A template as a text in which the order of names does not matter. */
function canonical({ ask }: Template): string {
  const sorted = (given: Readonly<Record<string, number>> | undefined): unknown =>
    given && Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1))
  const { resources, weights, ...rest } = ask
  return JSON.stringify([sorted(resources), sorted(weights), rest])
}
