import type { Random } from '@nephos/core'
import type { Operation } from '../../src/history/operation.ts'

export interface RunOptions<I, O> {
  readonly random: Random
  readonly clients: number
  readonly operations: number
  readonly draw: (client: number) => I
  /** The real object: called at one instant between the call and the return. */
  readonly apply: (input: I) => O
  /** Answers lost at each step, of 200: before the effect, which then never is, or after it. */
  readonly lost?: number
}

interface Flight<I, O> {
  readonly process: string
  readonly call: number
  readonly input: I
  applied?: { readonly output: O }
}

export function below(random: Random, bound: number): number {
  return random.uint32() % bound
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[below(random, list.length)] as T
}

/** A history of clients that use an object at once, in an order drawn at random. */
export function clientRun<I, O>(options: RunOptions<I, O>): Operation<I, O>[] {
  const { random, lost = 0 } = options
  const history: Operation<I, O>[] = []
  const flights: (Flight<I, O> | undefined)[] = Array.from({ length: options.clients })
  let left = options.operations
  let lives = 0
  for (let time = 1; left > 0 || flights.some((flight) => flight !== undefined); time++) {
    const client = below(random, options.clients)
    const flight = flights[client]
    if (!flight) {
      if (left-- <= 0) continue
      const input = options.draw(client)
      flights[client] = { process: `client ${client}.${lives}`, call: time, input }
      continue
    }
    const { process, call, input, applied } = flight
    if (below(random, 200) < lost) {
      // Whether before or after the effect: the client does not know, and comes back as another.
      history.push({ process, call, return: undefined, input, output: undefined })
      flights[client] = undefined
      lives++
    } else if (applied) {
      history.push({ process, call, return: time, input, output: applied.output })
      flights[client] = undefined
    } else {
      flight.applied = { output: options.apply(input) }
    }
  }
  return history
}

/** The history, and what reads when all is quiet: at the end, one after the other. */
export function withQuietReads<I, O>(
  history: readonly Operation<I, O>[],
  inputs: readonly I[],
  apply: (input: I) => O,
): Operation<I, O>[] {
  let time = history.reduce((most, { call, return: end }) => Math.max(most, end ?? call), 0)
  const reads = inputs.map((input) => {
    const call = ++time
    return { process: 'reader', call, return: ++time, input, output: apply(input) }
  })
  return [...history, ...reads]
}
