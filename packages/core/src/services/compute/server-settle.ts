import {
  beginsTask,
  type ServerTask,
  taskEnds,
  type VmState,
} from '../../model/compute/server-state.ts'
import type { BatchOutcome } from '../../model/compute/server-batch.ts'
import type { Server, ServerDesired } from '../../model/compute/server.ts'
import type { GuestReport } from '../../ports/hypervisor.ts'

/** What a report means for a server. */
export type Settlement =
  /** The task is over: `server` is the row now. */
  | { readonly type: 'settled'; readonly before: Server; readonly server: Server }
  /** The server is gone from its hosts: remove it. */
  | { readonly type: 'gone'; readonly server: Server }
  /** Try the same again later. */
  | { readonly type: 'again' }
  /** This host cannot build it: find another. */
  | { readonly type: 'elsewhere'; readonly server: Server; readonly reason: string }
  /** It cannot come to this host: it stays where it was. */
  | { readonly type: 'back'; readonly server: Server; readonly reason: string }

/** Hosts on which a server may fail to build before it ends in ERROR (Nova's `max_attempts`). */
export const buildAttempts = 3

const powerState: Readonly<Record<Exclude<ServerDesired['power'], 'absent'>, VmState>> = {
  running: 'active',
  stopped: 'stopped',
  paused: 'paused',
  suspended: 'suspended',
}

/** Tasks whose end leaves a server on one host. */
const closing: ReadonlySet<ServerTask> = new Set([
  'confirmingResize',
  'revertingResize',
  'migrating',
])

function restState({ power, rescueImageId }: ServerDesired): VmState {
  return rescueImageId === undefined ? powerState[power as 'running'] : 'rescued'
}

/** The history, in which what began the present task has ended. */
export function endedActions(server: Server, at: number, failure?: string): Server['actions'] {
  const last = server.actions.findLastIndex(({ action }) =>
    server.task === 'spawning' ? action === 'create' : beginsTask(action),
  )
  if (last < 0 || server.actions[last]?.endedAt !== undefined) return server.actions
  const end = failure === undefined ? { endedAt: at } : { endedAt: at, failure }
  return server.actions.map((entry, index) => (index === last ? { ...entry, ...end } : entry))
}

/** What a guest that was mended is: one that was set aside is so still. */
function endState({ vmState, desired }: Server): VmState {
  return vmState === 'shelved' ? 'shelved' : restState(desired)
}

/** A task that reached its end. */
export function settleDone(server: Server, at: number): Settlement {
  const { task } = server
  if (task === null) return { type: 'settled', before: server, server }
  const end = taskEnds[task].done
  if (end === 'gone') return { type: 'gone', server }
  const closesResize = closing.has(task)
  const power = end === 'power' ? endState(server) : end
  // A resize that failed and was brought up again is still to be confirmed or reverted.
  const vmState = server.resize && !closesResize ? 'resized' : power
  return {
    type: 'settled',
    before: server,
    server: {
      ...server,
      vmState,
      task: null,
      fault: null,
      resize: closesResize ? null : server.resize,
      actions: endedActions(server, at),
      launchedAt: server.launchedAt ?? (vmState === 'active' ? at : null),
      updatedAt: at,
    },
  }
}

/** A task that cannot reach its end. */
export function settleFailed(server: Server, reason: string, at: number): Settlement {
  const failed = server.task === null ? server.vmState : taskEnds[server.task].failed
  return {
    type: 'settled',
    before: server,
    server: {
      ...server,
      vmState: failed,
      task: null,
      fault: { message: reason, at },
      actions: endedActions(server, at, reason),
      updatedAt: at,
    },
  }
}

/** Reads one phase's report of a server: undefined = this phase is reached. */
export function settleFault(
  server: Server,
  report: GuestReport,
  at: number,
): Settlement | undefined {
  const { fault } = report
  if (!fault) return undefined
  // Deleting never gives up on a host: what may still run there must not be forgotten.
  if (server.task === 'deleting') return { type: 'again' }
  if (fault.retry === 'sameHost') return { type: 'again' }
  if (server.task === 'migrating') {
    // What is left on the other host, and a way back that is closed, are tried until they end.
    const isStuck = server.resize?.returning === true || report.hostId !== server.hostId
    return isStuck ? { type: 'again' } : { type: 'back', server, reason: fault.message }
  }
  const movable = server.task === 'spawning' && fault.retry === 'otherHost'
  if (movable && server.failedHostIds.length + 1 < buildAttempts) {
    return { type: 'elsewhere', server, reason: fault.message }
  }
  return settleFailed(server, fault.message, at)
}

/** Whether this change is the first outcome of a batch member, and which. */
export function batchOutcome(before: Server, after: Server | null): BatchOutcome | undefined {
  if (before.vmState !== 'building') return undefined
  if (after === null) return 'deleted'
  if (after.vmState === 'error') return 'error'
  return after.vmState === 'building' ? undefined : 'active'
}
