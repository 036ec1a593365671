import { seedBits } from './hash.ts'
import type { HostTable } from './hosts.ts'
import {
  ANSWER_BYTES,
  ASKED_MAX,
  BLOCK_CLASSES,
  BLOCK_MARK,
  BLOCK_MARKED,
  CLASS_BYTES,
  ENTRY_BYTES,
  IN_ANSWER,
  IN_ASKED,
  IN_ASK_AMOUNT,
  IN_ASK_CLASS,
  IN_ASK_COLUMN,
  IN_FILTER,
  IN_HEAP,
  IN_HOST_LIMIT,
  IN_IMPOSSIBLE,
  IN_LISTED_ONLY,
  IN_MAX,
  IN_MEMBERS_LIMIT,
  IN_MEMBERS_ONLY,
  IN_MIN,
  IN_POLICY,
  IN_RANK,
  IN_RESERVE,
  IN_SEED,
  IN_SHARE,
  IN_ZONES,
  IN_ZONE_OF,
  IN_ZONE_TABLE,
  MARK_EXCLUDED,
  MARK_LISTED,
  MARK_MEMBERS_SHIFT,
  MEMBERS_CEILING,
  POLICY_PACK,
  POLICY_SPREAD,
  RANK_FEWEST_MEMBERS,
  RANK_MOST_MEMBERS,
  RANK_MOST_TAKEN,
  RANK_SCORE,
  SHARE_FILL,
  SHARE_LEVEL,
  SHARE_TOGETHER,
  ZONE_BYTES,
} from './layout.ts'
import type { PlacementAsk } from './types.ts'
import type { EngineMemory } from './wasm.ts'

/** The classes asked for with an amount above 0, in the order of their names. */
export function askedClasses(ask: PlacementAsk): [name: string, amount: number][] {
  return Object.entries(ask.resources)
    .filter(([, amount]) => amount > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Whether an ask is shared out evenly over zones: see the README. */
export function balancesZones(ask: PlacementAsk): boolean {
  const together = ask.group?.policy === 'affinity' || ask.group?.policy === 'soft-affinity'
  if (ask.policy !== 'spread' || ask.max === 1 || together) return false
  return ask.zones === undefined || new Set(ask.zones).size > 1
}

/**
 * Puts an ask into the engine's memory. Marks on hosts are to be taken away again with
 * `clearMarks`.
 */
export function writeAsk(
  memory: EngineMemory,
  table: HostTable,
  ask: PlacementAsk,
  reserve: boolean,
): void {
  writeScratch(memory, table, ask)
  const { integers } = memory
  integers[IN_MIN >> 2] = ask.min
  integers[IN_MAX >> 2] = ask.max
  integers[IN_POLICY >> 2] = ask.policy === 'pack' ? POLICY_PACK : POLICY_SPREAD
  integers[IN_SEED >> 2] = seedBits(ask.seed)
  integers[IN_RESERVE >> 2] = reserve ? 1 : 0
  integers[IN_LISTED_ONLY >> 2] = ask.hostIds ? 1 : 0
  writeGroup(integers, ask)
  writeClasses(integers, table, ask)
  writeMarks(integers, table, ask)
}

function writeClasses(integers: Int32Array, table: HostTable, ask: PlacementAsk): void {
  const asked = askedClasses(ask)
  integers[IN_ASKED >> 2] = asked.length
  integers[IN_IMPOSSIBLE >> 2] = 0
  asked.forEach(([name, amount], index) => {
    const number = table.classes.numberOf(name)
    if (number === undefined) integers[IN_IMPOSSIBLE >> 2] = 1
    const column = number === undefined ? -1 : BLOCK_CLASSES + number * CLASS_BYTES
    integers[(IN_ASK_COLUMN >> 2) + index] = column
    integers[(IN_ASK_AMOUNT >> 2) + index] = amount
    integers[(IN_ASK_CLASS >> 2) + index] = number ?? 0
  })
}

function writeGroup(integers: Int32Array, { group, max, policy }: PlacementAsk): void {
  let share = policy === 'pack' ? SHARE_FILL : SHARE_LEVEL
  let rank = RANK_SCORE
  let hostLimit = max
  let membersLimit = 0
  if (group?.policy === 'affinity') [share, rank] = [SHARE_TOGETHER, RANK_MOST_TAKEN]
  if (group?.policy === 'soft-affinity') [share, rank] = [SHARE_FILL, RANK_MOST_MEMBERS]
  if (group?.policy === 'soft-anti-affinity') [share, rank] = [SHARE_LEVEL, RANK_FEWEST_MEMBERS]
  if (group?.policy === 'anti-affinity') {
    membersLimit = group.maxPerHost ?? 1
    hostLimit = Math.min(max, membersLimit)
  }
  const bound = group?.policy === 'affinity' && group.members.some(({ count }) => count > 0)
  integers[IN_SHARE >> 2] = share
  integers[IN_RANK >> 2] = rank
  integers[IN_HOST_LIMIT >> 2] = hostLimit
  integers[IN_MEMBERS_LIMIT >> 2] = membersLimit
  integers[IN_MEMBERS_ONLY >> 2] = bound ? 1 : 0
}

/**
 * Lays out the scratch area behind the blocks, and writes what the filters say of each signature.
 */
function writeScratch(memory: EngineMemory, table: HostTable, ask: PlacementAsk): void {
  const { signatures } = table
  const filter = table.end
  const zoneOf = align(filter + signatures.length)
  const zoneTable = align(zoneOf + 4 * signatures.length)
  memory.ensure(zoneTable)
  signatures.filter(ask, memory.bytes.subarray(filter, filter + signatures.length))
  const zoneNumbers = memory.integers.subarray(zoneOf >> 2, (zoneOf >> 2) + signatures.length)
  const zones = balancesZones(ask) ? signatures.numberZones(zoneNumbers) : 0
  const balanced = zones > 1 ? zones : 0
  const heap = zoneTable + ZONE_BYTES * Math.max(1, balanced)
  // A place for each instance, or for the best host of each zone; one more while hosts are filled.
  const answer = heap + ENTRY_BYTES * (Math.max(ask.max, balanced) + 1)
  memory.ensure(answer + ANSWER_BYTES * ask.max)
  const { integers } = memory
  integers[IN_FILTER >> 2] = filter
  integers[IN_ZONE_OF >> 2] = zoneOf
  integers[IN_ZONE_TABLE >> 2] = zoneTable
  integers[IN_ZONES >> 2] = balanced
  integers[IN_HEAP >> 2] = heap
  integers[IN_ANSWER >> 2] = answer
}

function align(address: number): number {
  return Math.ceil(address / ASKED_MAX) * ASKED_MAX
}

/** What an ask says of single hosts goes into their lanes for the time of the call. */
function writeMarks(integers: Int32Array, table: HostTable, ask: PlacementAsk): void {
  for (const id of ask.excludedHostIds ?? []) mark(integers, table, id, MARK_EXCLUDED)
  for (const id of ask.hostIds ?? []) mark(integers, table, id, MARK_LISTED)
  for (const { hostId, count } of ask.group?.members ?? [])
    addMembers(integers, table, hostId, count)
}

function mark(integers: Int32Array, table: HostTable, id: string, bit: number): void {
  const slot = table.slotOf(id)
  if (slot === undefined) return
  const at = (table.laneOf(slot) + BLOCK_MARK) >> 2
  setMark(integers, table.blockOf(slot), at, (integers[at] as number) | bit)
}

function addMembers(integers: Int32Array, table: HostTable, id: string, count: number): void {
  const slot = table.slotOf(id)
  if (slot === undefined) return
  const at = (table.laneOf(slot) + BLOCK_MARK) >> 2
  const before = integers[at] as number
  const members = Math.min((before >>> MARK_MEMBERS_SHIFT) + count, MEMBERS_CEILING)
  const bits = before & (MARK_EXCLUDED | MARK_LISTED)
  setMark(integers, table.blockOf(slot), at, (members << MARK_MEMBERS_SHIFT) | bits)
}

function setMark(integers: Int32Array, block: number, at: number, value: number): void {
  const before = integers[at] as number
  const marked = (block + BLOCK_MARKED) >> 2
  const change = Number(value !== 0) - Number(before !== 0)
  integers[marked] = (integers[marked] as number) + change
  integers[at] = value
}

/** Takes away the marks of an ask. */
export function clearMarks(integers: Int32Array, table: HostTable, ask: PlacementAsk): void {
  const { excludedHostIds = [], hostIds = [], group } = ask
  const clear = (id: string): void => {
    const slot = table.slotOf(id)
    if (slot === undefined) return
    const at = (table.laneOf(slot) + BLOCK_MARK) >> 2
    setMark(integers, table.blockOf(slot), at, 0)
  }
  excludedHostIds.forEach(clear)
  hostIds.forEach(clear)
  group?.members.forEach(({ hostId }) => clear(hostId))
}
