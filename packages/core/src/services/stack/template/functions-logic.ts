import { canonicalJson } from '../../../base/canonical.ts'
import { isJsonList, type Json } from '../../../model/stack/json.ts'
import { absent } from './absent.ts'
import { templateError, within } from './error.ts'
import type { SpecialPlace, TemplateFunction } from './function.ts'
import { hasSince } from './version.ts'

/** Functions that choose. */
export const logicFunctions: Readonly<Record<string, TemplateFunction>> = {
  if: {
    type: 'special',
    since: '2016-10-14',
    run: (argument, { scope, path, evaluate, condition }) => {
      const parts = isJsonList(argument) ? argument : []
      const isShort = parts.length === 2 && hasSince(scope.version, '2021-04-16')
      if (parts.length !== 3 && !isShort) {
        throw templateError(path, 'is not a condition, what holds if it is true, and what else.')
      }
      const chosen = condition(parts[0] as Json, scope, within(path, 0)) ? 1 : 2
      const value = parts[chosen]
      return value === undefined ? absent : evaluate(value, scope, within(path, chosen))
    },
  },
}

/** Functions of conditions. */
export const truthFunctions: Readonly<Record<string, TemplateFunction>> = {
  equals: {
    type: 'plain',
    since: '2016-10-14',
    run: (argument, { path }) => {
      const [one, other, ...rest] = isJsonList(argument) ? argument : []
      if (one === undefined || other === undefined || rest.length > 0) {
        throw templateError(path, 'is not two values.')
      }
      return canonicalJson(one) === canonicalJson(other)
    },
  },
  not: {
    type: 'special',
    since: '2016-10-14',
    run: (argument, { scope, path, condition }) => !condition(argument, scope, path),
  },
  and: {
    type: 'special',
    since: '2016-10-14',
    run: (argument, place) => several(argument, place).every((one) => one()),
  },
  or: {
    type: 'special',
    since: '2016-10-14',
    run: (argument, place) => several(argument, place).some((one) => one()),
  },
}

function several(
  argument: Json,
  { scope, path, condition }: SpecialPlace,
): readonly (() => boolean)[] {
  if (!isJsonList(argument) || argument.length < 2) {
    throw templateError(path, 'is not a list of at least two conditions.')
  }
  return argument.map((one, at) => () => condition(one, scope, within(path, at)))
}
