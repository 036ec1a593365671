import { defineKind, type Stored } from '../kind.ts'
import type { Json, JsonMap } from './json.ts'
import type { StackAction, StackStatus } from './stack-state.ts'

/**
 * As whom the operations of a stack's resources are called: whoever asked for what is being done.
 * A user's roles are looked up each time anew; an embedder's own actor, which is no user that the
 * cloud knows, acts with the roles it came with.
 */
export interface StackOwner {
  readonly userId: string
  readonly domainId: string | null
  /** Null: a user of the cloud, whose roles are those assigned when they are needed. */
  readonly roles: readonly string[] | null
  /** True: as long as he is `admin` in the project, what is the system's is his to do as well. */
  readonly operator?: true
}

/** A set of resources made from one template, brought about and changed as a whole. */
export interface Stack extends Stored {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly tags: readonly string[]
  readonly owner: StackOwner
  readonly action: StackAction
  readonly status: StackStatus
  readonly reason: string
  /** Grows with every request: what resources have been brought to is compared with it. */
  readonly generation: number
  /** The definition that its resources are brought to. */
  readonly definitionId: string
  /** The last definition that was brought about wholly: where a rollback goes. */
  readonly completeId: string | null
  /** True: what fails is undone. */
  readonly rollback: boolean
  /** Somebody asked that what is under way be given up. */
  readonly cancelled: boolean
  /** True: it goes, and its resources stay. */
  readonly abandoned?: boolean
  /** How long an action may take, and when the one under way is given up. */
  readonly timeoutMs: number
  readonly deadline: number
  /** The stack whose resource this one is, and how many there are above it. */
  readonly parentId: string | null
  readonly depth: number
  readonly requestId: string
  readonly createdAt: number
  readonly updatedAt: number
}

export const stackKind = defineKind<Stack>('stack', {
  byProject: { fields: ['projectId'] },
  byName: { fields: ['projectId', 'name'], unique: true },
})

/** What a stack is made from: never changed, so that a step that runs again reads the same. */
export interface StackDefinition extends Stored {
  readonly stackId: string
  readonly template: JsonMap
  /** Values that were given, by the user or by the environment. */
  readonly parameters: JsonMap
  /** Types by the names that templates use for them. */
  readonly registry: Readonly<Record<string, string>>
  /** By the names of resources, those of nested stacks within: their hooks and restrictions. */
  readonly rules: JsonMap
  readonly files: Readonly<Record<string, string>>
  /** Of a nested stack: what the stack above says of the resource that it is. */
  readonly facade: JsonMap | null
  /** Of a stack that takes over what there is: ids by the names of resources. */
  readonly adopted?: Readonly<Record<string, string>>
  /** What policies have made of the sizes of groups, by their names. */
  readonly sizes?: Readonly<Record<string, GroupSize>>
  readonly createdAt: number
}

export interface GroupSize {
  readonly count: number
  /** When a policy last changed it. */
  readonly at: number
}

export const stackDefinitionKind = defineKind<StackDefinition>('stackDefinition', {
  byStack: { fields: ['stackId'] },
})

/** What a stack was made from at some time, to go back to. Data of its resources stay theirs. */
export interface StackSnapshot extends Stored {
  readonly stackId: string
  readonly projectId: string
  readonly name: string
  /** A copy, which is the snapshot's own. */
  readonly definitionId: string
  /** What the stack had, by the names of the resources. */
  readonly resources: Readonly<Record<string, SnapshotResource>>
  readonly createdAt: number
}

export interface SnapshotResource {
  readonly type: string
  readonly physicalId: string | null
  readonly action: StackAction
  readonly status: StackStatus
}

export const stackSnapshotKind = defineKind<StackSnapshot>('stackSnapshot', {
  byStack: { fields: ['stackId'] },
})

/** What happened to a stack or one of its resources. */
export interface StackEvent extends Stored {
  readonly stackId: string
  readonly projectId: string
  /** Null: of the stack itself. */
  readonly resource: string | null
  /** Its type in the template. */
  readonly type: string | null
  readonly physicalId: string | null
  readonly action: StackAction
  readonly status: StackStatus
  readonly reason: string
  readonly at: number
}

export const stackEventKind = defineKind<StackEvent>('stackEvent', {
  byStack: { fields: ['stackId'] },
})

/** A message to a resource, such as `I am ready` of what runs on a server. */
export interface StackSignal extends Stored {
  readonly stackId: string
  readonly resourceId: string
  /** A second signal with the same name is the first one. */
  readonly name: string
  readonly status: 'SUCCESS' | 'FAILURE'
  readonly reason: string
  readonly data: Json
  readonly at: number
}

export const stackSignalKind = defineKind<StackSignal>('stackSignal', {
  byResource: { fields: ['resourceId'] },
  byName: { fields: ['resourceId', 'name'], unique: true },
})

/** Counts the signals of a resource: a bound that concurrent ones cannot pass. */
export function stackSignalScope(resourceId: string): string {
  return `stackSignals:${resourceId}`
}

/** The topic rung when a stack gets on. */
export function stackTopic(stackId: string): string {
  return `stack:${stackId}`
}
