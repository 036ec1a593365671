import { defineKind, type Stored } from '../kind.ts'

/** Who enforces a quality of service: the hypervisor, the back-end, or both. */
export const qosConsumers = ['front-end', 'back-end', 'both'] as const
export type QosConsumer = (typeof qosConsumers)[number]

/** Limits of speed that types of volumes can have. */
export interface VolumeQos extends Stored {
  readonly name: string
  readonly consumer: QosConsumer
  readonly specs: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const qosKind = defineKind<VolumeQos>('volumeQos', {
  byName: { fields: ['name'], unique: true },
})

/** How volumes of a type are encrypted. */
export interface VolumeEncryption {
  readonly id: string
  /** E.g. `luks`. */
  readonly provider: string
  readonly controlLocation: 'front-end' | 'back-end'
  readonly cipher: string | null
  /** Bits. */
  readonly keySize: number | null
  readonly createdAt: number
}

/** What a volume may be: where it can be placed, and how it behaves. */
export interface VolumeType extends Stored {
  readonly name: string
  readonly description: string
  /** False: only the projects of its access list see and use it. */
  readonly isPublic: boolean
  /** True: of volumes that name none. Null else: at most one has it. */
  readonly isDefault: true | null
  /** `volume_backend_name` names a back-end; other keys are capabilities of its pool. */
  readonly extraSpecs: Readonly<Record<string, string>>
  readonly qosId: string | null
  readonly multiattach: boolean
  readonly encrypted: boolean
  /** How, where an operator has said so. */
  readonly encryption?: VolumeEncryption
  readonly createdAt: number
  readonly updatedAt: number
}

export const volumeTypeKind = defineKind<VolumeType>('volumeType', {
  byName: { fields: ['name'], unique: true },
  byDefault: { fields: ['isDefault'], unique: true },
  byQos: { fields: ['qosId'] },
})

/** A project that may use a type that is not public. Its id is made of both. */
export interface VolumeTypeAccess extends Stored {
  readonly typeId: string
  readonly projectId: string
}

export const volumeTypeAccessKind = defineKind<VolumeTypeAccess>('volumeTypeAccess', {
  byType: { fields: ['typeId'] },
  byProject: { fields: ['projectId', 'typeId'] },
})

export function volumeTypeAccessId(typeId: string, projectId: string): string {
  return `${typeId}:${projectId}`
}

/** `volumes`: volumes and snapshots of the type. */
export function volumeTypeScope(typeId: string): string {
  return `volumeType:${typeId}`
}
