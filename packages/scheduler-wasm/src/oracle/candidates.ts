import { policyNames, type Shape } from '../kernel.ts'
import { stateHash, word } from './layout.ts'
import { policies } from './policies/policies.ts'
import { take, takes } from './seat.ts'
import {
  footprintAt,
  type Host,
  type Kind,
  kindAt,
  type Mark,
  type Seat,
  shapeAt,
  type World,
} from './world.ts'

/** What is asked of candidates, by decisions and by everything else that counts room. */
export interface Request {
  readonly shape: number
  /** The most instances on a host that is not marked. */
  readonly limit: number
  readonly markedOnly: boolean
  /** The most instances altogether. */
  readonly max: number
}

/** A host that can take at least one instance. */
export interface Candidate {
  readonly host: Host
  readonly mark: Mark | undefined
  /** How many it can take, one after another. */
  readonly room: number
}

/** The bits of the label constraints that a kind fails. */
export function filterOf(shape: Shape, kind: number): number {
  return shape.filter[kind] ?? 0
}

/**
 * Candidates in the order in which equals are drawn: hosts that are not marked, the newest in their
 * state first, then marked ones in the order of marking.
 */
export function candidatesOf(world: World, request: Request, oldestFirst = false): Candidate[] {
  const shape = shapeAt(world, request.shape)
  const asked = footprintAt(world, shape.footprint)
  const unmarked = request.markedOnly
    ? []
    : [...world.hosts.values()]
        .filter(({ slot }) => !world.marks.has(slot))
        .sort((a, b) => (oldestFirst ? a.entered - b.entered : b.entered - a.entered))
  const marked = [...world.marks.keys()].flatMap((slot) => world.hosts.get(slot) ?? [])
  return [...unmarked, ...marked]
    .filter(({ kind }) => filterOf(shape, kind) === 0)
    .map((host) => {
      const mark = world.marks.get(host.slot)
      const most = Math.min(mark ? mark.limit : request.limit, request.max)
      const { layout } = world
      const room = takes(layout, kindAt(world, host.kind), asked, host.state, most)
      return { host, mark, room }
    })
    .filter(({ room }) => room > 0)
}

/** How little a shape's policy likes a host of a kind as it is; one more instance fits. */
export function score(
  world: World,
  shape: Shape,
  kindNumber: number,
  seat: Seat,
  { until, now }: { readonly until: number; readonly now: number },
): number {
  const { layout } = world
  const typical = world.typical.filter((each) => each.weight > 0)
  const kind = kindAt(world, kindNumber)
  const asked = footprintAt(world, shape.footprint)
  const name = policyNames[shape.policy]
  if (name === undefined) throw new RangeError(`no policy ${shape.policy}`)
  const before = seat.state
  const after = take(layout, kind, asked, seat, until).state
  const empty = kind.capacity.every((amount, column) => amount === word(before, column))
  const { weights } = shape
  return policies[name]({
    layout,
    kind,
    asked,
    weights,
    before,
    after,
    empty,
    until,
    now,
    typical,
    worth: (state) => world.outlook.worth(kindNumber, state, () => populationOf(world)),
  })
}

/** Devices of all hosts of each kind. */
function populationOf({ kinds, hosts, layout }: World): readonly number[] {
  const devices = kinds.map(() => 0)
  for (const { kind } of hosts.values()) {
    const { capacity } = kinds[kind] as Kind
    const own = capacity.subarray(layout.devicesAt, layout.devicesAt + layout.devices)
    devices[kind] = (devices[kind] ?? 0) + own.filter((units) => units > 0).length
  }
  return devices
}

/** What tells apart hosts that the score does not: it is the same for all in one state. */
export function tieHash(world: World, kind: number, state: Int32Array): number {
  return stateHash(kindAt(world, kind).hash, state)
}
