import {
  attachmentCreate,
  attachmentDeclare,
  attachmentDelete,
  attachmentList,
  CloudError,
  type OperationRow,
  poolList,
  volumeDetaching,
  volumeExtend,
  volumeForceDelete,
  volumeGet,
  volumeImageMetadata,
  volumeMigrate,
  volumeReimage,
  volumeResetStatus,
  volumeRetype,
  volumeRevert,
  volumeStatuses,
  volumeTypeGet,
  volumeUnmanage,
  volumeUpdate,
  volumeUpload,
} from '@nephos/core'
import { z } from 'zod'
import { connectorField, initializedBody } from '../../wire/volume/attachment.ts'
import { changeText, numberField, switchField, textsField } from '../../wire/volume/common.ts'
import { typeBody } from '../../wire/volume/volume-type.ts'
import { hostPool } from '../../wire/volume/volume.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { oneOf, seer } from './common.ts'
import { connect, connectOperations } from './connect.ts'

type Asked = Exchange<unknown, unknown>

/** What one word of an action's body does. */
interface Action {
  readonly since?: number
  readonly run: (x: Asked, id: string, input: unknown) => Promise<Reply>
}

/** An action with the schema of its input. */
function action<I>(
  schema: z.ZodType<I>,
  run: (x: Asked, id: string, input: I) => Promise<Reply | undefined>,
  since?: number,
): Action {
  return {
    ...(since !== undefined && { since }),
    run: async (x, id, input) => {
      const parsed = schema.safeParse(input ?? {})
      if (parsed.success) return (await run(x, id, parsed.data)) ?? nothing
      const [issue] = parsed.error.issues
      const field = issue?.path.join('.') ?? ''
      throw new CloudError('invalid', `${field}: ${issue?.message ?? 'is invalid'}`, { field })
    },
  }
}

/** Input that says nothing; some clients send null, some an empty text. */
const empty = z.union([z.strictObject({}), z.literal('')])
const done = { status: 200 } as const

/** The one use of a volume that is meant, or the only one that it has. */
async function useOf(x: Asked, volumeId: string, attachmentId: string | null | undefined) {
  await x.invokeAs(seer(x), volumeGet, { id: volumeId })
  const uses = await x.invokeAs(seer(x), attachmentList, { volumeIds: [volumeId] })
  const [found, other] = attachmentId ? uses.filter(({ id }) => id === attachmentId) : uses
  if (!found) throw new CloudError('conflict', 'The volume has no such use.', { field: 'volume' })
  if (!other) return found
  throw new CloudError('invalid', 'attachment_id: is needed, for there are several.', {
    field: 'attachment_id',
  })
}

const attaching: Readonly<Record<string, Action>> = {
  'os-attach': action(
    z.strictObject({
      instance_uuid: z.string().nullish(),
      host_name: z.string().nullish(),
      mountpoint: z.string().min(1).max(255),
      mode: z.enum(['rw', 'ro']).nullish(),
    }),
    async (x, volumeId, input) => {
      const { instance_uuid: instance, host_name: host, mountpoint: device, mode } = input
      if (Boolean(instance) === Boolean(host)) {
        x.refuse(400, 'One of instance_uuid and host_name is needed.', 'instance_uuid')
      }
      const whom = instance ? { instanceId: instance } : { hostName: host ?? '' }
      await x.invokeAny(attachmentDeclare, { volumeId, device, mode: mode ?? 'rw', ...whom })
      return undefined
    },
  ),
  'os-detach': action(
    z.union([z.strictObject({ attachment_id: z.string().nullish() }), z.literal('')]),
    async (x, volumeId, input) => {
      const { status, attachments } = await x.invokeAs(seer(x), volumeGet, { id: volumeId })
      const named = input === '' ? null : input.attachment_id
      // What nobody uses is detached already.
      if (!named && attachments.length === 0 && status === 'available') return undefined
      const { id } = await useOf(x, volumeId, named)
      await x.invokeAny(attachmentDelete, { ids: [id] })
      return undefined
    },
  ),
  'os-force_detach': action(
    z.strictObject({
      attachment_id: z.string().nullish(),
      connector: z.record(z.string(), z.unknown()).nullish(),
    }),
    async (x, volumeId, input) => {
      x.requireOperator()
      const { id } = await useOf(x, volumeId, input.attachment_id)
      await x.invokeAny(attachmentDelete, { ids: [id] })
      return undefined
    },
  ),
  'os-reserve': action(empty, async (x, volumeId) => {
    await x.invokeAny(attachmentCreate, { volumeId })
    return undefined
  }),
  'os-unreserve': action(empty, async (x, volumeId) => {
    const { id, status } = await useOf(x, volumeId, null)
    if (status !== 'reserved') x.refuse(400, 'The volume is not reserved.', 'volume')
    await x.invokeAny(attachmentDelete, { ids: [id] })
    return undefined
  }),
  'os-begin_detaching': action(empty, async (x, id) => {
    await x.invokeAny(volumeDetaching, { id, begin: true })
    return undefined
  }),
  'os-roll_detaching': action(empty, async (x, id) => {
    await x.invokeAny(volumeDetaching, { id, begin: false })
    return undefined
  }),
  'os-initialize_connection': action(
    z.strictObject({ connector: connectorField }),
    async (x, id, { connector }) => {
      const found = await connect(x, id, connector)
      return json({ connection_info: initializedBody(found) }, done)
    },
  ),
  'os-terminate_connection': action(
    z.strictObject({ connector: connectorField.nullish(), force: switchField.nullish() }),
    async (x, volumeId, { connector }) => {
      const uses = await x.invokeAs(seer(x), attachmentList, { volumeIds: [volumeId] })
      const host = connector?.['host']
      // What was said to be attached is disconnected when it is said to be detached.
      const ids = uses
        .filter((use) => use.status === 'attaching' && use.serverId === null)
        .filter((use) => host === undefined || use.connector?.['host'] === host)
        .map(({ id }) => id)
      if (ids.length > 0) await x.invokeAny(attachmentDelete, { ids })
      return undefined
    },
  ),
}

const changing: Readonly<Record<string, Action>> = {
  'os-extend': action(
    z.strictObject({ new_size: numberField }),
    async (x, id, { new_size: sizeGb }) => {
      if (x.version < 42) {
        const { status } = await x.invokeAs(seer(x), volumeGet, { id })
        if (status === 'in-use') x.refuse(400, 'A volume in use is extended from 3.42 on.')
      }
      await x.invokeAny(volumeExtend, { id, sizeGb })
      return undefined
    },
  ),
  'os-set_bootable': action(
    z.strictObject({ bootable: switchField }),
    async (x, id, { bootable }) => {
      await x.invokeAny(volumeUpdate, { id, bootable })
      return { status: 200 }
    },
  ),
  'os-update_readonly_flag': action(
    z.strictObject({ readonly: switchField }),
    async (x, id, { readonly: readOnly }) => {
      await x.invokeAny(volumeUpdate, { id, readOnly })
      return undefined
    },
  ),
  'os-retype': action(
    z.strictObject({
      new_type: z.string().min(1).max(255),
      migration_policy: z.enum(['never', 'on-demand']).nullish(),
    }),
    async (x, id, { new_type: volumeType, migration_policy: policy }) => {
      await x.invokeAny(volumeRetype, { id, volumeType, migrationPolicy: policy ?? 'never' })
      return undefined
    },
  ),
  'os-reset_status': action(
    z.strictObject({
      status: z.string().optional(),
      attach_status: z.string().nullish(),
      migration_status: z.string().nullish(),
    }),
    async (x, id, { status }) => {
      x.requireOperator()
      if (status === undefined) return x.refuse(400, 'status: only this one is set.', 'status')
      await x.invoke(volumeResetStatus, { id, status: oneOf(volumeStatuses, status, 'status') })
      return undefined
    },
  ),
  'os-force_delete': action(empty, async (x, id) => {
    x.requireOperator()
    await x.invoke(volumeForceDelete, { id })
    return undefined
  }),
  'os-unmanage': action(empty, async (x, id) => {
    await x.invokeAs(x.requireOperator(), volumeUnmanage, { id })
  }),
  'os-migrate_volume': action(
    z.strictObject({
      host: z.string().min(1).max(255),
      force_host_copy: switchField.nullish(),
      lock_volume: switchField.nullish(),
      cluster: z.string().nullish(),
    }),
    async (x, id, { host }) => {
      const operator = x.requireOperator()
      const pools = await x.invokeAs(operator, poolList, {})
      const pool = pools.find(({ name }) => name === hostPool(host))
      if (!pool) return x.refuse(400, 'host: there is no such pool.', 'host')
      await x.invoke(volumeMigrate, { id, poolId: pool.id })
      return undefined
    },
  ),
  revert: action(
    z.strictObject({ snapshot_id: z.string() }),
    async (x, id, { snapshot_id: snapshotId }) => {
      await x.invokeAny(volumeRevert, { id, snapshotId })
      return undefined
    },
    40,
  ),
}

const imaging: Readonly<Record<string, Action>> = {
  'os-volume_upload_image': action(
    z.strictObject({
      image_name: z.string().min(1).max(255),
      force: switchField.nullish(),
      disk_format: z.string().nullish(),
      container_format: z.string().nullish(),
      visibility: z.enum(['public', 'private', 'shared', 'community']).nullish(),
      protected: switchField.nullish(),
    }),
    uploadImage,
  ),
  'os-reimage': action(
    z.strictObject({ image_id: z.string(), reimage_reserved: switchField.nullish() }),
    async (x, id, { image_id: imageId }) => {
      await x.invokeAny(volumeReimage, { id, imageId })
      return undefined
    },
    68,
  ),
  'os-set_image_metadata': action(
    z.strictObject({ metadata: textsField }),
    async (x, id, { metadata: set }) => {
      const { imageMetadata } = await x.invokeAny(volumeImageMetadata, { id, set })
      return json({ metadata: imageMetadata ?? {} }, done)
    },
  ),
  'os-unset_image_metadata': action(
    z.strictObject({ key: z.string().min(1).max(255) }),
    async (x, id, { key }) => {
      await x.invokeAny(volumeImageMetadata, { id, unset: [key] })
      return { status: 200 }
    },
  ),
  'os-show_image_metadata': action(empty, async (x, id) => {
    const { imageMetadata } = await x.invokeAs(seer(x), volumeGet, { id })
    return json({ metadata: imageMetadata ?? {} }, done)
  }),
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#upload-volume-to-image */
async function uploadImage(
  x: Asked,
  id: string,
  input: {
    readonly image_name: string
    readonly force?: boolean | null | undefined
    readonly disk_format?: string | null | undefined
    readonly container_format?: string | null | undefined
    readonly visibility?: 'public' | 'private' | 'shared' | 'community' | null | undefined
    readonly protected?: boolean | null | undefined
  },
): Promise<Reply> {
  const formats = volumeUpload.input.safeParse({
    id,
    imageName: input.image_name,
    diskFormat: input.disk_format ?? 'raw',
    containerFormat: input.container_format ?? 'bare',
    visibility: input.visibility ?? (x.version >= 1 ? 'shared' : 'private'),
    protected: input.protected ?? false,
    force: input.force ?? false,
  })
  if (!formats.success)
    return x.refuse(400, 'The name or a format of the image is none.', 'image_name')
  const made = await x.invokeAny(volumeUpload, formats.data)
  const { volume } = made
  const type =
    volume.typeId === null ? null : await x.invokeAs(seer(x), volumeTypeGet, { id: volume.typeId })
  return json({
    'os-volume_upload_image': {
      id: volume.id,
      status: volume.status,
      size: volume.sizeGb,
      updated_at: changeText(volume),
      display_description: volume.description,
      volume_type: type && typeBody(type, { isAdmin: false }),
      image_id: made.imageId,
      image_name: made.imageName,
      container_format: made.containerFormat,
      disk_format: made.diskFormat,
      ...(x.version >= 1 && {
        visibility: formats.data.visibility,
        protected: formats.data.protected,
      }),
    },
  })
}

const actions: Readonly<Record<string, Action>> = { ...attaching, ...changing, ...imaging }

const operations: readonly OperationRow[] = [
  ...connectOperations,
  ...[attachmentDeclare, attachmentDelete, volumeDetaching, volumeExtend, volumeUpdate],
  ...[volumeRetype, volumeResetStatus, volumeForceDelete, volumeMigrate, volumeRevert, poolList],
  ...[volumeUpload, volumeReimage, volumeImageMetadata, volumeGet, volumeTypeGet],
  volumeUnmanage,
]

/** https://docs.openstack.org/api-ref/block-storage/v3/#volume-actions-volumes-action */
export const volumeActions: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.volumes.action',
    method: 'POST',
    path: '/volumes/{volume_id}/action',
    summary: 'Does something with a volume: attaches, extends, retypes, uploads it …',
    access: 'token',
    operations,
    body: z.record(z.string(), z.unknown()),
    status: 202,
    async run(x) {
      const [entry, more] = Object.entries(x.body)
      const [name = '', input] = entry ?? []
      const found = Object.entries(actions).find(([known]) => known === name)?.[1]
      if (!found || more || (found.since ?? 0) > x.version) {
        return x.refuse(400, `There is no such action: ${name.slice(0, 60)}.`, 'action')
      }
      return found.run(x, x.param('volume_id'), input)
    },
  }),
]
