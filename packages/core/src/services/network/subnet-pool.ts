import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { addressBits, type IpVersion } from '../../base/cidr.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type SubnetPool, subnetPoolKind } from '../../model/network/subnet-pool.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import {
  lentTo,
  ownerOf,
  requireOperator,
  requireOwner,
  requireRev,
  requireRoom,
} from './access.ts'
import { cidrField, expectedRevField, ownerField } from './fields.ts'
import { sharedPage } from './lists.ts'
import { planEveryone, planLendingEnd } from './sharing.ts'
import { blocksOf, isWithin, merged, textsOf, without } from './pool-blocks.ts'

const prefixesField = z.array(cidrField).min(1).max(limits.poolPrefixes)
const lengthField = z.int().min(0).max(128)
const quotaField = z.int().min(0).nullable()

const createInput = z.strictObject({
  name: nameField.or(z.literal('')),
  description: descriptionField.default(''),
  prefixes: prefixesField,
  /** 8 of IPv4 and 64 of IPv6 when absent. */
  minPrefix: lengthField.optional(),
  /** 32 of IPv4 and 128 of IPv6 when absent. */
  maxPrefix: lengthField.optional(),
  /** The shortest when absent. */
  defaultPrefix: lengthField.optional(),
  defaultQuota: quotaField.default(null),
  /** For operators. */
  shared: z.boolean().default(false),
  /** The pool of subnets that ask for the default one: for operators. */
  isDefault: z.boolean().default(false),
  tags: tagsField.default([]),
  projectId: ownerField,
})

export const subnetPoolCreate = defineOperation({
  id: 'network.subnetPool.create',
  summary: 'Creates a pool of blocks, from which subnets are cut that never overlap.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<SubnetPool> => {
    const { isDefault, prefixes, ...fields } = input
    const projectId = ownerOf(call, input.projectId)
    if (input.shared) requireOperator(call, 'shared')
    if (isDefault) requireOperator(call, 'isDefault')
    const version = versionOf(prefixes)
    if (isDefault) await requireNoDefault(call, version)
    await requireRoom(call.kernel, projectId, { subnetPools: 1 })
    const minPrefix = input.minPrefix ?? (version === 4 ? 8 : 64)
    const at = call.kernel.clock.now()
    const pool: SubnetPool = {
      ...fields,
      ...{ id: call.kernel.ids.next(), rev: 1, projectId, version, minPrefix },
      prefixes: textsOf(merged(blocksOf(prefixes))),
      maxPrefix: input.maxPrefix ?? addressBits(version),
      defaultPrefix: input.defaultPrefix ?? minPrefix,
      defaultOf: isDefault ? version : null,
      ...{ allocations: [], createdAt: at, updatedAt: at },
    }
    requireLengths(pool)
    const writes = new Writes().insert(subnetPoolKind, pool)
    chargeQuota(writes, projectId, { subnetPools: 1 })
    const actions = input.shared ? (['accessAsShared'] as const) : []
    await planEveryone(call.kernel, writes, pool, 'subnetPool', actions)
    await call.commit(writes, [pool.id], pool)
    return pool
  },
})

/** @throws CloudError `invalid` for blocks of both versions. */
function versionOf(prefixes: readonly string[]): IpVersion {
  const versions = new Set(blocksOf(prefixes).map(({ version }) => version))
  const [version] = versions
  if (versions.size === 1 && version !== undefined) return version
  throw new CloudError('invalid', 'prefixes: are of both IP versions.', { field: 'prefixes' })
}

/** @throws CloudError `conflict`: there is one default pool of each version. */
async function requireNoDefault(call: Call, version: IpVersion): Promise<void> {
  const [pool] = await call.kernel.store.lookup(subnetPoolKind, 'byDefault', [[version]])
  if (!pool) return
  throw new CloudError('conflict', 'isDefault: another pool is the default one.', {
    field: 'isDefault',
    detail: { subnetPoolId: pool.id },
  })
}

/** @throws CloudError `invalid`: shortest ≤ default ≤ longest ≤ the bits of an address. */
function requireLengths(pool: SubnetPool): void {
  const { defaultPrefix, maxPrefix, minPrefix, version } = pool
  const field =
    maxPrefix > addressBits(version) || maxPrefix < minPrefix
      ? 'maxPrefix'
      : defaultPrefix < minPrefix || defaultPrefix > maxPrefix
        ? 'defaultPrefix'
        : undefined
  if (field === undefined) return
  throw new CloudError('invalid', `${field}: is out of order with the other lengths.`, { field })
}

const getInput = z.strictObject({ id: idField })

export const subnetPoolGet = defineOperation({
  id: 'network.subnetPool.get',
  summary: 'Shows a subnet pool of the project, or a shared one.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<SubnetPool> =>
    fetchOne(call, subnetPoolKind, input.id, 'id', lentTo(call)),
})

const listInput = z.strictObject({ ...pageFields, name: nameField.optional() })

export const subnetPoolList = defineOperation({
  id: 'network.subnetPool.list',
  summary: 'Lists the subnet pools of the project and the shared ones, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<SubnetPool[]> =>
    sharedPage(
      call,
      subnetPoolKind,
      input,
      ({ name }) => input.name === undefined || name === input.name,
    ),
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  /** All of those before, and more. */
  prefixes: prefixesField.optional(),
  minPrefix: lengthField.optional(),
  maxPrefix: lengthField.optional(),
  defaultPrefix: lengthField.optional(),
  defaultQuota: quotaField.optional(),
  isDefault: z.boolean().optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const subnetPoolUpdate = defineOperation({
  id: 'network.subnetPool.update',
  summary: 'Changes a subnet pool. Its blocks can only become more; subnets keep theirs.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<SubnetPool> => {
    const { id, expectedRev, isDefault, prefixes, ...patch } = input
    const before = await fetchOne(call, subnetPoolKind, id, 'id', lentTo(call))
    requireOwner(call, before, 'subnet pool')
    requireRev(before, expectedRev)
    if (isDefault !== undefined && isDefault !== (before.defaultOf !== null)) {
      requireOperator(call, 'isDefault')
      if (isDefault) await requireNoDefault(call, before.version)
    }
    const pool: SubnetPool = {
      ...before,
      ...given(patch),
      ...(prefixes && { prefixes: grown(before, prefixes) }),
      ...(isDefault !== undefined && { defaultOf: isDefault ? before.version : null }),
    }
    requireLengths(pool)
    return commitPool(call, pool)
  },
})

/** @throws CloudError `invalid` when addresses of the pool would be missing. */
function grown(pool: SubnetPool, prefixes: readonly string[]): string[] {
  const next = merged(blocksOf(prefixes))
  const isWhole = blocksOf(pool.prefixes).every((block) => isWithin(next, block))
  if (isWhole && next.every(({ version }) => version === pool.version)) return textsOf(next)
  throw new CloudError('invalid', 'prefixes: can only become more, and of the same version.', {
    field: 'prefixes',
  })
}

async function commitPool(call: Call, pool: SubnetPool): Promise<SubnetPool> {
  const row = { ...pool, updatedAt: call.kernel.clock.now() }
  const updated = { ...row, rev: row.rev + 1 }
  await call.commit(new Writes().update(subnetPoolKind, row), [row.id], updated)
  return updated
}

const changeInput = z.strictObject({ id: idField, prefixes: prefixesField })

type ChangeInput = z.infer<typeof changeInput>

export const subnetPoolAddPrefixes = defineOperation({
  id: 'network.subnetPool.addPrefixes',
  summary: 'Adds blocks to a subnet pool, whatever others do to it.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: async (call: Call, input: ChangeInput): Promise<SubnetPool> => {
    const pool = await ownPool(call, input.id)
    return commitPrefixes(call, pool, grown(pool, [...pool.prefixes, ...input.prefixes]))
  },
})

export const subnetPoolRemovePrefixes = defineOperation({
  id: 'network.subnetPool.removePrefixes',
  summary: 'Takes blocks out of a subnet pool, of which no subnet has any part.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: async (call: Call, input: ChangeInput): Promise<SubnetPool> => {
    const pool = await ownPool(call, input.id)
    const left = without(blocksOf(pool.prefixes), blocksOf(input.prefixes))
    const taken = pool.allocations.find(
      ({ cidr }) => !blocksOf([cidr]).every((one) => isWithin(left, one)),
    )
    if (taken) {
      throw new CloudError('conflict', `prefixes: subnet ${taken.subnetId} has ${taken.cidr}.`, {
        field: 'prefixes',
        detail: { subnetId: taken.subnetId },
      })
    }
    return commitPrefixes(call, pool, textsOf(left))
  },
})

async function ownPool(call: Call, id: string): Promise<SubnetPool> {
  const pool = await fetchOne(call, subnetPoolKind, id, 'id', lentTo(call))
  requireOwner(call, pool, 'subnet pool')
  return pool
}

function commitPrefixes(
  call: Call,
  pool: SubnetPool,
  prefixes: readonly string[],
): Promise<SubnetPool> {
  if (prefixes.length <= limits.poolPrefixes) return commitPool(call, { ...pool, prefixes })
  throw new CloudError('invalid', 'prefixes: would be too many.', {
    field: 'prefixes',
    limit: limits.poolPrefixes,
  })
}

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const subnetPoolDelete = defineOperation({
  id: 'network.subnetPool.delete',
  summary: 'Deletes a subnet pool from which no subnet is cut.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const pool = await ownPool(call, input.id)
    requireRev(pool, input.expectedRev)
    const { length } = pool.allocations
    if (length > 0) {
      throw new CloudError('conflict', `${length} subnets are cut from the pool.`, {
        field: 'id',
        detail: { subnets: length },
      })
    }
    const writes = new Writes().remove(subnetPoolKind, pool)
    if (pool.shared || pool.sharedWith) await planLendingEnd(call.kernel, writes, pool)
    chargeQuota(writes, pool.projectId, { subnetPools: 1 }, -1)
    await call.commit(writes, [pool.id], null)
    return null
  },
})
