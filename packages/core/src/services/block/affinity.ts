import { volumeKind } from '../../model/block/volume.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idsField } from '../fields.ts'
import type { PoolAsk } from './placement.ts'
import type { PoolRoom } from './weighing.ts'

/** Which volumes a new one is to share a back-end with, or none. */
export const affinityFields = {
  /** On a back-end that has one of these. */
  sameBackendAs: idsField.optional(),
  /** On a back-end that has none of these. */
  differentBackendFrom: idsField.optional(),
}

/** What of a wish says so. */
export interface AffinityWish {
  readonly sameBackendAs?: readonly string[] | undefined
  readonly differentBackendFrom?: readonly string[] | undefined
}

/**
 * The back-ends of volumes that a wish names: Cinder's filters SameBackend and DifferentBackend. It
 * holds when the volume is made; volumes that move later do not follow each other.
 *
 * @param path of the wish in the input, with its dot.
 * @throws CloudError `notFound` with the field.
 */
export async function readAffinity(
  call: Call,
  { sameBackendAs, differentBackendFrom }: AffinityWish,
  rooms: readonly PoolRoom[],
  path = '',
): Promise<Pick<PoolAsk, 'sameBackends' | 'otherBackends'>> {
  const backends = new Map(rooms.map(({ pool }) => [pool.id, pool.backend]))
  const backendsOf = async (
    ids: readonly string[] | undefined,
    field: string,
  ): Promise<ReadonlySet<string> | undefined> => {
    if (!ids) return undefined
    const volumes = await fetchOwned(call, volumeKind, ids, `${path}${field}`)
    return new Set(volumes.map(({ poolId }) => backends.get(poolId) ?? ''))
  }
  const [sameBackends, otherBackends] = await Promise.all([
    backendsOf(sameBackendAs, 'sameBackendAs'),
    backendsOf(differentBackendFrom, 'differentBackendFrom'),
  ])
  return { sameBackends, otherBackends }
}
