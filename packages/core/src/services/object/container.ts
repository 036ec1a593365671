import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import { noTempUrlKeys } from '../../model/object/account.ts'
import {
  type Container,
  containerCounters,
  containerKind,
  containerScope,
} from '../../model/object/container.ts'
import { isExpired, objectKind } from '../../model/object/object.ts'
import type { Call } from '../call.ts'
import { given } from '../given.ts'
import { closeCounters } from '../identity/references.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota, unlimited } from '../quota.ts'
import { fetchContainer } from './access.ts'
import { changedKeys, fetchAccount } from './account.ts'
import {
  accountField,
  aclField,
  containerNameField,
  objectMetadataField,
  referrerField,
  tempUrlKeysField,
} from './fields.ts'
import { containerUsage, planRemoval } from './plan.ts'
import { containerView, type ContainerView } from './view.ts'

const owner = { scope: 'any', role: 'member' } as const
const path = { account: accountField, container: containerNameField }

const settings = {
  metadata: objectMetadataField,
  readAcl: aclField('read'),
  writeAcl: aclField('write'),
  /** Null: no limit of its own. */
  maxObjects: z.int().min(0).nullable(),
  maxBytes: z.int().min(0).nullable(),
  /** Name of the container that keeps what is replaced: the older way to have versions. */
  versionsIn: containerNameField.nullable(),
  tempUrlKeys: tempUrlKeysField,
}

/**
 * @throws CloudError `conflict` when the project has one of this name; `quotaExceeded` for
 *   `containers`; `notFound` for a project that is not there.
 */
export const containerCreate = defineOperation({
  id: 'object.container.create',
  summary: 'Creates a container.',
  policy: owner,
  mutates: true,
  secrets: ['tempUrlKeys'],
  input: z.strictObject({
    account: accountField,
    name: containerNameField,
    metadata: settings.metadata.default({}),
    readAcl: settings.readAcl.default(''),
    writeAcl: settings.writeAcl.default(''),
    maxObjects: settings.maxObjects.default(null),
    maxBytes: settings.maxBytes.default(null),
    versioning: z.enum(['off', 'enabled']).default('off'),
    versionsIn: settings.versionsIn.default(null),
    tempUrlKeys: settings.tempUrlKeys.optional(),
  }),
  run: async (call, { account, tempUrlKeys, ...input }): Promise<ContainerView> => {
    const { kernel } = call
    requireOneWay(input)
    const { id: projectId } = await fetchAccount(call, account)
    await requireFree(call, projectId, input.name)
    await checkQuota(kernel, projectId, { containers: 1 })
    const at = kernel.clock.now()
    const container: Draft<Container> = {
      id: kernel.ids.next(),
      projectId,
      ...input,
      tempUrlKeys: changedKeys(noTempUrlKeys, tempUrlKeys),
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes().insert(containerKind, container)
    setLimits(writes, container)
    chargeQuota(writes, projectId, { containers: 1 })
    const answer = containerView({ ...container, rev: 1 }, [])
    await call.commit(writes, [container.id], answer)
    return answer
  },
})

export const containerGet = defineOperation({
  id: 'object.container.get',
  summary: 'Shows a container and what it holds.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ ...path, referrer: referrerField }),
  run: async (call, input): Promise<ContainerView> =>
    withCounters(call, await fetchContainer(call, input, 'list')),
})

/**
 * What is given replaces what was. A limit below what is held keeps it, and lets in nothing more.
 *
 * @throws CloudError `conflict` for two ways to keep versions at once.
 */
export const containerUpdate = defineOperation({
  id: 'object.container.update',
  summary: 'Changes a container: metadata, access lists, limits, versions, keys.',
  policy: owner,
  mutates: true,
  secrets: ['tempUrlKeys'],
  input: z.strictObject({
    ...path,
    metadata: settings.metadata.optional(),
    readAcl: settings.readAcl.optional(),
    writeAcl: settings.writeAcl.optional(),
    maxObjects: settings.maxObjects.optional(),
    maxBytes: settings.maxBytes.optional(),
    versioning: z.enum(['enabled', 'suspended']).optional(),
    versionsIn: settings.versionsIn.optional(),
    tempUrlKeys: settings.tempUrlKeys.optional(),
  }),
  run: async (call, { account, container: name, tempUrlKeys, ...patch }) => {
    const container = await fetchContainer(call, { account, container: name }, 'own')
    const versioning = patch.versioning ?? container.versioning
    const changed: Container = {
      ...container,
      ...given(patch),
      // What never kept versions has none to keep.
      versioning: versioning === 'suspended' && container.versioning === 'off' ? 'off' : versioning,
      tempUrlKeys: changedKeys(container.tempUrlKeys, tempUrlKeys),
      updatedAt: call.kernel.clock.now(),
    }
    requireOneWay(changed)
    const writes = new Writes().update(containerKind, changed)
    setLimits(writes, changed)
    const answer = await withCounters(call, { ...changed, rev: container.rev + 1 })
    await call.commit(writes, [container.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` while it holds objects or versions of them. */
export const containerDelete = defineOperation({
  id: 'object.container.delete',
  summary: 'Deletes an empty container.',
  policy: owner,
  mutates: true,
  input: z.strictObject(path),
  run: async (call, input): Promise<void> => {
    const container = await fetchContainer(call, input, 'own')
    const scope = containerScope(container.id)
    const writes = new Writes()
    const counters = await call.kernel.store.counters([scope])
    const read = (name: string): number =>
      counters.find((counter) => counter.name === name)?.value ?? 0
    const gone = read('objects') > 0 ? await planExpired(call, writes, container) : {}
    const left = containerCounters.map((name) => ({ name, value: read(name) - (gone[name] ?? 0) }))
    const held = left.filter(({ value }) => value > 0)
    if (held.length > 0) {
      throw new CloudError('conflict', 'The container is not empty.', {
        field: 'container',
        detail: Object.fromEntries(held.map(({ name, value }) => [name, value])),
      })
    }
    writes.remove(containerKind, container)
    // Whoever stores an object counts it here: a store and this deletion cannot both win.
    closeCounters(
      writes,
      scope,
      containerCounters.map((name) => ({ name, value: read(name), own: -(gone[name] ?? 0) })),
    )
    chargeQuota(writes, container.projectId, { containers: 1 }, -1)
    await call.commit(writes, [container.id], null)
  },
})

/** Expired objects that go with their container: more are left to their reconciler. */
const mostExpired = 500

/**
 * Removes objects past their time, which nobody sees any more: a container of nothing else is
 * empty.
 *
 * @returns what they counted in it.
 */
async function planExpired(
  { kernel }: Call,
  writes: Writes,
  container: Container,
): Promise<Readonly<Record<string, number>>> {
  const rows = await kernel.store.query(objectKind, {
    index: 'byName',
    equals: [container.id],
    from: '',
    limit: mostExpired,
  })
  const now = kernel.clock.now()
  const sums: Record<string, number> = {}
  for (const row of rows) {
    if (!isExpired(row, now)) continue
    planRemoval(writes, row)
    for (const [name, amount] of Object.entries(containerUsage(row))) {
      sums[name] = (sums[name] ?? 0) + amount
    }
  }
  return sums
}

async function withCounters(call: Call, container: Container): Promise<ContainerView> {
  return containerView(container, await call.kernel.store.counters([containerScope(container.id)]))
}

function setLimits(
  writes: Writes,
  container: Pick<Container, 'id' | 'maxObjects' | 'maxBytes'>,
): void {
  const scope = containerScope(container.id)
  writes.limit({ scope, name: 'objects', limit: container.maxObjects ?? unlimited })
  writes.limit({ scope, name: 'versions', limit: unlimited })
  writes.limit({ scope, name: 'uploads', limit: unlimited })
  writes.limit({ scope, name: 'bytes', limit: container.maxBytes ?? unlimited })
}

/** @throws CloudError `conflict` for a container that would keep versions in two ways. */
function requireOneWay(container: Pick<Container, 'versioning' | 'versionsIn'>): void {
  if (container.versionsIn === null || container.versioning === 'off') return
  throw new CloudError('conflict', 'Versions are kept in one way: here, or in another container.', {
    field: 'versionsIn',
  })
}

async function requireFree(call: Call, projectId: string, name: string): Promise<void> {
  const { store } = call.kernel
  const [taken] = await store.lookup(containerKind, 'byName', [[projectId, name]])
  if (!taken) return
  throw new CloudError('conflict', 'The project has a container of this name.', { field: 'name' })
}
