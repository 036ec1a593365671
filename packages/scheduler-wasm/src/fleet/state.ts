import { type Frame, type Kernel, type PolicyName, policyNames } from '../kernel.ts'
import type { FleetTier } from './api.ts'
import { Columns, frameFor } from './columns.ts'
import { Demand } from './demand.ts'
import { filterOf } from './filter.ts'
import { addFootprint, Footprints, missingOf } from './footprints.ts'
import { Limits, type Members, Registry } from './groups.ts'
import { HostTable } from './host-table.ts'
import { Kinds, Labels } from './kinds.ts'
import { fleetLimits } from './limits.ts'
import { makeKernel } from './make-kernel.ts'
import { Parts } from './parts.ts'
import { Shapes } from './shapes.ts'
import type { Domain, Shape, Template, Typical } from './template.ts'
import { Templates } from './templates.ts'

const noNumbers = new Int32Array(0)
const noHosts: readonly (readonly number[])[] = []

/** Marks that the kernel has. Those of one group are kept from ask to ask. */
export interface Marks {
  /** The group whose marks they are, if they say nothing else, and its version then. */
  readonly members: Members | undefined
  version: number
  /** Of two asks of a group, marks are the same if these are. */
  readonly policy: string
  readonly limit: number
}

/** Weights are what best fit heeds: packing by waste knows none. */
function policyOf({ policy = 'pack', weights }: Template['ask']): PolicyName {
  return policy === 'pack' && weights !== undefined ? 'best-fit' : policy
}

/** Everything that a fleet knows: the kernel, and the names of what the kernel numbers. */
export class FleetState {
  tier: FleetTier
  /** 0: expected ends are not kept. */
  readonly lifetimeBin: number
  /** The time of bin 0, once there is one. */
  origin: number | undefined
  readonly labels = new Labels()
  kinds = new Kinds()
  readonly hosts = new HostTable()
  columns = new Columns()
  kernel: Kernel
  readonly groups = new Registry()
  /** Parts of groups: each is a group of its own that must keep away from the others. */
  readonly parts = new Parts()
  readonly apps = new Registry()
  readonly limits = new Limits()
  readonly isolation = new Map<number, ReadonlySet<string>>()
  readonly footprints: Footprints
  readonly shapes: Shapes
  readonly templates: Templates
  readonly demand = new Demand()
  /** Changes when shapes that were set are not what they should be any more. */
  epoch = 0
  /** What the kernel's marks say, undefined without marks. */
  marks: Marks | undefined
  /** Changes when hosts come, go, or lie elsewhere. */
  layout = 0

  #typical: readonly Typical[] = []
  #typicalSet = false
  /** The epoch at which the kernel was told where typical asks may go. */
  #typicalEpoch = 0
  readonly #domains = { zone: { epoch: -1, of: noNumbers }, rack: { epoch: -1, of: noNumbers } }

  readonly #hostsIn = {
    zone: { layout: -1, hosts: noHosts },
    rack: { layout: -1, hosts: noHosts },
  }

  constructor(tier: FleetTier, lifetimeBin: number) {
    this.tier = tier
    this.lifetimeBin = lifetimeBin
    this.kernel = makeKernel(tier, frameFor(this.columns, 0, 0, lifetimeBin > 0))
    const settle = (template: Template): void => this.#settle(template)
    this.footprints = new Footprints(settle)
    this.shapes = new Shapes(settle)
    this.templates = new Templates({
      holdGroup: (id, part) => this.parts.hold(this.groups, id, part),
      holdApp: (name) => this.apps.hold(name),
      onEvicted: settle,
    })
  }

  get frame(): Frame {
    return this.kernel.frame
  }

  /** The kernel's number of a template's footprint. */
  footprintOf(template: Template): number {
    if (template.footprint < 0) {
      const { kernel, labels, columns } = this
      this.footprints.bind(template, addFootprint(kernel, template, labels.classes, columns))
    }
    return template.footprint
  }

  /** The kernel's shape of a template, set as it should be. */
  shapeOf(template: Template): Shape {
    const { bare } = template
    const shape = bare.shape ?? this.shapes.of(bare)
    shape.recent = true
    if (shape.epoch !== this.epoch) this.#set(shape)
    return shape
  }

  /** The same, bound to one zone or rack. */
  shapeIn(template: Template, domain: Domain): Shape {
    const shape = this.shapes.inDomain(template.bare, domain)
    if (shape.epoch !== this.epoch) this.#set(shape)
    return shape
  }

  /** By kind, the number of its zone or rack, −1 without. */
  domainOf(by: 'zone' | 'rack'): Int32Array {
    const known = this.#domains[by]
    if (known.epoch === this.epoch) return known.of
    const { kinds } = this
    const of = Int32Array.from({ length: kinds.size }, (_, kind) =>
      by === 'zone' ? kinds.signatureOf(kind).zone : kinds.at(kind).rack,
    )
    this.#domains[by] = { epoch: this.epoch, of }
    return of
  }

  /** Instances of a template that each zone or rack takes of it alone, whoever it is for. */
  roomIn(by: 'zone' | 'rack', template: Template): Int32Array {
    const { slot, missing } = this.shapeOf(template)
    const count = this.labels[`${by}s`].size
    if (missing !== undefined) return new Int32Array(count)
    return this.kernel.domains(slot, 2 ** 31 - 1, this.domainOf(by), count, false).room.slice()
  }

  /** Hosts by the number of their zone or rack. */
  hostsIn(by: 'zone' | 'rack'): readonly (readonly number[])[] {
    const known = this.#hostsIn[by]
    if (known.layout === this.layout) return known.hosts
    const hosts: number[][] = this.labels[`${by}s`].all().map(() => [])
    const domainOf = this.domainOf(by)
    for (let slot = 0; slot < this.hosts.slots; slot++) {
      if (this.hosts.idOf(slot) === undefined) continue
      hosts[domainOf[this.kernel.kindOf(slot)] as number]?.push(slot)
    }
    this.#hostsIn[by] = { layout: this.layout, hosts }
    return hosts
  }

  /**
   * The workload for which policies keep what is free of use. Its templates are kept for as long
   * as it is.
   */
  setTypical(typical: readonly Typical[]): void {
    for (const { template } of typical) template.shapes++
    const before = this.#typical
    this.#typical = typical
    this.applyTypical()
    for (const { template } of before) {
      template.shapes--
      this.#settle(template)
    }
  }

  get typical(): readonly Typical[] {
    return this.#typical
  }

  /** Tells the kernel; to be done again for another kernel. */
  applyTypical(): void {
    if (this.#typical.length === 0 && !this.#typicalSet) return
    this.#typicalSet = true
    this.#typicalEpoch = this.epoch
    const { kinds, labels, isolation } = this
    const typical = this.#typical
    const filters = new Uint8Array(typical.length * kinds.size)
    if (typical.some(({ template }) => template.ask.devices !== undefined)) {
      for (const [index, { template }] of typical.entries()) {
        const filter = filterOf(template.ask, undefined, kinds, labels, isolation)
        filters.set(filter, index * kinds.size)
      }
    }
    this.kernel.setTypical(
      Int32Array.from(typical, ({ template }) => this.footprintOf(template)),
      Int32Array.from(typical, ({ weight }) => weight),
      Int32Array.from(typical, ({ count }) => count),
      filters,
    )
  }

  clearMarks(): void {
    this.kernel.clearMarks()
    this.marks = undefined
  }

  /** The bin of a time; the first time that is seen begins bin 0. */
  binOf(time: number): number {
    if (this.lifetimeBin === 0) return 0
    if (Number.isFinite(time)) this.origin ??= time
    const bins = Math.floor((time - (this.origin ?? 0)) / this.lifetimeBin)
    return Math.min(65_535, Math.max(0, bins))
  }

  #set(shape: Shape): void {
    const { kernel, kinds, labels, isolation } = this
    const { ask } = shape.template
    // Only this policy heeds where typical asks may go.
    if (ask.policy === 'fragmentation' && this.#typicalEpoch !== this.epoch) this.applyTypical()
    const policy = policyOf(ask)
    const least = policy === 'weighed' ? -fleetLimits.weight : 0
    const weights = new Int8Array(kernel.frame.resources).fill(1)
    for (const [name, weight] of Object.entries(ask.weights ?? {})) {
      const column = this.columns.of(labels.classes.find(name))
      if (column >= 0) weights[column] = Math.max(least, weight)
    }
    shape.filter = filterOf(ask, shape.domain, kinds, labels, isolation)
    kernel.setShape(shape.slot, {
      footprint: this.footprintOf(shape.template),
      policy: policyNames.indexOf(policy),
      weights,
      filter: shape.filter,
    })
    shape.missing = missingOf(shape.template, labels.classes, this.columns, kernel.frame)
    shape.epoch = this.epoch
  }

  /** Forgets a template's numbers once nothing has them. */
  #settle(template: Template): void {
    if (template.cached || template.shapes > 0) return
    if (this.footprints.countOf(template.footprint) > 0) return
    if (template.footprint >= 0) {
      this.kernel.dropFootprint(template.footprint)
      this.footprints.unbind(template)
    }
    if (template.group >= 0) this.parts.letGo(this.groups, template.group, template.ask.group)
    if (template.app >= 0) this.apps.letGo(template.app)
  }
}
