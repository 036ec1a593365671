import {
  portList,
  serverAttachInterface,
  serverBackup,
  serverConsoleOutput,
  serverCreateImage,
  serverDetachInterface,
  serverGetDetails,
  serverListDetails,
  serverRescue,
  serverResetState,
  serverUnrescue,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim } from './aim.ts'
import { createServers } from './compute-servers.ts'
import { createNetwork } from './network-nets.ts'
import { walk } from './pages.ts'

const imageServer: Action = {
  name: 'make an image of a server',
  weight: 2,
  run: async (tenant) => {
    const { chance, name, known } = tenant
    const id = await aim(tenant, 'server', createServers)
    const made = chance.happens(0.5)
      ? await tenant.call(serverCreateImage, { id, name, properties: { by: name } })
      : await tenant.call(serverBackup, { id, name, backupType: 'daily', rotation: 2 })
    // Its bytes come later, or it goes again: nobody else is told of it.
    if (made.end === 'ok') known.add('server image', made.answer.imageId)
  },
}

const readConsole: Action = {
  name: 'read a console',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'server', createServers)
    const lines = tenant.chance.whole(1, 20)
    const read = await tenant.call(serverConsoleOutput, { id, lines })
    if (read.end === 'ok' && read.answer.output.split('\n').length > lines) {
      tenant.report(0, id, 'its console showed more lines than were asked for')
    }
  },
}

const readDetails: Action = {
  name: 'read servers with what they have',
  weight: 2,
  run: async (tenant) => {
    const id = await aim(tenant, 'server', createServers)
    const read = await tenant.call(serverGetDetails, { ids: [id] })
    if (read.end === 'ok' && read.answer[0]?.id !== id) {
      tenant.report(0, id, 'another server was answered than asked')
    }
    await walk(tenant, serverListDetails, { statuses: ['ACTIVE', 'BUILD', 'ERROR'] })
  },
}

/** Brings a rescued server back, or rescues one. */
const rescue: Action = {
  name: 'rescue a server',
  weight: 2,
  run: async (tenant) => {
    const rescued = await rescuedServer(tenant)
    if (rescued !== undefined) return void (await tenant.call(serverUnrescue, { ids: [rescued] }))
    const id = await aim(tenant, 'server', createServers)
    await tenant.call(serverRescue, { ids: [id] })
  },
}

async function rescuedServer(tenant: Tenant): Promise<string | undefined> {
  const list = await tenant.call(serverListDetails, { statuses: ['RESCUE'], limit: 1 })
  return list.end === 'ok' ? list.answer[0]?.id : undefined
}

/** Gives a server another port, or takes the last of several from it. */
const plug: Action = {
  name: 'plug a port into a server',
  weight: 2,
  run: async (tenant) => {
    const serverId = await aim(tenant, 'server', createServers)
    const listed = await tenant.call(portList, { deviceId: serverId })
    const ports = listed.end === 'ok' ? listed.answer : []
    const last = ports.at(-1)
    if (last && ports.length > 1) {
      await tenant.call(serverDetachInterface, { serverId, portId: last.id })
      return
    }
    const networkId = await aim(tenant, 'network', createNetwork)
    await tenant.call(serverAttachInterface, { serverId, networkId })
  },
}

/** An operator who says that a server is well; what its host runs is mended. */
const reset: Action = {
  name: 'reset the state of a server',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'server', createServers)
    await tenant.call(serverResetState, { ids: [id], state: 'active' })
  },
}

/** What is made of servers, and read of them. */
export const imageActions: readonly Action[] = [
  imageServer,
  readConsole,
  readDetails,
  rescue,
  plug,
  reset,
]
