import { type Image, imageKind, type Server, serverKind, type Stored } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { sameJson } from './plain.ts'
import { visit } from './rows.ts'

/** A write is accepted only over the revision that it read; fences of hosts and bytes only grow. */
export const onlyGrow: Check = {
  invariant: 12,
  title: 'Revisions and generations only grow; who comes late is refused.',
  watch: (scene) =>
    ({
      commit: (commit) => {
        checkRevisions(scene, commit)
        checkFences(scene, commit)
      },
    }) satisfies Watch,
}

function checkRevisions({ before, report }: Scene, { batch }: Commit): void {
  for (const { kind, writes } of batch.kinds) {
    const check = ({ id, rev }: Stored): void => {
      const was = before(kind.name, id)?.rev
      if (was === rev) return
      report(`${kind.name}:${id}`, `was written over revision ${rev}, and is at ${was ?? 'none'}`)
    }
    for (const row of writes.update ?? []) check(row)
    for (const row of writes.remove ?? []) check(row)
    for (const row of writes.insert ?? []) {
      const { id } = row as Stored
      const isMoved = writes.remove?.some((gone) => gone.id === id) ?? false
      if (before(kind.name, id) && !isMoved) report(`${kind.name}:${id}`, 'is made a second time')
    }
  }
}

function checkFences({ before, report }: Scene, commit: Commit): void {
  visit(commit, serverKind, {
    update: (server) => {
      const was = before(serverKind.name, server.id) as Server | undefined
      if (!was) return
      const subject = `server:${server.id}`
      if (server.generation < was.generation) {
        report(subject, `goes back from generation ${was.generation} to ${server.generation}`)
      } else if (server.generation === was.generation && isOtherOrder(was, server)) {
        report(subject, `hosts are to do something else at the same generation`)
      }
      const { boots, builds } = server.desired
      if (boots < was.desired.boots || builds < was.desired.builds) {
        report(subject, 'wants fewer boots or builds than before')
      }
    },
  })
  visit(commit, imageKind, {
    update: (image) => {
      const was = before(imageKind.name, image.id) as Image | undefined
      if (was && image.attempt < was.attempt) {
        report(`image:${image.id}`, `goes back from attempt ${was.attempt} to ${image.attempt}`)
      }
    },
  })
}

/** True if hosts would be given another order. */
function isOtherOrder(was: Server, now: Server): boolean {
  return was.hostId !== now.hostId || !sameJson(was.desired, now.desired)
}
