import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type VolumeType,
  type VolumeTypeAccess,
  volumeTypeAccessId,
  volumeTypeAccessKind,
  volumeTypeKind,
} from '../../model/block/volume-type.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { commitUnchanged } from '../unchanged.ts'
import { operator } from './fields.ts'

const accessInput = z.strictObject({ typeId: idField, projectId: idField })

/** @throws CloudError `conflict` for a public type; `quotaExceeded` when the list is full. */
export const volumeTypeGrant = defineOperation({
  id: 'block.volumeTypeAccess.grant',
  summary: 'Lets a project use a private type; again changes nothing.',
  policy: operator,
  mutates: true,
  input: accessInput,
  run: async (call, input): Promise<VolumeTypeAccess> => {
    const { store } = call.kernel
    const type = await privateType(call, input.typeId)
    const [project] = await store.get(projectKind, [input.projectId])
    if (!project) throw notFound('project', 'projectId')
    const id = volumeTypeAccessId(type.id, project.id)
    const [existing] = await store.get(volumeTypeAccessKind, [id])
    if (existing) {
      return commitUnchanged(call, volumeTypeAccessKind, existing, [type.id], (row) => row)
    }
    const held = await store.count(volumeTypeAccessKind, { index: 'byType', equals: [type.id] })
    if (held >= limits.flavorAccess) {
      throw new CloudError('quotaExceeded', 'The access list is full.', {
        field: 'typeId',
        limit: limits.flavorAccess,
      })
    }
    const access = { id, typeId: type.id, projectId: project.id }
    const answer = { ...access, rev: 1 }
    // Grants and a deletion of one type exclude each other, and the list's bound holds, by its
    // revision.
    const writes = new Writes()
      .update(volumeTypeKind, { ...type, updatedAt: call.kernel.clock.now() })
      .insert(volumeTypeAccessKind, access)
    await call.commit(writes, [type.id], answer)
    return answer
  },
})

/** @throws CloudError `notFound` when the project had no access. */
export const volumeTypeRevoke = defineOperation({
  id: 'block.volumeTypeAccess.revoke',
  summary: 'Takes a private type from a project; its volumes stay.',
  policy: operator,
  mutates: true,
  input: accessInput,
  run: async (call, input): Promise<null> => {
    const type = await privateType(call, input.typeId)
    const id = volumeTypeAccessId(type.id, input.projectId)
    const [existing] = await call.kernel.store.get(volumeTypeAccessKind, [id])
    if (!existing) throw notFound('volume type access', 'projectId')
    await call.commit(new Writes().remove(volumeTypeAccessKind, existing), [type.id], null)
    return null
  },
})

export const volumeTypeAccessList = defineOperation({
  id: 'block.volumeTypeAccess.list',
  summary: 'Lists the projects that may use a private type.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ typeId: idField }),
  run: async (call, input): Promise<VolumeTypeAccess[]> => {
    const type = await privateType(call, input.typeId)
    return call.kernel.store.lookup(volumeTypeAccessKind, 'byType', [[type.id]])
  },
})

async function privateType(call: Call, id: string): Promise<VolumeType> {
  const [type] = await call.kernel.store.get(volumeTypeKind, [id])
  if (!type) throw notFound('volume type', 'typeId')
  if (!type.isPublic) return type
  throw new CloudError('conflict', 'Everyone may use a public type.', { field: 'typeId' })
}
