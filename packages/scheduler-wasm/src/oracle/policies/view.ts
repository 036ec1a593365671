import type { Footprint } from '../../kernel.ts'
import { type Layout, share, word } from '../layout.ts'
import type { Typical } from '../typical.ts'
import type { Kind } from '../world.ts'

/** What a policy looks at: a host before and after one instance. */
export interface View {
  readonly layout: Layout
  readonly kind: Kind
  readonly asked: Footprint
  /** One weight per resource class. */
  readonly weights: Int8Array
  readonly before: Int32Array
  readonly after: Int32Array
  /** Whether nothing at all is on the host before. */
  readonly empty: boolean
  /** Bins of the instance's expected end and of now. */
  readonly until: number
  readonly now: number
  readonly typical: readonly Typical[]
  /** What typical asks for devices can be expected to take of a state; without them, undefined. */
  readonly worth: (state: Int32Array) => number | undefined
}

/** How little a host is liked for one instance: 0 … 2²⁶−2, the least is the best. */
export type Policy = (view: View) => number

/** What stays free of the resource classes that are asked for, each in 2¹⁵ths of the capacity. */
export interface Shares {
  readonly plain: readonly number[]
  /** Times the weight of the class. */
  readonly weighted: readonly number[]
}

export function sharesAfter({ layout, kind, asked, weights, after }: View): Shares {
  const plain: number[] = []
  const weighted: number[] = []
  for (let index = 0; index < layout.resources; index++) {
    if (word(asked.amounts, index) === 0) continue
    const part = share(word(after, index), word(kind.capacity, index))
    plain.push(part)
    weighted.push(part * (weights[index] ?? 0))
  }
  return { plain, weighted }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The largest less the smallest; 0 of none. */
export function imbalance(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}
