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
import { idField, idsField } from '../fields.ts'
import { requireUsableImage } from '../image/usable.ts'
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
    desired: { ...server.desired, ...desired },
    generation: server.generation + 1,
    actions: [...server.actions, entry].slice(-limits.serverActions),
    updatedAt: at,
  }
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

function powerAction(
  verb: string,
  action: ServerActionName,
  summary: string,
  desire: (desired: ServerDesired) => Partial<ServerDesired>,
): Operation<{ ids: string[] }, ActionAnswer, { ids: string[] }> {
  return defineOperation({
    id: `compute.server.${verb}`,
    summary,
    policy: { scope: 'project', role: 'member' },
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

/** Re-creates servers from an image, keeping their id, addresses, host and allocation. */
export const serverRebuild = defineOperation({
  id: 'compute.server.rebuild',
  summary: 'Re-creates servers from an image in place.',
  policy: { scope: 'project', role: 'member' },
  input: z.strictObject({ ids: idsField, imageId: idField }),
  mutates: true,
  run: async (call: Call, input: { ids: string[]; imageId: string }): Promise<ActionAnswer> => {
    const servers = await fetchOwned(call, serverKind, input.ids, 'ids')
    const smallest = servers.reduce((least, server) => ({
      ...least,
      flavor: {
        ...least.flavor,
        ramMb: Math.min(least.flavor.ramMb, server.flavor.ramMb),
        diskGb: Math.min(least.flavor.diskGb, server.flavor.diskGb),
      },
    })).flavor
    const image = await requireUsableImage(call, input.imageId, smallest)
    const rows = servers.map((server) =>
      beginAction(call, server, 'rebuild', {
        imageId: image.id,
        desired: { builds: server.desired.builds + 1 },
      }),
    )
    return commitActions(call, rows)
  },
})
