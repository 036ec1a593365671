import type { Decision } from '../kernel.ts'
import { type Candidate, candidatesOf, score, tieHash } from './candidates.ts'
import { take } from './seat.ts'
import { footprintAt, kindAt, type Seat, shapeAt, type World } from './world.ts'

/** A host of a decision and the instances that it is to take. */
export interface Entry {
  readonly slot: number
  readonly count: number
}

export interface Decided {
  readonly placed: number
  readonly entries: readonly Entry[]
}

/** A candidate while instances are being given out. */
interface Player {
  readonly candidate: Candidate
  /** Its place in the drawing order. */
  readonly order: number
  /** What is left of the host; nothing is done to the host itself. */
  seat: Seat
  given: number
  /** How many were before it when it was given its first instance, −1 until then. */
  touched: number
  rank: readonly number[]
}

/** Who gets how many: sharing instances out one by one, looking at every candidate each time. */
export function decide(world: World, decision: Decision): Decided {
  const candidates = candidatesOf(world, decision, decision.oldestFirst)
  const rooms = candidates.map(({ room }) => room)
  const together = decision.sharing === 2
  const total = together ? Math.max(0, ...rooms) : rooms.reduce((sum, room) => sum + room, 0)
  const placed = Math.min(decision.max, total)
  if (placed < decision.min) return { placed, entries: [] }
  const players = candidates
    .filter(({ room }) => !together || room === placed)
    .map((candidate, order) => newPlayer(world, decision, candidate, order))
  const draw = drawing(players, decision.seed)
  const touched: Player[] = []
  for (let left = placed; left > 0;) {
    const first = best(players.filter((each) => isOpen(each, decision)))
    const player = first.touched < 0 ? draw(first, left) : first
    if (player.touched < 0) player.touched = touched.push(player) - 1
    const count = decision.sharing === 1 ? 1 : Math.min(left, player.candidate.room)
    give(world, decision, player, count)
    left -= count
  }
  const entries = touched.map(({ candidate, given }) => ({
    slot: candidate.host.slot,
    count: given,
  }))
  return { placed, entries }
}

function newPlayer(world: World, decision: Decision, candidate: Candidate, order: number): Player {
  const { host } = candidate
  const player: Player = { candidate, order, seat: host, given: 0, touched: -1, rank: [] }
  player.rank = rankOf(world, decision, player)
  return player
}

/** Whether a candidate can be chosen: with sharing by level again and again, else once. */
function isOpen(player: Player, { sharing }: Decision): boolean {
  return sharing === 1 ? player.given < player.candidate.room : player.touched < 0
}

function best(players: readonly Player[]): Player {
  return players.reduce((first, each) => (isBefore(each.rank, first.rank) ? each : first))
}

/** The first part that differs decides. */
function isBefore(a: readonly number[], b: readonly number[]): boolean {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return (a[at] ?? 0) < (b[at] ?? 0)
}

function rankOf(world: World, decision: Decision, player: Player): readonly number[] {
  const { candidate, seat, touched, order } = player
  const { kind } = candidate.host
  return [
    prefix(decision, player),
    score(world, shapeAt(world, decision.shape), kind, seat, decision),
    tieHash(world, kind, seat.state),
    touched < 0 ? 0 : 1,
    touched < 0 ? order : touched,
  ]
}

/** What goes before the score. */
function prefix({ ranking }: Decision, { candidate, given }: Player): number {
  const members = candidate.mark?.members ?? 0
  if (ranking === 0) return 0
  return ranking === 1 ? members + given : 2 ** 24 - 1 - members
}

function give(world: World, decision: Decision, player: Player, count: number): void {
  const kind = kindAt(world, player.candidate.host.kind)
  const asked = footprintAt(world, shapeAt(world, decision.shape).footprint)
  player.given += count
  // Who is chosen once is not ranked again.
  if (decision.sharing !== 1 || !isOpen(player, decision)) return
  player.seat = take(world.layout, kind, asked, player.seat, decision.until)
  player.rank = rankOf(world, decision, player)
}

/**
 * Hosts that are not marked and in one state stand for each other: those drawn of them follow each
 * other in the drawing order. The seed says how many are skipped before the first, as long as there
 * would be enough behind them if each took one of the instances that are left.
 */
function drawing(
  players: readonly Player[],
  seed: number,
): (first: Player, left: number) => Player {
  const classes = new Map<string, { readonly members: Player[]; next: number }>()
  for (const player of players) {
    const members = classes.get(classOf(player))?.members ?? []
    members.push(player)
    classes.set(classOf(player), { members, next: -1 })
  }
  return (first, left) => {
    const drawn = classes.get(classOf(first))
    if (!drawn) return first
    const { members } = drawn
    if (drawn.next < 0) drawn.next = Math.min(seed & 7, Math.max(0, members.length - left))
    const member = members[drawn.next] ?? first
    drawn.next++
    return member
  }
}

function classOf({ candidate: { host, mark } }: Player): string {
  return mark ? `marked ${host.slot}` : `${host.kind}: ${host.state.join()}`
}
