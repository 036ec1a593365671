import type { JsonMap } from '../../../model/stack/json.ts'

/** What became of a resource in a verb, by the id of its row. */
export type Result =
  | Done
  | { readonly state: 'pending'; readonly physicalId?: string; readonly attributes?: JsonMap }
  | { readonly state: 'failed'; readonly reason: string; readonly physicalId?: string }
  /** Not now; to be tried again. */
  | { readonly state: 'retry'; readonly reason: string }

export interface Done {
  readonly state: 'done'
  readonly physicalId?: string
  readonly attributes?: JsonMap
}
