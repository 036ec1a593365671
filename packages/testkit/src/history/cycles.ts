import { Dependencies } from './dependencies.ts'
import type { Transaction, Dependency } from './dependencies.ts'

export type SerialVerdict =
  | { readonly verdict: 'legal' }
  | {
      readonly verdict: 'illegal'
      /**
       * Each edge starts where the one before ended, the first one where the last one ended. The
       * shortest cycle found.
       */
      readonly cycle: readonly Dependency[]
      readonly text: string
    }

/** Nodes of each knot from which a shortest cycle is looked for, besides those of cycles found. */
const starts = 50

/**
 * Tells whether there is one order of the commits and reads that keeps real time and in which each,
 * done at one instant, would have read and written the same versions: strict serializability. Rows
 * carry revisions, so what comes before what is known and an order exists exactly when the
 * dependencies have no cycle (Adya, 1999). Time is linear in the history, but for sorting.
 *
 * @throws RangeError for a commit that returns before it is called, and for an id given twice.
 */
export function checkSerializable(commits: readonly Transaction[]): SerialVerdict {
  const dependencies = new Dependencies(commits)
  const cycle = shortest(dependencies)
  if (!cycle) return { verdict: 'legal' }
  const text = [
    `No serial order explains what was seen: these ${cycle.length} must each come before the next.`,
    ...cycle.map(({ from, to, kind, why }) => `  ${from} -> ${to} (${kind}): ${why}`),
  ].join('\n')
  return { verdict: 'illegal', cycle, text }
}

function shortest(dependencies: Dependencies): readonly Dependency[] | undefined {
  const { graph } = dependencies
  const isTime = (node: number): boolean => dependencies.isTime(node)
  let best: readonly Dependency[] | undefined
  for (const knot of graph.knots()) {
    const members = new Set(knot)
    const nodes = knot.filter((node) => !isTime(node)).sort((a, b) => a - b)
    const from = nodes.slice(0, starts)
    for (let at = 0; at < from.length; at++) {
      const start = from[at] as number
      const most = best ? best.length - 1 : nodes.length
      const edges = graph.shortestCycle(start, (node) => members.has(node), isTime, most)
      if (!edges) continue
      best = dependencies.named(start, edges)
      // What lies on a short cycle often lies on a shorter one.
      from.push(...edges.map((edge) => graph.to(edge)).filter((node) => !isTime(node)))
    }
  }
  return best
}
