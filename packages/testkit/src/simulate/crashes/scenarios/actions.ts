import {
  hostUpdate,
  serverBackup,
  serverCreateImage,
  type Actor,
  serverConfirmResize,
  serverEvacuate,
  serverLiveMigrate,
  serverMigrate,
  serverPause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverResize,
  serverRescue,
  serverResetState,
  serverResume,
  serverRevertResize,
  serverShelve,
  serverStart,
  serverStop,
  serverSuspend,
  serverUnpause,
  serverUnrescue,
  serverUnshelve,
} from '@nephos/core'
import type { CrashClient } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { type ServerStage, stageImage, stageServers } from '../stage.ts'

type Act = (
  client: CrashClient,
  ids: string[],
  member: Actor,
  stage: ServerStage,
) => Promise<unknown>

/** Something done to two servers that run. */
function action(name: string, act: Act, before?: Act): Scenario {
  return {
    name,
    prepare: async (client) => {
      const stage = await stageServers(client, 2)
      const ids = stage.servers.map(({ id }) => id)
      await before?.(client, ids, stage.member, stage)
      await client.rest()
      return async () => {
        await act(client, ids, stage.member, stage)
      }
    },
  }
}

const stop: Act = (client, ids, member) => client.call(serverStop, { ids }, member)
const pause: Act = (client, ids, member) => client.call(serverPause, { ids }, member)

const suspend: Act = (client, ids, member) => client.call(serverSuspend, { ids }, member)
const shelve: Act = (client, ids, member) => client.call(serverShelve, { ids }, member)
const rescue: Act = (client, ids, member) => client.call(serverRescue, { ids }, member)

/** By an operator, wherever there is room. */
const migrate: Act = async (client, [id = '']) => {
  await client.call(serverMigrate, { id })
  await client.rest()
}

const resize: Act = async (client, [id = ''], member, { largerId: flavorId }) => {
  await client.call(serverResize, { id, flavorId }, member)
  await client.rest()
}

export const actionScenarios: readonly Scenario[] = [
  action('stop', stop),
  action('start', (client, ids, member) => client.call(serverStart, { ids }, member), stop),
  action('pause', pause),
  action('unpause', (client, ids, member) => client.call(serverUnpause, { ids }, member), pause),
  action('suspend', suspend),
  action('resume', (client, ids, member) => client.call(serverResume, { ids }, member), suspend),
  action('rescue', rescue),
  action('shelve', shelve),
  action('unshelve', (client, ids, member) => client.call(serverUnshelve, { ids }, member), shelve),
  action('unrescue', (client, ids, member) => client.call(serverUnrescue, { ids }, member), rescue),
  {
    ...action('backup', async (client, [id = ''], member) => {
      const backup = { id, name: 'backup', backupType: 'daily', rotation: 1 }
      await client.call(serverBackup, backup, member)
      await client.rest()
      await client.call(serverCreateImage, { id, name: 'image' }, member)
    }),
    // Every upload that a crash cuts off is an attempt, and is counted.
    loose: ['attempt'],
  },
  action(
    'reset-state',
    async (client, ids) => {
      await client.call(serverResetState, { ids, state: 'error' })
      await client.call(serverResetState, { ids, state: 'active' })
    },
    // What its host does not run is found then.
    (client, ids, member, stage) => stop(client, ids.slice(1), member, stage),
  ),
  action('reboot', (client, ids, member) => client.call(serverReboot, { ids }, member)),
  action('reboot-hard', (client, ids, member) => client.call(serverRebootHard, { ids }, member)),
  {
    name: 'rebuild',
    prepare: async (client) => {
      const { servers, member } = await stageServers(client, 2)
      const imageId = await stageImage(client, member)
      const ids = servers.map(({ id }) => id)
      return async () => {
        await client.call(serverRebuild, { ids, imageId }, member)
      }
    },
  },
  action('resize', resize),
  action('migrate', migrate),
  {
    name: 'evacuate',
    prepare: async (client) => {
      const [server] = (await stageServers(client)).servers
      const { id = '', hostId = '' } = server ?? {}
      await client.killHost(hostId)
      return async () => {
        await client.call(hostUpdate, { id: hostId, forcedDown: true })
        await client.call(serverEvacuate, { id })
        await client.rest()
        await client.reviveHost(hostId)
        await client.call(hostUpdate, { id: hostId, forcedDown: false })
      }
    },
  },
  action('live-migrate', (client, [id = '']) => client.call(serverLiveMigrate, { id })),
  action(
    'resize-confirm',
    (client, [id = ''], member) => client.call(serverConfirmResize, { id }, member),
    resize,
  ),
  action(
    'resize-revert',
    (client, [id = ''], member) => client.call(serverRevertResize, { id }, member),
    resize,
  ),
]
