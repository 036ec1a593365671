import { SlotCounts } from './slot-counts.ts'

/** Members of something, by host. */
export class Members {
  hosts = new SlotCounts()
  /** Changes whenever the members do. */
  version = 0

  add(slot: number, count: number): number {
    this.version++
    return this.hosts.add(slot, count)
  }

  replace(hosts: SlotCounts): void {
    this.version++
    this.hosts = hosts
  }
}

/**
 * Groups or applications, by number, with the members that the fleet has given them. A number that
 * nobody holds any more is used again.
 */
export class Registry {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []
  readonly #members: Members[] = []
  readonly #holders: number[] = []
  readonly #unused: number[] = []

  /** The number of a name, held once more. */
  hold(name: string): number {
    const number = this.#numbers.get(name) ?? this.#add(name)
    this.#holders[number] = (this.#holders[number] as number) + 1
    return number
  }

  /** @returns whether nobody holds it any more. */
  letGo(number: number): boolean {
    const left = (this.#holders[number] as number) - 1
    this.#holders[number] = left
    if (left > 0) return false
    this.#numbers.delete(this.#names[number] as string)
    this.#members[number] = new Members()
    this.#unused.push(number)
    return true
  }

  of(number: number): Members {
    return this.#members[number] as Members
  }

  /** The number of a name that somebody holds, or −1. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1
  }

  nameOf(number: number): string {
    return this.#names[number] as string
  }

  /** Those that have members, by name. */
  all(): [name: string, members: Members][] {
    const rows = [...this.#numbers].map(([name, number]): [string, Members] => [
      name,
      this.of(number),
    ])
    return rows.filter(([, { hosts }]) => hosts.size > 0)
  }

  #add(name: string): number {
    const number = this.#unused.pop() ?? this.#names.length
    this.#names[number] = name
    this.#members[number] ??= new Members()
    this.#holders[number] = 0
    this.#numbers.set(name, number)
    return number
  }
}

/** A host with any of `app` holds at most `max` of `other`. */
export interface Limit {
  readonly app: number
  readonly other: number
  readonly max: number
}

/** Pairwise limits between applications, found from both sides. */
export class Limits {
  readonly #byApp = new Map<number, Map<number, number>>()
  readonly #byOther = new Map<number, Map<number, number>>()

  set(app: number, other: number, max: number): void {
    entry(this.#byApp, app).set(other, max)
    entry(this.#byOther, other).set(app, max)
  }

  /** The limits that hosts with an application keep others to, by the other. */
  imposedBy(app: number): ReadonlyMap<number, number> {
    return this.#byApp.get(app) ?? none
  }

  /** The limits that an application is kept to, by who imposes them. */
  imposedOn(other: number): ReadonlyMap<number, number> {
    return this.#byOther.get(other) ?? none
  }

  /** @returns whether there was one. */
  lift(app: number, other: number): boolean {
    this.#byOther.get(other)?.delete(app)
    return this.#byApp.get(app)?.delete(other) ?? false
  }

  has(app: number, other: number): boolean {
    return this.#byApp.get(app)?.has(other) ?? false
  }

  all(): Limit[] {
    return [...this.#byApp].flatMap(([app, others]) =>
      [...others].map(([other, max]) => ({ app, other, max })),
    )
  }
}

const none: ReadonlyMap<number, number> = new Map()

function entry(map: Map<number, Map<number, number>>, key: number): Map<number, number> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Map<number, number>()
  map.set(key, made)
  return made
}
