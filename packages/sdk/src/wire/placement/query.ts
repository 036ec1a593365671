import { CloudError } from '@nephos/core'

/** Conditions on providers, as the core takes them. */
export interface Conditions {
  readonly required: string[][]
  readonly forbidden: string[]
}

/** Aggregates that a provider must, or must not, be in. */
export interface Membership {
  readonly memberOf: string[][]
  readonly notMemberOf: string[]
}

/** @throws CloudError `invalid` that names the parameter. */
export function badQuery(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}`, {
    field,
    detail: { reason: 'query' },
  })
}

/** `VCPU:4,MEMORY_MB:2048`. @throws CloudError `invalid`. */
export function readResources(text: string, field: string): Record<string, number> {
  const resources: Record<string, number> = {}
  for (const part of text.split(',')) {
    const [name, amount, ...rest] = part.split(':')
    if (!name || amount === undefined || rest.length > 0 || !/^\d{1,10}$/.test(amount)) {
      throw badQuery(field, `Badly formed resources parameter. Expected RC:amount, got ${part}.`)
    }
    if (Number(amount) < 1) throw badQuery(field, `Requested resource ${part} is less than one.`)
    resources[name] = Number(amount)
  }
  return resources
}

/**
 * `required`: traits that it must have, `!` before one that it must not (1.22), `in:` before some
 * of which it has one (1.39). Repeated since 1.39.
 *
 * @throws CloudError `invalid`.
 */
export function readRequired(
  values: readonly string[],
  field: string,
  version: number,
): Conditions {
  if (values.length > 1 && version < 39) throw badQuery(field, 'Duplicate key.')
  const required: string[][] = []
  const forbidden: string[] = []
  for (const value of values) {
    if (value.startsWith('in:') && version >= 39) {
      const any = value.slice(3).split(',')
      if (any.some((name) => name.startsWith('!') || name === '')) {
        throw badQuery(field, `Invalid query string parameter ${value}: no traits after in:.`)
      }
      required.push([...new Set(any)])
      continue
    }
    for (const name of value.split(',')) {
      const isForbidden = name.startsWith('!') && version >= 22
      const trait = isForbidden ? name.slice(1) : name
      if (!/^[A-Z0-9_]+$/.test(trait)) {
        throw badQuery(
          field,
          `Invalid query string parameters: Expected a list of traits, got ${value}.`,
        )
      }
      if (isForbidden) forbidden.push(trait)
      else required.push([trait])
    }
  }
  const clash = required.find((any) => any.every((name) => forbidden.includes(name)))
  if (clash) {
    throw badQuery(field, `Conflicting required and forbidden traits: ${clash.join()}.`)
  }
  return { required, forbidden: [...new Set(forbidden)] }
}

/**
 * `member_of`: an aggregate, or `in:` and several of which it is in one (1.3); `!` before (1.32)
 * turns it round. Repeated since 1.24.
 *
 * @throws CloudError `invalid`.
 */
export function readMemberOf(
  values: readonly string[],
  field: string,
  version: number,
): Membership {
  if (values.length > 1 && version < 24) throw badQuery(field, 'Duplicate key.')
  const memberOf: string[][] = []
  const notMemberOf: string[] = []
  for (const value of values) {
    const isNot = value.startsWith('!') && version >= 32
    const list = isNot ? value.slice(1) : value
    const ids = list.startsWith('in:') ? list.slice(3).split(',') : [list]
    const bad = ids.find((id) => !/^[0-9a-fA-F-]{32,36}$/.test(id))
    if (bad !== undefined) {
      throw badQuery(field, `Expected 'member_of' to contain valid UUID(s). Got: ${bad}.`)
    }
    if (isNot) notMemberOf.push(...ids)
    else memberOf.push([...new Set(ids)])
  }
  return { memberOf, notMemberOf: [...new Set(notMemberOf)] }
}
