import { notePrefix } from '../../compute/host-room.ts'
import { orphanKeys } from '../../image/reconcile.ts'
import { objectOrphanRules } from '../object-rules.ts'
import { everyScope } from '../scopes.ts'
import type { Invariant, Problem } from '../rule.ts'

export const noOrphans: Invariant = {
  number: 19,
  title: 'At rest, nothing is left that no row wants.',
  cause:
    'A process ended in the middle, and no reconciler has tidied up after it yet. It does so by ' +
    'itself; what is still there after several rounds is a defect.',
  rules: [
    ...objectOrphanRules,
    {
      type: 'store',
      name: 'image-orphans',
      async *find(kernel): AsyncGenerator<Problem> {
        for await (const key of orphanKeys(kernel)) {
          yield { of: key, subject: `imageBytes:${key}`, message: 'belong to no image' }
        }
      },
    },
    {
      type: 'store',
      name: 'room-notes',
      async *find({ store }): AsyncGenerator<Problem> {
        for await (const page of everyScope(store, notePrefix)) {
          for (const scope of new Set(page.map((counter) => counter.scope))) {
            yield { of: scope, subject: `counter:${scope}`, message: 'keeps room from everybody' }
          }
        }
      },
    },
  ],
}
