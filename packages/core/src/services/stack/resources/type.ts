import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { Stack } from '../../../model/stack/stack.ts'
import type { Operation } from '../../operation.ts'
import type { NestedStacks } from './nested.ts'
import type { PropertySpecs } from './property.ts'
import type { Result } from './result.ts'

/**
 * A type of resource: what it takes, what it tells, and how services make one. Every verb gets
 * many, may be called again with the same, and then does the same.
 */
export interface ResourceType {
  /** Heat's name. */
  readonly name: string
  readonly summary: string
  /** Null: any, as a nested template says. */
  readonly properties: PropertySpecs | null
  /** What `get_attr` finds, with what it means. */
  readonly attributes: Readonly<Record<string, string>>
  /** What is wrong with properties beyond each by itself. Some may be unresolved yet. */
  readonly check?: (properties: JsonMap, path: string) => void
  readonly create: Verb
  /** How a creation, a change or a resumption gets on that answered `pending`. */
  readonly poll?: Verb
  /**
   * What a resource that is being replaced lets go before its successor is made, because both want
   * it: an address, a port, a volume. Asked again until it answers that everything is free.
   */
  readonly vacate?: (
    work: ResourceWork,
    before: StackResource,
    after: StackResource,
  ) => Promise<boolean>
  /** Without it, every change of properties is a replacement. */
  readonly update?: Verb
  /** True: this change of updatable properties is a replacement all the same. */
  readonly replaces?: (before: JsonMap, after: JsonMap) => boolean
  /** Done = it is gone. Without it, there is nothing but the row. */
  readonly remove?: Verb
  readonly suspend?: Verb
  readonly resume?: Verb
  /** Is it there, and well? Without it, whatever has a row is. */
  readonly verify?: Verb
  /** What else is written when a creation or a change is given up. */
  readonly giveUp?: (
    kernel: Kernel,
    rows: readonly StackResource[],
    reason: string,
  ) => Promise<Writes>
  /** Its id by the answer of its creation, which nobody has waited for. */
  readonly recover?: (
    work: ResourceWork,
    row: StackResource,
    answer: unknown,
  ) => Promise<string | null>
  /** What `get_resource` gives; the id by default. */
  readonly reference?: (row: StackResource) => Json
  /** Members of a group whose texts are equal may be made by one operation, in one verb call. */
  readonly batch?: (properties: JsonMap) => string
  /**
   * What a resource stands for, or waits for, besides what its template names: by its properties as
   * they are written. Who waits for a word waits for all who stand for it.
   */
  readonly provides?: (properties: JsonMap) => readonly string[]
  readonly awaits?: (properties: JsonMap) => readonly string[]
  /** Which members a group has, by its properties. */
  readonly members?: (properties: JsonMap, path: string) => GroupSpec
  /** True: signals are taken for it. */
  readonly signals?: boolean
}

export type Verb = (
  work: ResourceWork,
  rows: readonly StackResource[],
) => Promise<ReadonlyMap<string, Result>>

/** Which members a group is to have. */
export interface GroupSpec {
  readonly count: number
  readonly definition: Json
  /** Stands for the member's index in the definition's texts. */
  readonly variable: string
  /** Members that are not to be there, by index. */
  readonly removed: readonly number[]
  readonly rolling: Rolling | null
  /** How few and how many policies may make of them; undefined for groups that have none. */
  readonly bounds?: { readonly least: number; readonly most: number }
}

/** How many members change at once, and how long the next ones wait. */
export interface Rolling {
  readonly size: number
  readonly pauseMs: number
}

/** What a verb may use. */
export interface ResourceWork {
  readonly kernel: Kernel
  readonly stack: Stack
  readonly signal: AbortSignal
  readonly nested: NestedStacks
  /** Files and registry that nested templates share. */
  readonly files: Readonly<Record<string, string>>
  readonly registry: Readonly<Record<string, string>>
  /** What the environment says of single resources. */
  readonly rules: JsonMap
  /**
   * Calls an operation of another service as the stack's owner.
   *
   * @param key of operations that make something: a repeat makes nothing twice.
   */
  call<I, O, In>(operation: Operation<I, O, In>, input: In, key?: string): Promise<O>
  /** An idempotency key of its own for each use of a row's present action. */
  keyOf(row: StackResource, use: string): string
}
