import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { serverBatchKind } from '../../model/compute/server-batch.ts'
import { serverStatus, serverStatuses } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField, nameField, pageFields, tagsField } from '../fields.ts'
import { everyRow, listPage } from '../page.ts'
import { loadServerPorts } from '../network/port-plan.ts'
import { compilePattern } from '../stack/template/pattern.ts'
import { hostnameOf } from './server-view.ts'

/** What servers can be ordered by; nothing comes first where there is nothing. */
export const serverSortKeys = [
  'createdAt',
  'updatedAt',
  'launchedAt',
  'name',
  'hostname',
  'description',
  'vmState',
  'task',
  'zone',
  'hostId',
  'imageId',
  'flavorId',
  'userId',
  'projectId',
  'id',
] as const
type SortKey = (typeof serverSortKeys)[number]

const patternField = z.string().max(limits.nameLength)

/** Which servers a list has, and in which order. */
export const serverQueryFields = {
  batchId: idField.optional(),
  name: nameField.optional(),
  /** A regular expression that some of the name matches. */
  namePattern: patternField.optional(),
  statuses: z.array(z.enum(serverStatuses)).max(serverStatuses.length).optional(),
  imageId: z.string().max(limits.nameLength).optional(),
  flavorId: z.string().max(limits.nameLength).optional(),
  zone: z.string().max(limits.nameLength).optional(),
  userId: z.string().max(limits.nameLength).optional(),
  hostname: z.string().max(limits.nameLength).optional(),
  description: z.string().max(limits.nameLength).optional(),
  locked: z.boolean().optional(),
  /** System scope only. */
  hostId: z.string().max(limits.nameLength).optional(),
  /** A regular expression that some of an address of its ports matches. */
  addressPattern: patternField.optional(),
  /** Milliseconds since the epoch, both inclusive. */
  changedFrom: z.number().optional(),
  changedTo: z.number().optional(),
  allTags: tagsField.optional(),
  anyTags: tagsField.optional(),
  notAllTags: tagsField.optional(),
  notAnyTags: tagsField.optional(),
  /** System scope only: another project's servers. */
  projectId: idField.optional(),
}

export const serverListInput = z.strictObject({
  ...pageFields,
  ...serverQueryFields,
  /** Newest first; not with `sort`. */
  reverse: z.boolean().default(false),
  /** The first decides. Reads all servers that the filters keep: `limits.sortedServers` at most. */
  sort: z
    .array(z.strictObject({ key: z.enum(serverSortKeys), descending: z.boolean() }))
    .max(serverSortKeys.length)
    .optional(),
})
export type ServerListInput = z.infer<typeof serverListInput>

/**
 * One page of servers. Without filters, or by batch, one statement; filters cost a statement for
 * each page of rows that they pass over.
 *
 * @throws CloudError `invalid` for a pattern or marker that is none, or too many to sort.
 */
export async function queryServers(call: Call, input: ServerListInput): Promise<Server[]> {
  const { system, projectId: own } = call.actor
  if (!system && (input.hostId !== undefined || input.projectId !== undefined)) {
    if (input.projectId !== undefined && input.projectId !== own) return []
    if (input.hostId !== undefined) return []
  }
  const projectId = system ? (input.projectId ?? own) : call.projectId
  if (input.batchId !== undefined) await fetchOne(call, serverBatchKind, input.batchId, 'batchId')
  const query = listIndex(input.batchId, projectId)
  const keep = filterOf(input)
  if (input.sort || input.addressPattern !== undefined) {
    return gathered(call, input, query, keep)
  }
  return listPage(call, serverKind, { ...query, reverse: input.reverse }, input, keep)
}

interface IndexQuery {
  readonly index?: string
  readonly equals?: readonly string[]
}

function listIndex(batchId: string | undefined, projectId: string | null): IndexQuery {
  if (batchId !== undefined) return { index: 'byBatch', equals: [batchId] }
  return projectId === null ? {} : { index: 'byProject', equals: [projectId] }
}

/** Those that the filters keep, in the order asked: what no index has. */
async function gathered(
  call: Call,
  input: ServerListInput,
  query: IndexQuery,
  keep: ((server: Server) => boolean) | undefined,
): Promise<Server[]> {
  const found: Server[] = []
  for await (const rows of everyRow(call.kernel, serverKind, query)) {
    const kept = keep ? rows.filter(keep) : rows
    found.push(...(await withAddress(call, kept, input.addressPattern)))
    if (found.length > limits.sortedServers) {
      throw new CloudError('invalid', 'sort: more servers than can be sorted; filter them.', {
        field: 'sort',
        limit: limits.sortedServers,
      })
    }
  }
  const sort = input.sort ?? [{ key: 'id' as const, descending: input.reverse }]
  found.sort((a, b) => compareServers(a, b, sort))
  const { marker } = input
  const before = marker === undefined ? 0 : found.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && before === 0) {
    throw new CloudError('invalid', 'marker: names no item.', { field: 'marker' })
  }
  return found.slice(before, before + input.limit)
}

async function withAddress(
  call: Call,
  servers: readonly Server[],
  source: string | undefined,
): Promise<readonly Server[]> {
  if (source === undefined || servers.length === 0) return servers
  const pattern = compilePattern(`.*(?:${source}).*`, 'addressPattern')
  const ports = await loadServerPorts(
    call.kernel,
    servers.map(({ id }) => id),
  )
  return servers.filter(({ id }) =>
    (ports.get(id) ?? []).some(({ fixedIps }) =>
      fixedIps.some(({ address }) => pattern.matches(address)),
    ),
  )
}

type Predicate = (server: Server) => boolean

/** Undefined: every server. */
function filterOf(input: ServerListInput): Predicate | undefined {
  const tests: Predicate[] = []
  const equal = (key: SortKey | 'locked', wanted: string | boolean | undefined): void => {
    if (wanted !== undefined) tests.push((server) => valueOf(server, key) === wanted)
  }
  equal('name', input.name)
  equal('imageId', input.imageId)
  equal('flavorId', input.flavorId)
  equal('zone', input.zone)
  equal('userId', input.userId)
  equal('hostname', input.hostname)
  equal('description', input.description)
  equal('locked', input.locked)
  equal('hostId', input.hostId)
  if (input.namePattern !== undefined) {
    const pattern = compilePattern(`.*(?:${input.namePattern}).*`, 'namePattern')
    tests.push(({ name }) => pattern.matches(name))
  }
  if (input.statuses) {
    const statuses = new Set<string>(input.statuses)
    tests.push(({ vmState, task }) => statuses.has(serverStatus(vmState, task)))
  }
  const { changedFrom, changedTo } = input
  if (changedFrom !== undefined) tests.push(({ updatedAt }) => updatedAt >= changedFrom)
  if (changedTo !== undefined) tests.push(({ updatedAt }) => updatedAt <= changedTo)
  tests.push(...tagTests(input))
  return tests.length === 0 ? undefined : (server) => tests.every((test) => test(server))
}

function tagTests({ allTags, anyTags, notAllTags, notAnyTags }: ServerListInput): Predicate[] {
  const tests: Predicate[] = []
  const has = (tag: string, { tags }: Server): boolean => tags.includes(tag)
  if (allTags) tests.push((server) => allTags.every((tag) => has(tag, server)))
  if (anyTags) tests.push((server) => anyTags.some((tag) => has(tag, server)))
  if (notAllTags) tests.push((server) => !notAllTags.every((tag) => has(tag, server)))
  if (notAnyTags) tests.push((server) => !notAnyTags.some((tag) => has(tag, server)))
  return tests
}

function valueOf(server: Server, key: SortKey | 'locked'): string | number | boolean | null {
  if (key === 'flavorId') return server.flavor.id
  if (key === 'hostname') return server.hostname ?? hostnameOf(server)
  return server[key] ?? null
}

function compareServers(
  a: Server,
  b: Server,
  sort: readonly { readonly key: SortKey; readonly descending: boolean }[],
): number {
  for (const { key, descending } of sort) {
    const order = compareValues(valueOf(a, key), valueOf(b, key))
    if (order !== 0) return descending ? -order : order
  }
  const isDescending = sort.at(-1)?.descending ?? false
  const order = a.id < b.id ? -1 : 1
  return isDescending ? -order : order
}

type Value = string | number | boolean | null

function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return a < b ? -1 : 1
}
