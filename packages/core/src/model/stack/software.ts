import { defineKind, type Stored } from '../kind.ts'
import type { Json, JsonMap } from './json.ts'
import type { StackStatus } from './stack-state.ts'

/** What a configuration takes or tells, as its author declared it. Heat's names. */
export interface SoftwareField {
  readonly name: string
  readonly type: 'String' | 'Number' | 'CommaDelimitedList' | 'Json' | 'Boolean'
  readonly description: string
  /** Of an input that is not given; null for none, and for outputs. */
  readonly default: Json
  /** Of an output: whatever it says means that the deployment has failed. */
  readonly errorOutput: boolean
}

/** Configuration of software, such as a script. It is never changed: there is another instead. */
export interface SoftwareConfig extends Stored {
  readonly projectId: string
  readonly name: string
  /** What on the server understands it, e.g. `script`. */
  readonly group: string
  /** A text, or the structure that some groups take. */
  readonly config: Json
  readonly options: JsonMap
  readonly inputs: readonly SoftwareField[]
  readonly outputs: readonly SoftwareField[]
  readonly createdAt: number
}

export const softwareConfigKind = defineKind<SoftwareConfig>('softwareConfig', {
  byProject: { fields: ['projectId'] },
})

/** Counts the deployments of a configuration: one that is in use does not go. */
export function softwareConfigScope(configId: string): string {
  return `softwareConfig:${configId}`
}

/** What a deployment is to be done for: Heat's actions. */
export const deployActions = ['INIT', 'CREATE', 'UPDATE', 'DELETE', 'SUSPEND', 'RESUME'] as const

/** How what runs on the server answers; `NO_SIGNAL`: it does not. */
export const signalTransports = ['CFN_SIGNAL', 'TEMP_URL_SIGNAL', 'NO_SIGNAL'] as const
export type SignalTransport = (typeof signalTransports)[number]

/** The resource of a stack that a deployment belongs to. */
export interface DeployedBy {
  readonly stackId: string
  readonly stackName: string
  /** Its name in the template. */
  readonly resource: string
  readonly transport: SignalTransport
}

/** A configuration that a server is to be brought to, and what came of it. */
export interface SoftwareDeployment extends Stored {
  readonly projectId: string
  readonly configId: string
  /** What the user calls the server: nothing is looked for. */
  readonly serverId: string
  /** Of a resource's: one of `deployActions`. Of a user's: any word. */
  readonly action: string
  readonly status: StackStatus
  readonly reason: string
  readonly inputValues: JsonMap
  readonly outputValues: JsonMap
  /** Another with each change, so that the server can tell what it has done. */
  readonly derivedId: string
  /** Who knows it may say what came of it: part of a URL that the server is given. */
  readonly key: string
  /** The row of the stack's resource; null for one that a user made. */
  readonly resourceId: string | null
  /** Its name among those of the resource. */
  readonly name: string
  readonly by: DeployedBy | null
  readonly createdAt: number
  readonly updatedAt: number
}

export const softwareDeploymentKind = defineKind<SoftwareDeployment>('softwareDeployment', {
  byProject: { fields: ['projectId'] },
  byServer: { fields: ['projectId', 'serverId'] },
  byResource: { fields: ['resourceId'] },
  byConfig: { fields: ['configId'] },
})
