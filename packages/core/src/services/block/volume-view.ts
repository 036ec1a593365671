import type { Volume } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import { withoutOwn } from './shown.ts'

/** A volume as its users see it. */
export interface VolumeView extends Omit<
  Volume,
  'poolId' | 'poolName' | 'order' | 'override' | 'generation' | 'rev' | 'metered' | 'announced'
> {
  /** For system scope only: `backend#pool`. */
  readonly pool?: string
}

export function viewVolume(volume: Draft<Volume>, options: { readonly pool: boolean }): VolumeView {
  const row = withoutOwn<Volume>(volume)
  const { poolId: _, poolName, order: _order, generation: _generation, override, ...shown } = row
  const status = override ?? shown.status
  return { ...shown, status, ...(options.pool && { pool: poolName }) }
}
