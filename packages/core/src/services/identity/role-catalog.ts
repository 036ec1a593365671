import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { globalRoles, type Role as RoleRow, roleKind } from '../../model/identity/role.ts'
import { descriptionField, idField, nameField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { everyRow } from '../page.ts'
import { roles } from '../policy.ts'
import { fetchDomain, nameTaken } from './access.ts'
import { planDependents } from './dependents.ts'
import {
  addReference,
  closeReferences,
  domainReferences,
  dropReference,
  openReferences,
  roleReferences,
} from './references.ts'
import { fetchRole, isBuiltIn, type RoleRule, ruleOf } from './role-rules.ts'

const manage = { scope: 'system', role: 'admin' } as const
const look = { scope: 'any', role: 'reader', domainRole: 'reader' } as const

/** All roles: those built in first, then by name. There are never more than fit one answer. */
export const roleList = defineOperation({
  id: 'identity.role.list',
  summary: 'Lists the roles and what each implies.',
  policy: look,
  mutates: false,
  input: z.strictObject({
    /** Roles of one domain, instead of those that belong to none. */
    domainId: idField.optional(),
    name: nameField.optional(),
  }),
  run: async ({ kernel }, input): Promise<readonly RoleRule[]> => {
    const rows = await everyRole(kernel)
    const byId = new Map(rows.map((row) => [row.id, row]))
    const own = rows.map(({ id }) => id).filter((id) => !isBuiltIn(id))
    return [...roles, ...own]
      .flatMap((id) => ruleOf(id, byId.get(id)) ?? [])
      .filter(({ name, domainId }) => {
        if (domainId !== (input.domainId ?? null)) return false
        return input.name === undefined || name === input.name
      })
  },
})

export const roleGet = defineOperation({
  id: 'identity.role.get',
  summary: 'Shows a role.',
  policy: look,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: ({ kernel }, { id }): Promise<RoleRule> => fetchRole(kernel, id),
})

/**
 * A role of one's own: it says something to those who look for it, and gives what it implies.
 *
 * @throws CloudError `conflict` when the name is taken, also by a built-in role; `quotaExceeded`
 *   when there are too many.
 */
export const roleCreate = defineOperation({
  id: 'identity.role.create',
  summary: 'Creates a role.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    name: nameField,
    domainId: idField.optional(),
    description: descriptionField.default(''),
  }),
  run: async (call, { domainId, name, description }): Promise<RoleRule> => {
    const { kernel } = call
    const scope = domainId ?? globalRoles
    if (domainId !== undefined) await fetchDomain(call, domainId, 'domainId')
    await requireFreeName(kernel, scope, name)
    if ((await kernel.store.count(roleKind, {})) >= limits.roles) {
      throw new CloudError('quotaExceeded', 'There are too many roles.', { limit: limits.roles })
    }
    const at = kernel.clock.now()
    const id = kernel.ids.next()
    const row = { id, scope, name, description, implies: [], createdAt: at, updatedAt: at }
    const writes = new Writes().insert(roleKind, row)
    openReferences(writes, roleReferences(id) as string)
    if (domainId !== undefined) addReference(writes, domainReferences(domainId))
    const answer = ruleOf(id, { ...row, rev: 1 }) as RoleRule
    await call.commit(writes, [id], answer)
    return answer
  },
})

/** @throws CloudError `forbidden` for a built-in role; `conflict` when the name is taken. */
export const roleUpdate = defineOperation({
  id: 'identity.role.update',
  summary: 'Renames or describes a role.',
  policy: manage,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<RoleRule> => {
    const { kernel } = call
    const row = await fetchOwnRow(kernel, id)
    if (patch.name !== undefined && patch.name !== row.name) {
      await requireFreeName(kernel, row.scope, patch.name)
    }
    const next: RoleRow = { ...row, ...given(patch), updatedAt: kernel.clock.now() }
    const answer = ruleOf(id, next) as RoleRule
    await call.commit(new Writes().update(roleKind, next), [id], answer)
    return answer
  },
})

/** Takes it from everybody. @throws CloudError `forbidden` for a built-in role. */
export const roleDelete = defineOperation({
  id: 'identity.role.delete',
  summary: 'Deletes a role, and takes it from everybody.',
  policy: manage,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const { kernel } = call
    const row = await fetchOwnRow(kernel, id)
    const writes = new Writes().remove(roleKind, row)
    for (const other of await everyRole(kernel)) {
      if (other.id === id || !other.implies.includes(id)) continue
      writes.update(roleKind, { ...other, implies: other.implies.filter((one) => one !== id) })
    }
    if (row.scope !== globalRoles) dropReference(writes, domainReferences(row.scope))
    const scope = roleReferences(id) as string
    closeReferences(writes, scope, await planDependents(kernel, writes, scope))
    await call.commit(writes, [id], null)
  },
})

const pairInput = z.strictObject({ id: idField, impliedId: idField })

/**
 * Whoever has the one role has the other as well, from now on. Saying so again changes nothing.
 *
 * @throws CloudError `forbidden` when it would give `admin`, or a role of a domain with one of all.
 */
export const roleImply = defineOperation({
  id: 'identity.role.imply',
  summary: 'Makes a role imply another.',
  policy: manage,
  mutates: true,
  input: pairInput,
  run: async (call, { id, impliedId }): Promise<RoleRule> => {
    const { kernel } = call
    const prior = await fetchRole(kernel, id)
    const implied = await fetchRole(kernel, impliedId, 'impliedId')
    if (impliedId === 'admin') {
      throw new CloudError('forbidden', 'No role implies admin.', { field: 'impliedId' })
    }
    // What a domain's role gives, it gives to what is of the domain.
    if (implied.domainId !== null && prior.domainId === null) {
      throw new CloudError('forbidden', 'The role of a domain comes with none of all domains.', {
        field: 'impliedId',
      })
    }
    if (id === impliedId) {
      throw new CloudError('invalid', 'impliedId: is the role itself.', { field: 'impliedId' })
    }
    if (prior.implies.includes(impliedId)) return prior
    const [row, target] = await kernel.store.get(roleKind, [id, impliedId])
    const writes = new Writes()
    const at = kernel.clock.now()
    const next = {
      ...(row ?? newBuiltIn(id, at)),
      implies: [...(row?.implies ?? []), impliedId],
      updatedAt: at,
    }
    if (row) writes.update(roleKind, { ...next, rev: row.rev })
    else writes.insert(roleKind, next)
    // A deletion of what is implied and this cannot both win.
    if (target) writes.update(roleKind, { ...target, updatedAt: at })
    const answer = ruleOf(id, { ...next, rev: 0 }) as RoleRule
    await call.commit(writes, [id, impliedId], answer)
    return answer
  },
})

/** @throws CloudError `notFound` when there is no such rule; `forbidden` for one built in. */
export const roleUnimply = defineOperation({
  id: 'identity.role.unimply',
  summary: 'Makes a role imply another no more.',
  policy: manage,
  mutates: true,
  input: pairInput,
  run: async (call, { id, impliedId }): Promise<void> => {
    const { kernel } = call
    const prior = await fetchRole(kernel, id)
    if (!prior.implies.includes(impliedId)) {
      throw new CloudError('notFound', 'No such rule.', { field: 'impliedId' })
    }
    const [row] = await kernel.store.get(roleKind, [id])
    if (!row?.implies.includes(impliedId)) throw builtInStays('impliedId')
    const implies = row.implies.filter((one) => one !== impliedId)
    const next = { ...row, implies, updatedAt: kernel.clock.now() }
    await call.commit(new Writes().update(roleKind, next), [id, impliedId], null)
  },
})

async function everyRole(kernel: Kernel): Promise<readonly RoleRow[]> {
  const rows: RoleRow[] = []
  for await (const page of everyRow(kernel, roleKind, { index: 'byName' })) rows.push(...page)
  return rows
}

/** @throws CloudError `notFound`; `forbidden` for a built-in role. */
async function fetchOwnRow(kernel: Kernel, id: string): Promise<RoleRow> {
  if (isBuiltIn(id)) throw builtInStays('id')
  const rule = await fetchRole(kernel, id)
  const [row] = await kernel.store.get(roleKind, [rule.id])
  return row as RoleRow
}

function builtInStays(field: string): CloudError {
  return new CloudError('forbidden', 'What is built in stays as it is.', { field })
}

function newBuiltIn(id: string, at: number): Omit<RoleRow, 'rev'> {
  const fields = { id, scope: globalRoles, name: id, description: '', implies: [] }
  return { ...fields, createdAt: at, updatedAt: at }
}

async function requireFreeName(kernel: Kernel, scope: string, name: string): Promise<void> {
  // No role looks like a built-in one: those who compare names must not be led astray.
  if (isBuiltIn(name.toLowerCase())) throw nameTaken('role')
  const taken = await kernel.store.lookup(roleKind, 'byName', [[scope, name]])
  if (taken.length > 0) throw nameTaken('role')
}
