import { limits } from '../../../base/limits.ts'
import { type Share, shareAccessTypes, shareProtocols } from '../../../model/share/share.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import {
  canonicalAddress,
  shareAccessCreate,
  shareAccessDelete,
  shareAccessList,
} from '../../share/access.ts'
import {
  shareCreate,
  shareDelete,
  shareExtend,
  shareGet,
  shareShrink,
  shareUpdate,
} from '../../share/share.ts'
import { each } from './each.ts'
import { removalUntilGone } from './leaving.ts'
import { stringMap } from './nova-server-create.ts'
import { listOf, mapOf, numberOf, present, type PropertySpecs, textOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const properties: PropertySpecs = {
  share_protocol: { type: 'string', required: true, allowed: [...shareProtocols] },
  /** GiB. */
  size: { type: 'integer', required: true, min: 1, max: limits.shareGb, updatable: true },
  name: { type: 'string', updatable: true, max: limits.nameLength },
  description: { type: 'string', updatable: true, max: limits.descriptionLength },
  snapshot: { type: 'string' },
  metadata: { type: 'map', default: {}, updatable: true, max: limits.metadataItems },
  access_rules: {
    type: 'list',
    default: [],
    updatable: true,
    max: limits.shareChildren,
    items: {
      type: 'map',
      members: {
        access_to: { type: 'string', required: true },
        access_type: { type: 'string', required: true, allowed: [...shareAccessTypes] },
        access_level: { type: 'string', default: 'rw', allowed: ['rw', 'ro'] },
      },
    },
  },
}

/** A file system that servers mount, with those who may. */
export const manilaShare: ResourceType = {
  name: 'OS::Manila::Share',
  summary: 'A share that servers mount, and who may.',
  properties,
  attributes: {
    export_locations: 'Where it is mounted from.',
    name: 'Its name.',
    size: 'Its size in GiB.',
    share_protocol: 'How it is mounted.',
    status: 'Its status when it was last looked at.',
  },
  create: each(async (work, row) => {
    const wanted = row.target ?? {}
    const input = present({
      ...labelsOf(work, row),
      protocol: textOf(wanted, 'share_protocol') as Share['protocol'],
      sizeGb: numberOf(wanted, 'size') ?? 1,
      snapshotId: textOf(wanted, 'snapshot'),
    })
    const share = await work.call(shareCreate, input, work.keyOf(row, 'create'))
    return { state: 'pending', physicalId: share.id }
  }),
  update: each(async (work, row) => {
    const input = { id: row.physicalId ?? '', ...labelsOf(work, row) }
    await work.call(shareUpdate, input, work.keyOf(row, 'labels'))
    return { state: 'pending' }
  }),
  poll: each(converge),
  verify: each(async (work, row) => standing(await get(work, row.physicalId ?? ''))),
  remove: removalUntilGone(
    async (work, id) => (await get(work, id)).status === 'deleting',
    (work, id, key) => work.call(shareDelete, { id }, key),
  ),
}

function get(work: ResourceWork, id: string): Promise<Share> {
  return work.call(shareGet, { id })
}

function labelsOf(
  work: ResourceWork,
  row: StackResource,
): {
  readonly name: string
  readonly description?: string
  readonly metadata: Record<string, string>
} {
  const wanted = row.target ?? {}
  const name = textOf(wanted, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`
  return present({
    name: name.slice(0, limits.nameLength),
    description: textOf(wanted, 'description'),
    metadata: stringMap(mapOf(wanted, 'metadata') ?? {}),
  })
}

function standing(share: Share): Result {
  const { id, name, sizeGb, protocol, status, exportLocations } = share
  if (status.includes('error')) {
    return { state: 'failed', reason: `The share is in ${status}.`, physicalId: id }
  }
  if (status !== 'available') return { state: 'pending', physicalId: id }
  const attributes: JsonMap = {
    ...{ name, status, size: sizeGb },
    share_protocol: protocol,
    export_locations: exportLocations,
  }
  return { state: 'done', physicalId: id, attributes }
}

/** The next thing that brings a share to what it is to be: asked again whenever it is at rest. */
async function converge(work: ResourceWork, row: StackResource): Promise<Result> {
  const share = await get(work, row.physicalId ?? '')
  const result = standing(share)
  if (result.state !== 'done') return result
  const wanted = row.target ?? {}
  const sizeGb = numberOf(wanted, 'size') ?? share.sizeGb
  if (sizeGb !== share.sizeGb) {
    const resize = sizeGb > share.sizeGb ? shareExtend : shareShrink
    await work.call(resize, { id: share.id, sizeGb }, work.keyOf(row, 'resize'))
    return { state: 'pending' }
  }
  return (await changedRules(work, row, share.id, wanted)) ?? result
}

/** The first change that the rules need; undefined when they are as they are to be. */
async function changedRules(
  work: ResourceWork,
  row: StackResource,
  shareId: string,
  wanted: JsonMap,
): Promise<Result | undefined> {
  const rules = await work.call(shareAccessList, { shareId })
  const broken = rules.find(({ state }) => state === 'error')
  if (broken) return { state: 'failed', reason: `The rule for ${broken.to} is in error.` }
  const asked = new Map(
    (listOf(wanted, 'access_rules') ?? []).map((item) => {
      const rule = ruleOf(item as JsonMap)
      return [nameOf(rule), rule] as const
    }),
  )
  const known = new Set(rules.map(nameOf))
  const surplus = rules.filter((rule) => !asked.has(nameOf(rule)))
  const missing = [...asked].filter(([name]) => !known.has(name))
  for (const { id, state } of surplus) {
    if (state === 'queued_to_deny') continue
    await work.call(shareAccessDelete, { id }, work.keyOf(row, `deny ${id}`))
  }
  // One who has another rule is asked for again once that is gone.
  const leaving = new Set(surplus.map(({ type, to }) => `${type} ${to}`))
  for (const [name, rule] of missing) {
    if (leaving.has(`${rule.type} ${rule.to}`)) continue
    await work.call(shareAccessCreate, { shareId, ...rule }, work.keyOf(row, `allow ${name}`))
  }
  const isSettled = rules.every(({ state }) => state === 'active')
  return surplus.length + missing.length === 0 && isSettled ? undefined : { state: 'pending' }
}

interface Rule {
  readonly type: (typeof shareAccessTypes)[number]
  readonly to: string
  readonly level: 'rw' | 'ro'
}

function ruleOf(item: JsonMap): Rule {
  const type = textOf(item, 'access_type') as Rule['type']
  const to = textOf(item, 'access_to') ?? ''
  const level = textOf(item, 'access_level') === 'ro' ? 'ro' : 'rw'
  return { type, to: type === 'ip' ? canonicalAddress(to) : to, level }
}

function nameOf({ type, to, level }: Rule): string {
  return `${type} ${to} ${level}`
}
