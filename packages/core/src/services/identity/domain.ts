import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { defaultDomainId, type Domain, domainKind } from '../../model/identity/domain.ts'
import { groupKind } from '../../model/identity/group.ts'
import { roleKind } from '../../model/identity/role.ts'
import { projectKind } from '../../model/identity/project.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Draft, Stored } from '../../model/kind.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { isDomainActor } from '../policy.ts'
import { fetchDomain, nameTaken } from './access.ts'
import { closeReferences, domainReferences, openReferences } from './references.ts'
import { planDependents } from './dependents.ts'

/** Names are unique among domains. @throws CloudError `conflict` when the name is taken. */
export const domainCreate = defineOperation({
  id: 'identity.domain.create',
  summary: 'Creates a domain.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: z.strictObject({
    name: nameField,
    description: descriptionField.default(''),
    enabled: z.boolean().default(true),
  }),
  run: async (call, input): Promise<Domain> => {
    const { kernel } = call
    await requireFreeName(kernel, input.name)
    const domain = newDomain(kernel, kernel.ids.next(), input)
    const writes = new Writes().insert(domainKind, domain)
    openReferences(writes, domainReferences(domain.id))
    const answer = { ...domain, rev: 1 }
    await call.commit(writes, [domain.id], answer)
    return answer
  },
})

export function newDomain(
  kernel: Kernel,
  id: string,
  fields: Pick<Domain, 'name' | 'description' | 'enabled'>,
): Draft<Domain> {
  const at = kernel.clock.now()
  return { id, ...fields, createdAt: at, updatedAt: at }
}

export const domainGet = defineOperation({
  id: 'identity.domain.get',
  summary: 'Shows a domain.',
  policy: { scope: 'system', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, input): Promise<Domain> => fetchDomain(call, input.id),
})

export const domainList = defineOperation({
  id: 'identity.domain.list',
  summary: 'Lists domains by name; for an actor of a domain, that one.',
  policy: { scope: 'system', role: 'reader', domainRole: 'reader' },
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    name: nameField.optional(),
    enabled: z.boolean().optional(),
  }),
  run: (call, input): Promise<Domain[]> => {
    const { actor } = call
    const equals = input.name === undefined ? [] : [input.name]
    return listPage(call, domainKind, { index: 'byName', equals }, input, (domain) => {
      if (input.enabled !== undefined && domain.enabled !== input.enabled) return false
      return !isDomainActor(actor) || domain.id === actor.domainId
    })
  },
})

/** @throws CloudError `conflict` when the name is taken, or to disable the default domain. */
export const domainUpdate = defineOperation({
  id: 'identity.domain.update',
  summary: 'Renames, describes, enables or disables a domain.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    description: descriptionField.optional(),
    enabled: z.boolean().optional(),
  }),
  run: async (call, { id, ...patch }): Promise<Domain> => {
    const { kernel } = call
    const domain = await fetchDomain(call, id)
    if (id === defaultDomainId && patch.enabled === false) {
      throw new CloudError('conflict', 'The default domain stays enabled.', { field: 'enabled' })
    }
    if (patch.name !== undefined && patch.name !== domain.name) {
      await requireFreeName(kernel, patch.name)
    }
    const next: Domain = { ...domain, ...given(patch), updatedAt: kernel.clock.now() }
    const answer = { ...next, rev: domain.rev + 1 }
    await call.commit(new Writes().update(domainKind, next), [id], answer)
    return answer
  },
})

/**
 * @throws CloudError `conflict` while the domain is enabled, or has projects, users, groups or
 *   roles.
 */
export const domainDelete = defineOperation({
  id: 'identity.domain.delete',
  summary: 'Deletes a disabled domain without projects, users, groups and roles.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const domain = await fetchDomain(call, id)
    if (domain.enabled) {
      throw new CloudError('conflict', 'Disable the domain before deleting it.', {
        field: 'enabled',
      })
    }
    for (const kind of [projectKind, userKind, groupKind, roleKind]) {
      const members = await call.kernel.store.query<Stored>(kind, {
        index: 'byName',
        equals: [id],
        limit: 1,
      })
      if (members.length === 0) continue
      throw new CloudError('conflict', `The domain has a ${kind.name}.`, { field: 'id' })
    }
    const writes = new Writes().remove(domainKind, domain)
    const scope = domainReferences(id)
    closeReferences(writes, scope, await planDependents(call.kernel, writes, scope))
    await call.commit(writes, [id], null)
  },
})

async function requireFreeName(kernel: Kernel, name: string): Promise<void> {
  const taken = await kernel.store.lookup(domainKind, 'byName', [[name]])
  if (taken.length > 0) throw nameTaken('domain')
}
