import type { PolicyName } from '../kernel.ts'
import type { Ask, GroupAsk, Resources } from './api.ts'

/**
 * What an ask says of one instance and of where it may lie, whoever else it comes with: copied, so
 * that the caller may change its own. Every allocation remembers it.
 */
export interface TemplateAsk {
  readonly resources: Resources
  readonly cells?: number
  readonly devices?: NonNullable<Ask['devices']>
  readonly requiredTraits?: readonly string[]
  readonly anyTraits?: readonly (readonly string[])[]
  readonly forbiddenTraits?: readonly string[]
  readonly zones?: readonly string[]
  readonly racks?: readonly string[]
  readonly memberOf?: readonly (readonly string[])[]
  readonly notMemberOf?: readonly string[]
  readonly tenant?: string
  readonly group?: Omit<GroupAsk, 'members'>
  readonly app?: string
  readonly policy?: PolicyName
  readonly weights?: Readonly<Record<string, number>>
  readonly priority?: number
}

/** A compiled ask. What can be compiled depends on the frame, and is made when it is used. */
export interface Template {
  readonly ask: TemplateAsk
  /** Names and amounts of `resources`, in the order of the object. */
  readonly names: readonly string[]
  readonly amounts: readonly number[]
  /** Nothing but resources and a policy. */
  readonly plain: boolean
  /** The same for nobody in particular: without group, app and priority. Often this one. */
  readonly bare: Template
  /** Numbers of group and app, −1 without. */
  readonly group: number
  readonly app: number
  /** Of the kernel, −1 while it has none. */
  footprint: number
  /** Shapes of the kernel that have its footprint. */
  shapes: number
  /** The kernel's shape of a bare template, and those that are bound to one zone or rack. */
  shape: Shape | undefined
  readonly domainShapes: Map<number, Shape>
  /** In the cache, and lately found there. */
  cached: boolean
  recent: boolean
  readonly key: number
  next: Template | undefined
}

/** One zone or rack that an ask is bound to. */
export interface Domain {
  readonly by: 'zone' | 'rack'
  readonly number: number
}

/** A shape of the kernel: a bare template, bound to one zone or rack or not. */
export interface Shape {
  readonly template: Template
  readonly domain: Domain | undefined
  readonly key: number
  /** Of the kernel, −1 when another has taken it. */
  slot: number
  /** The epoch of the fleet at which it was set; of another epoch, it is to be set again. */
  epoch: number
  recent: boolean
  /** What is asked for and no host has, if anything: then nothing fits anywhere. */
  missing: Missing | undefined
  /** By kind, what was set. */
  filter: Uint8Array
}

/** A bare template that is typical. */
export interface Typical {
  readonly template: Template
  /** How much packing heeds it: adds up to 256; most have none. */
  readonly weight: number
  /** How often it is asked for. */
  readonly count: number
}

/** What is asked for that no host has. */
export interface Missing {
  /** Classes, in the order of names. */
  readonly classes: readonly string[]
  /** More devices than any host has. */
  readonly devices: boolean
}
