import { limits } from '../../../base/limits.ts'
import { containerFormats, diskFormats, imageKind } from '../../../model/image/image.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { imageDelete } from '../../image/delete.ts'
import { imageCreate, imageGet, imageUpdate } from '../../image/image.ts'
import { imageImport } from '../../image/import.ts'
import type { AnswerOf } from '../../operation.ts'
import { each, removal } from './each.ts'
import { stringMap } from './nova-server-create.ts'
import { flagOf, mapOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

/** An image that the cloud fetches itself from where it is published. */
export const glanceWebImage: ResourceType = {
  name: 'OS::Glance::WebImage',
  summary: 'An image that is fetched from the web.',
  properties: {
    name: { ...text, max: limits.nameLength, updatable: true },
    location: { ...text, required: true },
    disk_format: { ...text, required: true, allowed: diskFormats },
    container_format: { ...text, required: true, allowed: containerFormats },
    min_disk: { type: 'integer', default: 0, min: 0, updatable: true },
    min_ram: { type: 'integer', default: 0, min: 0, updatable: true },
    protected: { type: 'boolean', default: false, updatable: true },
    visibility: {
      ...text,
      default: 'private',
      allowed: ['public', 'private', 'community', 'shared'],
      updatable: true,
    },
    tags: { type: 'list', items: text, default: [], max: limits.tags, updatable: true },
    architecture: { ...text, updatable: true },
    os_distro: { ...text, updatable: true },
    os_version: { ...text, updatable: true },
    extra_properties: { type: 'map', default: {}, max: limits.metadataItems, updatable: true },
  },
  attributes: { status: 'Its status when it was last looked at.' },
  create: each(async (work, row) => {
    const given = row.target as JsonMap
    const image = await work.call(
      imageCreate,
      present({
        ...fieldsOf(given),
        name: textOf(given, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`,
        diskFormat: textOf(given, 'disk_format') as (typeof diskFormats)[number],
        containerFormat: textOf(given, 'container_format') as (typeof containerFormats)[number],
      }),
      work.keyOf(row, 'create'),
    )
    const method = { name: 'web-download', uri: textOf(given, 'location') as string } as const
    if (image.status === 'queued') {
      await work.call(imageImport, { id: image.id, method }, work.keyOf(row, 'import'))
    }
    return { state: 'pending', physicalId: image.id }
  }),
  poll: each(async (work, row) => {
    const image = await work.call(imageGet, { id: row.physicalId ?? '' })
    const [kept] = await work.kernel.store.get(imageKind, [image.id])
    if (kept?.importFailed) return { state: 'failed', reason: 'It could not be fetched.' }
    const given = row.target ?? {}
    const isLate = image.status === 'active' && flagOf(given, 'protected') === true
    if (!isLate || image.protected) return standing(image)
    // Only now: one that is being fetched, and fails, must be free to go.
    const fields = { id: image.id, protected: true }
    return standing(await work.call(imageUpdate, fields, work.keyOf(row, 'protect')))
  }),
  update: each(async (work, row) => {
    const { physicalId, target } = row
    const given = target as JsonMap
    const fields = present({
      ...fieldsOf(given),
      id: physicalId ?? '',
      name: textOf(given, 'name'),
      protected: flagOf(given, 'protected'),
    })
    return standing(await work.call(imageUpdate, fields, work.keyOf(row, 'update')))
  }),
  verify: each(async (work, row) =>
    standing(await work.call(imageGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(imageDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}

function fieldsOf(given: JsonMap) {
  const own = ['architecture', 'os_distro', 'os_version'].flatMap((name) => {
    const value = textOf(given, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return present({
    minDiskGb: numberOf(given, 'min_disk'),
    minRamMb: numberOf(given, 'min_ram'),
    visibility: textOf(given, 'visibility') as 'private' | undefined,
    tags: textsOf(given, 'tags'),
    properties: {
      ...stringMap(mapOf(given, 'extra_properties') ?? {}),
      ...Object.fromEntries(own),
    },
  })
}

function standing({ id, status }: AnswerOf<typeof imageGet>): Result {
  if (status === 'active') return { state: 'done', physicalId: id, attributes: { status } }
  const isUnderWay = ['queued', 'importing', 'saving', 'uploading'].includes(status)
  if (isUnderWay) return { state: 'pending', physicalId: id, attributes: { status } }
  return { state: 'failed', reason: `The image is ${status}.`, physicalId: id }
}
