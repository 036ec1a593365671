import { shareAccessKind, shareKind, shareSnapshotKind } from '../src/model/share/share.ts'
import { edit, gone, type Plant } from './plants.ts'

/** Breaks of what holds of shares, by invariant and rule. */
export const sharePlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  14: {
    'shareSnapshot-share': edit(shareSnapshotKind, () => ({ shareId: gone })),
    'shareAccess-share': edit(shareAccessKind, () => ({ shareId: gone })),
  },
  16: {
    'share-state': edit(shareKind, () => ({ status: 'extending' as const })),
    'share-snapshot-state': edit(shareSnapshotKind, () => ({ status: 'odd' as 'error' })),
    'share-access-state': edit(shareAccessKind, () => ({ state: 'odd' as 'error' })),
  },
}
