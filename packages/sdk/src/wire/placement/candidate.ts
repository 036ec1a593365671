import type { CandidatesAnswer, InputOf, candidatesFind } from '@nephos/core'
import { CloudError } from '@nephos/core'
import { badQuery, readMemberOf, readRequired, readResources } from './query.ts'

type Ask = InputOf<typeof candidatesFind>
type Group = Ask['groups'][number]

const nouns = ['resources', 'required', 'member_of', 'in_tree'] as const
type Noun = (typeof nouns)[number]
const sinceOf: Readonly<Record<Noun, number>> = {
  resources: 10,
  required: 17,
  member_of: 21,
  in_tree: 31,
}
const others: Readonly<Record<string, number>> = {
  limit: 16,
  group_policy: 25,
  root_required: 35,
  same_subtree: 36,
}

/**
 * What a query of `/allocation_candidates` asks for.
 *
 * @throws CloudError `invalid` that names the parameter.
 */
export function candidatesAsk(search: URLSearchParams, version: number): Ask {
  const suffixes = new Map<string, Set<Noun>>()
  for (const key of search.keys()) {
    if (version >= (others[key] ?? Infinity)) continue
    const [noun, suffix] = split(key, version)
    suffixes.set(suffix, (suffixes.get(suffix) ?? new Set()).add(noun))
  }
  const groups = [...suffixes.keys()].sort().map((suffix) => groupOf(search, suffix, version))
  const numbered = groups.filter(({ suffix }) => suffix !== '')
  const policy = search.get('group_policy')
  if (policy !== null && policy !== 'none' && policy !== 'isolate') {
    throw badQuery('group_policy', 'is neither none nor isolate.')
  }
  const resourceful = numbered.filter(({ resources }) => resources !== undefined)
  if (resourceful.length > 1 && policy === null) {
    throw badQuery('group_policy', 'is required when more than one suffixed group is requested.')
  }
  const subtrees = search.getAll('same_subtree').map((text) => text.split(','))
  const unknown = subtrees.flat().find((suffix) => !suffixes.has(suffix) || suffix === '')
  if (unknown !== undefined) {
    throw badQuery('same_subtree', `names a suffix that there is not: ${unknown}.`)
  }
  const lonely = numbered.find(
    ({ suffix, resources }) => !resources && !subtrees.some((one) => one.includes(suffix)),
  )
  if (lonely) {
    throw badQuery(
      'resources',
      `All suffixed groups must have resources; ${lonely.suffix} has none.`,
    )
  }
  const rootRequired = search.getAll('root_required')
  if (rootRequired.length > 1) throw badQuery('root_required', 'Duplicate key.')
  const root = readRequired(rootRequired, 'root_required', Math.min(version, 38))
  return {
    groups,
    ...(policy !== null && { groupPolicy: policy }),
    sameSubtree: subtrees,
    rootRequired: root.required.flat(),
    rootForbidden: root.forbidden,
    ...limitOf(search),
  }
}

function split(key: string, version: number): readonly [Noun, string] {
  const suffixes = version >= 33 ? /^[A-Za-z0-9_-]{0,64}$/ : version >= 25 ? /^([1-9]\d*)?$/ : /^$/
  for (const noun of nouns) {
    if (!key.startsWith(noun) || version < sinceOf[noun]) continue
    const suffix = key.slice(noun.length)
    if (suffixes.test(suffix)) return [noun, suffix]
  }
  throw badQuery(key, 'Invalid query string parameters.')
}

function groupOf(search: URLSearchParams, suffix: string, version: number): Group {
  const one = (noun: Noun): string | undefined => {
    const values = search.getAll(`${noun}${suffix}`)
    if (values.length > 1) throw badQuery(`${noun}${suffix}`, 'Duplicate key.')
    return values[0]
  }
  const resources = one('resources')
  const inTree = one('in_tree')
  if (suffix === '' && resources === undefined) {
    throw badQuery('resources', 'All traits and aggregates must be associated with resources.')
  }
  return {
    suffix,
    ...(resources !== undefined && { resources: readResources(resources, `resources${suffix}`) }),
    ...readRequired(search.getAll(`required${suffix}`), `required${suffix}`, version),
    ...readMemberOf(search.getAll(`member_of${suffix}`), `member_of${suffix}`, version),
    ...(inTree !== undefined && { inTree }),
  }
}

const most = 1_000

function limitOf(search: URLSearchParams): { readonly limit?: number } {
  const text = search.get('limit')
  if (text === null) return {}
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new CloudError('invalid', 'limit: is no whole number from 1 on.', { field: 'limit' })
  }
  return { limit: Math.min(Number(text), most) }
}

/** What was found, as Placement shows it. */
export function candidatesBody(answer: CandidatesAnswer, ask: Ask, version: number): object {
  const asked = new Set(ask.groups.flatMap(({ resources }) => Object.keys(resources ?? {})))
  const given = new Set(answer.candidates.flatMap(({ allocations }) => Object.keys(allocations)))
  return {
    allocation_requests: answer.candidates.map(({ allocations, mappings }) => {
      const entries = Object.entries(allocations)
      return {
        allocations:
          version >= 12
            ? Object.fromEntries(entries.map(([id, resources]) => [id, { resources }]))
            : entries.map(([uuid, resources]) => ({ resource_provider: { uuid }, resources })),
        ...(version >= 34 && { mappings }),
      }
    }),
    provider_summaries: Object.fromEntries(
      answer.summaries
        .filter(({ id }) => version >= 29 || given.has(id))
        .map((summary) => [
          summary.id,
          {
            resources: Object.fromEntries(
              Object.entries(summary.inventories)
                .filter(([name]) => version >= 27 || asked.has(name))
                .map(([name, { total, reserved, ratio }]) => [
                  name,
                  {
                    capacity: Math.floor((total - reserved) * ratio),
                    used: summary.used[name] ?? 0,
                  },
                ]),
            ),
            ...(version >= 17 && { traits: summary.traits }),
            ...(version >= 29 && {
              parent_provider_uuid: summary.parentId,
              root_provider_uuid: summary.rootId,
            }),
          },
        ]),
    ),
  }
}
