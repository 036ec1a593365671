import { defineKind, type Stored } from '../kind.ts'
import type { JsonMap } from './json.ts'
import type { StackAction, StackStatus } from './stack-state.ts'

export const deletionPolicies = ['Delete', 'Retain', 'Snapshot'] as const
export type DeletionPolicy = (typeof deletionPolicies)[number]

/** Where a resource may be held, until somebody says that it may go on. Heat's names. */
export const stackHooks = [
  'pre-create',
  'pre-update',
  'pre-delete',
  'post-create',
  'post-update',
] as const
export type StackHook = (typeof stackHooks)[number]

/** A hook of a generation of the stack: the next one meets it anew. */
export interface HookAt {
  readonly name: StackHook
  readonly generation: number
}

/**
 * One resource of a stack. What is to be done, and under which idempotency key, is written before
 * it is done: whoever takes over asks for the same again, and gets the first answer.
 */
export interface StackResource extends Stored {
  readonly stackId: string
  readonly projectId: string
  /** As in the template; members of a group are `group/0`, `group/1` … */
  readonly name: string
  /** As in the template: the registry may have named another. */
  readonly type: string
  /** The type that the registry names for it: one that the cloud has, or a file. */
  readonly implementation: string
  readonly action: StackAction
  readonly status: StackStatus
  readonly reason: string
  /** `invoke`: it is not known yet whether the operation was done. `wait`: it goes on. */
  readonly step: 'invoke' | 'wait' | null
  /** The stack's generation that this row was brought to, or is being brought to. */
  readonly generation: number
  /** What the service calls it; null before it is there. */
  readonly physicalId: string | null
  /** The idempotency key of the operation under way; of the last one else. */
  readonly key: string | null
  /** Which of the members, when one operation makes several with one key. */
  readonly member: number
  /** Operations begun on it: a part of the next key. */
  readonly attempt: number
  /** Tries of the present operation that failed for the moment. */
  readonly tries: number
  /** When this action began, and is given up. */
  readonly since: number
  /** Properties that it has, and those that it is to have. */
  readonly properties: JsonMap | null
  readonly target: JsonMap | null
  readonly attributes: JsonMap
  readonly metadata: JsonMap
  /** Names of resources that must be there before it, and gone after it. */
  readonly requires: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  /** True: it was there before the stack and stays after it. */
  readonly external: boolean
  /** True: it takes signals. */
  readonly signals: boolean
  /** The hook that holds it. */
  readonly hook: HookAt | null
  /** Hooks of the latest generation that held it, and were lifted. */
  readonly lifted: readonly HookAt[]
  /** Its name, which one row of a stack holds; null when another has taken it. */
  readonly liveName: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export const stackResourceKind = defineKind<StackResource>('stackResource', {
  byStack: { fields: ['stackId'] },
  byName: { fields: ['stackId', 'liveName'], unique: true },
})

/** Counts the rows of a stack: one that cannot be seen yet still holds it. */
export function stackResourceScope(stackId: string): string {
  return `stackResources:${stackId}`
}
