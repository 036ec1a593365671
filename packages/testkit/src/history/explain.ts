import type { Model, Operation } from './operation.ts'

/** Operations of the order that an explanation shows. */
const shown = 12

interface Explanation<I, O> {
  readonly prefix: readonly Operation<I, O>[]
  readonly order: readonly Operation<I, O>[]
  readonly stuck: readonly Operation<I, O>[]
  readonly text: string
}

/** What the search of an illegal part found, for people. */
export function explain<S, I, O>(
  model: Model<S, I, O>,
  part: string,
  operations: readonly Operation<I, O>[],
  found: { readonly order: readonly number[]; readonly wall: number },
): Explanation<I, O> {
  const until = operations[found.wall]?.return ?? Number.POSITIVE_INFINITY
  const byCall = (a: Operation<I, O>, b: Operation<I, O>): number => a.call - b.call
  const prefix = operations.filter(({ call }) => call <= until).sort(byCall)
  const used = new Set(found.order)
  const order = found.order.map((index) => operations[index] as Operation<I, O>)
  const stuck = operations
    .filter(
      ({ call, return: end }, index) => end !== undefined && call <= until && !used.has(index),
    )
    .sort(byCall)
  let state = model.init()
  for (const { input, output, return: end } of order) {
    state = model.step(state, input, end === undefined ? undefined : output) ?? state
  }
  const where = part === '' ? '' : ` of part "${part}"`
  const hidden = Math.max(0, order.length - shown)
  const text = [
    `No order of the first ${prefix.length} operations${where} explains their answers.`,
    order.length === 0
      ? 'None of them can come first.'
      : `The longest legal order found has ${order.length}${hidden > 0 ? '; its end' : ''}:`,
    ...order.slice(hidden).map(line),
    `Then the state is ${model.key(state)}, and none of these can come next:`,
    ...stuck.map(line),
  ].join('\n')
  return { prefix, order, stuck, text }
}

function line<I, O>({ process, call, return: end, input, output }: Operation<I, O>): string {
  const answer = output === undefined || end === undefined ? '(unknown)' : JSON.stringify(output)
  return `  ${process} [${call}..${end ?? ''}] ${JSON.stringify(input)} -> ${answer}`
}
