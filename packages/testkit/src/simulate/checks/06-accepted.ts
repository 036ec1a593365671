import {
  type Attachment,
  attachmentKind,
  auditKind,
  type Backup,
  backupKind,
  type FloatingIp,
  floatingIpKind,
  imageKind,
  type Kind,
  type LoadBalancer,
  loadBalancerKind,
  loadBalancerStatusKind,
  type LooseBytes,
  looseBytesKind,
  objectKind,
  objectPartKind,
  type ObjectPart,
  type ObjectVersion,
  type Port,
  portKind,
  roles,
  type QosPolicy,
  type readCatalog,
  type Router,
  routerKind,
  type Server,
  serverKind,
  type Share,
  shareKind,
  type ShareSnapshot,
  shareSnapshotKind,
  type Snapshot,
  snapshotKind,
  type Stored,
  type Volume,
  volumeKind,
  workKind,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { idsIn } from './plain.ts'

/** Whatever was answered had been committed, is never lost, and comes to an end. */
export const accepted: Check = {
  invariant: 6,
  title: 'What was accepted is never lost, and ends.',
  watch: (scene) => {
    /** Every id that was ever inserted: its kind, or null once it was removed. */
    const ever = new Map<string, Kind | null>()
    const answered = new Set<string>()
    return {
      commit: (commit) => {
        checkRemovals(scene, commit)
        for (const { kind, writes } of commit.batch.kinds) {
          for (const { id } of writes.remove ?? []) if (ever.get(id) === kind) ever.set(id, null)
          for (const row of writes.insert ?? []) ever.set((row as Stored).id, kind)
          // What a server is told has an id of its own for each change, and no row.
          for (const row of [...(writes.insert ?? []), ...(writes.update ?? [])]) {
            if ('derivedId' in row) ever.set(row.derivedId as string, null)
          }
        }
        for (const { kind, writes } of commit.batch.kinds) {
          const idsOf = inner[kind.name]
          for (const row of idsOf ? [...(writes.insert ?? []), ...(writes.update ?? [])] : []) {
            for (const id of idsOf?.(row as never) ?? []) ever.set(id, null)
          }
        }
      },
      answer: ({ end, operation, answer }) => {
        if (end !== 'ok') return
        for (const id of idsIn(answer)) {
          answered.add(id)
          if (ever.has(id) || isBuiltIn(operation, id)) continue
          scene.report(`row:${id}`, `${operation} showed it: never committed`)
        }
      },
      rest: () => checkRest(scene, ever, answered),
    } satisfies Watch
  },
}

/** By kind: what has ids within its rows, and no rows of its own. */
const inner: Readonly<Record<string, (row: never) => readonly string[]>> = {
  floatingIp: ({ portForwardings }: Pick<FloatingIp, 'portForwardings'>) =>
    idsOfAll(portForwardings),
  qosPolicy: ({ rules }: Pick<QosPolicy, 'rules'>) => idsOfAll(rules),
  catalog: ({ endpoints, regions, services }: CatalogParts) =>
    idsOfAll([...regions, ...services, ...endpoints]),
}

type CatalogParts = Awaited<ReturnType<typeof readCatalog>>

function idsOfAll(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id)
}

/** Built-in roles have their names as ids, and are there without rows. */
function isBuiltIn(operation: string, id: string): boolean {
  return operation.startsWith('identity.role.') && (roles as readonly string[]).includes(id)
}

/** Rows that come and go with others, or are forgotten when they are old. */
const ownless: ReadonlySet<string> = new Set([
  'shareAccess',
  'work',
  'idempotency',
  'allocation',
  'address',
  'serverBatch',
  'usagePeriod',
  'capacityDay',
  'event',
  'stackDefinition',
  'stackEvent',
  'stackSignal',
  loadBalancerStatusKind.name,
])

/** What users made goes away only because somebody asked for it. */
function checkRemovals({ before, report }: Scene, { batch }: Commit): void {
  const isLeft = ({ deviceId, id }: Port): boolean =>
    (before(routerKind.name, deviceId ?? '') as Router | undefined)?.leaving?.includes(id) ?? false
  // It went with its object: later, as there may be many.
  const isOrphan = ({ state, uploadId }: ObjectPart): boolean =>
    state === 'used' && !before(objectKind.name, uploadId)
  const isRemoval = batch.kinds.some(
    ({ kind, writes }) => (writes.remove?.length ?? 0) > 0 && !ownless.has(kind.name),
  )
  if (!isRemoval) return
  const isAsked = batch.kinds.some(
    ({ kind, writes }) => kind.name === auditKind.name && (writes.insert?.length ?? 0) > 0,
  )
  const gone = new Set<string>()
  for (const { kind, writes } of batch.kinds) {
    if (kind.name !== loadBalancerKind.name) continue
    for (const { id } of writes.remove ?? []) gone.add(`lb-${id}`)
  }
  for (const { kind, writes } of batch.kinds) {
    if (kind.name !== serverKind.name && kind.name !== 'stack') continue
    for (const { id } of writes.remove ?? []) gone.add(id)
  }
  for (const { kind, writes } of batch.kinds) {
    if (ownless.has(kind.name)) continue
    for (const { id } of writes.remove ?? []) {
      const row = before(kind.name, id)
      if (kind.name === objectPartKind.name && row && isOrphan(row as ObjectPart)) continue
      if (kind.name === portKind.name && row && isLeft(row as Port)) continue
      if (row && !isDue(kind.name, row, isAsked || isOld(row, batch.at), gone)) {
        report(`${kind.name}:${id}`, 'is gone, and nobody asked for that')
      }
    }
  }
}

/** What its reader is told will be forgotten at some time, by the clock of who forgets it. */
function isOld(row: Stored & { readonly expiresAt?: number }, at: number): boolean {
  return row.expiresAt !== undefined && row.expiresAt <= at
}

function isDue(kind: string, row: Stored, isAsked: boolean, gone: ReadonlySet<string>): boolean {
  if (kind === serverKind.name) return (row as Server).task === 'deleting'
  if (isAsked) return true
  if (kind === 'stack' || kind === 'stackResource')
    return (row as Stored & { action?: string }).action === 'DELETE'
  if (kind === 'stackSnapshot') return gone.has((row as Stored & { stackId: string }).stackId)
  if (kind === routerKind.name || kind === floatingIpKind.name)
    return (row as Router | FloatingIp).status === 'DELETING'
  if (kind === volumeKind.name || kind === snapshotKind.name || kind === backupKind.name)
    return (row as Volume | Snapshot | Backup).status === 'deleting'
  if (kind === attachmentKind.name) {
    const { status, serverId } = row as Attachment
    return status === 'detaching' || (serverId !== null && gone.has(serverId))
  }
  if (kind === looseBytesKind.name) return (row as LooseBytes).state === 'discarded'
  if (kind === shareKind.name || kind === shareSnapshotKind.name)
    return (row as Share | ShareSnapshot).status === 'deleting'
  if (kind === objectKind.name) return (row as ObjectVersion).deleteAt !== null
  if (kind === loadBalancerKind.name) return (row as LoadBalancer).deleting
  if (kind === imageKind.name)
    return (row as Stored & { status?: string }).status === 'pending_delete'
  if (kind !== portKind.name) return false
  const { deviceId, deleteWithDevice, unplugging } = row as Port
  // A server may be told to give up one that was made for it.
  if (deleteWithDevice && unplugging) return true
  return deleteWithDevice && deviceId !== null && gone.has(deviceId)
}

async function checkRest(
  { world, report }: Scene,
  ever: ReadonlyMap<string, Kind | null>,
  answered: ReadonlySet<string>,
): Promise<void> {
  const { truth } = world.store
  const byKind = new Map<Kind, string[]>()
  for (const id of answered) {
    const kind = ever.get(id)
    if (!kind) continue
    const ids = byKind.get(kind)
    if (ids) ids.push(id)
    else byKind.set(kind, [id])
  }
  for (const [kind, ids] of byKind) {
    const rows = await truth.get(kind, ids)
    for (const [index, row] of rows.entries()) {
      if (!row) report(`${kind.name}:${ids[index] as string}`, 'was accepted, and is lost')
    }
  }
  for (const { id } of await truth.query(workKind, { limit: 3 })) {
    report(`work:${id}`, 'is open although everything is at rest')
  }
}
