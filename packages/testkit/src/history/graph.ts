/** A directed graph with nodes 0 to `size` - 1; edges keep the order they are added in. */
export class Graph {
  readonly #edges: number[][]
  readonly #targets: number[] = []

  constructor(size: number) {
    this.#edges = Array.from({ length: size }, () => [])
  }

  /** Adds an edge and returns its number: they count up from 0. */
  add(from: number, to: number): number {
    this.#edges[from]?.push(this.#targets.length)
    return this.#targets.push(to) - 1
  }

  /** Numbers of the edges that leave a node. */
  from(node: number): readonly number[] {
    return this.#edges[node] ?? []
  }

  to(edge: number): number {
    return this.#targets[edge] as number
  }

  /**
   * Strongly connected components of two nodes or more (Tarjan, 1972), without recursion: time and
   * memory are linear.
   */
  knots(): readonly (readonly number[])[] {
    const size = this.#edges.length
    const index = new Int32Array(size).fill(-1)
    const low = new Int32Array(size)
    const onStack = new Uint8Array(size)
    const nextEdge = new Int32Array(size)
    const stack: number[] = []
    const path: number[] = []
    const knots: number[][] = []
    let count = 0
    const enter = (node: number): void => {
      index[node] = low[node] = count++
      onStack[node] = 1
      stack.push(node)
      path.push(node)
    }
    const leave = (node: number): void => {
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number)
      if (low[node] !== index[node]) return
      const knot = stack.splice(stack.lastIndexOf(node))
      for (const member of knot) onStack[member] = 0
      if (knot.length > 1) knots.push(knot)
    }
    for (let root = 0; root < size; root++) {
      if (index[root] === -1) enter(root)
      for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
        const edge = this.from(node)[nextEdge[node] as number]
        if (edge === undefined) {
          leave(node)
          continue
        }
        nextEdge[node] = (nextEdge[node] as number) + 1
        const to = this.to(edge)
        if (index[to] === -1) enter(to)
        else if (onStack[to] === 1) {
          low[node] = Math.min(low[node] as number, index[to] as number)
        }
      }
    }
    return knots
  }

  /**
   * The edges of a shortest cycle through a node, within the nodes for which `inside` says so;
   * undefined when there is none of at most `most` steps. Leaving a node that `free` names costs no
   * step.
   */
  shortestCycle(
    start: number,
    inside: (node: number) => boolean,
    free: (node: number) => boolean,
    most: number,
  ): readonly number[] | undefined {
    // By node: the edge by which it was found first, and where that came from.
    const found = new Map<number, { readonly edge: number; readonly from: number }>()
    const path = (last: number, edge: number): number[] => {
      const edges = [edge]
      for (let at = last; at !== start;) {
        const step = found.get(at) as { readonly edge: number; readonly from: number }
        edges.push(step.edge)
        at = step.from
      }
      return edges.reverse()
    }
    let level = [start]
    for (let steps = 1; steps <= most && level.length > 0; steps++) {
      const later: number[] = []
      // The level grows while it is walked: free nodes belong to it.
      for (let at = 0; at < level.length; at++) {
        const node = level[at] as number
        for (const edge of this.from(node)) {
          const to = this.to(edge)
          if (to === start) return path(node, edge)
          if (found.has(to) || !inside(to)) continue
          found.set(to, { edge, from: node })
          if (free(to)) level.push(to)
          else later.push(to)
        }
      }
      level = later
    }
    return undefined
  }
}
