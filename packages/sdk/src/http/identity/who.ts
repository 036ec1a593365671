import { type Actor, type AuthenticatedToken, hasRole, type Operation } from '@nephos/core'
import type { Exchange } from '../exchange.ts'

/** Any exchange, whatever its query and body. */
export type AnyExchange = Exchange<unknown, unknown>

/**
 * As whom the caller acts on identity: an administrator on all of it, others where their token
 * says. Whoever has only proven who he is acts in no project, on what is his own.
 */
export function who(x: AnyExchange): Actor {
  return x.operator ?? x.token.actor ?? himself(x.token)
}

/** Somebody by himself: in a project that no project is. */
export function himself({ user }: AuthenticatedToken): Actor {
  return {
    userId: user.id,
    projectId: 'none',
    domainId: null,
    roles: ['reader'],
    system: false,
  }
}

/** As whom the caller acts on what is his own, in the project of his token. */
export function own(x: AnyExchange): Actor {
  return x.token.actor ?? himself(x.token)
}

/**
 * As `own`, for what asks for no particular role: who has only roles that operators made may as
 * much as a reader, and lends no more than he has, for what is lent counts as far as its owner has
 * it.
 */
export function lender(x: AnyExchange): Actor {
  const actor = own(x)
  const isKnown = actor.roles.some((name) => hasRole([name], 'reader'))
  return isKnown || actor.roles.length === 0
    ? actor
    : { ...actor, roles: [...actor.roles, 'reader'] }
}

/** Invokes an operation as `who`. */
export function ask<I, O, In>(
  x: AnyExchange,
  operation: Operation<I, O, In>,
  input: NoInfer<In>,
  options: { readonly step?: string } = {},
): Promise<O> {
  return x.invokeAs(who(x), operation, input, options)
}

/** Rows that one answer has at most. */
export const answerRows = 1_000
/** Pages that are looked through for them. */
const mostPages = 100

/**
 * Rows of an operation's pages that are to be kept, up to what one answer has.
 *
 * @param page one page after a marker.
 */
export async function walk<T extends { readonly id: string }>(
  page: (bounds: { readonly limit: number; readonly marker?: string }) => Promise<readonly T[]>,
  keep: (row: T) => boolean,
  bounds: { readonly limit: number; readonly marker?: string } = { limit: answerRows },
): Promise<{ readonly rows: readonly T[]; readonly truncated: boolean }> {
  const rows: T[] = []
  let { marker } = bounds
  for (let pages = 0; pages < mostPages; pages++) {
    const found = await page({ limit: answerRows, ...(marker !== undefined && { marker }) })
    for (const row of found) {
      if (!keep(row)) continue
      if (rows.length === bounds.limit) return { rows, truncated: true }
      rows.push(row)
    }
    if (found.length < answerRows) return { rows, truncated: false }
    marker = found.at(-1)?.id
  }
  return { rows, truncated: true }
}

/** As `ask`, about what is the caller's own: any role will do. */
export function askOwn<I, O, In>(
  x: AnyExchange,
  operation: Operation<I, O, In>,
  input: NoInfer<In>,
): Promise<O> {
  return x.invokeAs(x.operator ?? lender(x), operation, input)
}
