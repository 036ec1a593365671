import type { Json } from '../../../model/stack/json.ts'
import type { HotVersion } from './version.ts'

/** What functions of a template may look at while it is resolved. */
export interface Scope {
  readonly version: HotVersion
  /** @throws CloudError `invalid` when there is no such parameter. */
  parameter(name: string, path: string): Json
  /** @throws CloudError `invalid` when there is no such condition. */
  condition(name: string, path: string): boolean
  /** What a resource is referred to by. */
  resource(name: string, path: string): Json
  /** An attribute; all of them without a name. */
  attribute(name: string, attribute: string | undefined, path: string): Json
  /** The text of a file that came with the template. */
  file(name: string, path: string): string
  /** What the stack above says of this stack's resource. */
  facade(what: 'metadata' | 'deletion_policy' | 'update_policy'): Json
  /** Hexadecimal; undefined for an algorithm that there is not. */
  digest(algorithm: string, text: string): string | undefined
  /** What resolving may still make. */
  readonly budget: Budget
}

/** Bounds what functions make of a template: a `repeat` inside of a `repeat` grows fast. */
export interface Budget {
  values: number
  characters: number
}

/** Stands for what is known only once a resource is there. Compared by identity. */
export const unresolved: Json = Object.freeze({ '': 'is known once the resource is there' })

/** True if something within is not known yet. */
export function hasUnresolved(value: Json): boolean {
  if (value === unresolved) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((one: Json) => hasUnresolved(one))
}
