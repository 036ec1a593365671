import {
  actionAllowed,
  type Operation,
  serverConfirmResize,
  serverDelete,
  serverGet,
  serverLiveMigrate,
  serverMigrate,
  serverPause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverResize,
  serverRescue,
  serverResume,
  serverRevertResize,
  serverShelve,
  serverStart,
  serverStop,
  serverSuspend,
  serverUnpause,
  serverUnrescue,
  serverUnshelve,
  type ServerView,
} from '@nephos/core'
import type { Action, Outcome, Tenant } from '../workload.ts'
import { aim } from './aim.ts'
import { createServers, pickFlavor } from './compute-servers.ts'

type Verb = Parameters<typeof actionAllowed>[0]

const mostLooks = 8

/** What members ask of a server, by what the state machine calls it. */
const verbs: readonly {
  readonly verb: Verb
  readonly weight: number
  readonly ask: (tenant: Tenant, server: ServerView) => Promise<Outcome<unknown>>
}[] = [
  { verb: 'start', weight: 4, ask: byIds(serverStart) },
  { verb: 'stop', weight: 4, ask: byIds(serverStop) },
  { verb: 'pause', weight: 3, ask: byIds(serverPause) },
  { verb: 'unpause', weight: 4, ask: byIds(serverUnpause) },
  { verb: 'suspend', weight: 2, ask: byIds(serverSuspend) },
  { verb: 'resume', weight: 4, ask: byIds(serverResume) },
  { verb: 'rescue', weight: 2, ask: rescue },
  { verb: 'unrescue', weight: 4, ask: byIds(serverUnrescue) },
  { verb: 'shelve', weight: 2, ask: byIds(serverShelve) },
  { verb: 'unshelve', weight: 4, ask: byIds(serverUnshelve) },
  { verb: 'reboot', weight: 3, ask: byIds(serverReboot) },
  { verb: 'rebootHard', weight: 2, ask: byIds(serverRebootHard) },
  { verb: 'rebuild', weight: 2, ask: rebuild },
  { verb: 'resize', weight: 3, ask: resize },
  {
    verb: 'migrate',
    weight: 2,
    ask: (tenant, { id }) => tenant.call(serverMigrate, { id }, { as: tenant.operator }),
  },
  {
    verb: 'liveMigrate',
    weight: 2,
    ask: (tenant, { id }) => tenant.call(serverLiveMigrate, { id }, { as: tenant.operator }),
  },
  {
    verb: 'confirmResize',
    weight: 4,
    ask: (tenant, { id }) => tenant.call(serverConfirmResize, { id }),
  },
  {
    verb: 'revertResize',
    weight: 4,
    ask: (tenant, { id }) => tenant.call(serverRevertResize, { id }),
  },
]

function byIds<I, O>(
  operation: Operation<I, O>,
): (tenant: Tenant, server: ServerView) => Promise<Outcome<unknown>> {
  return (tenant, { id }) => tenant.call(operation, { ids: [id] })
}

function rebuild(tenant: Tenant, server: ServerView): Promise<Outcome<unknown>> {
  const imageId = tenant.common.pick('public image', tenant.chance) ?? server.imageId
  return tenant.call(serverRebuild, { ids: [server.id], imageId })
}

/** From an image of everybody's, or the one it was made from. */
function rescue(tenant: Tenant, server: ServerView): Promise<Outcome<unknown>> {
  const { chance, common } = tenant
  const imageId = chance.happens(0.5) ? common.pick('public image', chance) : undefined
  return tenant.call(serverRescue, { ids: [server.id], ...(imageId && { imageId }) })
}

function resize(tenant: Tenant, server: ServerView): Promise<Outcome<unknown>> {
  return tenant.call(serverResize, { id: server.id, flavorId: otherFlavor(tenant, server) })
}

function otherFlavor(tenant: Tenant, server: ServerView): string {
  const { chance, common } = tenant
  const others = common.all('small flavor').filter((id) => id !== server.flavor.id)
  return chance.pick(others) ?? pickFlavor(tenant)
}

/** A server as it is now: an action is then chosen that it takes, mostly. */
async function readServer(tenant: Tenant): Promise<ServerView | undefined> {
  const id = await aim(tenant, 'server', createServers)
  const read = await tenant.call(serverGet, { ids: [id] })
  return read.end === 'ok' ? read.answer[0] : undefined
}

async function actOn(tenant: Tenant, server: ServerView): Promise<void> {
  const fit = verbs.filter(({ verb }) => actionAllowed(verb, server.vmState, server.task))
  const choice = tenant.chance.happens(0.85) && fit.length > 0 ? fit : verbs
  await tenant.chance.weighted(choice)?.ask(tenant, server)
}

const act: Action = {
  name: 'act on a server',
  weight: 12,
  run: async (tenant) => {
    const server = await readServer(tenant)
    if (server) await actOn(tenant, server)
  },
}

/** Two at once: the state machine lets one of them begin, or both, one after the other. */
const actTwice: Action = {
  name: 'act twice on a server at once',
  weight: 2,
  run: async (tenant) => {
    const server = await readServer(tenant)
    if (server) await Promise.all([actOn(tenant, server), actOn(tenant, server)])
  },
}

const actOnMany: Action = {
  name: 'act on many servers',
  weight: 2,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'server', createServers)
    const ids = new Set([first])
    for (let more = chance.whole(1, 5); more > 0; more--) {
      ids.add(known.pick('server', chance) ?? first)
    }
    const operation = chance.pick([serverStop, serverStart, serverRebootHard]) ?? serverStop
    const outcome = await tenant.call(operation, { ids: [...ids] })
    if (outcome.end === 'ok' && outcome.answer.count !== ids.size) {
      tenant.report(8, first, `${ids.size} servers were named, ${outcome.answer.count} begun on`)
    }
  },
}

/** All the way: resized, then one of its two ends. */
const resizeAndEnd: Action = {
  name: 'resize a server and end it',
  weight: 4,
  run: async (tenant) => {
    const server = await waitFor(tenant, ({ vmState, task }) => {
      return actionAllowed('resize', vmState, task)
    })
    if (!server || (await resize(tenant, server)).end !== 'ok') return
    const { chance } = tenant
    const isResized = await waitFor(tenant, ({ vmState }) => vmState === 'resized', server.id)
    if (!isResized) return
    const operation = chance.happens(0.5) ? serverConfirmResize : serverRevertResize
    await tenant.call(operation, { id: server.id })
  },
}

/** Deleted in the middle of a resize: both of its rooms are given back. */
const resizeAndDelete: Action = {
  name: 'resize a server and delete it at once',
  weight: 1,
  run: async (tenant) => {
    const server = await readServer(tenant)
    if (!server) return
    const { id } = server
    await Promise.all([resize(tenant, server), tenant.call(serverDelete, { ids: [id] })])
  },
}

const stopAndStart: Action = {
  name: 'stop a server and start it',
  weight: 3,
  run: async (tenant) => {
    const server = await waitFor(tenant, ({ vmState, task }) => {
      return actionAllowed('stop', vmState, task)
    })
    if (!server) return
    const outcome = await tenant.call(serverStop, { ids: [server.id] })
    if (outcome.end !== 'ok') return
    if (await waitFor(tenant, ({ vmState }) => vmState === 'stopped', server.id)) {
      await tenant.call(serverStart, { ids: [server.id] })
    }
  },
}

const pauseAndResume: Action = {
  name: 'pause a server and resume it',
  weight: 2,
  run: async (tenant) => {
    const server = await waitFor(tenant, ({ vmState, task }) => {
      return actionAllowed('pause', vmState, task)
    })
    if (!server) return
    const outcome = await tenant.call(serverPause, { ids: [server.id] })
    if (outcome.end !== 'ok') return
    if (await waitFor(tenant, ({ vmState }) => vmState === 'paused', server.id)) {
      await tenant.call(serverUnpause, { ids: [server.id] })
    }
  },
}

const suspendAndResume: Action = {
  name: 'suspend a server and resume it',
  weight: 2,
  run: async (tenant) => {
    const server = await waitFor(tenant, ({ vmState, task }) => {
      return actionAllowed('suspend', vmState, task)
    })
    if (!server) return
    const outcome = await tenant.call(serverSuspend, { ids: [server.id] })
    if (outcome.end !== 'ok') return
    if (await waitFor(tenant, ({ vmState }) => vmState === 'suspended', server.id)) {
      await tenant.call(serverResume, { ids: [server.id] })
    }
  },
}

/** Looks at a server until it is as wished: a few times, ever less often. */
async function waitFor(
  tenant: Tenant,
  isReady: (server: ServerView) => boolean,
  known?: string,
): Promise<ServerView | undefined> {
  const id = known ?? (await aim(tenant, 'server', createServers))
  for (let look = 0; look < mostLooks; look++) {
    const read = await tenant.call(serverGet, { ids: [id] })
    const [server] = read.end === 'ok' ? read.answer : []
    if (read.end === 'refused') return undefined
    if (server && isReady(server)) return server
    await tenant.rest(1_000 * 2 ** look)
  }
  return undefined
}

export const powerActions: readonly Action[] = [
  act,
  actTwice,
  actOnMany,
  resizeAndEnd,
  resizeAndDelete,
  stopAndStart,
  pauseAndResume,
  suspendAndResume,
]
