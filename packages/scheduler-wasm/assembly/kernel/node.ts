import { heapAt, needMore, nodesAt, REGION_HEAP, REGION_NODES } from './memory'

/*
 * A node: hosts that are alike to a decision, with their rank. Key (prefix << 26 | score), tie and
 * order make the rank; then class, hosts, instances given to each, members, limit, the host if it
 * is a marked one (else −1), and the next host to draw (of hosts not touched yet).
 */
const NODE_KEY: usize = 0
const NODE_TIE: usize = 8
const NODE_ORDER: usize = 12
export const NODE_CLASS: usize = 16
export const NODE_HOSTS: usize = 20
export const NODE_GIVEN: usize = 24
export const NODE_MEMBERS: usize = 28
export const NODE_LIMIT: usize = 32
export const NODE_HOST: usize = 36
export const NODE_NEXT: usize = 40
const NODE_BYTES: usize = 48

let nodes: i32 = 0
export let heap: i32 = 0

export function clearNodes(): void {
  nodes = 0
  heap = 0
}

@inline
export function nodeAt(node: i32): usize {
  return nodesAt + <usize>node * NODE_BYTES
}

@inline
export function keyOf(node: usize): u64 {
  return load<u64>(node, NODE_KEY)
}

@inline
export function tieOfNode(node: usize): u32 {
  return load<u32>(node, NODE_TIE)
}

@inline
export function orderOf(node: usize): u32 {
  return load<u32>(node, NODE_ORDER)
}

@inline
export function setOrder(node: usize, order: u32): void {
  store<u32>(node, order, NODE_ORDER)
}

@inline
export function setRank(node: usize, key: u64, tie: u32, order: u32): void {
  store<u64>(node, key, NODE_KEY)
  store<u32>(node, tie, NODE_TIE)
  store<u32>(node, order, NODE_ORDER)
}

export function newNode(): i32 {
  needMore(REGION_NODES, <usize>(nodes + 1) * NODE_BYTES)
  return nodes++
}

export function copyNode(from: i32): i32 {
  const node = newNode()
  memory.copy(nodeAt(node), nodeAt(from), NODE_BYTES)
  return node
}

@inline
export function before(a: usize, b: usize): bool {
  const ka = load<u64>(a, NODE_KEY)
  const kb = load<u64>(b, NODE_KEY)
  if (ka != kb) return ka < kb
  const ta = load<u32>(a, NODE_TIE)
  const tb = load<u32>(b, NODE_TIE)
  if (ta != tb) return ta < tb
  return load<u32>(a, NODE_ORDER) < load<u32>(b, NODE_ORDER)
}

@inline
function place(position: i32): usize {
  return heapAt + (<usize>position << 2)
}

export function push(node: i32): void {
  needMore(REGION_HEAP, <usize>(heap + 1) << 2)
  let position = heap++
  const own = nodeAt(node)
  while (position > 0) {
    const above = (position - 1) >> 1
    const other = load<i32>(place(above))
    if (!before(own, nodeAt(other))) break
    store<i32>(place(position), other)
    position = above
  }
  store<i32>(place(position), node)
}

/** The first of the heap; it must not be empty. */
@inline
export function first(): i32 {
  return load<i32>(place(0))
}

export function pop(): i32 {
  const top = first()
  const node = load<i32>(place(--heap))
  const own = nodeAt(node)
  let position = 0
  while (true) {
    let below = 2 * position + 1
    if (below >= heap) break
    let other = load<i32>(place(below))
    if (below + 1 < heap) {
      const right = load<i32>(place(below + 1))
      if (before(nodeAt(right), nodeAt(other))) {
        other = right
        below++
      }
    }
    if (!before(nodeAt(other), own)) break
    store<i32>(place(position), other)
    position = below
  }
  if (heap > 0) store<i32>(place(position), node)
  return top
}
