import { z } from 'zod'
import { Writes } from '../../commit/writes.ts'
import { volumeTypeKind } from '../../model/block/volume-type.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { quotaLimit } from '../identity/project-plan.ts'
import { defineOperation } from '../operation.ts'
import { unlimited } from '../quota.ts'
import { typeQuotaScope } from './charges.ts'
import { operator, reader } from './fields.ts'

const resources = ['volumes', 'gigabytes', 'snapshots'] as const

/** What a project uses of a type, and may use; −1 is no limit. */
export interface TypeQuotaView {
  readonly typeId: string
  readonly resource: (typeof resources)[number]
  readonly used: number
  readonly limit: number
}

export const typeQuotaGet = defineOperation({
  id: 'block.typeQuota.get',
  summary: 'Shows what the project uses, and may use, of each type that it has ever used.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    /** The caller’s own when absent; another’s is for operators. */
    projectId: idField.optional(),
  }),
  run: async (call, input): Promise<TypeQuotaView[]> => {
    const projectId = await requireProject(call, input.projectId)
    const counters = await call.kernel.store.counters([typeQuotaScope(projectId)])
    return counters
      .map(({ name, value, limit }): TypeQuotaView => {
        const [typeId, resource] = name.split(':') as [string, TypeQuotaView['resource']]
        return { typeId, resource, used: value, limit: limit === unlimited ? -1 : limit }
      })
      .sort((a, b) => (`${a.typeId} ${a.resource}` < `${b.typeId} ${b.resource}` ? -1 : 1))
  },
})

const limitField = z.int().min(-1).optional()

/** A limit may be below what is used: nothing more fits until enough of it is gone. */
export const typeQuotaSet = defineOperation({
  id: 'block.typeQuota.set',
  summary: 'Sets how much of a type a project may use; −1 is no limit.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    projectId: idField,
    typeId: idField,
    volumes: limitField,
    gigabytes: limitField,
    snapshots: limitField,
  }),
  run: async (call, input): Promise<null> => {
    const { store } = call.kernel
    const [[project], [type]] = await Promise.all([
      store.get(projectKind, [input.projectId]),
      store.get(volumeTypeKind, [input.typeId]),
    ])
    if (!project) throw notFound('project', 'projectId')
    if (!type) throw notFound('volume type', 'typeId')
    // The project as it was read: it may be deleted meanwhile, and its counters with it.
    const writes = new Writes().update(projectKind, project)
    for (const resource of resources) {
      const limit = input[resource]
      if (limit === undefined) continue
      const name = `${type.id}:${resource}`
      writes.limit({ scope: typeQuotaScope(project.id), name, limit: quotaLimit(limit) })
    }
    await call.commit(writes, [project.id, type.id], null)
    return null
  },
})

async function requireProject(call: Call, projectId: string | undefined): Promise<string> {
  const { actor, kernel } = call
  const id = projectId ?? actor.projectId
  if (id === null) throw notFound('project', 'projectId')
  if (id !== actor.projectId && !actor.system) throw notFound('project', 'projectId')
  const [project] = await kernel.store.get(projectKind, [id])
  if (!project) throw notFound('project', 'projectId')
  return id
}
