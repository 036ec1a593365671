import { isJsonList, isJsonMap, type Json } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import type { Place, TemplateFunction } from './function.ts'
import { hasSince } from './version.ts'

const facades = ['metadata', 'deletion_policy', 'update_policy'] as const

/** Functions that look something up. */
export const referenceFunctions: Readonly<Record<string, TemplateFunction>> = {
  get_param: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, place) => {
      const [name, ...keys] = pathOf(argument, place.path)
      return follow(place.scope.parameter(nameOf(name, place.path), place.path), keys, place)
    },
  },
  get_resource: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, { scope, path }) => scope.resource(nameOf(argument, path), path),
  },
  get_attr: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, place) => {
      const { scope, path } = place
      const [name, attribute, ...keys] = pathOf(argument, path)
      if (attribute === undefined) {
        if (!hasSince(scope.version, '2015-10-15')) {
          throw templateError(path, 'needs the name of an attribute before version 2015-10-15.')
        }
        return scope.attribute(nameOf(name, path), undefined, path)
      }
      return follow(scope.attribute(nameOf(name, path), nameOf(attribute, path), path), keys, place)
    },
  },
  get_file: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, { scope, path }) => scope.file(nameOf(argument, path), path),
  },
  resource_facade: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, { scope, path }) => {
      const what = facades.find((one) => one === argument)
      if (!what) throw templateError(path, `is not one of ${facades.join(', ')}.`)
      return scope.facade(what)
    },
  },
}

function pathOf(argument: Json, path: string): readonly Json[] {
  const list = isJsonList(argument) ? argument : [argument]
  if (list.length === 0) throw templateError(path, 'names nothing.')
  return list
}

function nameOf(value: Json | undefined, path: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw templateError(path, 'is not a name.')
}

/** What stands at the end of a path; null where it leads nowhere, as in Heat. */
export function follow(value: Json, keys: readonly Json[], { path }: Place): Json {
  let at = value
  for (const [index, key] of keys.entries()) {
    if (typeof key !== 'string' && typeof key !== 'number') {
      throw templateError(within(path, index), 'is neither a key nor an index.')
    }
    if (isJsonList(at)) at = at[Number(key)] ?? null
    else if (isJsonMap(at)) at = Object.hasOwn(at, key) ? (at[key] as Json) : null
    else return null
  }
  return at
}
