import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Flavor,
  type FlavorAccess,
  flavorAccessId,
  flavorAccessKind,
  flavorKind,
} from '../../model/compute/flavor.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { commitUnchanged } from '../unchanged.ts'
import { requireFlavor } from './flavor.ts'

const operator = { scope: 'system', role: 'admin' } as const
const accessInput = z.strictObject({ flavorId: idField, projectId: idField })

/** @throws CloudError `conflict` for a public flavor; `quotaExceeded` when the list is full. */
export const flavorAccessGrant = defineOperation({
  id: 'compute.flavorAccess.grant',
  summary: 'Lets a project use a private flavor; again changes nothing.',
  policy: operator,
  mutates: true,
  input: accessInput,
  run: async (call, input): Promise<FlavorAccess> => {
    const { store } = call.kernel
    const flavor = await privateFlavor(call, input.flavorId)
    const [project] = await store.get(projectKind, [input.projectId])
    if (!project) throw notFound('project', 'projectId')
    const id = flavorAccessId(flavor.id, project.id)
    const [existing] = await store.get(flavorAccessKind, [id])
    if (existing) {
      return commitUnchanged(call, flavorAccessKind, existing, [flavor.id], (row) => row)
    }
    const held = await store.count(flavorAccessKind, { index: 'byFlavor', equals: [flavor.id] })
    if (held >= limits.flavorAccess) {
      throw new CloudError('quotaExceeded', 'The access list is full.', {
        field: 'flavorId',
        limit: limits.flavorAccess,
      })
    }
    const access = { id, flavorId: flavor.id, projectId: project.id }
    const answer = { ...access, rev: 1 }
    await call.commit(touched(call, flavor).insert(flavorAccessKind, access), [flavor.id], answer)
    return answer
  },
})

/** @throws CloudError `notFound` when the project had no access. */
export const flavorAccessRevoke = defineOperation({
  id: 'compute.flavorAccess.revoke',
  summary: 'Takes a private flavor from a project.',
  policy: operator,
  mutates: true,
  input: accessInput,
  run: async (call, input): Promise<void> => {
    const flavor = await privateFlavor(call, input.flavorId)
    const id = flavorAccessId(flavor.id, input.projectId)
    const [existing] = await call.kernel.store.get(flavorAccessKind, [id])
    if (!existing) throw notFound('flavor access', 'projectId')
    const writes = new Writes().remove(flavorAccessKind, existing)
    await call.commit(writes, [flavor.id], null)
  },
})

export const flavorAccessList = defineOperation({
  id: 'compute.flavorAccess.list',
  summary: 'Lists the projects that may use a private flavor.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ flavorId: idField }),
  run: async (call, input): Promise<FlavorAccess[]> => {
    const flavor = await privateFlavor(call, input.flavorId)
    return await call.kernel.store.lookup(flavorAccessKind, 'byFlavor', [[flavor.id]])
  },
})

async function privateFlavor(call: Call, id: string): Promise<Flavor> {
  const flavor = await requireFlavor(call, id)
  if (!flavor.isPublic) return flavor
  throw new CloudError('conflict', 'Everyone may use a public flavor.', { field: 'flavorId' })
}

/**
 * Grants and a deletion of one flavor exclude each other, and the list's bound holds, through the
 * flavor's revision.
 */
function touched(call: Call, flavor: Flavor): Writes {
  return new Writes().update(flavorKind, { ...flavor, updatedAt: call.kernel.clock.now() })
}
