import {
  CloudError,
  type InputOf,
  type serverList,
  type serverSortKeys,
  type ServerStatus,
  serverStatuses,
} from '@nephos/core'

type ListInput = InputOf<typeof serverList>
type SortKey = (typeof serverSortKeys)[number]
type Query = Readonly<Record<string, string | readonly string[]>>

/** Who asks, in which version. */
export interface Asker {
  readonly version: number
  readonly isOperator: boolean
}

/** What a list is to be: undefined = no server can be in it. */
export type ServerFilter = Omit<ListInput, 'limit' | 'marker'> | undefined

/** Filters that this interface knows; before 2.75 others are passed over. */
const known: ReadonlySet<string> = new Set([
  ...['access_ip_v4', 'access_ip_v6', 'all_tenants', 'auto_disk_config', 'availability_zone'],
  ...['changes-before', 'changes-since', 'config_drive', 'created_at', 'deleted', 'description'],
  ...['flavor', 'host', 'hostname', 'image', 'ip', 'ip6', 'kernel_id', 'key_name', 'launch_index'],
  ...['launched_at', 'limit', 'locked', 'locked_by', 'marker', 'name', 'node', 'not-tags'],
  ...['not-tags-any', 'power_state', 'progress', 'project_id', 'ramdisk_id', 'reservation_id'],
  ...['root_device_name', 'soft_deleted', 'sort_dir', 'sort_key', 'status', 'tags', 'tags-any'],
  ...['task_state', 'tenant_id', 'terminated_at', 'user_id', 'uuid', 'vm_state'],
])

/**
 * The filter and order that a query asks for.
 *
 * @throws CloudError `invalid` for what is malformed, `forbidden` for what is administrators'.
 */
export function serverFilter(query: Query, asker: Asker): ServerFilter {
  const { version, isOperator } = asker
  const one = (name: string): string | undefined => [query[name] ?? []].flat()[0]
  if (version >= 75) refuseUnknown(query)
  const deleted = one('deleted')
  if (deleted !== undefined && isOperator && isTrue('deleted', deleted)) return undefined
  const statuses = statusesOf([query['status'] ?? []].flat(), isOperator)
  if (statuses?.length === 0) return undefined
  const locked = version >= 73 ? one('locked') : undefined
  const ip6 = isOperator || version >= 5 ? one('ip6') : undefined
  const filter = {
    namePattern: one('name'),
    statuses,
    imageId: one('image'),
    flavorId: one('flavor'),
    zone: one('availability_zone'),
    addressPattern: one('ip') ?? ip6,
    batchId: one('reservation_id'),
    hostname: version >= 90 || isOperator ? one('hostname') : undefined,
    description: one('description'),
    userId: isOperator || version >= 83 ? one('user_id') : undefined,
    changedFrom: timeOf('changes-since', one('changes-since')),
    changedTo: version >= 66 ? timeOf('changes-before', one('changes-before')) : undefined,
    locked: locked === undefined ? undefined : isTrue('locked', locked),
    ...(version >= 26 && tagsOf(one)),
  }
  requireOrder(filter)
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), ...orderOf(query, isOperator) }
}

/** Whether servers of all projects are asked for. */
export function asksForAll(query: Query): boolean {
  const [text] = [query['all_tenants'] ?? []].flat()
  return text !== undefined && (text === '' || isTrue('all_tenants', text))
}

function refuseUnknown(query: Query): void {
  const unknown = Object.keys(query).find((name) => !known.has(name))
  if (unknown === undefined) return
  throw new CloudError('invalid', `Additional properties are not allowed (${unknown}).`, {
    field: unknown.slice(0, 64),
  })
}

function statusesOf(texts: readonly string[], isOperator: boolean): ServerStatus[] | undefined {
  if (texts.length === 0) return undefined
  const wanted = new Set(texts.map((text) => text.toUpperCase()))
  if (wanted.has('DELETED') && !isOperator) {
    throw new CloudError('forbidden', 'Only administrators list deleted servers.', {
      field: 'status',
    })
  }
  return serverStatuses.filter((status) => wanted.has(status))
}

function isTrue(name: string, text: string): boolean {
  const value = text.toLowerCase()
  if (['true', '1', 'yes', 'on', 't', 'y'].includes(value)) return true
  if (['false', '0', 'no', 'off', 'f', 'n'].includes(value)) return false
  throw new CloudError('invalid', `${name}: is neither true nor false.`, { field: name })
}

const isoTime =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** @throws CloudError `invalid` for what is no time of ISO 8601. */
export function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) ? text : `${text}Z`
  const at = isoTime.test(text)
    ? Date.parse(text.length === 10 ? text : zoned.replace(' ', 'T'))
    : NaN
  if (!Number.isNaN(at)) return at
  throw new CloudError('invalid', `${name}: is no time of ISO 8601.`, { field: name })
}

function requireOrder(filter: {
  readonly changedFrom: number | undefined
  readonly changedTo: number | undefined
}): void {
  const { changedFrom = -Infinity, changedTo = Infinity } = filter
  if (changedFrom <= changedTo) return
  throw new CloudError('invalid', 'changes-since: is later than changes-before.', {
    field: 'changes-since',
  })
}

function tagsOf(one: (name: string) => string | undefined): Partial<ListInput> {
  const list = (name: string): string[] | undefined => one(name)?.split(',')
  const tags = {
    allTags: list('tags'),
    anyTags: list('tags-any'),
    notAllTags: list('not-tags'),
    notAnyTags: list('not-tags-any'),
  }
  const given = Object.entries(tags).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}

const sortKeys: Readonly<Record<string, SortKey>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  launched_at: 'launchedAt',
  display_name: 'name',
  display_description: 'description',
  hostname: 'hostname',
  vm_state: 'vmState',
  task_state: 'task',
  availability_zone: 'zone',
  image_ref: 'imageId',
  instance_type_id: 'flavorId',
  user_id: 'userId',
  project_id: 'projectId',
  uuid: 'id',
}
const operatorSortKeys: Readonly<Record<string, SortKey>> = { host: 'hostId', node: 'hostId' }

/** Newest first, which needs no sorting; anything else is sorted. */
function orderOf(query: Query, isOperator: boolean): Pick<ListInput, 'reverse' | 'sort'> {
  const keys = [query['sort_key'] ?? []].flat()
  const directions = [query['sort_dir'] ?? []].flat()
  const wrong = directions.find((text) => text !== 'asc' && text !== 'desc')
  if (wrong !== undefined) {
    throw new CloudError('invalid', 'sort_dir: is asc or desc.', { field: 'sort_dir' })
  }
  if (keys.length === 0) return { reverse: directions[0] !== 'asc' }
  const sort = keys.map((text, at) => {
    const own = Object.hasOwn(sortKeys, text) ? sortKeys[text] : undefined
    const others = isOperator && Object.hasOwn(operatorSortKeys, text)
    const key = own ?? (others ? operatorSortKeys[text] : undefined)
    if (key === undefined) {
      throw new CloudError('invalid', `sort_key: servers are not sorted by ${text.slice(0, 64)}.`, {
        field: 'sort_key',
      })
    }
    return { key, descending: (directions[at] ?? directions.at(-1)) !== 'asc' }
  })
  const [first] = sort
  // Ids are made in the order of time.
  if (sort.length === 1 && first?.key === 'createdAt') return { reverse: first.descending }
  return { sort }
}
