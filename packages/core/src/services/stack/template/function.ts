import type { Json } from '../../../model/stack/json.ts'
import type { Scope } from './scope.ts'
import type { HotVersion } from './version.ts'

export type Evaluate = (value: Json, scope: Scope, path: string) => Json

export interface Place {
  readonly scope: Scope
  readonly path: string
}

export interface SpecialPlace extends Place {
  readonly evaluate: Evaluate
  readonly condition: (value: Json, scope: Scope, path: string) => boolean
}

/** A function of templates: from which version on it is there, and what it gives. */
export type TemplateFunction =
  | {
      readonly type: 'plain'
      readonly since: HotVersion
      /** Its argument is resolved. */
      readonly run: (argument: Json, place: Place) => Json
    }
  | {
      /** It resolves its argument itself, or only a part of it. */
      readonly type: 'special'
      readonly since: HotVersion
      readonly run: (argument: Json, place: SpecialPlace) => Json
    }
