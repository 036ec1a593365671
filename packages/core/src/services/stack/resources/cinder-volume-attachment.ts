import { isJsonList, isJsonMap, type JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { attachmentGet } from '../../block/attachment.ts'
import { serverAttachVolumes, serverDetachVolumes } from '../../compute/server-volumes.ts'
import type { AnswerOf } from '../../operation.ts'
import { each } from './each.ts'
import { removalUntilGone } from './leaving.ts'
import { present, textOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

/** A volume on a server. */
export const cinderVolumeAttachment: ResourceType = {
  name: 'OS::Cinder::VolumeAttachment',
  summary: 'Gives a server a volume.',
  properties: {
    instance_uuid: { type: 'string', required: true },
    volume_id: { type: 'string', required: true },
    mountpoint: { type: 'string' },
  },
  attributes: {},
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const device = textOf(properties, 'mountpoint')
    const attachments = [present({ ...usedBy(properties), device })]
    const key = work.keyOf(row, 'create')
    const answer = await work.call(serverAttachVolumes, { attachments }, key)
    const [attachment] = answer.attachments
    return attachment ? standing(attachment) : { state: 'failed', reason: 'Nothing was attached.' }
  }),
  poll: each(async (work, row) =>
    standing(await work.call(attachmentGet, { id: row.physicalId ?? '' })),
  ),
  recover: async (_work, _row, answer) => {
    const list = isJsonMap(answer) ? answer['attachments'] : undefined
    const first = isJsonList(list) ? list[0] : undefined
    const id = isJsonMap(first) ? first['id'] : undefined
    return typeof id === 'string' ? id : null
  },
  vacate: async (work, before, after) => {
    if (useOf(before).volumeId !== textOf(after.target ?? {}, 'volume_id')) return true
    const left = await detach(work, [before])
    return left.get(before.id)?.state === 'done'
  },
  remove: detach,
}

/** Takes volumes from their servers, and sees to it that they are free. */
async function detach(
  work: ResourceWork,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const uses = new Map(rows.map((row) => [row.physicalId ?? '', useOf(row)]))
  const one = removalUntilGone(
    async (inner, id) => (await inner.call(attachmentGet, { id })).status === 'detaching',
    (inner, id, key) => {
      const attachments = [uses.get(id) ?? { serverId: '', volumeId: '' }]
      return inner.call(serverDetachVolumes, { attachments }, key)
    },
  )
  return one(work, rows)
}

interface Use {
  readonly serverId: string
  readonly volumeId: string
}

function usedBy(properties: JsonMap): Use {
  return {
    serverId: textOf(properties, 'instance_uuid') ?? '',
    volumeId: textOf(properties, 'volume_id') ?? '',
  }
}

function useOf(row: StackResource): Use {
  return usedBy(row.properties ?? row.target ?? {})
}

function standing({ id, status }: AnswerOf<typeof attachmentGet>): Result {
  if (status.startsWith('error')) {
    return { state: 'failed', reason: `The attachment is in ${status}.`, physicalId: id }
  }
  return { state: status === 'attached' ? 'done' : 'pending', physicalId: id }
}
