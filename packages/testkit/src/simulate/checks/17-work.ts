import { type Server, serverKind, type Work, workKind } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { membersOf } from './plain.ts'
import { visit } from './rows.ts'

/** Who begins something writes, in the same commit, the work that will end it. */
export const work: Check = {
  invariant: 17,
  title: 'A task and the work that ends it are committed together.',
  watch: (scene) => ({ commit: (commit) => checkBegun(scene, commit) }) satisfies Watch,
}

function checkBegun({ before, report }: Scene, commit: Commit): void {
  let planned: Set<string> | undefined
  const worked = (): Set<string> => (planned ??= workedOn(commit))
  const check = (server: Omit<Server, 'rev'>): void => {
    if (server.task === null) return
    const was = before(serverKind.name, server.id) as Server | undefined
    const isOld = was?.task === server.task && was.generation === server.generation
    if (isOld || worked().has(server.id)) return
    report(`server:${server.id}`, `begins ${server.task} without work`)
  }
  visit(commit, serverKind, { insert: check, update: check })
  visit(commit, workKind, {
    insert: ({ id, deadline, createdAt, owner }) => {
      if (!(deadline > createdAt)) report(`work:${id}`, 'has no time')
      if (owner !== null) report(`work:${id}`, 'is somebody’s from the beginning')
    },
  })
}

/** Servers of work that this commit plans, or that it moves on. */
function workedOn(commit: Commit): Set<string> {
  const ids = new Set<string>()
  const add = (row: Pick<Work, 'input'>): void => {
    for (const id of serversOf(row)) ids.add(id)
  }
  visit(commit, workKind, { insert: add, update: add })
  return ids
}

/** The servers that a row of work is about. */
export function serversOf({ input }: Pick<Work, 'input'>): readonly string[] {
  const { serverIds } = membersOf(input)
  return Array.isArray(serverIds) ? (serverIds as string[]) : []
}
