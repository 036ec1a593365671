import type { DomainRoom, Footprint, Tally } from '../kernel.ts'
import { candidatesOf, filterOf, score } from './candidates.ts'
import { lacks } from './seat.ts'
import { footprintAt, type Host, kindAt, shapeAt, type World } from './world.ts'

const most = 2 ** 31 - 1
const noScore = 2 ** 26 - 1

/** Bits of what rules a host out, after the eight of labels. */
const bitCount = 10
const markBit = 1 << 8
const lackBit = 1 << 9

/** Instances that fit one after another. */
export function room(
  world: World,
  shape: number,
  limit: number,
  markedOnly: boolean,
  cap: number,
): number {
  const candidates = candidatesOf(world, { shape, limit, markedOnly, max: cap })
  return candidates.reduce((total, each) => Math.min(cap, total + each.room), 0)
}

export function domains(
  world: World,
  shape: number,
  limit: number,
  domainOf: Int32Array,
  count: number,
  scored: boolean,
): DomainRoom {
  const answer: DomainRoom = {
    room: new Int32Array(count),
    hosts: new Int32Array(count),
    best: new Int32Array(count).fill(noScore),
  }
  const request = { shape, limit, markedOnly: false, max: most }
  for (const { host, room: takes } of candidatesOf(world, request)) {
    const domain = domainOf[host.kind] ?? -1
    if (domain < 0) continue
    answer.room[domain] = Math.min(most, (answer.room[domain] ?? 0) + takes)
    answer.hosts[domain] = (answer.hosts[domain] ?? 0) + 1
    if (!scored) continue
    const liked = score(world, shapeAt(world, shape), host.kind, host, { until: 0, now: 0 })
    answer.best[domain] = Math.min(answer.best[domain] ?? noScore, liked)
  }
  return answer
}

/** Every host, counted by what rules it out. */
export function explain(world: World, shapeSlot: number, markedOnly: boolean): Tally {
  const { layout } = world
  const shape = shapeAt(world, shapeSlot)
  const asked = footprintAt(world, shape.footprint)
  const inOrder = new Int32Array(bitCount)
  const alone = new Int32Array(bitCount)
  const short = new Int32Array(layout.resources + 2)
  const free = new Float64Array(layout.resources)
  let feasible = 0
  for (const host of world.hosts.values()) {
    const lack = lacks(layout, kindAt(world, host.kind), asked, host.state)
    const isShort = lack.resources.length > 0 || lack.cells || lack.devices
    const label = filterOf(shape, host.kind)
    const bits = label | (isMarkedOut(world, host, markedOnly) ? markBit : 0)
    const failed = bits | (isShort ? lackBit : 0)
    if (failed === 0) {
      feasible++
      addFree(free, asked, host)
    } else tick(inOrder, Math.log2(failed & -failed))
    for (let bit = 0; bit < bitCount; bit++) if ((failed >> bit) & 1) tick(alone, bit)
    if (failed !== lackBit) continue
    for (const index of lack.resources) tick(short, index)
    if (lack.cells) tick(short, layout.resources)
    if (lack.devices) tick(short, layout.resources + 1)
  }
  return { hosts: world.hosts.size, feasible, inOrder, alone, short, free }
}

function addFree(free: Float64Array, asked: Footprint, { state }: Host): void {
  for (const [index, amount] of asked.amounts.entries()) {
    if (amount > 0) free[index] = (free[index] ?? 0) + (state[index] ?? 0)
  }
}

function isMarkedOut(world: World, { slot }: Host, markedOnly: boolean): boolean {
  const mark = world.marks.get(slot)
  return mark ? mark.limit === 0 : markedOnly
}

function tick(counts: Int32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1
}
