import {
  containerDelete,
  containerGet,
  containerList,
  containerUpdate,
  objectAccountGet,
  objectAccountUpdate,
  objectDelete,
  objectDeleteMany,
  objectList,
  objectUpdate,
  objectVersionBrowse,
  objectVersionList,
  objectVersionRestore,
  tempUrlCreate,
  tempUrlKeysGet,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { remember } from './aim.ts'
import { objectDataActions, putObject } from './object-data.ts'
import { aimContainer, makeContainer, objectName } from './object-names.ts'
import { probe, probing } from './probe.ts'

const createContainer: Action = {
  name: 'create a container',
  weight: 2,
  run: async (tenant) => {
    await makeContainer(tenant)
  },
}

const changeContainer: Action = {
  name: 'change a container',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    const patch = chance.pick([
      { metadata: { owner: tenant.name } },
      { versioning: chance.pick(['enabled', 'enabled', 'suspended']) },
      { maxObjects: chance.pick([null, 5, 100]) },
      { versionsIn: chance.pick([null, 'box-1']) },
      { tempUrlKeys: { first: `${tenant.name}-key` } },
    ])
    await tenant.call(containerUpdate, { container, ...patch })
    await tenant.call(containerGet, { container })
  },
}

const deleteContainer: Action = {
  name: 'delete a container',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    if (chance.happens(0.5)) {
      const outcome = await tenant.call(objectList, { container, limit: 1_000 })
      const names = outcome.end === 'ok' ? outcome.answer.map(({ name }) => name) : []
      if (names.length > 0) await tenant.call(objectDeleteMany, { container, names })
    }
    // Now and then while somebody stores something in it.
    await Promise.all([
      tenant.call(containerDelete, { container }),
      chance.happens(0.3) ? putObject(tenant, container, objectName(tenant)) : undefined,
    ])
  },
}

const listObjects: Action = {
  name: 'list containers and objects',
  weight: 4,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    await tenant.call(containerList, {})
    const reverse = chance.happens(0.3)
    const delimiter = chance.pick(['', '/'])
    const bounds = { container, reverse, delimiter, limit: chance.pick([1, 2, 100]) }
    let marker: string | undefined
    for (let page = 0; page < 3; page++) {
      const from = marker === undefined ? {} : { marker }
      const outcome = await tenant.call(objectList, { ...bounds, ...from })
      if (outcome.end !== 'ok') return
      for (const { name } of outcome.answer) {
        const isOrdered = marker === undefined || (reverse ? name < marker : name > marker)
        if (!isOrdered) tenant.report(0, container, `a listing has ${name} out of order`)
        marker = name
      }
    }
  },
}

const changeObject: Action = {
  name: 'change an object',
  weight: 2,
  run: async (tenant) => {
    const container = await aimContainer(tenant)
    const name = objectName(tenant)
    await putObject(tenant, container, name)
    const soon = { deleteAt: 4_000_000_000_000, metadata: { changed: 'yes' } }
    const patch = tenant.chance.pick([{ contentType: 'text/plain' }, soon])
    await tenant.call(objectUpdate, { container, name, ...patch })
  },
}

const deleteObject: Action = {
  name: 'delete an object',
  weight: 4,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    const name = objectName(tenant)
    if (chance.happens(0.5)) await putObject(tenant, container, name)
    // Now and then while it is replaced, or deleted twice.
    await Promise.all([
      tenant.call(objectDelete, { container, name }),
      chance.happens(0.3) ? putObject(tenant, container, name) : undefined,
      chance.happens(0.2) ? tenant.call(objectDelete, { container, name }) : undefined,
    ])
  },
}

const useVersions: Action = {
  name: 'restore a version of an object',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    await tenant.call(containerUpdate, { container, versioning: 'enabled' })
    const name = objectName(tenant)
    await putObject(tenant, container, name)
    await putObject(tenant, container, name)
    const outcome = await tenant.call(objectVersionList, { container, name })
    await tenant.call(objectVersionBrowse, { container, delimiter: chance.pick(['', '/']) })
    const found = outcome.end === 'ok' ? outcome.answer.filter((one) => !one.isDeleteMarker) : []
    const version = chance.pick(found)
    if (!version) return
    const path = { container, name, versionId: version.id }
    await Promise.all([
      tenant.call(objectVersionRestore, path),
      chance.happens(0.3)
        ? tenant.call(objectDelete, { ...path, promote: chance.happens(0.5) })
        : undefined,
    ])
  },
}

const useAccount: Action = {
  name: 'change the account of objects',
  weight: 1,
  run: async (tenant) => {
    const container = await makeContainer(tenant)
    await tenant.call(objectAccountUpdate, {
      metadata: { owner: tenant.name },
      tempUrlKeys: { second: `${tenant.name}-key` },
    })
    await tenant.call(objectAccountGet, {})
    await tenant.call(tempUrlKeysGet, {})
    if (container === undefined) return
    const name = objectName(tenant)
    await tenant.call(tempUrlCreate, {
      container,
      name,
      method: tenant.chance.pick(['GET', 'PUT']),
    })
  },
}

const kind = 'object account'

async function prepare(tenant: Tenant): Promise<void> {
  remember(tenant, kind, tenant.projectId)
  await Promise.resolve()
}

const showAccount: Action = {
  name: 'show the account of objects',
  weight: 1,
  run: async (tenant) => {
    if (tenant.known.all(kind).length === 0) await prepare(tenant)
    await tenant.call(objectAccountGet, {})
  },
}

export const objectWorkload: Workload = {
  service: 'object',
  actions: [
    createContainer,
    changeContainer,
    deleteContainer,
    listObjects,
    changeObject,
    deleteObject,
    useVersions,
    useAccount,
    showAccount,
    ...objectDataActions,
    probing('objects', 2, [
      probe(kind, objectAccountGet, (account) => ({ account })),
      probe(kind, containerList, (account) => ({ account })),
      probe(kind, containerGet, (account) => ({ account, container: 'box-1' })),
      probe(kind, containerDelete, (account) => ({ account, container: 'box-1' })),
      probe(kind, objectList, (account) => ({ account, container: 'box-2' })),
      probe(kind, objectDelete, (account) => ({ account, container: 'box-2', name: 'a' })),
    ]),
  ],
}
