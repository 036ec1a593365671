import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { Stack } from '../../../model/stack/stack.ts'
import type { Result } from './result.ts'

/** What a nested stack is made from. */
export interface NestedSource {
  readonly template: string
  readonly parameters: JsonMap
  readonly files: Readonly<Record<string, string>>
  readonly registry: Readonly<Record<string, string>>
  /** For the resources of the nested stack. */
  readonly rules: JsonMap
  readonly timeoutMs: number
}

/** Stacks as resources of a stack: handed in, since the service is above its types. */
export interface NestedStacks {
  create(parent: Stack, row: StackResource, source: NestedSource): Promise<Result>
  update(parent: Stack, row: StackResource, source: NestedSource): Promise<Result>
  poll(parent: Stack, row: StackResource): Promise<Result>
  remove(parent: Stack, row: StackResource): Promise<Result>
  suspend(parent: Stack, row: StackResource): Promise<Result>
  resume(parent: Stack, row: StackResource): Promise<Result>
}
