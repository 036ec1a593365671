import { EngineError } from '../errors.ts'
import type { Frame } from '../kernel.ts'
import type { FleetTier } from './api.ts'
import { checkTemplate } from './check-ask.ts'
import { refuse } from './check.ts'
import { Columns } from './columns.ts'
import type { Registry } from './groups.ts'
import type { Kind } from './kinds.ts'
import { makeKernel, runsTier } from './make-kernel.ts'
import { corrupt } from './corrupt.ts'
import { FleetState } from './state.ts'
import { SlotCounts } from './slot-counts.ts'
import type { TemplateAsk } from './template.ts'

const labelNames = ['classes', 'zones', 'racks', 'traits', 'aggregates', 'models'] as const

interface SignatureContent {
  readonly enabled: boolean
  readonly zone: number
  readonly model: number
  readonly traits: readonly number[]
  readonly aggregates: readonly number[]
}

/** Members by host, in their order. */
type MembersContent = readonly (readonly [
  name: string,
  slots: readonly number[],
  counts: readonly number[],
])[]

/** What a fleet knows beside its kernel. */
interface Content {
  readonly tier: FleetTier
  readonly frame: Frame
  readonly lifetimeBin: number
  readonly origin: number | null
  readonly columns: readonly number[]
  readonly cellClasses: number
  readonly labels: Readonly<Record<(typeof labelNames)[number], readonly string[]>>
  readonly signatures: readonly SignatureContent[]
  readonly kinds: readonly Kind[]
  readonly kindHosts: readonly number[]
  readonly hosts: readonly (string | null)[]
  readonly templates: readonly (readonly [footprint: number, count: number, ask: TemplateAsk])[]
  readonly groups: MembersContent
  readonly apps: MembersContent
  readonly limits: readonly (readonly [app: string, other: string, max: number])[]
  readonly isolation: readonly (readonly [aggregate: number, tenants: readonly string[]])[]
  readonly typical: readonly (readonly [ask: TemplateAsk, weight: number, count: number])[]
  readonly demand: {
    readonly learning: boolean
    readonly total: number
    readonly next: number
    readonly counts: readonly (readonly [ask: TemplateAsk, count: number])[]
  }
}

export function contentOf(state: FleetState): Content {
  const { labels, kinds, hosts, columns, footprints, apps } = state
  return {
    tier: state.tier,
    frame: state.frame,
    lifetimeBin: state.lifetimeBin,
    origin: state.origin ?? null,
    columns: Array.from({ length: columns.size }, (_, column) => columns.at(column)),
    cellClasses: columns.cellClasses,
    labels: {
      classes: labels.classes.all(),
      zones: labels.zones.all(),
      racks: labels.racks.all(),
      traits: labels.traits.all(),
      aggregates: labels.aggregates.all(),
      models: labels.models.all(),
    },
    signatures: kinds.signatures.map(({ traits, aggregates, ...rest }) => ({
      ...rest,
      traits: [...traits],
      aggregates: [...aggregates],
    })),
    kinds: Array.from({ length: kinds.size }, (_, kind) => kinds.at(kind)),
    kindHosts: kinds.hosts,
    hosts: Array.from({ length: hosts.slots }, (_, slot) => hosts.idOf(slot) ?? null),
    templates: footprints.all().map(({ footprint, ask }) => {
      return [footprint, footprints.countOf(footprint), ask] as const
    }),
    groups: membersOf(state.groups),
    apps: membersOf(apps),
    limits: state.limits.all().map(({ app, other, max }) => {
      return [apps.nameOf(app), apps.nameOf(other), max] as const
    }),
    isolation: [...state.isolation].map(
      ([aggregate, tenants]) => [aggregate, [...tenants]] as const,
    ),
    typical: state.typical.map(({ template, weight, count }) => {
      return [template.ask, weight, count] as const
    }),
    demand: demandOf(state),
  }
}

function demandOf({ demand }: FleetState): Content['demand'] {
  const { total, next, counts } = demand.content
  return {
    learning: demand.learning,
    total,
    next,
    counts: counts.map(({ template, count }) => [template.ask, count] as const),
  }
}

function membersOf(registry: Registry): MembersContent {
  return registry.all().map(([name, { hosts }]) => {
    const indexes = Array.from({ length: hosts.size }, (_, index) => index)
    return [name, indexes.map((at) => hosts.slotAt(at)), indexes.map((at) => hosts.countAt(at))]
  })
}

/**
 * A fleet of the tier that is wanted, if a kernel of it reads what the one that was saved wrote;
 * else of the tier that it was saved from.
 *
 * @throws EngineError `corrupt` for what no fleet writes, `invalid` where its tier does not run.
 */
export function stateFrom(content: unknown, kernel: Uint8Array, wanted: FleetTier): FleetState {
  try {
    return load(content as Content, kernel, wanted)
  } catch (error) {
    if (error instanceof EngineError && error.field === 'tier') throw error
    if (error instanceof EngineError && error.code === 'corrupt') throw error
    const broken = corrupt('does not hold together', 'content')
    broken.cause = error
    throw broken
  }
}

function load(content: Content, kernel: Uint8Array, wanted: FleetTier): FleetState {
  // Both modules lay out their memory alike: one reads that of the other, ties included.
  const alike = content.tier !== 'typescript' && wanted !== 'typescript'
  const tier = alike ? wanted : content.tier
  if (!runsTier(tier)) refuse('this runtime cannot run that of the snapshot', 'tier', wanted)
  const state = new FleetState(tier, content.lifetimeBin)
  state.origin = content.origin ?? undefined
  for (const name of labelNames)
    for (const each of content.labels[name]) state.labels[name].intern(each)
  loadKinds(state, content)
  state.columns = new Columns(content.columns, content.cellClasses)
  state.kernel = makeKernel(tier, content.frame)
  state.kernel.restore(kernel)
  state.kernel.clearMarks()
  state.epoch++
  state.hosts.reserve(content.hosts.length)
  for (const [slot, id] of content.hosts.entries()) if (id !== null) state.hosts.put(slot, id)
  state.hosts.end(content.hosts.length)
  for (const [footprint, count, ask] of content.templates) {
    checkTemplate(ask)
    if (count === 0) state.kernel.dropFootprint(footprint)
    else state.footprints.bind(state.templates.detached(ask), footprint)
  }
  for (const [footprint, count] of content.templates) {
    if (count > 0) state.footprints.add(footprint, count)
  }
  loadMembers(state.groups, content.groups)
  loadMembers(state.apps, content.apps)
  for (const [app, other, max] of content.limits) {
    state.limits.set(state.apps.hold(app), state.apps.hold(other), max)
  }
  for (const [aggregate, tenants] of content.isolation) {
    state.isolation.set(aggregate, new Set(tenants))
  }
  const typical = content.typical.map(([ask, weight, count]) => ({
    template: state.templates.of(ask),
    weight,
    count,
  }))
  state.setTypical(typical)
  const { demand } = content
  state.demand.learning = demand.learning
  const counts = demand.counts.map(([ask, count]) => {
    return { template: state.templates.of(ask), count }
  })
  state.demand.restore(demand.total, demand.next, counts)
  return state
}

function loadKinds({ kinds }: FleetState, content: Content): void {
  for (const { traits, aggregates, ...rest } of content.signatures) {
    const sorted = [rest.enabled, rest.zone, rest.model, traits.join(), aggregates.join()]
    kinds.internSignature(sorted.join('|'), () => ({
      ...rest,
      traits: new Set(traits),
      aggregates: new Set(aggregates),
    }))
  }
  for (const [number, kind] of content.kinds.entries()) {
    const key = ({ names, amounts }: Kind['capacity']): string =>
      `${names.join()}=${amounts.join()}`
    const parts = [kind.signature, kind.rack, kind.devices, key(kind.capacity)]
    kinds.intern([...parts, kind.cells.map(key).join('/')].join('|'), () => kind)
    kinds.hosts[number] = content.kindHosts[number] as number
  }
}

function loadMembers(registry: Registry, members: MembersContent): void {
  for (const [name, slots, counts] of members) {
    const number = registry.find(name)
    if (number < 0) throw corrupt('names a group of nobody', name)
    const hosts = new SlotCounts()
    for (const [index, slot] of slots.entries()) hosts.add(slot, counts[index] as number)
    registry.of(number).replace(hosts)
  }
}
