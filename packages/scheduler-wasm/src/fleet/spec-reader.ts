import { type Amounts, amountOf, amountsOf } from './amounts.ts'
import type { HostSpec, Resources } from './api.ts'
import {
  checkInteger,
  checkList,
  checkName,
  checkNames,
  checkObject,
  checkResources,
  isName,
  refuse,
} from './check.ts'
import type { Kinds, Labels } from './kinds.ts'
import { fleetLimits } from './limits.ts'
import type { Names } from './names.ts'

/** Columns of the cache from what a host names to its kind. */
const columns = 8
/** Most rows of the cache, a power of two. */
const mostRows = 1 << 12

/**
 * Reads a batch of hosts into kinds: checked, and without a change to anything but names. What
 * hosts share (the same object) is looked at once.
 */
export class SpecReader {
  readonly #labels: Labels
  readonly #kinds: Kinds
  readonly #capacities = new Parts<Amounts>()
  readonly #cells = new Parts<readonly Amounts[]>()
  readonly #traits = new Parts<readonly number[]>()
  readonly #aggregates = new Parts<readonly number[]>()
  readonly #cache: Int32Array
  readonly #mask: number
  readonly #row = new Int32Array(columns)
  #at = 0
  #id = ''

  /** @param hosts how many are read: the cache of a few is small. */
  constructor(labels: Labels, kinds: Kinds, hosts: number) {
    const rows = Math.min(mostRows, 2 ** Math.ceil(Math.log2(Math.max(1, hosts))))
    this.#labels = labels
    this.#kinds = kinds
    this.#cache = new Int32Array(rows * (columns + 1)).fill(-2)
    this.#mask = rows - 1
    this.#cells.of(undefined, () => ['', []])
    this.#traits.of(undefined, () => ['', []])
    this.#aggregates.of(undefined, () => ['', []])
  }

  /**
   * The kind of a host.
   *
   * @throws EngineError naming the host and the field.
   */
  read(host: HostSpec, index: number): number {
    this.#at = index
    if (typeof host !== 'object' || host === null) checkObject(host, this.#field(''))
    const { id, zone, rack, enabled, devices } = host
    if (!isName(id)) checkName(id, this.#field('.id'))
    this.#id = id
    if (enabled !== undefined && typeof enabled !== 'boolean') {
      refuse('must be true or false', this.#field('.enabled'), 'boolean')
    }
    const row = this.#row
    row[0] = this.#capacities.of(host.capacity, () => this.#amounts(host.capacity, '.capacity'))
    row[1] = this.#name(this.#labels.zones, zone, '.zone')
    row[2] = this.#name(this.#labels.racks, rack, '.rack')
    row[3] = this.#traits.of(host.traits, () => this.#set(host.traits, 'traits'))
    row[4] = this.#aggregates.of(host.aggregates, () => this.#set(host.aggregates, 'aggregates'))
    row[5] = this.#cells.of(host.cells, () => this.#readCells(host.cells))
    row[6] = devices === undefined ? -1 : this.#readDevices(devices)
    row[7] = (devices === undefined ? 0 : 2 * devices.count) + (enabled === false ? 1 : 0)
    return this.#find()
  }

  /** The id of the host that was read last. */
  get id(): string {
    return this.#id
  }

  #find(): number {
    const row = this.#row
    let hash = 0
    for (let column = 0; column < columns; column++) {
      hash = Math.imul(hash ^ (row[column] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    const base = (hash & this.#mask) * (columns + 1)
    const cache = this.#cache
    let column = 0
    while (column < columns && cache[base + column] === row[column]) column++
    if (column < columns) {
      cache.set(row, base)
      cache[base + columns] = this.#intern()
    }
    return cache[base + columns] as number
  }

  #intern(): number {
    const [capacity, zone, rack, traits, aggregates, cells, model, rest] = [...this.#row] as Row
    this.#checkCells(this.#cells.at(cells), this.#capacities.at(capacity))
    const enabled = (rest & 1) === 0
    const key = [
      enabled,
      zone,
      model,
      this.#traits.keyOf(traits),
      this.#aggregates.keyOf(aggregates),
    ]
    const signature = this.#kinds.internSignature(key.join('|'), () => ({
      enabled,
      zone,
      model,
      traits: new Set(this.#traits.at(traits)),
      aggregates: new Set(this.#aggregates.at(aggregates)),
    }))
    const parts = [
      signature,
      rack,
      rest >> 1,
      this.#capacities.keyOf(capacity),
      this.#cells.keyOf(cells),
    ]
    return this.#kinds.intern(parts.join('|'), () => ({
      capacity: this.#capacities.at(capacity),
      cells: this.#cells.at(cells),
      devices: rest >> 1,
      signature,
      rack,
    }))
  }

  #field(name: string): string {
    return `hosts[${this.#at}]${name}`
  }

  #name(names: Names, name: string | undefined, field: string): number {
    if (name === undefined) return -1
    if (!isName(name)) checkName(name, this.#field(field))
    return names.intern(name)
  }

  #amounts(resources: Resources, field: string): [string, Amounts] {
    checkResources(resources, this.#field(field))
    const amounts = amountsOf(resources, (name) => this.#labels.classes.intern(name))
    return [`${amounts.names.join()}=${amounts.amounts.join()}`, amounts]
  }

  #set(names: readonly string[] | undefined, field: 'traits' | 'aggregates'): [string, number[]] {
    checkNames(names, this.#field(`.${field}`))
    const numbers = (names ?? []).map((name) => this.#labels[field].intern(name))
    const sorted = [...new Set(numbers)].sort((a, b) => a - b)
    return [sorted.join(), sorted]
  }

  #readCells(cells: HostSpec['cells'] = []): [string, Amounts[]] {
    checkList(cells, this.#field('.cells'), fleetLimits.cells)
    const read = cells.map((cell, index) => this.#amounts(cell, `.cells[${index}]`))
    return [read.map(([key]) => key).join('/'), read.map(([, amounts]) => amounts)]
  }

  /** Hosts that share cells need not have the same capacity: this is asked of each pair. */
  #checkCells(cells: readonly Amounts[], capacity: Amounts): void {
    const sums = new Map<number, number>()
    for (const { names, amounts } of cells) {
      for (const [index, name] of names.entries()) {
        sums.set(name, (sums.get(name) ?? 0) + (amounts[index] as number))
      }
    }
    for (const [name, sum] of sums) {
      const total = amountOf(capacity, name)
      if (sum <= total) continue
      const field = this.#field(`.cells.${this.#labels.classes.at(name)}`)
      refuse('hold more than the host', field, total)
    }
  }

  /** The number of the model; the count is read from the object itself. */
  #readDevices(devices: { readonly model: string; readonly count: number }): number {
    if (typeof devices !== 'object' || devices === null)
      checkObject(devices, this.#field('.devices'))
    checkInteger(devices.count, this.#field('.devices.count'), 0, fleetLimits.devices)
    return this.#name(this.#labels.models, devices.model, '.devices.model')
  }
}

type Row = [number, number, number, number, number, number, number, number]

/** Values met in a batch: by identity, then by a text that says the same of those that agree. */
class Parts<Value> {
  readonly #byObject = new Map<unknown, number>()
  readonly #byKey = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #values: Value[] = []
  #last: unknown = this
  #lastNumber = -1

  of(given: unknown, read: () => readonly [key: string, value: Value]): number {
    if (given === this.#last) return this.#lastNumber
    let number = this.#byObject.get(given)
    if (number === undefined) {
      const [key, value] = read()
      number = this.#byKey.get(key)
      if (number === undefined) {
        number = this.#values.length
        this.#byKey.set(key, number)
        this.#keys.push(key)
        this.#values.push(value)
      }
      this.#byObject.set(given, number)
    }
    this.#last = given
    this.#lastNumber = number
    return number
  }

  keyOf(number: number): string {
    return this.#keys[number] as string
  }

  at(number: number): Value {
    return this.#values[number] as Value
  }
}
