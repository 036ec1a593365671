import {
  auditKind,
  auditTargets,
  limits,
  portKind,
  serverBatchKind,
  serverKind,
  workKind,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { serversOf } from './17-work.ts'
import { membersOf } from './plain.ts'
import { visit } from './rows.ts'

/** Hosts that may fail to build one server. */
const failedHosts = 2
/** Rows of one kind in one commit: the largest request for servers, with all networks. */
const mostRows = limits.batchServers * limits.serverNetworks

/** Nothing grows beyond its limit: what is committed, and what is answered. */
export const withinLimits: Check = {
  invariant: 32,
  title: 'Commits, rows and answers are never larger than their limits.',
  watch: (scene) =>
    ({
      commit: (commit) => checkCommit(scene, commit),
      answer: (entry) => checkAnswer(scene, entry),
    }) satisfies Watch,
}

function checkCommit({ report }: Scene, commit: Commit): void {
  const most = (subject: string, what: string, count: number, limit: number): void => {
    if (count > limit) report(subject, `${count} ${what}, the limit is ${limit}`)
  }
  for (const { kind, writes } of commit.batch.kinds) {
    const { insert = [], update = [], remove = [] } = writes
    most(
      `kind:${kind.name}`,
      'rows written',
      insert.length + update.length + remove.length,
      mostRows,
    )
  }
  const port = (row: {
    readonly id: string
    readonly fixedIps: readonly unknown[]
    readonly securityGroupIds: readonly unknown[]
  }): void => {
    most(`port:${row.id}`, 'addresses', row.fixedIps.length, limits.portAddresses)
    most(`port:${row.id}`, 'groups', row.securityGroupIds.length, limits.portSecurityGroups)
  }
  visit(commit, portKind, { insert: port, update: port })
  visit(commit, serverKind, {
    update: ({ id, actions, failedHostIds, metadata, tags }) => {
      most(`server:${id}`, 'actions', actions.length, limits.serverActions)
      most(`server:${id}`, 'failed hosts', failedHostIds.length, failedHosts)
      most(`server:${id}`, 'metadata', Object.keys(metadata).length, limits.metadataItems)
      most(`server:${id}`, 'tags', tags.length, limits.tags)
    },
  })
  visit(commit, serverBatchKind, {
    insert: ({ id, count }) => most(`serverBatch:${id}`, 'members', count, limits.batchServers),
  })
  visit(commit, workKind, {
    insert: (row) => most(`work:${row.id}`, 'servers', serversOf(row).length, limits.workServers),
  })
  visit(commit, auditKind, {
    insert: ({ id, targets }) => most(`audit:${id}`, 'targets', targets.length, auditTargets),
  })
}

function checkAnswer({ report }: Scene, { operation, input, answer }: HistoryEntry): void {
  if (!Array.isArray(answer)) return
  const { limit, ids } = membersOf(input)
  const asked = typeof limit === 'number' ? limit : Array.isArray(ids) ? ids.length : undefined
  const most = asked ?? limits.pageRows
  if (answer.length > most) report(`operation:${operation}`, `${answer.length} items, not ${most}`)
}
