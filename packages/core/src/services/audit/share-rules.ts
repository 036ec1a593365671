import {
  shareAccessKind,
  shareKind,
  type ShareSnapshot,
  shareSnapshotKind,
} from '../../model/share/share.ts'
import {
  shareAccessStates,
  shareSnapshotStatuses,
  shareStatuses,
} from '../../model/share/share-state.ts'
import { pointerRule } from './pointer.ts'
import { type RowRule, rowRule, type Rule } from './rule.ts'

/** Pointers between rows of shares. */
export const shareParentRules: readonly Rule[] = [
  pointerRule(shareSnapshotKind, shareKind, (row) => row.shareId),
  pointerRule(shareAccessKind, shareKind, (row) => row.shareId),
]

export const shareStateRules: readonly RowRule[] = [
  rowRule('share-state', shareKind, function* (row) {
    if (!shareStatuses.includes(row.status)) yield `its status is ${row.status}`
    const isResized = row.status === 'extending' || row.status === 'shrinking'
    if (isResized !== (row.targetGb !== null)) {
      yield `is ${row.status}, and shall have ${row.targetGb ?? 'no other'} GB`
    }
  }),
  rowRule('share-snapshot-state', shareSnapshotKind, ({ status }: ShareSnapshot) =>
    shareSnapshotStatuses.includes(status) ? [] : [`its status is ${status}`],
  ),
  rowRule('share-access-state', shareAccessKind, ({ state }) =>
    shareAccessStates.includes(state) ? [] : [`its state is ${state}`],
  ),
]
