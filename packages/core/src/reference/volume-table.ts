import type { Clock } from '../ports/clock.ts'
import type {
  BackupTarget,
  ConnectionTarget,
  SnapshotTarget,
  StorageReport,
  StorageTarget,
  UnmanagedThing,
  VolumeOrigin,
  VolumeTarget,
} from '../ports/volume-driver.ts'
import { type FenceBounds, Fences } from './fences.ts'

interface Thing {
  readonly generation: number
}

/** A volume as its back-end has it. */
export interface StoredVolume extends Thing {
  readonly pool: string
  readonly sizeGb: number
  /** What stands for its bytes. */
  readonly content: string
  /** Limits of speed that are kept here. */
  readonly limits?: Readonly<Record<string, string>>
}

/** What is in nobody's care, under its name in its pool. */
export interface Unmanaged extends Thing, UnmanagedThing {
  readonly pool: string
  readonly content: string
}

interface StoredCopy extends Thing {
  readonly volumeId: string
  readonly content: string
}

export interface StoredConnection extends Thing {
  readonly volumeId: string
  readonly host: string
  readonly serverId: string | null
  readonly shared: boolean
  /** Limits of speed that its host was told of. */
  readonly limits?: Readonly<Record<string, string>>
}

/** Why an order cannot be obeyed. */
interface Refusal {
  readonly message: string
  readonly retry: 'again' | 'never'
}

/** What back-ends hold, and the newest order that each thing has seen. */
export class VolumeTable {
  readonly volumes = new Map<string, StoredVolume>()
  readonly snapshots = new Map<string, StoredCopy>()
  readonly backups = new Map<string, StoredCopy>()
  readonly connections = new Map<string, StoredConnection>()
  /** By pool, type and reference. */
  readonly unmanaged = new Map<string, Unmanaged>()
  readonly #fences: Fences
  readonly #connected = new Map<string, Set<string>>()

  constructor(clock: Clock, fences?: FenceBounds) {
    this.#fences = new Fences(clock, fences)
  }

  /** Stands for bytes that a guest writes. */
  write(volumeId: string, content: string): void {
    const volume = this.volumes.get(volumeId)
    if (volume) this.volumes.set(volumeId, { ...volume, content })
  }

  /** Takes a connection as it is known to be. */
  adoptConnection(id: string, connection: StoredConnection): void {
    const { volumeId } = connection
    this.connections.set(id, connection)
    this.#connected.set(volumeId, (this.#connected.get(volumeId) ?? new Set()).add(id))
  }

  /** Puts something there that is in nobody's care. */
  leave(thing: Unmanaged): void {
    this.unmanaged.set(unmanagedKey(thing), thing)
  }

  /** Connections of a volume, by attachment. */
  connectionsOf(volumeId: string): readonly (StoredConnection & { readonly id: string })[] {
    return [...(this.#connected.get(volumeId) ?? [])].flatMap((id) => {
      const connection = this.connections.get(id)
      return connection ? [{ ...connection, id }] : []
    })
  }

  /** Brings it about, unless something newer was ordered, or it cannot be. */
  obey(target: StorageTarget): StorageReport {
    const key = `${target.type}:${target.id}`
    const things = this.#things(target.type)
    const fence = this.#fences.get(key)
    const seen = things.get(target.id)?.generation ?? fence?.newest ?? -Infinity
    if (target.generation < seen) return this.report(target)
    if (target.present && !things.has(target.id) && fence?.newest === target.generation) {
      return this.#failed(target, { message: 'It was removed at this order.', retry: 'again' })
    }
    const refusal = target.present ? this.#put(target) : this.#remove(target)
    if (refusal) return this.#failed(target, refusal)
    if (target.present) this.#fences.delete(key)
    else this.#fences.set(key, target.generation, true)
    return this.report(target)
  }

  /** What is there now. */
  report(target: StorageTarget): StorageReport {
    const { type, id } = target
    const present = this.#things(type).has(id)
    if (type === 'volume') {
      const volume = this.volumes.get(id)
      return { type, id, present, ...(volume && { sizeGb: volume.sizeGb }) }
    }
    const connection = type === 'connection' ? this.connections.get(id) : undefined
    if (!connection) return { type, id, present }
    const { volumeId, host } = connection
    return { type, id, present, connection: { driver: 'simulated', volumeId, host } }
  }

  #things(type: StorageTarget['type']): Map<string, Thing> {
    if (type === 'volume') return this.volumes
    if (type === 'snapshot') return this.snapshots
    return type === 'backup' ? this.backups : this.connections
  }

  #put(target: StorageTarget): Refusal | undefined {
    switch (target.type) {
      case 'volume':
        return this.#putVolume(target)
      case 'snapshot':
        return this.#putSnapshot(target)
      case 'backup':
        return this.#putBackup(target)
      case 'connection':
        return this.#connect(target)
    }
  }

  #putVolume(target: VolumeTarget): Refusal | undefined {
    const { id, generation, pool, sizeGb, origin, replace, limits } = target
    const before = this.volumes.get(id)
    const isNew = before === undefined || before.generation < generation
    const from = before ? (isNew ? replace : null) : (replace ?? origin)
    const taken = before ? undefined : this.#take('volume', target)
    if (taken === null) return absent('data')
    const content = from ? this.#contentOf(from) : (before?.content ?? taken?.content ?? '')
    if (content === undefined) return absent(from?.type ?? 'origin')
    if (before && sizeGb < before.sizeGb) {
      return { message: 'A volume does not shrink.', retry: 'never' }
    }
    this.volumes.set(id, { generation, pool, sizeGb, content, ...(limits && { limits }) })
    return undefined
  }

  #contentOf({ type, id }: VolumeOrigin): string | undefined {
    if (type === 'image') return `image ${id}`
    if (type === 'volume') return this.volumes.get(id)?.content
    return (type === 'snapshot' ? this.snapshots : this.backups).get(id)?.content
  }

  #putSnapshot(target: SnapshotTarget): Refusal | undefined {
    const { id, generation, volumeId } = target
    const before = this.snapshots.get(id)
    const taken = before ? undefined : this.#take('snapshot', target)
    if (taken === null) return absent('data')
    const content = before?.content ?? taken?.content ?? this.volumes.get(volumeId)?.content
    if (content === undefined) return absent('volume')
    this.snapshots.set(id, { generation, volumeId, content })
    return undefined
  }

  /** What the target takes over, out of nobody's care; null: it is not there. */
  #take(
    type: UnmanagedThing['type'],
    { adopt, pool }: Pick<VolumeTarget, 'adopt' | 'pool'>,
  ): Unmanaged | null | undefined {
    if (adopt === undefined) return undefined
    const key = unmanagedKey({ pool, type, reference: adopt })
    const found = this.unmanaged.get(key)
    this.unmanaged.delete(key)
    return found ?? null
  }

  #putBackup(target: BackupTarget): Refusal | undefined {
    const { id, generation, volumeId, snapshotId, parentId } = target
    if (target.adopt && !this.backups.has(id)) return absent('data')
    if (parentId !== null && !this.backups.has(parentId)) return absent('backup')
    const now =
      snapshotId === null
        ? this.volumes.get(volumeId)?.content
        : this.snapshots.get(snapshotId)?.content
    const content = this.backups.get(id)?.content ?? now
    if (content === undefined) return absent(snapshotId === null ? 'volume' : 'snapshot')
    this.backups.set(id, { generation, volumeId, content })
    return undefined
  }

  #connect(target: ConnectionTarget): Refusal | undefined {
    const { id, generation, volumeId, host, serverId, shared, limits } = target
    if (!this.volumes.has(volumeId)) return absent('volume')
    const other = this.connectionsOf(volumeId).find((one) => one.id !== id)
    if (other && !(shared && other.shared)) {
      const message = 'The volume is connected elsewhere.'
      return { message, retry: 'again' }
    }
    const connection = { generation, volumeId, host, serverId, shared }
    this.adoptConnection(id, { ...connection, ...(limits && { limits }) })
    return undefined
  }

  #remove(target: StorageTarget): Refusal | undefined {
    const { type, id } = target
    if (type === 'volume') {
      if (this.connectionsOf(id).length > 0) return { message: 'It is in use.', retry: 'again' }
      const copied = [...this.snapshots.values()].some(({ volumeId }) => volumeId === id)
      if (copied) return { message: 'It has snapshots.', retry: 'never' }
      this.#connected.delete(id)
    }
    const connection = type === 'connection' ? this.connections.get(id) : undefined
    if (connection) this.#connected.get(connection.volumeId)?.delete(id)
    if ((type === 'volume' || type === 'snapshot') && target.release) this.#release(target)
    this.#things(type).delete(id)
    return undefined
  }

  #release({ type, id, pool, generation }: VolumeTarget | SnapshotTarget): void {
    const volume = this.volumes.get(id)
    const snapshot = this.snapshots.get(id)
    const reference = `${type}-${id}`
    if (type === 'volume' && volume) {
      const { content, sizeGb } = volume
      this.leave({ type, reference, pool: volume.pool, sizeGb, content, generation })
    } else if (type === 'snapshot' && snapshot) {
      const { content, volumeId } = snapshot
      const sizeGb = this.volumes.get(volumeId)?.sizeGb ?? 1
      this.leave({ type, reference, pool, sizeGb, content, generation, volumeId })
    }
  }

  #failed(target: StorageTarget, fault: Refusal): StorageReport {
    return { ...this.report(target), fault }
  }
}

function absent(what: string): Refusal {
  return { message: `Its ${what} is not there.`, retry: 'never' }
}

function unmanagedKey({
  pool,
  type,
  reference,
}: Omit<Unmanaged, 'sizeGb' | 'content' | 'generation'>) {
  return `${pool} ${type} ${reference}`
}
