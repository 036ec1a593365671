import type { Kernel } from '../../kernel.ts'
import { qosKind, type VolumeQos, volumeTypeKind } from '../../model/block/volume-type.ts'

type Specs = Readonly<Record<string, string>>

/** Limits of speed by who keeps them: the host that uses a volume, and the back-end that has it. */
export interface SpeedLimits {
  readonly host: Specs
  readonly backEnd: Specs
}

const none: SpeedLimits = Object.freeze({ host: {}, backEnd: {} })

/** Limits of volumes of these types, as they are now: two reads, or none where there is no type. */
export async function readSpeeds(
  kernel: Kernel,
  typeIds: readonly (string | null)[],
): Promise<(typeId: string | null) => SpeedLimits> {
  const named = [...new Set(typeIds.filter((id) => id !== null))]
  if (named.length === 0) return () => none
  const types = (await kernel.store.get(volumeTypeKind, named)).filter((type) => type !== undefined)
  const qosIds = [...new Set(types.flatMap(({ qosId }) => qosId ?? []))]
  if (qosIds.length === 0) return () => none
  const byId = new Map<string, SpeedLimits>()
  for (const qos of await kernel.store.get(qosKind, qosIds)) if (qos) byId.set(qos.id, shared(qos))
  const byType = new Map(types.map(({ id, qosId }) => [id, byId.get(qosId ?? '')]))
  return (typeId) => byType.get(typeId ?? '') ?? none
}

function shared({ consumer, specs }: VolumeQos): SpeedLimits {
  return {
    host: consumer === 'back-end' ? none.host : specs,
    backEnd: consumer === 'front-end' ? none.backEnd : specs,
  }
}

/** True if there is any limit: none is told as none at all. */
export function hasAny(limits: Specs): boolean {
  return Object.keys(limits).length > 0
}
