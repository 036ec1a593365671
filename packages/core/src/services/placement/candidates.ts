import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { type Provider, providerKind } from '../../model/placement/provider.ts'
import type { InstanceAsk } from '../../ports/scheduler.ts'
import type { Call } from '../call.ts'
import { groupBy } from '../compute/host-counters.ts'
import { traitsField } from '../compute/host-inventory.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import {
  type Budget,
  type Candidate,
  type CandidateAsk,
  type CandidateGroup,
  searchTree,
} from './candidate-search.ts'
import { aggregatesField, anyOfAggregates, anyOfTraits, resourcesField } from './fields.ts'
import { requireClassNames, requireTraitNames } from './names.ts'
import {
  asProvider,
  hostAsProvider,
  type ProviderView,
  readProviders,
  readTree,
  readUse,
} from './view.ts'

const suffixField = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]*$/, 'is not a suffix')

const groupField = z
  .strictObject({
    suffix: suffixField,
    resources: resourcesField.optional(),
    required: anyOfTraits.default([]),
    forbidden: traitsField.default([]),
    memberOf: anyOfAggregates.default([]),
    notMemberOf: aggregatesField.default([]),
    inTree: idField.optional(),
  })
  .refine((group) => group.resources !== undefined || group.suffix !== '', 'asks for no resources')

const candidatesInput = z.strictObject({
  groups: z
    .array(groupField)
    .min(1)
    .max(limits.candidateGroups)
    .refine(
      (groups) => new Set(groups.map(({ suffix }) => suffix)).size === groups.length,
      'has a suffix twice',
    )
    .refine((groups) => groups.some(({ resources }) => resources), 'ask for no resources'),
  groupPolicy: z.enum(['none', 'isolate']).default('none'),
  sameSubtree: z.array(z.array(suffixField).min(1).max(limits.candidateGroups)).max(16).default([]),
  rootRequired: traitsField.default([]),
  rootForbidden: traitsField.default([]),
  limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
})

/** A provider of a tree of which a candidate takes something. */
export interface ProviderSummary extends ProviderView {
  readonly used: Readonly<Record<string, number>>
}

export interface CandidatesAnswer {
  readonly candidates: readonly Candidate[]
  readonly summaries: readonly ProviderSummary[]
}

/**
 * Where an ask could be met now; nothing is reserved. Hosts that take nothing new are left out, as
 * they are when servers are placed. The search is bounded: by the candidates asked for, by the
 * trees of providers that are no hosts (`limits.candidateProviders`), and by its steps.
 *
 * @throws CloudError `invalid` for lists of any-of traits that are too many together.
 */
export const candidatesFind = defineOperation({
  id: 'placement.candidates.find',
  summary: 'Finds providers that could give the resources asked for.',
  policy: { scope: 'system', role: 'reader' },
  mutates: false,
  input: candidatesInput,
  run: async (call, input): Promise<CandidatesAnswer> => {
    const ask: CandidateAsk = {
      ...input,
      groups: input.groups.map((group) => ({ ...group, resources: group.resources ?? {} })),
    }
    await requireNames(call.kernel, ask)
    const trees = await candidateTrees(call, ask, input.limit)
    const use = await readUse(call.kernel, trees.flat())
    const budget: Budget = { steps: limits.candidateSteps, candidates: input.limit }
    const candidates: Candidate[] = []
    const summaries: ProviderSummary[] = []
    for (const tree of trees) {
      const found = searchTree(tree, use, ask, budget)
      if (found.length === 0) continue
      candidates.push(...found)
      for (const view of tree) {
        const used = Object.fromEntries(use.get(view.id) ?? [])
        summaries.push({ ...view, used })
      }
    }
    return { candidates, summaries }
  },
})

async function requireNames(kernel: Kernel, ask: CandidateAsk): Promise<void> {
  const { groups, rootRequired, rootForbidden } = ask
  const traits = groups.flatMap(({ required, forbidden }) => [...required.flat(), ...forbidden])
  const classes = groups.flatMap(({ resources }) => Object.keys(resources))
  await requireTraitNames(kernel, [...traits, ...rootRequired, ...rootForbidden], 'required')
  await requireClassNames(kernel, classes, 'resources')
}

/** Trees in which the ask may be met: hosts that the engine finds, and trees of other providers. */
async function candidateTrees(
  call: Call,
  ask: CandidateAsk,
  limit: number,
): Promise<ProviderView[][]> {
  const { kernel } = call
  const inTree = ask.groups.find((group) => group.inTree !== undefined)?.inTree
  if (inTree !== undefined) {
    const [member] = await readProviders(kernel, [inTree])
    const tree = member ? await readTree(kernel, member.rootId) : []
    return isOpen(tree[0]) ? [tree] : []
  }
  const others = await treesOfOthers(call)
  const inTrees = new Set(others.map(([root]) => root?.id))
  const hosts = await hostsThatFit(kernel, ask, limit)
  const plain = hosts.filter(({ id }) => !inTrees.has(id)).map((host) => [hostAsProvider(host)])
  return [...plain, ...others]
}

function isOpen(root: ProviderView | undefined): boolean {
  return root !== undefined && !(root.isHost && root.traits.includes('COMPUTE_STATUS_DISABLED'))
}

async function treesOfOthers(call: Call): Promise<ProviderView[][]> {
  const { kernel } = call
  const rows: Provider[] = []
  for (let after: Provider | undefined; rows.length < limits.candidateProviders;) {
    const page: Provider[] = await kernel.store.query(providerKind, {
      index: 'byRoot',
      limit: limits.pageRows,
      ...(after && { after }),
    })
    rows.push(...page)
    after = page.at(-1)
    if (page.length < limits.pageRows) break
  }
  const trees = [...groupBy(rows, ({ rootId }) => rootId)]
  const hostIds = trees.flatMap(([rootId, members]) =>
    members.some(({ id }) => id === rootId) ? [] : [rootId],
  )
  const hosts = hostIds.length > 0 ? await kernel.store.get(hostKind, hostIds) : []
  const roots = new Map(hosts.flatMap((host) => (host ? [[host.id, host] as const] : [])))
  return trees.flatMap(([rootId, members]): ProviderView[][] => {
    const views = members.map(asProvider)
    const host = roots.get(rootId)
    const own = views.find(({ id }) => id === rootId)
    const root = host ? hostAsProvider(host) : own
    if (!root || !isOpen(root)) return []
    return [[root, ...views.filter(({ id }) => id !== rootId)]]
  })
}

/** Hosts on which all groups together have room: one question to the engine per alternative. */
async function hostsThatFit(kernel: Kernel, ask: CandidateAsk, limit: number): Promise<Host[]> {
  const found = new Set<string>()
  const { groups } = ask
  const exclusive = groups.filter(
    ({ suffix, resources }) => suffix && Object.keys(resources).length,
  )
  if (ask.groupPolicy === 'isolate' && exclusive.length > 1) return []
  const wanted = instanceAsk(kernel, ask)
  for (const requiredTraits of alternatives(groups, ask.rootRequired)) {
    const answer = kernel.fleet.preview({ ...wanted, requiredTraits, min: 1, max: limit })
    if (!answer.ok) continue
    for (const { hostId } of answer.assignments) found.add(hostId)
    if (found.size >= limit) break
  }
  if (found.size === 0) return []
  const hosts = await kernel.store.get(hostKind, [...found].slice(0, limit))
  return hosts.flatMap((host) => (host?.enabled ? [host] : []))
}

function instanceAsk(kernel: Kernel, ask: CandidateAsk): InstanceAsk {
  const resources: Record<string, number> = {}
  for (const group of ask.groups) {
    for (const [name, amount] of Object.entries(group.resources))
      resources[name] = (resources[name] ?? 0) + amount
  }
  return {
    resources,
    forbiddenTraits: [
      ...new Set([...ask.groups.flatMap(({ forbidden }) => forbidden), ...ask.rootForbidden]),
    ],
    memberOf: ask.groups.flatMap(({ memberOf }) => memberOf),
    notMemberOf: [...new Set(ask.groups.flatMap(({ notMemberOf }) => notMemberOf))],
    // One of each host, so that each is a candidate of its own.
    group: { policy: 'anti-affinity', members: [] },
    policy: kernel.settings.policy,
    seed: 0,
  }
}

/** Sets of traits, of which a host is to have one: the product of the any-of lists. */
function alternatives(groups: readonly CandidateGroup[], fixed: readonly string[]): string[][] {
  let sets: string[][] = [[...fixed]]
  for (const any of groups.flatMap(({ required }) => required)) {
    sets = sets.flatMap((set) => any.map((name) => (set.includes(name) ? set : [...set, name])))
    if (sets.length <= limits.candidateAlternatives) continue
    throw new CloudError('invalid', 'required: too many combinations of traits.', {
      field: 'groups',
      limit: limits.candidateAlternatives,
    })
  }
  return sets
}
