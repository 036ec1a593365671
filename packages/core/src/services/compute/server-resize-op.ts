import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { requireUsableImage } from '../image/usable.ts'
import { defineOperation } from '../operation.ts'
import { readQuota, requireQuota } from '../quota.ts'
import { flavorDemand, requireFlavor } from './flavor.ts'
import { type ActionAnswer, beginAction, commitActions } from './server-actions.ts'
import { redescribed } from './server-described.ts'
import { describedFields } from './server-input.ts'
import { moveBeside } from './server-beside.ts'
import { aggregatesFor, ownDisk } from './server-plan.ts'
import { swapAllocations, swapped } from './server-swap.ts'

const resizeInput = z.strictObject({
  id: idField,
  flavorId: idField,
  diskConfig: describedFields.diskConfig,
})
type ResizeInput = z.infer<typeof resizeInput>

/**
 * Moves a server to another flavor: room for the new one is claimed beside the old, which is kept
 * until the resize is confirmed or reverted.
 */
export const serverResize = defineOperation({
  id: 'compute.server.resize',
  summary: 'Changes the flavor of a server; to be confirmed or reverted.',
  policy: { scope: 'any', role: 'member' },
  input: resizeInput,
  mutates: true,
  run: async (call: Call, input: ResizeInput): Promise<ActionAnswer> => {
    const server = await fetchOne(call, serverKind, input.id)
    const full = await requireFlavor(call, input.flavorId)
    if (full.id === server.flavor.id) {
      throw new CloudError('invalid', 'The server has this flavor already.', { field: 'flavorId' })
    }
    if (server.imageId !== null)
      await requireUsableImage(call, server.imageId, full, { keep: true })
    const flavor = {
      id: full.id,
      name: full.name,
      vcpus: full.vcpus,
      ramMb: full.ramMb,
      diskGb: full.diskGb,
    }
    const resize = { hostId: server.hostId, zone: server.zone, flavor: server.flavor }
    requireQuota(await readQuota(call.kernel, server.projectId), {
      cores: flavor.vcpus - server.flavor.vcpus,
      ram: flavor.ramMb - server.flavor.ramMb,
    })
    const described = redescribed(server, { diskConfig: input.diskConfig })
    const begun = beginAction(call, described, 'resize', { flavor, resize })
    return placeResize(call, server, begun, full)
  },
})

async function placeResize(
  call: Call,
  before: Server,
  after: Server,
  flavor: Parameters<typeof flavorDemand>[0],
): Promise<ActionAnswer> {
  const { aggregateSpecs, ...rest } = flavorDemand(ownDisk(flavor, before.imageId))
  const memberOf = await aggregatesFor(call, aggregateSpecs)
  const { policy } = call.kernel.settings
  const wanted = { ...rest, memberOf, zones: [before.zone], policy }
  return moveBeside(call, before, after, { ...wanted, type: 'resize' })
}

export const serverConfirmResize = defineOperation({
  id: 'compute.server.confirmResize',
  summary: 'Keeps the new flavor and frees the old room.',
  policy: { scope: 'any', role: 'member' },
  input: z.strictObject({ id: idField }),
  mutates: true,
  run: async (call: Call, input: { id: string }): Promise<ActionAnswer> => {
    const server = await fetchOne(call, serverKind, input.id)
    return commitActions(call, [beginAction(call, server, 'confirmResize', {}, 'id')])
  },
})

export const serverRevertResize = defineOperation({
  id: 'compute.server.revertResize',
  summary: 'Goes back to the old flavor and host.',
  policy: { scope: 'any', role: 'member' },
  input: z.strictObject({ id: idField }),
  mutates: true,
  run: async (call: Call, input: { id: string }): Promise<ActionAnswer> => {
    const { kernel } = call
    const server = await fetchOne(call, serverKind, input.id)
    const row = beginAction(call, server, 'revertResize', swapped(server), 'id')
    const writes = new Writes()
    await swapAllocations(kernel, writes, [server])
    return commitActions(call, [row], writes)
  },
})
