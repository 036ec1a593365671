import { bestClass, NO_ENTRY, refresh, entriesOf, fullScoreOfClass, tieOf, blocks } from './bounds'
import {
  begin,
  beginCandidates,
  beginDraw,
  bestSearched,
  draw,
  prefixOf,
  RANK_FEW_MEMBERS,
  settle,
  touch,
  touched,
  TOUCHED,
} from './candidates'
import { BLOCK_SHIFT, classHigh } from './classes'
import { burn, refuel } from './fuel'
import { classOfHost } from './host'
import { idle, markAt, marked, markHost, markMembers, open } from './marks'
import { entriesAt } from './memory'
import {
  clearNodes,
  copyNode,
  heap,
  keyOf,
  NODE_CLASS,
  NODE_GIVEN,
  NODE_HOSTS,
  NODE_LIMIT,
  NODE_MEMBERS,
  nodeAt,
  orderOf,
  pop,
  push,
  setOrder,
  setRank,
  tieOfNode,
} from './node'
import { roomFor, takesOfClass, takesOfMark, unmarkedIn } from './room'
import { NO_SCORE } from './score'
import { isTimed, shapeAt } from './shape'
import { trialScore, trialTie, tryAfter } from './trial'

const SHARE_LEVEL = 1
const SHARE_TOGETHER = 2

let slot: i32 = 0
let until: i32 = 0

/**
 * Decides: fills the entries with hosts and counts. Answers how many instances are placed; fewer
 * than `least` means that no more would fit, and that nothing was decided.
 */
export function decide(
  shape: i32,
  least: i32,
  most: i32,
  limit: i32,
  sharing: i32,
  ranking: i32,
  markedOnly: bool,
  oldestFirst: bool,
  seed: i32,
  end: i32,
): i32 {
  slot = shape
  until = end
  refuel(most)
  clearNodes()
  refresh(shape)
  beginDraw(shape, ranking, limit, oldestFirst, seed)
  if (sharing == SHARE_TOGETHER) return together(least, most, limit, markedOnly)
  if (most == 1 && !markedOnly && limit > 0 && unmarkedComeFirst(ranking)) {
    const best = bestOf(shape)
    if (best >= 0) touch(begin(best, 1), 1)
    if (best >= 0 || open == 0) return touched
  }
  const placed = roomFor(shape, limit, markedOnly, most)
  beginCandidates(markedOnly)
  if (placed < least) return placed
  if (sharing == SHARE_LEVEL) level(placed)
  else fill(placed)
  return placed
}

/** Whether any unmarked host that fits comes before all marked ones. */
function unmarkedComeFirst(ranking: i32): bool {
  return open == 0 || (ranking == RANK_FEW_MEMBERS && idle == 0)
}

/** The best class with unmarked members, or −1. */
function bestOf(shape: i32): i32 {
  if (isTimed(shapeAt(shape))) return bestSearched(shape, true)
  const best = bestClass(shape)
  return best < 0 || unmarkedIn(best) > 0 ? best : bestSearched(shape, true)
}

/** The best host is given all that it takes, then the next. */
function fill(count: i32): void {
  const shape = shapeAt(slot)
  let left = count
  while (left > 0 && settle()) {
    burn()
    const node = pop()
    const at = nodeAt(node)
    const most = min(load<i32>(at, NODE_LIMIT), left)
    const each = takesOfClass(slot, shape, load<i32>(at, NODE_CLASS), most)
    const hosts = min(load<i32>(at, NODE_HOSTS), left / each)
    const more = load<i32>(at, NODE_HOSTS) > hosts
    draw(node, hosts, each, left)
    left -= hosts * each
    if (left > 0 && more) {
      draw(node, 1, left, left)
      left = 0
    }
  }
}

/**
 * The best host is given one, then it is ranked anew. Hosts that are alike are given theirs at
 * once.
 */
function level(count: i32): void {
  const shape = shapeAt(slot)
  let left = count
  while (left > 0 && settle()) {
    burn()
    left -= giveOne(shape, pop(), left)
  }
  while (heap > 0) finish(pop())
}

function giveOne(shape: usize, node: i32, left: i32): i32 {
  const at = nodeAt(node)
  const given = load<i32>(at, NODE_GIVEN) + 1
  const hosts = load<i32>(at, NODE_HOSTS)
  const order = orderOf(at)
  const more =
    given < load<i32>(at, NODE_LIMIT) && tryAfter(shape, load<i32>(at, NODE_CLASS), given, until)
  const key = (prefixOf(load<i32>(at, NODE_MEMBERS), given) << 26) | <u64>trialScore
  const tie = trialTie
  // If a host that was given one is still the best, it is the only one of its like that is served.
  const again =
    more &&
    (key < keyOf(at) ||
      (key == keyOf(at) &&
        (tie < tieOfNode(at) || (tie == tieOfNode(at) && order >= TOUCHED))))
  const run = again ? 1 : min(hosts, left)
  let from = order
  if (order < TOUCHED) {
    from = TOUCHED + <u32>touched
    draw(node, run, 0, left)
  }
  const child = copyNode(node)
  store<i32>(nodeAt(child), run, NODE_HOSTS)
  store<i32>(nodeAt(child), given, NODE_GIVEN)
  setOrder(nodeAt(child), from)
  if (more) {
    setRank(nodeAt(child), key, tie, from)
    push(child)
  } else finish(child)
  if (hosts > run) {
    store<i32>(nodeAt(node), hosts - run, NODE_HOSTS)
    if (order >= TOUCHED) setOrder(nodeAt(node), order + <u32>run)
    push(node)
  }
  return run
}

/** Writes what the hosts of a node were given. */
function finish(node: i32): void {
  const at = nodeAt(node)
  const given = load<i32>(at, NODE_GIVEN)
  if (given == 0) return
  const from = <i32>(orderOf(at) - TOUCHED)
  const to = from + load<i32>(at, NODE_HOSTS)
  for (let each = from; each < to; each++) store<i32>(entriesAt + (<usize>each << 3), given, 4)
}

/** All on one host: one that takes the most, the best among those. */
function together(least: i32, most: i32, limit: i32, markedOnly: bool): i32 {
  const shape = shapeAt(slot)
  let winner = -1
  let taken = 0
  let rank = u64.MAX_VALUE
  let tie: u32 = 0
  if (!markedOnly && limit > 0) {
    const entries = entriesOf(slot)
    for (let block = 0; block < blocks(); block++) {
      if (load<u32>(entries + (<usize>block << 2)) == NO_ENTRY) continue
      const to = min((block + 1) << BLOCK_SHIFT, classHigh)
      for (let index = block << BLOCK_SHIFT; index < to; index++) {
        if (unmarkedIn(index) <= 0) continue
        const own = fullScoreOfClass(slot, shape, index)
        if (own == NO_SCORE) continue
        const takes = takesOfClass(slot, shape, index, min(limit, most))
        const key = (<u64>(most - takes) << 50) | (prefixOf(0, 0) << 26) | <u64>own
        if (key > rank || (key == rank && tieOf(index) >= tie)) continue
        winner = index
        taken = takes
        rank = key
        tie = tieOf(index)
      }
    }
  }
  let host = -1
  for (let number = 0; number < marked && open > 0; number++) {
    const mark = markAt(number)
    const takes = takesOfMark(slot, shape, mark, most)
    if (takes == 0) continue
    const index = classOfHost(markHost(mark))
    const own = fullScoreOfClass(slot, shape, index)
    const key = (<u64>(most - takes) << 50) | (prefixOf(markMembers(mark), 0) << 26) | <u64>own
    if (key > rank || (key == rank && tieOf(index) >= tie)) continue
    host = markHost(mark)
    taken = takes
    rank = key
    tie = tieOf(index)
  }
  if (taken < least || taken == 0) return taken
  touch(host >= 0 ? host : begin(winner, taken), taken)
  return taken
}
