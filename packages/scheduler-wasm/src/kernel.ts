/**
 * What decides, in numbers: the WebAssembly module in both tiers, and the oracle in TypeScript that
 * defines what they do. `Fleet` keeps the names and checks every input; a kernel trusts its caller.
 *
 * A host's state is a row of `width` 32-bit integers: the free amount of each resource class, then
 * of each class in each NUMA cell, then the free units of each device, largest first, then the bin
 * in which its last instance is expected to end. Hosts of one kind in the same state are
 * interchangeable: they form a class, and a decision looks at classes, newest member first.
 */

/** The columns of a fleet. */
export interface Frame {
  /** Resource classes, 1…16. */
  readonly resources: number
  /** The most NUMA cells that a host has, 0…8. */
  readonly cells: number
  /** Classes that every cell has of its own, 0…4; the first so many resource classes. */
  readonly cellClasses: number
  /** The most devices that a host has, 0…16. */
  readonly devices: number
  /** Whether expected ends are kept. */
  readonly lifetimes: boolean
}

/** What one instance takes. */
export interface Footprint {
  /** One amount per resource class of the frame; taken from the host. */
  readonly amounts: Int32Array
  /** Cells that the instance lies in, 0 if it floats; each gives `cellAmounts`. */
  readonly cells: number
  readonly cellAmounts: Int32Array
  /** Devices, and units of each (1…1,000). More than one device: each gives as many. */
  readonly devices: number
  readonly units: number
}

export interface Shape {
  /** What `addFootprint` answered. */
  readonly footprint: number
  /** An index of `policyNames`. */
  readonly policy: number
  /** One weight per resource class: 0…15, with the policy `weighed` −15…15. */
  readonly weights: Int8Array
  /**
   * By kind: a bit for every label constraint that it fails, in the order of explanations; 0 =
   * allowed.
   */
  readonly filter: Uint8Array
}

export const policyNames = [
  'pack',
  'spread',
  'balance',
  'fragmentation',
  'lifetime',
  'best-fit',
  'weighed',
] as const
export type PolicyName = (typeof policyNames)[number]

/** How the instances of one decision are shared out among hosts: fill, level, together. */
export type Sharing = 0 | 1 | 2

/** What goes before the score: nothing, few members first, many members first. */
export type Ranking = 0 | 1 | 2

export interface Decision {
  /** A slot of `setShape`. */
  readonly shape: number
  readonly min: number
  readonly max: number
  /** The most instances of this decision on a host that is not marked; 2³¹−1 = any. */
  readonly limit: number
  readonly sharing: Sharing
  readonly ranking: Ranking
  /** Only marked hosts are candidates. */
  readonly markedOnly: boolean
  /** Draw the oldest of a class first, not the newest. */
  readonly oldestFirst: boolean
  /** Where to begin among the members of a class: `seed mod 8` hosts on, as far as there are. */
  readonly seed: number
  /** Expected end, a bin 0…65,535, and the bin of now; 0 without lifetimes. */
  readonly until: number
  readonly now: number
  /** 0 decides only, 1 also reserves, 2 also makes an allocation of every instance. */
  readonly effect: 0 | 1 | 2
  /**
   * With effect 2: the footprint under which allocations are recorded, if not the shape's own. It
   * takes the same; it says for whom.
   */
  readonly footprint?: number
}

/** What an explanation counts: hosts by the first bit that they fail, and by each bit alone. */
export interface Tally {
  readonly hosts: number
  /** Hosts that could take at least one instance. */
  readonly feasible: number
  /**
   * In order: eight label bits of the filter, then marks (limit 0, or unmarked when only marked are
   * asked), then resources.
   */
  readonly inOrder: Int32Array
  readonly alone: Int32Array
  /**
   * Among hosts that only resources rule out: those short of each resource class, then of cells,
   * then of devices.
   */
  readonly short: Int32Array
  /** Free amounts of the feasible hosts, by resource class that is asked for; else 0. */
  readonly free: Float64Array
}

export interface DomainRoom {
  /** By domain: instances that fit (each host up to the limit), saturating at 2³¹−1. */
  readonly room: Int32Array
  /** By domain: hosts that take at least one. */
  readonly hosts: Int32Array
  /** By domain: the best score of a host there, 2²⁶−1 if none. */
  readonly best: Int32Array
}

export interface Placed {
  /** Instances placed or, if fewer than `min` fit, the number that would fit, with nothing done. */
  readonly placed: number
  /** Pairs (host, count), in the order of the decision. Valid until the next call. */
  readonly entries: Int32Array
  /** With effect 2: allocation numbers in the order of entries. Valid until the next call. */
  readonly allocations: Float64Array
}

export interface Kernel {
  readonly frame: Frame
  /** Words of a state: the columns, rounded up to four. */
  readonly width: number
  /** Bytes held for the fleet. */
  readonly bytes: number
  /** Makes room at once. */
  reserve(hosts: number, allocations: number): void

  /** A new kind of host: its capacity as a state of `width` words, and a hash of its labels. */
  addKind(capacity: Int32Array, hash: number): number
  /** A host that is not there yet (any slot below 2²¹), empty. */
  addHost(slot: number, kind: number): void
  /** Another kind with as many cells and devices; use stays. */
  changeKind(slot: number, kind: number): void
  /** Forgets a host and its allocations. */
  dropHost(slot: number): void
  kindOf(slot: number): number
  /** The state of a host; valid until the next call. */
  state(slot: number): Int32Array
  /**
   * Takes (times > 0) or gives back. False, and nothing done, when use would fall below 0 or leave
   * 32 bits.
   */
  shift(slot: number, amounts: Int32Array, times: number): boolean

  addFootprint(footprint: Footprint): number
  /** Numbers are used again. */
  dropFootprint(id: number): void
  setShape(slot: number, shape: Shape): void
  /**
   * The typical asks: footprints; weights by which pack weighs what each cannot use, which add up
   * to 256 or are 0; how often each is asked for, which fragmentation heeds (the weights if left
   * out, 2³¹−1 in all at most); and for each a row of a byte per kind as in the filter of a shape
   * (all 0 if left out), all rows as long. Kinds past it and kinds that come later may take any,
   * but no price is worked out for them: set typical asks again.
   */
  setTypical(
    footprints: Int32Array,
    weights: Int32Array,
    counts?: Int32Array,
    filters?: Uint8Array,
  ): void

  /**
   * A host that this decision treats on its own: members that count in ranking, and its own limit.
   */
  mark(slot: number, members: number, limit: number): void
  clearMarks(): void

  decide(decision: Decision): Placed
  /** The fastest way to place one: the allocation's number, or −1. No marks, no limit, seed 0. */
  placeOne(shape: number, until: number, now: number): number
  /** Instances that fit one after another, at most `cap`. */
  room(shape: number, limit: number, markedOnly: boolean, cap: number): number
  /** By domain; without `scored` (the default is true) `best` is as if nothing fitted. */
  domains(
    shape: number,
    limit: number,
    domainOf: Int32Array,
    count: number,
    scored?: boolean,
  ): DomainRoom
  explain(shape: number, markedOnly: boolean): Tally

  /**
   * The host of a live allocation, −1 for any other number. A number is record + 2²⁸ × generation,
   * the generation modulo 65,536; freed records are used again, the last freed first.
   */
  hostOf(allocation: number): number
  footprintOf(allocation: number): number
  untilOf(allocation: number): number
  /** Bits 0…15 the devices, bits 16…23 the cells that an allocation lies on. */
  partsOf(allocation: number): number
  release(allocation: number): boolean
  /** Puts a live allocation on another host if its footprint fits there. */
  move(allocation: number, slot: number): boolean
  /** Live allocations of a host, newest first. Valid until the next call. */
  allocationsOf(slot: number): Float64Array

  /**
   * Five words of every record, live or free: host (−1 when free), footprint, until, parts,
   * generation. Valid until the next call.
   */
  records(): Int32Array
  /**
   * For a kernel with hosts and without allocations: takes over the rows of `records` of a kernel
   * with another frame. `order` names the live records in the order of making them anew. Of the
   * free ones, the lowest is used first.
   */
  setRecords(rows: Int32Array, order: Int32Array): void

  /** Everything, to be given to `restore` of a kernel with the same frame. */
  save(): Uint8Array
  restore(bytes: Uint8Array): void
}
