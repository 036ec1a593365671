import type { Json } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import { isTrue } from './resolve.ts'
import type { Scope } from './scope.ts'

/** The conditions of a template: each is looked at once, when it is first asked for. */
export class Conditions {
  readonly #sources: ReadonlyMap<string, Json>
  readonly #known = new Map<string, boolean | 'under way'>()

  constructor(sources: ReadonlyMap<string, Json>) {
    this.#sources = sources
  }

  /** @throws CloudError `invalid` when there is no such condition, or it depends on itself. */
  isTrue(name: string, scope: Scope, path: string): boolean {
    const known = this.#known.get(name)
    if (typeof known === 'boolean') return known
    if (known === 'under way') throw templateError(path, `the condition ${name} depends on itself.`)
    const source = this.#sources.get(name)
    if (source === undefined)
      throw templateError(path, `there is no condition ${name.slice(0, 100)}.`)
    this.#known.set(name, 'under way')
    const value = isTrue(source, scope, within('template.conditions', name))
    this.#known.set(name, value)
    return value
  }
}
