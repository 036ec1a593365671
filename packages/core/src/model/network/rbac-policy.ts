import { defineKind, type Stored } from '../kind.ts'

/** Kinds of things of the network service that projects lend to others. */
export const rbacObjectTypes = [
  'network',
  'subnetPool',
  'securityGroup',
  'addressGroup',
  'qosPolicy',
] as const
export type RbacObjectType = (typeof rbacObjectTypes)[number]

/** `accessAsExternal` is for networks: to get out by them, and take floating IPs of them. */
export const rbacActions = ['accessAsShared', 'accessAsExternal'] as const
export type RbacAction = (typeof rbacActions)[number]

/** Stands for every project. */
export const everyProject = '*'

/** Lends something of a project to another one, or to all. */
export interface RbacPolicy extends Stored {
  /** Whose the thing is. */
  readonly projectId: string
  readonly objectType: RbacObjectType
  readonly objectId: string
  readonly action: RbacAction
  /** A project, or `everyProject`. */
  readonly target: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** What rows of things that can be lent have: it follows from their policies. */
export interface Lent {
  /** True: to every project. */
  readonly shared?: boolean
  /** Projects that it is lent to one by one. Absent = none. */
  readonly sharedWith?: readonly string[]
}

export const rbacPolicyKind = defineKind<RbacPolicy>(
  'rbacPolicy',
  {
    byProject: { fields: ['projectId'] },
    byObject: { fields: ['objectId', 'action', 'target'], unique: true },
    byTarget: { fields: ['target', 'objectType', 'objectId'] },
  },
  { events: {} },
)
