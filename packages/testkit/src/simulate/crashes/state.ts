import { type Counter, nodeDigest } from '@nephos/core'
import type { World } from '../../world/world.ts'
import type { CrashClient } from './client.ts'
import type { KnownImages } from './images.ts'
import type { Ledger, Rows } from './ledger.ts'
import type { KnownObjects } from './objects.ts'
import type { Orders } from './orders.ts'
import { recordFields, recordKinds } from './records.ts'
import { storageLines, storageVersion } from './storage.ts'

/** Numbers beyond this are times. */
const firstTime = 1_600_000_000_000
const dayMs = 86_400_000
/** Ids of rows, MACs, segments, hashes and digests of calls: names that a repeat makes anew. */
const names = new RegExp(
  [
    /quick\$[0-9a-f]+\$[0-9a-f]{64}/,
    /[0-9a-f]{64}/,
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
    /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/,
    /(?<="segmentationId":)\d+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/**
 * Decides nothing but work on records themselves, or numbers that only differ in their names. How
 * far the audit chain, events and usage have come is thus not part of a state: of two crashes that
 * differ in it alone, one is run.
 */
const unread: ReadonlySet<string> = new Set([...recordKinds, 'macBlock'])

const unreadFields: ReadonlySet<string> = new Set(['rev', ...recordFields])

/** The parts of a world that outlive every process. */
export interface Parts {
  readonly world: World
  readonly client: CrashClient
  readonly ledger: Ledger
  readonly orders: Orders
  readonly images: KnownImages
  readonly objects: KnownObjects
}

/**
 * A text of everything that outlives the crash of the only process, as a difference to what was
 * before the deed. Equal texts, equal futures: a process that starts knows the store, the hosts,
 * the network and the image bytes, and nothing else; the client knows what it was answered. What is
 * left out cannot be told by anybody: names made at random (renamed in the order in which they
 * appear, which is one to one), the time (all times are told from now), revisions (a row is only
 * compared with what its reader has read, and no reader lives).
 */
export class StateKeys {
  readonly #parts: Parts
  readonly #before: Rows
  #version = ''
  #key = ''

  readonly #isClientLost: boolean

  /** @param isClientLost true: whatever the client knows dies with the process. */
  constructor(parts: Parts, isClientLost: boolean) {
    this.#parts = parts
    this.#isClientLost = isClientLost
    this.#before = parts.ledger.snapshot()
  }

  /** @param halfway what is under way outside and seen in none of the parts. */
  key(halfway: string): string {
    const { client, world, ledger, orders, images, objects } = this.#parts
    const { built, restarted, destroyed, failed } = world.hosts.stats
    const counts = [world.now, ledger.version, orders.version, client.steps, client.heard.length]
    const effects = [
      built,
      restarted,
      destroyed,
      failed,
      images.sizes.size,
      objects.version,
      storageVersion(world),
      world.network.ports,
      world.balancers.changes,
    ]
    const version = [...counts, ...effects, halfway].join(' ')
    if (version !== this.#version) {
      this.#version = version
      this.#key = this.#digest(halfway)
    }
    return this.#key
  }

  #digest(halfway: string): string {
    const { client, world } = this.#parts
    const lines = [
      ...this.#rows(),
      ...this.#counters(),
      ...this.#outside(),
      this.#isClientLost ? '' : `client ${client.steps} ${client.heard.join(' ')}`,
      `dead ${[...client.deadHosts].join(' ')} ${world.hosts.stats.failed}`,
      `balancers ${world.balancers.isReachable}`,
      halfway,
    ]
    return nodeDigest.hash('sha256', this.#renamed(lines.join('\n')))
  }

  #rows(): string[] {
    const { ledger, world } = this.#parts
    const age = ledger.quiet ? rested(world.now) : aged(world.now)
    const lines: string[] = []
    for (const [kind, rows] of [...ledger.kinds].sort(byName)) {
      if (unread.has(kind)) continue
      const known = this.#before.kinds.get(kind)
      const changed = [...rows.values()].filter((row) => known?.get(row.id) !== row)
      changed.sort((a, b) => ledger.rank(a.id) - ledger.rank(b.id))
      for (const row of changed) lines.push(`${kind} ${JSON.stringify(row, age)}`)
      for (const id of known?.keys() ?? []) if (!rows.has(id)) lines.push(`${kind} no ${id}`)
    }
    return lines
  }

  #counters(): string[] {
    const { ledger } = this.#parts
    const known = new Map(this.#before.counters.map((one) => [counterName(one), one]))
    const lines: string[] = []
    for (const one of ledger.counters) {
      // Sums of what rows say that are there.
      if (one.name === 'marks' || one.name === 'sum') continue
      const name = counterName(one)
      const before = known.get(name)
      known.delete(name)
      if (before?.value === one.value && before.limit === one.limit) continue
      lines.push(`${name} ${one.value}/${one.limit}`)
    }
    for (const name of known.keys()) lines.push(`no ${name}`)
    return lines
  }

  #outside(): string[] {
    const { orders, world, images, objects } = this.#parts
    const lines: string[] = []
    for (const [subject, texts] of [...orders.arrived].sort(byName)) {
      lines.push(`${subject} ${[...texts].sort().join(', ')}`)
      const [what, id, hostId] = subject.split(' ') as [string, string, string]
      const seen = what === 'guest' ? world.hosts.guest(id, hostId) : world.network.port(id)
      if (seen) lines.push(JSON.stringify(seen))
    }
    for (const { config, incarnation } of world.balancers.carried) {
      lines.push(`carried ${incarnation} ${JSON.stringify(config)}`)
    }
    lines.push(...storageLines(world, true))
    const bytes = [...images.sizes, ...objects.known].sort(byName)
    for (const [key, size] of bytes) lines.push(`bytes ${key} ${size}`)
    return lines
  }

  /** Names that were there before keep themselves; later ones are numbered. */
  #renamed(text: string): string {
    const { ledger } = this.#parts
    const numbers = new Map<string, string>()
    return text.replace(names, (name) => {
      if (this.#isOld(name, ledger)) return name
      const number = numbers.get(name) ?? `#${numbers.size}`
      numbers.set(name, number)
      return number
    })
  }

  #isOld(name: string, ledger: Ledger): boolean {
    return ledger.rank(name) < this.#before.known
  }
}

function counterName({ scope, name }: Counter): string {
  return `${scope} ${name}`
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

/** Times told from now. */
function aged(now: number): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (unreadFields.has(key)) return undefined
    if (key === 'mark') return markName(value)
    return typeof value === 'number' && value > firstTime ? value - now : value
  }
}

/**
 * When nothing is under way, nothing runs out: then all that is told from a time is whether it is
 * past, and whether what is a day old may be forgotten.
 */
function rested(now: number): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (unreadFields.has(key)) return undefined
    if (key === 'mark') return markName(value)
    if (typeof value !== 'number' || value <= firstTime) return value
    if (value === now) return 'now'
    return value < now - dayMs ? 'old' : value < now ? 'past' : value - now
  }
}

/** Drawn at random: a name, in a form of which names are known. */
function markName(mark: unknown): string {
  return Number(mark).toString(16).padStart(64, '0')
}
