import { type Server, serverKind, type Work, workKind } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { serversOf } from './17-work.ts'
import { visit } from './rows.ts'

/** A workflow goes forward step by step, or back; and when it ends, what it was for has ended. */
export const workflows: Check = {
  invariant: 18,
  title: 'A workflow ends done or undone, and never silently.',
  watch: (scene) => {
    const live = new Map<string, readonly string[]>()
    return {
      commit: (commit) => {
        visit(commit, workKind, {
          insert: (row) => live.set(row.id, serversOf(row)),
          update: (row) => {
            live.set(row.id, serversOf(row))
            const was = scene.before(workKind.name, row.id) as Work | undefined
            const wrong = was && wrongStep(was, row)
            if (wrong) scene.report(`work:${row.id}`, wrong)
          },
          remove: ({ id }) => live.delete(id),
        })
        visit(commit, workKind, { remove: (row) => checkEnd(scene, commit, row, live) })
      },
    } satisfies Watch
  },
}

function wrongStep(was: Work, now: Work): string | undefined {
  for (const field of ['program', 'deadline', 'requestId', 'createdAt'] as const) {
    if (was[field] !== now[field]) return `another ${field}`
  }
  if (was.undoing && !now.undoing) return 'goes forward after it went back'
  const done = now.completed.length - was.completed.length
  const common = Math.min(now.completed.length, was.completed.length)
  const isPrefix = now.completed.slice(0, common).every((step, i) => step === was.completed[i])
  if (!isPrefix || done > 1 || done < -1) return 'changes what it did'
  if (done === 1 && (was.undoing || now.completed.at(-1) !== was.step)) {
    return 'completes a step that it was not at'
  }
  return done === -1 && !now.undoing ? 'forgets a step without undoing it' : undefined
}

/** Servers of work that ends are at rest, gone, or in the hands of other work. */
function checkEnd(
  { before, report, sometimes }: Scene,
  commit: Commit,
  ended: Work,
  live: ReadonlyMap<string, readonly string[]>,
): void {
  if (ended.undoing) sometimes('a workflow was undone')
  const now = new Map<string, Server | null>()
  visit(commit, serverKind, {
    update: (server) => now.set(server.id, server),
    remove: ({ id }) => now.set(id, null),
  })
  for (const id of serversOf(ended)) {
    const changed = now.get(id)
    const server =
      changed === undefined ? (before(serverKind.name, id) as Server | undefined) : changed
    if (!server || server.task === null) continue
    if ([...live.values()].some((serverIds) => serverIds.includes(id))) continue
    report(`work:${ended.id}`, `ended, but server:${id} is ${server.task} still`)
  }
}
