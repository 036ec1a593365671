import {
  isCloudError,
  parseInput,
  serverBackup,
  serverConfirmResize,
  serverConsoleOutput,
  serverCreateImage,
  serverForceDelete,
  serverGet,
  serverGetDetails,
  serverLock,
  serverPause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverRescue,
  serverResetState,
  serverResize,
  serverResume,
  serverRevertResize,
  serverShelve,
  serverStart,
  serverStop,
  serverSuspend,
  serverUnlock,
  serverUnpause,
  serverUnrescue,
  serverUnshelve,
} from '@nephos/core'
import type { Operation } from '@nephos/core'
import { changedBody } from '../../wire/compute/server.ts'
import * as wire from '../../wire/compute/server-action.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { newPassword } from './create-names.ts'
import { asBadRequest } from './refusals.ts'
import { floatingIpActions } from './server-floating-ips.ts'
import { groupActions } from './server-groups-of.ts'
import { moveActions } from './server-moves.ts'
import { readerOf, readServer, shapeOf } from './server-shape.ts'
import { type ServerVerb, verb } from './server-verb.ts'

type Asking = Exchange<never, unknown>

/** An operation on many servers as an action on one. */
function simple<I, O>(operation: Operation<I, O, { ids: string[] }>): ServerVerb<never> {
  return verb({
    arguments: wire.noArguments,
    operations: [operation],
    run: async (x, id) => {
      await x.invokeAny(operation, { ids: [id] })
      return nothing
    },
  })
}

function single<I, O>(operation: Operation<I, O, { id: string }>, status = 202): ServerVerb<never> {
  return verb({
    arguments: wire.noArguments,
    operations: [operation],
    status,
    run: async (x, id) => {
      await x.invokeAny(operation, { id })
      return nothing
    },
  })
}

/** What the cloud cannot do, said as Nova says it where a driver lacks it. */
function missing(message: string, access: 'operator' | 'owner', status = 501): ServerVerb<never> {
  return verb({
    arguments: wire.noArguments,
    operations: [serverGet],
    run: async (x, id) => {
      if (access === 'operator') x.requireOperator()
      await x.invokeAs(readerOf(x), serverGet, { ids: [id] })
      throw new HttpError(status, message)
    },
  })
}

const oldConsole = (name: string): ServerVerb<never> =>
  verb({
    arguments: wire.oldConsoleArguments,
    until: 5,
    operations: [serverGet],
    run: async (x, id, { type }) => {
      await x.invokeAs(readerOf(x), serverGet, { ids: [id] })
      throw new HttpError(400, `${name}: Unavailable console type ${type}.`, { field: 'type' })
    },
  })

const image = verb({
  arguments: wire.createImageArguments,
  operations: [serverCreateImage],
  run: async (x, id, { name, metadata }) => {
    const input = { id, name, ...(metadata && { properties: metadata }) }
    return imageReply(x, await x.invokeAny(serverCreateImage, input))
  },
})

const backup = verb({
  arguments: wire.createBackupArguments,
  operations: [serverBackup],
  run: async (x, id, { name, backup_type: backupType, rotation, metadata }) => {
    const input = { id, name, backupType, rotation, ...(metadata && { properties: metadata }) }
    const made = await x.invokeAny(serverBackup, input)
    return rotation > 0 || x.version >= 45 ? imageReply(x, made) : nothing
  },
})

/** In a header first, in a body later. */
function imageReply(x: Asking, { imageId }: { readonly imageId: string }): Reply {
  if (x.version >= 45) return json({ image_id: imageId })
  return { headers: { location: x.mountUrl(`/images/${imageId}`) } }
}

const rebuild = verb({
  arguments: wire.rebuildArguments,
  operations: [serverRebuild, serverGetDetails],
  run: async (x, id, wanted) => {
    const adminPass = wanted.adminPass ?? newPassword()
    const input = wire.rebuildInput(wanted, x.version, adminPass)
    await asBadRequest(['imageId', 'keyName'], () =>
      x.invokeAny(serverRebuild, { ids: [id], ...input }),
    )
    const server = await readServer(x, id)
    // What is shown of user data here has a field of its own, for everybody.
    const { 'OS-EXT-SRV-ATTR:user_data': _, ...shown } = changedBody(server, shapeOf(x))
    const body = {
      ...shown,
      adminPass,
      ...(x.version >= 54 && { key_name: server.keyName }),
      ...(x.version >= 57 && { user_data: server.userData }),
    }
    return json({ server: body }, { headers: { location: x.url(`/servers/${id}`) } })
  },
})

const rescue = verb({
  arguments: wire.rescueArguments,
  operations: [serverRescue],
  status: 200,
  run: async (x, id, wanted) => {
    const imageId = wanted?.rescue_image_ref
    const input = { ids: [id], ...(imageId !== undefined && { imageId }) }
    await asBadRequest(['imageId'], () => x.invokeAny(serverRescue, input))
    return json({ adminPass: wanted?.adminPass ?? newPassword() })
  },
})

const verbs: Readonly<Record<string, ServerVerb<never>>> = {
  'os-start': simple(serverStart),
  'os-stop': simple(serverStop),
  pause: simple(serverPause),
  unpause: simple(serverUnpause),
  suspend: simple(serverSuspend),
  resume: simple(serverResume),
  rescue,
  unrescue: simple(serverUnrescue),
  shelve: simple(serverShelve),
  unshelve: verb({
    arguments: wire.unshelveArguments,
    operations: [serverUnshelve],
    run: async (x, id, wanted) => {
      if (wanted?.availability_zone !== undefined || wanted?.host !== undefined) {
        throw new HttpError(409, 'A server that was not offloaded returns to its own host.')
      }
      await x.invokeAny(serverUnshelve, { ids: [id] })
      return nothing
    },
  }),
  reboot: verb({
    arguments: wire.rebootArguments,
    operations: [serverReboot, serverRebootHard],
    run: async (x, id, { type }) => {
      await x.invokeAny(type === 'HARD' ? serverRebootHard : serverReboot, { ids: [id] })
      return nothing
    },
  }),
  rebuild,
  resize: verb({
    arguments: wire.resizeArguments,
    operations: [serverResize],
    run: async (x, id, { flavorRef: flavorId, 'OS-DCF:diskConfig': diskConfig }) => {
      const input = { id, flavorId, ...(diskConfig && { diskConfig }) }
      await asBadRequest(['flavorId'], () => x.invokeAny(serverResize, input))
      return nothing
    },
  }),
  confirmResize: single(serverConfirmResize, 204),
  revertResize: single(serverRevertResize),
  createImage: image,
  createBackup: backup,
  forceDelete: verb({
    arguments: wire.noArguments,
    operations: [serverForceDelete],
    run: async (x, id) => {
      await x.invokeAny(serverForceDelete, { ids: [id] })
      return nothing
    },
  }),
  lock: verb({
    arguments: wire.lockArguments,
    operations: [serverLock],
    run: async (x, id, wanted) => {
      const reason = wanted?.locked_reason
      if (x.version < 73 && reason !== undefined) {
        throw new HttpError(400, 'Additional properties are not allowed (locked_reason).')
      }
      await x.invokeAny(serverLock, { id, ...(reason !== undefined && { reason }) })
      return nothing
    },
  }),
  unlock: single(serverUnlock),
  'os-resetState': verb({
    arguments: wire.resetStateArguments,
    operations: [serverResetState],
    run: async (x, id, { state }) => {
      await x.invoke(serverResetState, { ids: [id], state })
      return nothing
    },
  }),
  'os-getConsoleOutput': verb({
    arguments: wire.consoleArguments,
    operations: [serverConsoleOutput],
    status: 200,
    run: async (x, id, wanted) => {
      const length = wanted?.length
      const lines = typeof length === 'number' && length >= 0 ? { lines: length } : {}
      return json(await x.invokeAny(serverConsoleOutput, { id, ...lines }))
    },
  }),
  'os-getVNCConsole': oldConsole('os-getVNCConsole'),
  'os-getSPICEConsole': oldConsole('os-getSPICEConsole'),
  'os-getRDPConsole': oldConsole('os-getRDPConsole'),
  'os-getSerialConsole': oldConsole('os-getSerialConsole'),
  ...floatingIpActions,
  ...groupActions,
  restore: missing('The server is not soft-deleted.', 'owner', 409),
  changePassword: missing('Unable to set the password of a running server.', 'owner'),
  trigger_crash_dump: missing('Crash dumps are not supported.', 'owner', 400),
  shelveOffload: missing('Shelved servers keep their room on the host.', 'operator', 409),
  ...moveActions,
}

/** Actions (https://docs.openstack.org/api-ref/compute/#servers-run-an-action-servers-action). */
export const serverActions: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.servers.act',
    method: 'POST',
    path: '/servers/{server_id}/action',
    summary: 'Acts on a server.',
    access: 'token',
    operations: [...new Set(Object.values(verbs).flatMap(({ operations }) => operations))],
    body: wire.actionBody,
    status: 202,
    async run(x) {
      const [[name, wanted] = ['', undefined]] = Object.entries(x.body)
      const action = Object.hasOwn(verbs, name) ? verbs[name] : undefined
      const { since = 0, until = Infinity } = action ?? {}
      if (!action || x.version < since || x.version > until) {
        throw new HttpError(400, `There is no such action: ${name}`, { field: name })
      }
      const parsed = parseInput<never>(action.arguments, wanted)
      const reply = await inService(() => action.run(x as never, x.param('server_id'), parsed))
      return { ...(action.status !== undefined && { status: action.status }), ...reply }
    },
  }),
]

/** What hosts do not answer now is a conflict, as in Nova: the client may try again. */
async function inService(run: () => Promise<Reply>): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    if (isCloudError(error) && error.code === 'unavailable') throw new HttpError(409, error.message)
    throw error
  }
}
