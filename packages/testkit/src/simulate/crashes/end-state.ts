import {
  type Image,
  imageKind,
  migrationKind,
  nodeDigest,
  type Stored,
  versionPrefix,
} from '@nephos/core'
import { recordFields, recordKinds } from './records.ts'
import type { RunEnd } from './run.ts'
import { storageLines } from './storage.ts'

const firstTime = 1_600_000_000_000
const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** Which of the uploads of an image brought the bytes. */
const attempts = /(?:-\d{1,9}){1,2}(?=@|$)/
const macs = /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/g
/** What is known of a load balancer's members, by their ids: in an order that means nothing. */
const healths = /(?<="health":\{)[^{}]*/g
const hashes = /quick\$[0-9a-f$]+/g

/** The record of what happened, and names that are used up: not what a cloud looks like. */
const history: ReadonlySet<string> = new Set([...recordKinds, 'idempotency', 'macBlock'])

/**
 * How often something was tried, when, and on which host it came to rest: a crash may change these
 * and nothing else. Everything that is counted by host is recounted by the audit.
 */
const looseFields: ReadonlySet<string> = new Set([
  ...recordFields,
  'rev',
  'generation',
  'failedHostIds',
  'requestId',
  'hostId',
  'fromHost',
  'toHost',
  'zone',
  'hostsUsed',
  'turn',
  // Drawn at random, to tell one state of a load balancer's tree from others.
  'mark',
  'marks',
  // Of the ids of a security group's rules.
  'sum',
  // Drawn at random, of a network.
  'segmentationId',
  'turns',
  'epoch',
])

/** Rounds of telling names apart by what refers to them: more than any row is away from another. */
const rounds = 4

/** What is in force of a load balancer's tree. */
type InForce = Readonly<Record<string, { readonly status: string }>>

interface Line {
  readonly id: string | undefined
  readonly text: string
}

/**
 * What a run came to, compared with what was before the deed: one line for each row, counter and
 * guest that is other than it was. Names that were made meanwhile are told by what they belong to,
 * so that two runs that came to the same have the same lines.
 */
export async function endState(end: RunEnd, loose: readonly string[] = []): Promise<string[]> {
  const free = new Set([...looseFields, ...loose])
  const lines = [...changedRows(end, free), ...changedCounters(end, free)]
  lines.push(...(await outside(end)))
  const old = new Set<string>()
  for (const rows of end.before.kinds.values()) for (const id of rows.keys()) old.add(id)
  return coloured(lines, old)
}

function changedRows({ parts, before }: RunEnd, loose: ReadonlySet<string>): Line[] {
  const lines: Line[] = []
  const keep = (key: string, value: unknown): unknown => {
    if (loose.has(key)) return undefined
    // By ids, in an order that ids of one instant do not have.
    if (key === 'inForce')
      return Object.values(value as InForce)
        .map(({ status }) => status)
        .sort()
    if (key === 'actions' && Array.isArray(value)) {
      return value.map(({ action }: { action: string }) => action).filter((one) => one !== 'mend')
    }
    return typeof value === 'number' && value > firstTime ? 'time' : value
  }
  for (const [kind, rows] of parts.ledger.kinds) {
    if (history.has(kind) || loose.has(kind)) continue
    const known = before.kinds.get(kind)
    for (const found of rows.values()) {
      if (known?.get(found.id) === found) continue
      const row = withoutChance(kind, found)
      const earlier = known?.get(row.id)
      const text = JSON.stringify(row, keep)
      if (earlier && JSON.stringify(earlier, keep) === text) continue
      const { id } = row
      lines.push({ id, text: `${kind} ${text}` })
    }
    for (const id of known?.keys() ?? []) if (!rows.has(id)) lines.push(gone(kind, id))
  }
  return lines
}

/** A row without what chance alone decides of its kind. */
function withoutChance(kind: string, row: Stored): Stored {
  if (kind === imageKind.name) return withoutTries(row)
  // The number of a migration is drawn, those of other things are counted.
  return kind === migrationKind.name ? ({ ...row, number: 0 } as Stored) : row
}

/** Where the tries of an image were that has no bytes means nothing. */
function withoutTries(row: Stored): Stored {
  const { places: _places, failedStores: _failed, ...image } = row as Stored & Partial<Image>
  return image.status === 'queued' ? image : row
}

function gone(kind: string, id: string): Line {
  return { id: undefined, text: `${kind} ${id} is gone` }
}

function changedCounters({ parts, before }: RunEnd, loose: ReadonlySet<string>): Line[] {
  const values = new Map(
    before.counters.map(({ scope, name, value, limit }) => [
      `${scope} ${name}`,
      `${value}/${limit}`,
    ]),
  )
  const hosts = new Set(parts.ledger.rows('host').map(({ id }) => id))
  const lines: Line[] = []
  for (const { scope, name, value, limit } of parts.ledger.counters) {
    if (isUncompared(scope) || loose.has(name)) continue
    const key = `${scope} ${name}`
    const known = values.get(key)
    values.delete(key)
    if (known === `${value}/${limit}`) continue
    const text = `${scope} ${hosts.has(name) ? 'a host' : name}: ${value}/${limit}`
    lines.push({ id: undefined, text })
  }
  for (const key of values.keys()) {
    const [scope = '', name = ''] = key.split(' ')
    if (!isUncompared(scope) && !hosts.has(name)) {
      lines.push({ id: undefined, text: `${key} is gone` })
    }
  }
  return lines
}

/** What is recounted by host, and how often rights were written: more often after a crash. */
function isUncompared(scope: string): boolean {
  return scope.startsWith('host:') || scope.startsWith(versionPrefix)
}

/** Guests, plugged ports, volumes, shares, bytes of images and objects. */
async function outside({ parts }: RunEnd): Promise<Line[]> {
  const { world, images, objects, ledger } = parts
  const hostIds = ledger.rows('host').map(({ id }) => id)
  const { guests } = await world.hosts.observe(hostIds)
  const lines = guests.map(({ serverId, power }) => `guest ${serverId} ${power}`)
  for (const [key, size] of images.sizes) lines.push(`bytes ${key.replace(attempts, '')} ${size}`)
  for (const { id } of ledger.rows('port')) {
    const port = world.network.port(id)
    if (port) lines.push(`plugged ${id} ${port.state}`)
  }
  for (const { config } of world.balancers.carried) {
    const { balancerId, listeners, pools } = config
    lines.push(`carried ${balancerId} ${listeners.length} ${pools.length}`)
  }
  for (const [key, size] of objects.known) lines.push(`object ${key} ${size}`)
  for (const { type, id } of world.network.everyObject()) lines.push(`configured ${type} ${id}`)
  lines.push(`${world.network.ports} plugged`, ...storageLines(world, false))
  return lines.map((text) => ({ id: undefined, text }))
}

/** Ids replaced by what is known of them, again and again; then in order. */
function coloured(lines: readonly Line[], old: ReadonlySet<string>): string[] {
  let colours = new Map<string, string>()
  const paint = (text: string, self?: string): string =>
    text
      .replace(macs, 'a MAC')
      .replace(hashes, 'a hash')
      .replace(ids, (id) => (old.has(id) ? id : id === self ? 'itself' : (colours.get(id) ?? '?')))
      .replace(healths, (members) => members.split(',').sort().join())
  for (let round = 0; round < rounds; round++) {
    const next = new Map<string, string>()
    for (const { id, text } of lines) {
      if (id === undefined || old.has(id)) continue
      next.set(id, nodeDigest.hash('sha256', paint(text, id)).slice(0, 8))
    }
    colours = next
  }
  return lines.map(({ id, text }) => paint(text, id)).sort()
}

/** What is in one and not in the other; empty when both are the same. */
export function difference(was: readonly string[], is: readonly string[]): string[] {
  const left = [...was]
  const more: string[] = []
  for (const line of is) {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    else more.push(`+ ${line}`)
  }
  return [...left.map((line) => `- ${line}`), ...more]
}
