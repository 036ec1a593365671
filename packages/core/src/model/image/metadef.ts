import { defineKind, type Stored } from '../kind.ts'

/** Bounds of definitions: a namespace is one row, and all of them are listed at once. */
export const metadefLimits = Object.freeze({
  namespaces: 256,
  /** Definitions of one part of a namespace. */
  parts: 256,
  /** Characters of all that one defines. */
  length: 65_536,
})

/** Types of values that a definition describes: those of JSON schema. */
export const metadefTypes = ['array', 'boolean', 'integer', 'number', 'object', 'string'] as const

/** What a property of something may be: the part of JSON schema that Glance documents. */
export interface MetadefProperty {
  readonly title: string
  readonly type: (typeof metadefTypes)[number]
  readonly [keyword: string]: unknown
}

/** Properties that belong together. */
export interface MetadefObject {
  readonly description: string
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, MetadefProperty>>
  readonly createdAt: number
  readonly updatedAt: number
}

/** To what the definitions apply, and what their names begin with there. */
export interface MetadefTarget {
  readonly prefix: string | null
  /** Of something that belongs to the type, such as `image`; null: its own properties. */
  readonly propertiesTarget: string | null
  readonly createdAt: number
}

/** Definitions of what metadata of images, flavors, volumes and the like may say: one row. */
export interface MetadefNamespace extends Stored {
  /** Its name, by which clients know it. */
  readonly namespace: string
  readonly projectId: string | null
  readonly displayName: string
  readonly description: string
  readonly visibility: 'public' | 'private'
  /** True: it is not deleted, nor anything of it. */
  readonly protected: boolean
  readonly objects: Readonly<Record<string, MetadefObject>>
  readonly properties: Readonly<Record<string, MetadefProperty>>
  /** When each was added. */
  readonly tags: Readonly<Record<string, number>>
  /** By the name of the resource type, e.g. `OS::Nova::Flavor`. */
  readonly resourceTypes: Readonly<Record<string, MetadefTarget>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const metadefKind = defineKind<MetadefNamespace>('metadefNamespace', {
  byNamespace: { fields: ['namespace'], unique: true },
})

/** Characters of all that a namespace defines. */
export function metadefSize({
  objects,
  properties,
  tags,
  resourceTypes,
}: Pick<MetadefNamespace, 'objects' | 'properties' | 'tags' | 'resourceTypes'>): number {
  return JSON.stringify([objects, properties, tags, resourceTypes]).length
}
