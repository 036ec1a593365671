import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  isStandardClass,
  isStandardTrait,
  type ResourceClass,
  resourceClassKind,
  standardClasses,
  standardTraits,
  type Trait,
  traitKind,
} from '../../model/placement/names.ts'
import { classUseScope, traitUseScope } from '../../model/placement/provider.ts'
import type { Kind } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { defineOperation } from '../operation.ts'
import { customNameField } from './fields.ts'

const admin = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'system', role: 'reader' } as const
const nameInput = z.strictObject({ name: customNameField })

/** What an idempotent definition answers. */
export interface NameDefined {
  readonly name: string
  /** False: it was there. */
  readonly created: boolean
}

/** A trait or class, standard ones included. */
export interface KnownName {
  readonly name: string
  readonly standard: boolean
}

interface Family {
  readonly kind: Kind<Trait> | Kind<ResourceClass>
  readonly scope: string
  readonly noun: string
  /** How a name that there is not is told of. */
  readonly unknown: string
  readonly standard: readonly string[]
  readonly isStandard: (name: string) => boolean
}

const traitFamily: Family = {
  kind: traitKind,
  scope: traitUseScope,
  noun: 'trait',
  unknown: 'No such trait',
  standard: standardTraits,
  isStandard: isStandardTrait,
}

const classFamily: Family = {
  kind: resourceClassKind,
  scope: classUseScope,
  noun: 'resource class',
  unknown: 'Unknown resource class',
  standard: standardClasses,
  isStandard: isStandardClass,
}

export const traitCreate = defineOperation({
  id: 'placement.trait.create',
  summary: 'Defines a trait; one that is there stays.',
  policy: admin,
  mutates: true,
  input: nameInput,
  run: (call, { name }): Promise<NameDefined> => define(call, traitFamily, name),
})

export const traitDelete = defineOperation({
  id: 'placement.trait.delete',
  summary: 'Removes a trait that no provider has.',
  policy: admin,
  mutates: true,
  input: nameInput,
  run: (call, { name }): Promise<void> => forget(call, traitFamily, name),
})

export const traitList = defineOperation({
  id: 'placement.trait.list',
  summary: 'Every trait by name, those of OpenStack included.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    /** True: only those that a provider has. */
    used: z.boolean().default(false),
  }),
  run: (call, input): Promise<KnownName[]> => listNames(call, traitFamily, input.used),
})

export const resourceClassCreate = defineOperation({
  id: 'placement.resourceClass.create',
  summary: 'Defines a resource class; one that is there stays.',
  policy: admin,
  mutates: true,
  input: nameInput,
  run: (call, { name }): Promise<NameDefined> => define(call, classFamily, name),
})

export const resourceClassDelete = defineOperation({
  id: 'placement.resourceClass.delete',
  summary: 'Removes a resource class of which no provider has an inventory.',
  policy: admin,
  mutates: true,
  input: nameInput,
  run: (call, { name }): Promise<void> => forget(call, classFamily, name),
})

export const resourceClassList = defineOperation({
  id: 'placement.resourceClass.list',
  summary: 'Every resource class, those of OpenStack first.',
  policy: reader,
  mutates: false,
  input: z.strictObject({}),
  run: (call): Promise<KnownName[]> => listNames(call, classFamily, false),
})

async function define(call: Call, family: Family, name: string): Promise<NameDefined> {
  const { kernel } = call
  const rows = await kernel.store.query(family.kind, { limit: limits.placementNames })
  if (rows.some(({ id }) => id === name)) {
    const answer = { name, created: false }
    await call.commit(new Writes(), [name], answer)
    return answer
  }
  if (rows.length >= limits.placementNames) {
    throw new CloudError('conflict', `There are ${limits.placementNames} of them already.`, {
      field: 'name',
      limit: limits.placementNames,
    })
  }
  const writes = new Writes().insert(family.kind, { id: name, createdAt: kernel.clock.now() })
  const answer = { name, created: true }
  await call.commit(writes, [name], answer)
  return answer
}

async function forget(call: Call, family: Family, name: string): Promise<void> {
  const { kernel } = call
  const [[row], used] = await Promise.all([
    kernel.store.get(family.kind, [name]),
    usedNames(kernel, family),
  ])
  if (used.has(name)) {
    throw new CloudError('conflict', `The ${family.noun} ${name} is in use by a provider.`, {
      field: 'name',
      detail: { reason: 'inUse' },
    })
  }
  if (!row) throw notFound(family.noun, 'name')
  await call.commit(new Writes().remove(family.kind, row), [name], null)
}

async function listNames(call: Call, family: Family, onlyUsed: boolean): Promise<KnownName[]> {
  const { kernel } = call
  const used = await usedNames(kernel, family)
  const rows = onlyUsed
    ? []
    : await kernel.store.query(family.kind, { limit: limits.placementNames })
  const others = [...new Set([...rows.map(({ id }) => id), ...used])].sort()
  const standard = family.standard.filter((name) => !onlyUsed || used.has(name))
  return [
    ...standard.map((name) => ({ name, standard: true })),
    ...others.filter((name) => !family.isStandard(name)).map((name) => ({ name, standard: false })),
  ]
}

async function usedNames(kernel: Kernel, { scope }: Family): Promise<Set<string>> {
  const counters = await kernel.store.counters([scope])
  return new Set(counters.map(({ name }) => name))
}

/** @throws CloudError `invalid` for a resource class that nobody has defined. */
export function requireClassNames(
  kernel: Kernel,
  names: readonly string[],
  field = 'inventories',
): Promise<void> {
  return requireKnown(kernel, classFamily, names, field)
}

/** @throws CloudError `invalid` for a trait that nobody has defined. */
export function requireTraitNames(
  kernel: Kernel,
  names: readonly string[],
  field = 'traits',
): Promise<void> {
  return requireKnown(kernel, traitFamily, names, field)
}

async function requireKnown(
  kernel: Kernel,
  family: Family,
  names: readonly string[],
  field: string,
): Promise<void> {
  const custom = names.filter((name) => !family.isStandard(name))
  if (custom.length === 0) return
  const [rows, used] = await Promise.all([
    kernel.store.get(family.kind, custom),
    usedNames(kernel, family),
  ])
  const unknown = custom.find((name, index) => !rows[index] && !used.has(name))
  if (unknown === undefined) return
  throw new CloudError('invalid', `${family.unknown}: ${unknown}.`, {
    field,
    detail: { reason: 'unknownName', name: unknown },
  })
}
