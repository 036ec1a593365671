import { limits } from '../../../base/limits.ts'
import { isJsonMap, type Json } from '../../../model/stack/json.ts'
import { templateError } from './error.ts'
import type { Budget, Scope } from './scope.ts'

export function newBudget(): Budget {
  return { values: limits.stackResolvedValues, characters: limits.stackResolvedCharacters }
}

/** @throws CloudError `invalid` when what a template is resolved to becomes too large. */
export function spend(scope: Scope, path: string, values: number, characters = 0): void {
  const { budget } = scope
  budget.values -= values
  budget.characters -= characters
  if (budget.values < 0) {
    throw templateError(path, 'makes too many values.', limits.stackResolvedValues)
  }
  if (budget.characters < 0) {
    throw templateError(path, 'makes too much text.', limits.stackResolvedCharacters)
  }
}

/** Pays for a value that was looked up: it may be put into many places. */
export function spendValue(scope: Scope, path: string, value: Json): void {
  if (typeof value === 'string') return spend(scope, path, 1, value.length)
  spend(scope, path, 1)
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    if (isJsonMap(value)) spend(scope, path, 0, key.length)
    spendValue(scope, path, member)
  }
}
