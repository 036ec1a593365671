import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { serverStatus, type VmState } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { hasImageData, type Image, imageKind } from '../../model/image/image.ts'
import type { Draft } from '../../model/kind.ts'
import { workKind } from '../../model/work/work.ts'
import { planNamedWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField, metadataField, nameField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { type CaptureInput, capturePlan, captureWorkId } from './server-capture.ts'

const member = { scope: 'any', role: 'member' } as const

/** The image that is being made: its bytes come later. */
export interface ServerImage {
  readonly imageId: string
}

/** States in which a disk can be read (Nova's `createImage`). */
const imaged: readonly VmState[] = ['active', 'stopped', 'paused', 'suspended']

/**
 * Makes an image of a server's disk: its record at once, its bytes by durable work.
 *
 * @throws CloudError `conflict` in states that forbid it, while another image of it is being made,
 *   and for a server that boots from a volume; `quotaExceeded` for images.
 */
export const serverCreateImage = defineOperation({
  id: 'compute.server.createImage',
  summary: 'Makes an image of a server’s disk.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField,
    /** Properties of the image, besides those that it takes from its server and that from its. */
    properties: metadataField.default({}),
  }),
  run: (call, { id, name, properties }): Promise<ServerImage> =>
    beginImage(call, 'createImage', id, name, { image_type: 'snapshot', ...properties }),
})

/**
 * As `createImage`; and of the backups of this server and type, those beyond the newest are deleted
 * then.
 *
 * @throws CloudError as `createImage`.
 */
export const serverBackup = defineOperation({
  id: 'compute.server.backup',
  summary: 'Makes an image of a server’s disk, and deletes the oldest ones.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField,
    /** `daily`, `weekly`: backups of another type are left alone. */
    backupType: z.string().min(1).max(limits.metadataLength),
    /** Backups of this type that are kept. */
    rotation: z.int().min(0).max(limits.backups),
    properties: metadataField.default({}),
  }),
  run: (call, { id, name, backupType, rotation, properties }): Promise<ServerImage> => {
    const own = { ...properties, image_type: 'backup', backup_type: backupType }
    return beginImage(call, 'createBackup', id, name, own, { backupType, keep: rotation })
  },
})

async function beginImage(
  call: Call,
  action: string,
  id: string,
  name: string,
  properties: Readonly<Record<string, string>>,
  rotation?: CaptureInput['rotation'],
): Promise<ServerImage> {
  const { kernel } = call
  const server = await fetchOne(call, serverKind, id)
  requireImaged(server)
  const [running] = await kernel.store.get(workKind, [captureWorkId(id)])
  if (running) {
    const { imageId } = running.input as CaptureInput
    const [made] = await kernel.store.get(imageKind, [imageId])
    // It is made, and its work about to be put away: look again.
    if (made && hasImageData(made)) {
      await kernel.clock.sleep(1)
      throw new CommitConflict({ type: 'revision', kind: workKind.name, ids: [running.id] })
    }
    throw new CloudError('conflict', 'An image of the server is being made.', { field: 'id' })
  }
  await checkQuota(kernel, server.projectId, { images: 1 })
  const [base] = await kernel.store.get(imageKind, [server.imageId as string])
  const at = kernel.clock.now()
  const image = imageRow(server, base, { id: kernel.ids.next(), name, at, properties })
  const entry = { action, requestId: call.requestId, userId: call.actor.userId, at }
  const actions = [...server.actions, entry].slice(-limits.serverActions)
  const writes = new Writes().insert(imageKind, image).update(serverKind, { ...server, actions })
  chargeQuota(writes, server.projectId, { images: 1 })
  const input: CaptureInput = {
    serverId: id,
    imageId: image.id,
    actor: { userId: call.actor.userId, projectId: server.projectId },
    ...(rotation && { rotation }),
  }
  const deadline = at + kernel.settings.buildDeadlineMs
  const order = { input, at, deadline, requestId: call.requestId }
  planNamedWork(writes, captureWorkId(id), capturePlan, order)
  const answer = { imageId: image.id }
  await call.commit(writes, [id, image.id], answer)
  return answer
}

function requireImaged({ vmState, task, desired, imageId, id }: Server): void {
  const isReady = task === null && imaged.includes(vmState) && desired.power !== 'absent'
  if (!isReady) {
    const status = serverStatus(vmState, task)
    throw new CloudError('conflict', `No image is made of a server that is ${status}.`, {
      field: 'id',
      detail: { id, status, vmState, task },
    })
  }
  if (imageId === null) {
    throw new CloudError('conflict', 'A server that boots from a volume has no disk of its own.', {
      field: 'id',
      detail: { id },
    })
  }
}

/** Properties that say what one image is, and not what is made from it. */
const ownProperties: ReadonlySet<string> = new Set([
  'backup_type',
  'base_image_ref',
  'image_location',
  'image_state',
  'image_type',
  'instance_uuid',
  'owner_id',
  'user_id',
])

function imageRow(
  server: Server,
  base: Image | undefined,
  made: {
    readonly id: string
    readonly name: string
    readonly at: number
    readonly properties: Readonly<Record<string, string>>
  },
): Draft<Image> {
  const inherited = Object.entries(base?.properties ?? {}).filter(
    ([key]) => !ownProperties.has(key),
  )
  const own = {
    base_image_ref: server.imageId as string,
    instance_uuid: server.id,
    owner_id: server.projectId,
    user_id: server.userId,
    ...made.properties,
  }
  const room = limits.metadataItems - Object.keys(own).length
  return {
    id: made.id,
    projectId: server.projectId,
    name: made.name,
    status: 'queued',
    visibility: 'private',
    diskFormat: 'raw',
    containerFormat: 'bare',
    minDiskGb: server.flavor.diskGb,
    minRamMb: base?.minRamMb ?? 0,
    virtualSize: null,
    protected: false,
    hidden: false,
    tags: [],
    properties: { ...Object.fromEntries(inherited.slice(0, Math.max(0, room))), ...own },
    digests: null,
    attempt: 0,
    upload: null,
    importFailed: false,
    createdAt: made.at,
    updatedAt: made.at,
  }
}
