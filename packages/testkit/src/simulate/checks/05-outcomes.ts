import { batchOutcomes, batchScope, type Server, serverBatchKind, serverKind } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { membersOf } from './plain.ts'
import { addTo, visit } from './rows.ts'

/** What a request for servers promises is what is made, and each member's end is counted once. */
export const outcomes: Check = {
  invariant: 5,
  title: 'A request for N makes at most N members, each with exactly one outcome.',
  watch: (scene) => {
    const made = new Map<string, number>()
    return {
      commit: (commit) => {
        if (!concernsBatches(commit)) return
        checkMembers(scene, commit, made)
        checkOutcomes(scene, commit)
      },
      answer: (entry) => checkAnswer(scene, entry, made),
    } satisfies Watch
  },
}

function concernsBatches({ batch }: Commit): boolean {
  const isWritten = batch.kinds.some(
    ({ kind: { name } }) => name === serverKind.name || name === serverBatchKind.name,
  )
  return isWritten || (batch.add?.some(({ scope }) => scope.startsWith('batch:')) ?? false)
}

/** Members come with their request, all in one commit. */
function checkMembers(scene: Scene, commit: Commit, made: Map<string, number>): void {
  const members = new Map<string, number>()
  visit(commit, serverKind, { insert: ({ batchId }) => addTo(members, batchId, 1) })
  visit(commit, serverBatchKind, {
    insert: ({ id, count, minCount, maxCount }) => {
      const own = members.get(id) ?? 0
      members.delete(id)
      made.set(id, count)
      if (own === count && count >= minCount && count <= maxCount) return
      const asked = `asked for ${minCount} to ${maxCount}`
      scene.report(`serverBatch:${id}`, `${own} members, ${count} promised, ${asked}`)
    },
  })
  for (const [id, count] of members) {
    scene.report(`serverBatch:${id}`, `${count} members came after the request was made`)
  }
}

/** What a commit adds to outcome counters is what it does to members. */
function checkOutcomes({ before, report }: Scene, commit: Commit): void {
  const due = new Map<string, number>()
  const note = (id: string, after: Server | undefined): void => {
    const was = before(serverKind.name, id) as Server | undefined
    if (was?.vmState !== 'building' || after?.vmState === 'building') return
    const outcome = !after ? 'deleted' : after.vmState === 'error' ? 'error' : 'active'
    addTo(due, `${batchScope(was.batchId)} ${outcome}`, 1)
  }
  visit(commit, serverKind, {
    update: (server) => note(server.id, server),
    remove: ({ id }) => note(id, undefined),
  })
  for (const { scope, name, add } of commit.batch.add ?? []) {
    if (scope.startsWith('batch:') && names.has(name)) addTo(due, `${scope} ${name}`, -add)
  }
  for (const [counter, missing] of due) {
    if (missing !== 0) report(`counter:${counter}`, `counts ${-missing} too many outcomes`)
  }
}

const names: ReadonlySet<string> = new Set(batchOutcomes)

function checkAnswer(
  { report }: Scene,
  { operation, end, input, answer }: HistoryEntry,
  made: ReadonlyMap<string, number>,
): void {
  if (end !== 'ok') return
  const { id, count, pending } = membersOf(answer)
  if (operation === 'compute.server.create') {
    const members = made.get(String(id))
    if (members === undefined || members === count) return
    report(`serverBatch:${String(id)}`, `${String(count)} members were answered, ${members} made`)
  } else if (operation === 'compute.serverBatch.progress') {
    const batchId = String(membersOf(input)['id'])
    const members = made.get(batchId)
    const isRight = Number(pending) >= 0 && Number(pending) <= Number(count)
    if (members === undefined || (members === count && isRight)) return
    report(
      `serverBatch:${batchId}`,
      `${String(pending)} of ${String(count)} are said to be pending`,
    )
  }
}
