import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { Writes } from '../../../commit/writes.ts'
import { metadefKind, metadefLimits, type MetadefNamespace } from '../../../model/image/metadef.ts'
import { projectKind } from '../../../model/identity/project.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { descriptionField, idField, pageFields } from '../../fields.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { listPage } from '../../page.ts'
import { definedBy, definitionField, metadefParts, requireBounded } from './definition.ts'
import { metadefNameField, operator, reader } from './fields.ts'

const ownFields = {
  displayName: z.string().max(80).optional(),
  description: descriptionField.optional(),
  visibility: z.enum(['public', 'private']).optional(),
  protected: z.boolean().optional(),
}

/** @throws CloudError `conflict` when the name is taken; `quotaExceeded`. */
export const metadefCreate = defineOperation({
  id: 'image.metadef.create',
  summary: 'Creates a namespace of definitions of metadata.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    namespace: metadefNameField,
    /** Whose it is; null: nobody's in particular. */
    projectId: idField.nullable().default(null),
    ...ownFields,
    /** What it defines from the beginning. */
    definitions: z
      .array(z.strictObject({ name: metadefNameField, definition: definitionField }))
      .max(metadefParts.length * metadefLimits.parts)
      .default([]),
  }),
  run: async (call, input): Promise<MetadefNamespace> => {
    const { kernel } = call
    const { namespace, projectId } = input
    const [[project], held] = await Promise.all([
      projectId === null ? [null] : kernel.store.get(projectKind, [projectId]),
      kernel.store.count(metadefKind, {}),
    ])
    if (project === undefined) throw notFound('project', 'projectId')
    await requireFree(call, namespace)
    if (held >= metadefLimits.namespaces) {
      throw new CloudError('quotaExceeded', 'There are as many namespaces as there may be.', {
        field: 'namespace',
        limit: metadefLimits.namespaces,
      })
    }
    const at = kernel.clock.now()
    const row = {
      id: kernel.ids.next(),
      namespace,
      projectId,
      displayName: input.displayName ?? '',
      description: input.description ?? '',
      visibility: input.visibility ?? 'private',
      protected: input.protected ?? false,
      ...definedBy(input.definitions, at),
      ...{ createdAt: at, updatedAt: at },
    } as const
    requireBounded(row)
    const answer = { ...row, rev: 1 }
    await call.commit(new Writes().insert(metadefKind, row), [row.id], answer)
    return answer
  },
})

export const metadefGet = defineOperation({
  id: 'image.metadef.get',
  summary: 'Shows a namespace with all that it defines.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ namespace: metadefNameField }),
  run: (call, { namespace }): Promise<MetadefNamespace> => fetchNamespace(call, namespace),
})

export const metadefList = defineOperation({
  id: 'image.metadef.list',
  summary: 'Lists namespaces that are public or the project’s own, by id; operators see all.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    visibility: z.enum(['public', 'private']).optional(),
    /** Such as apply to one of these at least. */
    resourceTypes: z.array(metadefNameField).max(metadefLimits.parts).optional(),
  }),
  run: (call, input): Promise<MetadefNamespace[]> => {
    const { visibility, resourceTypes } = input
    const keep = (row: MetadefNamespace): boolean =>
      (visibility === undefined || row.visibility === visibility) &&
      (resourceTypes === undefined ||
        resourceTypes.some((name) => Object.hasOwn(row.resourceTypes, name)))
    return listPage(call, metadefKind, {}, input, keep, (row) => isVisible(call, row))
  },
})

/** @throws CloudError `conflict` when the new name is taken. */
export const metadefUpdate = defineOperation({
  id: 'image.metadef.update',
  summary: 'Names and describes a namespace, and says who sees it.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    namespace: metadefNameField,
    /** Its name from now on. */
    rename: metadefNameField.optional(),
    ...ownFields,
  }),
  run: async (call, input): Promise<MetadefNamespace> => {
    const { namespace, rename = namespace, ...patch } = input
    const before = await fetchNamespace(call, namespace)
    if (rename !== namespace) await requireFree(call, rename, 'rename')
    const updatedAt = call.kernel.clock.now()
    const row = { ...before, ...given(patch), namespace: rename, updatedAt }
    const answer = { ...row, rev: before.rev + 1 }
    await call.commit(new Writes().update(metadefKind, row), [row.id], answer)
    return answer
  },
})

/** @throws CloudError `forbidden` while it is protected. */
export const metadefDelete = defineOperation({
  id: 'image.metadef.delete',
  summary: 'Deletes a namespace with all that it defines.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ namespace: metadefNameField }),
  run: async (call, { namespace }): Promise<null> => {
    const row = await fetchNamespace(call, namespace)
    requireUnprotected(row)
    await call.commit(new Writes().remove(metadefKind, row), [row.id], null)
    return null
  },
})

/** @throws CloudError `notFound`, also for one that the caller does not see. */
export async function fetchNamespace(call: Call, name: string): Promise<MetadefNamespace> {
  const [row] = await call.kernel.store.lookup(metadefKind, 'byNamespace', [[name]])
  if (row && isVisible(call, row)) return row
  throw notFound('namespace', 'namespace')
}

/** @throws CloudError `forbidden`. */
export function requireUnprotected(row: MetadefNamespace): void {
  if (!row.protected) return
  throw new CloudError('forbidden', 'The namespace is protected.', { field: 'namespace' })
}

function isVisible({ actor }: Call, row: MetadefNamespace): boolean {
  if (actor.system || row.visibility === 'public') return true
  return row.projectId !== null && row.projectId === actor.projectId
}

async function requireFree(call: Call, name: string, field = 'namespace'): Promise<void> {
  const [taken] = await call.kernel.store.lookup(metadefKind, 'byNamespace', [[name]])
  if (taken) throw new CloudError('conflict', 'The name is taken.', { field })
}
