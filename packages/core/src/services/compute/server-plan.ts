import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Aggregate, aggregateKind } from '../../model/compute/aggregate.ts'
import type { PlacementPolicy } from '../../model/compute/placement-policy.ts'
import type { ServerBatch, ServerDemand } from '../../model/compute/server-batch.ts'
import type { ServerFlavor } from '../../model/compute/server.ts'
import { type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import { limits } from '../../base/limits.ts'
import type { GroupRule, PlacementAsk } from '../../ports/scheduler.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { requireUsableImage } from '../image/usable.ts'
import { flavorDemand, requireFlavor } from './flavor.ts'
import { requireKeyPair } from './key-pair.ts'
import { groupRule } from './server-group.ts'
import type { ServerCreateInput } from './server-input.ts'

/** Everything a request for servers names, read and checked; nothing taken yet. */
export interface ServerPlan {
  readonly flavor: ServerFlavor
  readonly demand: ServerDemand
  /** Null: it boots from a volume. */
  readonly imageId: string | null
  readonly keyPair: ServerBatch['keyPair']
  readonly group: ServerGroup | null
  readonly groupRule: GroupRule | null
}

/** Reads what the input names: a constant number of statements, whatever the count. */
export async function planServers(call: Call, input: ServerCreateInput): Promise<ServerPlan> {
  const flavor = await requireFlavor(call, input.flavorId)
  const [image, key, group] = await Promise.all([
    input.imageId === undefined ? undefined : requireUsableImage(call, input.imageId, flavor),
    input.keyName === undefined ? undefined : requireKeyPair(call, input.keyName),
    input.groupId === undefined
      ? undefined
      : fetchOne(call, serverGroupKind, input.groupId, 'groupId'),
  ])
  const { aggregateSpecs, ...demand } = flavorDemand(ownDisk(flavor, image?.id ?? null))
  return {
    flavor: {
      id: flavor.id,
      name: flavor.name,
      vcpus: flavor.vcpus,
      ramMb: flavor.ramMb,
      diskGb: flavor.diskGb,
    },
    demand: { ...demand, memberOf: await aggregatesFor(call, aggregateSpecs) },
    imageId: image?.id ?? null,
    keyPair: key ? { name: key.name, publicKey: key.publicKey } : null,
    group: group ?? null,
    groupRule: group ? await joinableRule(call.kernel, group) : null,
  }
}

/** The flavor as hosts see it: who boots from a volume has no root disk there. */
export function ownDisk<F extends { readonly diskGb: number }>(
  flavor: F,
  imageId: string | null,
): F {
  return imageId === null ? { ...flavor, diskGb: 0 } : flavor
}

/**
 * The rule of a group that servers are to join. One whose members are together has no home while a
 * resize is open between two hosts: wherever the new ones went, its end might part them.
 *
 * @throws CloudError `conflict`.
 */
async function joinableRule(kernel: Kernel, group: ServerGroup): Promise<GroupRule> {
  const rule = await groupRule(kernel, group)
  if (rule.policy !== 'affinity' || rule.members.length < 2) return rule
  throw new CloudError(
    'conflict',
    'groupId: a member is between two hosts; confirm or revert its resize first.',
    { field: 'groupId' },
  )
}

/** For each key = value that a flavor demands: the aggregates whose metadata has it. */
export async function aggregatesFor(
  call: Call,
  specs: Readonly<Record<string, string>>,
): Promise<string[][]> {
  const wanted = Object.entries(specs)
  if (wanted.length === 0) return []
  const sets = aggregateSets(await readAggregates(call.kernel), specs)
  const [key, value] = wanted[sets.findIndex((ids) => ids.length === 0)] ?? []
  if (key === undefined) return sets
  throw new CloudError(
    'noValidHost',
    `No host aggregate has ${key} = ${value}, which the flavor demands.`,
    { field: 'flavorId' },
  )
}

/** The aggregates that conditions of flavors are about: one statement. */
export function readAggregates(kernel: Kernel): Promise<Aggregate[]> {
  return kernel.store.query(aggregateKind, { limit: limits.pageRows })
}

/** For each key = value, the ids of the aggregates whose metadata has it: maybe none. */
export function aggregateSets(
  aggregates: readonly Aggregate[],
  specs: Readonly<Record<string, string>>,
): string[][] {
  return Object.entries(specs).map(([key, value]) =>
    aggregates.filter(({ metadata }) => metadata[key] === value).map(({ id }) => id),
  )
}

/** The question to placement. */
export function placementAsk(
  plan: Pick<ServerPlan, 'demand' | 'groupRule'>,
  wish: {
    min: number
    max: number
    zones: readonly string[]
    policy: PlacementPolicy
    seed: number
  },
): PlacementAsk {
  const { demand } = plan
  return {
    resources: demand.resources,
    requiredTraits: demand.requiredTraits,
    forbiddenTraits: demand.forbiddenTraits,
    memberOf: demand.memberOf,
    min: wish.min,
    max: wish.max,
    policy: wish.policy,
    seed: wish.seed,
    ...(wish.zones.length > 0 ? { zones: wish.zones } : {}),
    ...(plan.groupRule ? { group: plan.groupRule } : {}),
  }
}
