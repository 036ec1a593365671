import {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigGet,
  softwareConfigList,
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentGet,
  softwareDeploymentList,
  softwareDeploymentMetadata,
  softwareDeploymentSignal,
  softwareDeploymentUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf } from './aim.ts'
import { createServers } from './compute-servers.ts'
import { create, mutate } from './create.ts'
import { walk } from './pages.ts'

const kind = 'software config'

async function makeConfig(tenant: Tenant): Promise<unknown> {
  const outputs = [{ name: 'result' }]
  const input = { name: nameOf(tenant, 'software', 20), group: 'script', config: 'true', outputs }
  return create(tenant, kind, softwareConfigCreate, input)
}

/** What is on a server says what came of it, perhaps while it is told something else. */
const deploySoftware: Action = {
  name: 'deploy software on a server',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const configId = await aim(tenant, kind, makeConfig)
    const serverId = await aim(tenant, 'server', (maker) => createServers(maker))
    const input = { configId, serverId, action: 'CREATE', status: 'IN_PROGRESS' }
    const made = await mutate(tenant, softwareDeploymentCreate, input)
    if (made.end !== 'ok') return
    const { id } = made.answer
    await tenant.call(softwareDeploymentMetadata, { serverId, limit: 10 })
    const outputs = chance.pick([{ result: 'done' }, { deploy_status_code: 1 }])
    const told = await tenant.call(softwareDeploymentSignal, { id, outputs })
    if (told.end === 'ok' && told.answer.status === 'IN_PROGRESS') {
      tenant.report(8, id, 'what came of it was told, and is waited for still')
    }
    await Promise.all([
      tenant.call(softwareDeploymentUpdate, { id, inputValues: { again: tenant.name } }),
      chance.happens(0.3) ? tenant.call(softwareDeploymentSignal, { id, outputs }) : undefined,
    ])
    await tenant.call(softwareDeploymentGet, { id })
    if (chance.happens(0.7)) await tenant.call(softwareDeploymentDelete, { id })
  },
}

/** A configuration goes, now and then while it is deployed. */
const removeConfig: Action = {
  name: 'delete a configuration of software',
  weight: 1,
  run: async (tenant) => {
    const { chance, known } = tenant
    const id = await aim(tenant, kind, makeConfig)
    await tenant.call(softwareConfigGet, { id })
    await walk(tenant, softwareConfigList)
    await walk(tenant, softwareDeploymentList)
    const serverId = known.pick('server', chance)
    const [gone] = await Promise.all([
      tenant.call(softwareConfigDelete, { id }),
      serverId !== undefined && chance.happens(0.3)
        ? mutate(tenant, softwareDeploymentCreate, { configId: id, serverId })
        : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, kind, id)
  },
}

export const softwareActions: readonly Action[] = [deploySoftware, removeConfig]
