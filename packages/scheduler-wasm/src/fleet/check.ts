import { EngineError } from '../errors.ts'
import { fleetLimits } from './limits.ts'

/*
 * Checks of single values. Fields are told by a prefix and, in lists, an index, so that nothing is
 * put together unless it is wrong.
 */

export function refuse(message: string, field: string, limit: number | string): never {
  throw new EngineError(message, field, limit)
}

export function isName(name: unknown): name is string {
  return typeof name === 'string' && name.length > 0 && name.length <= fleetLimits.nameLength
}

export function isAmount(amount: unknown): amount is number {
  // The bitwise form is true of 32-bit integers only, and the sign of −0 does no harm.
  return typeof amount === 'number' && (amount | 0) === amount && amount >= 0
}

export function checkName(name: unknown, field: string): void {
  if (isName(name)) return
  const limit = fleetLimits.nameLength
  refuse(`must be a text of 1 to ${limit} characters`, field, limit)
}

export function checkObject(value: unknown, field: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('must be an object', field, 'object')
  }
}

export function checkList(values: unknown, field: string, limit: number): void {
  if (!Array.isArray(values)) refuse('must be an array', field, 'array')
  if (values.length > limit) refuse(`at most ${limit} entries`, field, limit)
}

export function checkNames(names: unknown, field: string): void {
  checkList(names, field, fleetLimits.labels)
  const list = names as readonly unknown[]
  for (let index = 0; index < list.length; index++) {
    if (!isName(list[index])) checkName(list[index], `${field}[${index}]`)
  }
}

export function checkSets(sets: unknown, field: string): void {
  checkList(sets, field, fleetLimits.labels)
  const list = sets as readonly unknown[]
  for (let index = 0; index < list.length; index++) checkNames(list[index], `${field}[${index}]`)
}

export function checkHostIds(ids: unknown, field: string, limit: number): void {
  checkList(ids, field, limit)
  const list = ids as readonly unknown[]
  for (let index = 0; index < list.length; index++) {
    if (typeof list[index] !== 'string') refuse('must be a string', `${field}[${index}]`, 'string')
  }
}

export function checkInteger(value: unknown, field: string, least: number, most: number): void {
  if (Number.isInteger(value)) {
    const number = value as number
    if (number >= least && number <= most) return
    refuse(`must be an integer from ${least} to ${most}`, field, number < least ? least : most)
  }
  refuse(`must be an integer from ${least} to ${most}`, field, most)
}

export function checkFinite(value: unknown, field: string): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    refuse('must be a finite number', field, 'finite')
  }
}

/** A moment: any number, infinite ones too. */
export function checkTime(value: unknown, field: string): void {
  if (typeof value !== 'number' || Number.isNaN(value)) refuse('must be a number', field, 'number')
}

/** Amounts by name: own properties only, whatever they are called. */
export function checkResources(resources: unknown, field: string): void {
  checkObject(resources, field)
  const amounts = resources as Resources
  const names = Object.keys(amounts)
  if (names.length > fleetLimits.classes) {
    refuse(`at most ${fleetLimits.classes} classes`, field, fleetLimits.classes)
  }
  for (const name of names) {
    if (!isName(name)) checkName(name, field)
    if (!isAmount(amounts[name])) {
      const limit = fleetLimits.amount
      refuse(`must be an integer from 0 to ${limit}`, `${field}.${name}`, limit)
    }
  }
}

type Resources = Readonly<Record<string, unknown>>
