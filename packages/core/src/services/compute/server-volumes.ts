import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Attachment, attachmentKind, attachModes } from '../../model/block/attachment.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { VmState } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Draft } from '../../model/kind.ts'
import { attachmentDrive } from '../block/attachment-drive.ts'
import { newAttachment, withAttachments } from '../block/attachment-plan.ts'
import {
  type AttachmentView,
  detach,
  requireAttachable,
  viewAttachment,
} from '../block/attachment.ts'
import { planDrive } from '../block/drive.ts'
import { owner } from '../block/fields.ts'
import type { Call } from '../call.ts'
import { fetchOwned, notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { requireUnlocked } from './server-metadata.ts'

/** States in which a server can be given a volume (Nova's `attach_volume`). */
const attachable: readonly VmState[] = ['active', 'stopped', 'paused', 'resized']

const useField = z.strictObject({
  serverId: idField,
  volumeId: idField,
  /** Where the guest finds it; the next free one when absent. */
  device: z
    .string()
    .regex(/^\/dev\/[sv]d[a-z]$/, 'is no device such as /dev/vdb')
    .optional(),
  mode: z.enum(attachModes).default('rw'),
  /** True: the volume goes with its server. */
  deleteOnTermination: z.boolean().default(false),
})

type Use = z.infer<typeof useField>

/** @throws CloudError `conflict` when a server or a volume cannot be attached now. */
export const serverAttachVolumes = defineOperation({
  id: 'compute.server.attachVolumes',
  summary: 'Gives servers volumes: many at once, all of them or none.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ attachments: z.array(useField).min(1).max(limits.bulkVolumes) }),
  run: async (call, input): Promise<{ readonly attachments: readonly AttachmentView[] }> => {
    const { kernel } = call
    const plan = new AttachPlan(call, await readServers(call, input.attachments))
    const volumes = await readVolumes(call, input.attachments)
    const rows = input.attachments.map((use, index) => plan.add(use, volumes, index))
    const writes = new Writes()
      .insert(attachmentKind, ...rows)
      .update(volumeKind, ...volumes.values())
      .update(serverKind, ...plan.servers)
    planDrive({ kernel, requestId: call.requestId }, writes, attachmentDrive, rows)
    const answer = { attachments: rows.map(viewAttachment) }
    await call.commit(
      writes,
      rows.map(({ id }) => id),
      answer,
    )
    return answer
  },
})

const detachInput = z.strictObject({
  attachments: z
    .array(z.strictObject({ serverId: idField, volumeId: idField }))
    .min(1)
    .max(limits.bulkVolumes),
})

/** @throws CloudError `notFound` unless the server has the volume; `conflict`: it boots from it. */
export const serverDetachVolumes = defineOperation({
  id: 'compute.server.detachVolumes',
  summary: 'Takes volumes from servers: many at once, all of them or none.',
  policy: owner,
  mutates: true,
  input: detachInput,
  run: async (call, { attachments }): Promise<{ readonly count: number }> => {
    const servers = await readServers(call, attachments)
    for (const { server } of servers.values()) requireDetachable(call, server)
    const keys = [...new Set(attachments.map(({ volumeId }) => volumeId))].map((id) => [id])
    const found = await call.kernel.store.lookup(attachmentKind, 'byVolume', keys)
    const byUse = new Map(found.map((row) => [`${row.serverId} ${row.volumeId}`, row]))
    const rows = attachments.map(({ serverId, volumeId }, index): Attachment => {
      const row = byUse.get(`${serverId} ${volumeId}`)
      if (!row) throw notFound('attachment', `attachments[${index}].volumeId`)
      return row
    })
    return detach(call, [...new Set(rows)], 'attachments')
  },
})

/** Whoever mends a disk in a rescue has the others as they were (Nova's `detach_volume`). */
function requireDetachable(call: Call, server: Server): void {
  requireUnlocked(call, server)
  if (server.vmState !== 'rescued') return
  throw new CloudError('conflict', 'A server that is rescued keeps its volumes.', {
    field: 'attachments',
    detail: { id: server.id, vmState: server.vmState },
  })
}

interface Attaching {
  server: Server
  /** What it has already: names of devices, and volumes. */
  readonly devices: Set<string>
  readonly volumeIds: Set<string>
}

/** The servers that uses name, with the devices that are taken: two reads. */
async function readServers(
  call: Call,
  uses: readonly { readonly serverId: string }[],
): Promise<Map<string, Attaching>> {
  const ids = [...new Set(uses.map(({ serverId }) => serverId))]
  const servers = await fetchOwned(call, serverKind, ids, 'attachments')
  const own = servers.flatMap(({ attachmentIds = [] }) => attachmentIds)
  const held = own.length > 0 ? await call.kernel.store.get(attachmentKind, own) : []
  const attaching = new Map<string, Attaching>()
  for (const server of servers) {
    attaching.set(server.id, { server, devices: new Set(), volumeIds: new Set() })
  }
  for (const one of held) {
    const holder = one?.serverId ? attaching.get(one.serverId) : undefined
    if (!one || !holder) continue
    holder.volumeIds.add(one.volumeId)
    if (one.device) holder.devices.add(one.device)
  }
  return attaching
}

async function readVolumes(call: Call, uses: readonly Use[]): Promise<Map<string, Volume>> {
  const ids = [...new Set(uses.map(({ volumeId }) => volumeId))]
  const volumes = await fetchOwned(call, volumeKind, ids, 'attachments')
  return new Map(volumes.map((volume) => [volume.id, volume]))
}

/** Uses one after the other, each seeing what those before it have taken. */
class AttachPlan {
  readonly #call: Call
  readonly #servers: Map<string, Attaching>

  constructor(call: Call, servers: Map<string, Attaching>) {
    this.#call = call
    this.#servers = servers
    for (const { server } of servers.values()) requireUnlocked(call, server)
    for (const one of servers.values()) {
      one.server = { ...one.server, generation: one.server.generation + 1 }
    }
  }

  get servers(): Server[] {
    return [...this.#servers.values()].map(({ server }) => server)
  }

  add(use: Use, volumes: Map<string, Volume>, index: number): Draft<Attachment> {
    const { kernel } = this.#call
    const at = kernel.clock.now()
    const field = `attachments[${index}]`
    const attaching = this.#servers.get(use.serverId) as Attaching
    const volume = volumes.get(use.volumeId) as Volume
    const { server } = attaching
    requireServer(server, volume, field)
    if (attaching.volumeIds.has(volume.id)) {
      throw new CloudError('conflict', `${field}: the server has this volume.`, {
        field: `${field}.volumeId`,
      })
    }
    attaching.volumeIds.add(volume.id)
    requireAttachable(volume, { mode: use.mode, field: `${field}.volumeId` })
    const attachment = newAttachment(
      {
        id: kernel.ids.next(),
        projectId: volume.projectId,
        volumeId: volume.id,
        serverId: server.id,
        status: 'attaching',
        mode: use.mode,
        device: takeDevice(attaching, use.device, field),
        deleteOnTermination: use.deleteOnTermination,
        generation: server.generation,
      },
      at,
    )
    const attachmentIds = [...(server.attachmentIds ?? []), attachment.id]
    if (attachmentIds.length > limits.serverVolumes) {
      throw new CloudError('conflict', `${field}: the server has as many volumes as it may.`, {
        field: `${field}.serverId`,
        limit: limits.serverVolumes,
      })
    }
    attaching.server = { ...server, attachmentIds }
    volumes.set(volume.id, withAttachments(volume, [attachment], at))
    return attachment
  }
}

function requireServer(server: Server, volume: Volume, field: string): void {
  const { vmState, task, projectId, id } = server
  if (projectId !== volume.projectId) throw notFound('volume', `${field}.volumeId`)
  if (task === null && attachable.includes(vmState) && server.desired.power !== 'absent') return
  const state = task ?? vmState
  throw new CloudError('conflict', `${field}: the server is ${state}.`, {
    field: `${field}.serverId`,
    detail: { id, vmState, task },
  })
}

/** `/dev/vda` is the disk that a guest boots from. */
const deviceNames = ['v', 's'].flatMap((bus) =>
  [...'bcdefghijklmnopqrstuvwxyz'].map((letter) => `/dev/${bus}d${letter}`),
)

/** @throws CloudError `conflict` for a device that is taken. */
function takeDevice({ devices }: Attaching, wanted: string | undefined, field: string): string {
  const device = wanted ?? deviceNames.find((name) => !devices.has(name))
  if (device === undefined || devices.has(device)) {
    throw new CloudError('conflict', `${field}: the device is taken.`, { field: `${field}.device` })
  }
  devices.add(device)
  return device
}
