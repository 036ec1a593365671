import { explain } from './explain.ts'
import type { LinearizableVerdict, Model, Operation } from './operation.ts'
import { search } from './search.ts'

export interface LinearizableOptions {
  /** States that the search of one part may visit before it gives up; 1,000,000 by default. */
  readonly budget?: number
}

/**
 * Tells whether there is an order of the operations that keeps real time (what had returned before
 * another one was called comes first) and in which one client at a time would have had the same
 * answers (Herlihy and Wing, 1990). Parts that never touch each other are looked at one by one
 * (Horn and Kroening, 2015). The same history always gives the same answer.
 *
 * @throws RangeError for an operation that returns before it is called.
 */
export function checkLinearizable<S, I, O>(
  model: Model<S, I, O>,
  operations: readonly Operation<I, O>[],
  options: LinearizableOptions = {},
): LinearizableVerdict<I, O> {
  let visited = 0
  let undecided: string | undefined
  for (const [part, own] of partsOf(model, operations)) {
    const result = search(model, own, options.budget ?? 1_000_000)
    visited += result.visited
    if (result.verdict === 'illegal') {
      return { verdict: 'illegal', visited, part, ...explain(model, part, own, result) }
    }
    if (result.verdict === 'undecided') undecided ??= part
  }
  if (undecided === undefined) return { verdict: 'legal', visited }
  const text = `The search of part "${undecided}" came to its budget.`
  return { verdict: 'undecided', visited, part: undecided, text }
}

function partsOf<S, I, O>(
  model: Model<S, I, O>,
  operations: readonly Operation<I, O>[],
): ReadonlyMap<string, readonly Operation<I, O>[]> {
  const parts = new Map<string, Operation<I, O>[]>()
  for (const operation of operations) {
    const { call, return: end } = operation
    if (!Number.isFinite(call) || (end !== undefined && !(end >= call))) {
      throw new RangeError(`${operation.process}: called at ${call}, returned at ${end}.`)
    }
    const part = model.partition?.(operation) ?? ''
    const own = parts.get(part)
    if (own) own.push(operation)
    else parts.set(part, [operation])
  }
  return parts
}
