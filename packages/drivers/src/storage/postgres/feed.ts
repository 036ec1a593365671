import { type Change, type ChangeBody, changeBody, CloudError, type WriteBatch } from '@nephos/core'
import type { Session } from './session.ts'

/**
 * Announces the batches, in order, at the end of their transaction. The head of the feed is one
 * row: whoever holds it commits before the next one gets a number, so numbers have no gaps and
 * appear in their order, and a reader that goes on from its cursor misses nothing.
 *
 * @returns their sequence numbers.
 * @throws CloudError `unavailable` when the tables are not what this process opened.
 */
export async function announce(
  session: Session,
  batches: readonly WriteBatch[],
  shape: string,
  token: string,
): Promise<number[]> {
  const rows = await session.all<[number]>(
    `WITH head AS (
       UPDATE ${session.table('meta')} SET number = number + $1::bigint
       WHERE name = 'head' AND text = $2 RETURNING number - $1::bigint AS last
     )
     INSERT INTO ${session.table('change')} (seq, at, origin, body, token)
     SELECT head.last + k.ord, k.at, k.origin, k.body, $3
     FROM head, unnest($4::float8[], $5::text[], $6::text[])
       WITH ORDINALITY AS k(at, origin, body, ord)
     RETURNING seq::float8`,
    batches.length,
    shape,
    token,
    batches.map(({ at }) => at),
    batches.map(({ origin }) => origin),
    batches.map((batch) => JSON.stringify(changeBody(batch))),
  )
  if (rows.length !== batches.length) {
    throw new CloudError('unavailable', 'Another version has opened this cloud: start anew.', {
      retry: 'never',
    })
  }
  return rows.map(([seq]) => seq).toSorted((a, b) => a - b)
}

/**
 * Whether a transaction whose connection was lost in its commit was committed: it holds the head of
 * the feed for as long as it lives, and its token is in the feed if it was.
 *
 * @returns undefined when the feed does not tell any more.
 */
export async function wasCommitted(
  session: Session,
  seq: number,
  token: string,
): Promise<boolean | undefined> {
  await session.begin()
  try {
    await session.run(`SELECT 1 FROM ${session.table('meta')} WHERE name = 'head' FOR UPDATE`)
    const rows = await session.all<[string]>(
      `SELECT token FROM ${session.table('change')} WHERE seq = $1 OR seq IN (
         SELECT min(seq) FROM ${session.table('change')})`,
      seq,
    )
    if (rows.some(([found]) => found === token)) return true
    const [[oldest = 0] = []] = await session.all<[number]>(
      `SELECT coalesce(min(seq), 0)::float8 FROM ${session.table('change')}`,
    )
    const [[head = 0] = []] = await session.all<[number]>(
      `SELECT number::float8 FROM ${session.table('meta')} WHERE name = 'head'`,
    )
    // Forgotten: the feed begins after it, or is empty though it went as far.
    const isForgotten = oldest === 0 ? head >= seq : oldest > seq
    return isForgotten ? undefined : false
  } finally {
    await session.rollback()
  }
}

export async function changesAfter(
  session: Session,
  seq: number,
  limit: number,
): Promise<Change[]> {
  const rows = await session.all<[number, number, string, string]>(
    `SELECT seq::float8, at, origin, body FROM ${session.table('change')}
     WHERE seq > $1 ORDER BY seq LIMIT $2`,
    seq,
    limit,
  )
  return rows.map(([number, at, origin, body]) => ({
    seq: number,
    at,
    origin,
    ...(JSON.parse(body) as ChangeBody),
  }))
}

export async function forget(session: Session, upTo: number): Promise<void> {
  await session.run(`DELETE FROM ${session.table('change')} WHERE seq <= $1`, upTo)
}
