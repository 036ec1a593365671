import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  actionAllowed,
  serverActions,
  type ServerActionName,
  serverStatus,
} from '../../model/compute/server-state.ts'
import { type Server, type ServerDesired, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idsField } from '../fields.ts'
import { defineOperation, type Operation } from '../operation.ts'
import { planConvergence } from './converge-plan.ts'
import { requireUnlocked } from './server-metadata.ts'

/** What a bulk action answers: how many servers it began on. */
export interface ActionAnswer {
  readonly count: number
}

const idsInput = z.strictObject({ ids: idsField })

/**
 * Begins an action on a server: its new row, or `conflict` when the state machine forbids it.
 *
 * @throws CloudError `conflict` with the status, or when locked.
 */
export function beginAction(
  call: Call,
  server: Server,
  action: ServerActionName,
  changes: { readonly desired?: Partial<ServerDesired> } & Partial<
    Omit<Server, 'desired' | 'id' | 'rev'>
  >,
  field = 'ids',
): Server {
  requireUnlocked(call, server)
  if (server.desired.power === 'absent' && serverActions[action].task !== 'deleting') {
    // Its deletion was given up; nobody knows what is left of it: only deletions go on from there.
    throw new CloudError('conflict', `Cannot ${action} a server that was to be deleted.`, {
      field,
      detail: { id: server.id, vmState: server.vmState, task: server.task },
    })
  }
  if (!actionAllowed(action, server.vmState, server.task)) {
    const status = serverStatus(server.vmState, server.task)
    throw new CloudError('conflict', `Cannot ${action} a server that is ${status}.`, {
      field,
      detail: { id: server.id, status, vmState: server.vmState, task: server.task },
    })
  }
  const { desired, ...rest } = changes
  const at = call.kernel.clock.now()
  const entry = { action, requestId: call.requestId, userId: call.actor.userId, at }
  return {
    ...server,
    ...rest,
    task: serverActions[action].task,
    desired: { ...ownBoot(server.desired), ...desired },
    generation: server.generation + 1,
    actions: [...server.actions, entry].slice(-limits.serverActions),
    updatedAt: at,
  }
}

/** Whatever is asked of a server, it is rescued no more, unless that is what was asked. */
function ownBoot(before: ServerDesired): ServerDesired {
  const { rescueImageId: _, ...desired } = before
  return desired
}

/** Writes the rows of begun actions with the work that carries them out. */
export async function commitActions(
  call: Call,
  rows: readonly Server[],
  writes = new Writes(),
): Promise<ActionAnswer> {
  const answer = { count: rows.length }
  const ids = rows.map((server) => server.id)
  writes.update(serverKind, ...rows)
  planConvergence(call, writes, ids)
  await call.commit(writes, ids, answer)
  return answer
}

export function powerAction(
  verb: string,
  action: ServerActionName,
  summary: string,
  desire: (desired: ServerDesired) => Partial<ServerDesired>,
): Operation<{ ids: string[] }, ActionAnswer, { ids: string[] }> {
  return defineOperation({
    id: `compute.server.${verb}`,
    summary,
    policy: { scope: 'any', role: 'member' },
    input: idsInput,
    mutates: true,
    run: async (call, input) => {
      const servers = await fetchOwned(call, serverKind, input.ids, 'ids')
      const rows = servers.map((server) =>
        beginAction(call, server, action, { desired: desire(server.desired) }),
      )
      return commitActions(call, rows)
    },
  })
}

export const serverStart = powerAction('start', 'start', 'Starts stopped servers.', () => ({
  power: 'running',
}))
export const serverStop = powerAction('stop', 'stop', 'Stops active servers.', () => ({
  power: 'stopped',
}))
export const serverPause = powerAction('pause', 'pause', 'Pauses active servers.', () => ({
  power: 'paused',
}))
export const serverUnpause = powerAction('unpause', 'unpause', 'Resumes paused servers.', () => ({
  power: 'running',
}))
export const serverSuspend = powerAction(
  'suspend',
  'suspend',
  'Saves the memory of active servers to disk, and stops them.',
  () => ({ power: 'suspended' }),
)
export const serverResume = powerAction(
  'resume',
  'resume',
  'Lets suspended servers go on where they were.',
  () => ({ power: 'running' }),
)
export const serverReboot = powerAction(
  'reboot',
  'reboot',
  'Asks the guests to restart.',
  (desired) => ({
    boots: desired.boots + 1,
    hard: false,
  }),
)
export const serverRebootHard = powerAction(
  'rebootHard',
  'rebootHard',
  'Cuts the power and starts the guests; also the way out of ERROR.',
  (desired) => ({ boots: desired.boots + 1, hard: true, power: 'running' }),
)

/** Sets servers aside: off, and refusing all but their return. Their room on the host is kept. */
export const serverShelve = powerAction('shelve', 'shelve', 'Sets servers aside, off.', () => ({
  power: 'stopped',
}))
export const serverUnshelve = powerAction(
  'unshelve',
  'unshelve',
  'Starts servers that were set aside.',
  () => ({ power: 'running' }),
)
