import type { Draft } from '../../model/kind.ts'
import type { Json, JsonMap } from '../../model/stack/json.ts'
import type { StackResource } from '../../model/stack/resource.ts'
import type { Stack } from '../../model/stack/stack.ts'
import type { DerivedConfig } from './software/derived.ts'
import { stackStatusText } from '../../model/stack/stack-state.ts'

/** A stack as its users see it. */
export interface StackView {
  readonly id: string
  readonly rev: number
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly tags: readonly string[]
  readonly action: Stack['action']
  readonly status: Stack['status']
  /** Both, e.g. `CREATE_COMPLETE`. */
  readonly stackStatus: string
  readonly reason: string
  readonly userId: string
  readonly rollback: boolean
  readonly timeoutMinutes: number
  readonly parentId: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export function viewStack(stack: Draft<Stack>, rev: number): StackView {
  const { id, projectId, name, description, tags, action, status, reason } = stack
  const { rollback, parentId, createdAt, updatedAt } = stack
  return {
    ...{ id, rev, projectId, name, description, tags, action, status },
    stackStatus: stackStatusText(stack),
    reason,
    userId: stack.owner.userId,
    rollback,
    timeoutMinutes: stack.timeoutMs / 60_000,
    ...{ parentId, createdAt, updatedAt },
  }
}

export interface StackOutput {
  readonly name: string
  readonly description: string
  readonly value: Json
  /** Why there is no value; null when there is. */
  readonly error: string | null
}

/** A stack with what it was made from, and what it tells. */
export interface StackDetail extends StackView {
  /** Hidden ones are covered. */
  readonly parameters: JsonMap
  readonly outputs: readonly StackOutput[]
}

/** A resource of a stack as its users see it. */
export interface StackResourceView {
  readonly id: string
  readonly stackId: string
  readonly name: string
  readonly type: string
  /** True: it is a stack of its own, whose id is the physical one. */
  readonly isStack: boolean
  readonly physicalId: string | null
  readonly action: StackResource['action']
  readonly status: StackResource['status']
  readonly resourceStatus: string
  readonly reason: string
  readonly requires: readonly string[]
  readonly attributes: JsonMap
  readonly metadata: JsonMap
  /** Of a server that takes configurations of software, where it is shown alone. */
  readonly deployments?: readonly DerivedConfig[]
  readonly createdAt: number
  readonly updatedAt: number
}

export function viewResource(row: StackResource): StackResourceView {
  const { id, stackId, name, type, physicalId, action, status, reason } = row
  const { requires, attributes, metadata, createdAt, updatedAt } = row
  const isStack = row.implementation === 'OS::Heat::Stack' || !row.implementation.includes('::')
  return {
    ...{ id, stackId, name, type, isStack, physicalId, action, status },
    resourceStatus: stackStatusText(row),
    ...{ reason, requires, attributes, metadata, createdAt, updatedAt },
  }
}
