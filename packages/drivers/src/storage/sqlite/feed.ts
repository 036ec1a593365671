import { type Change, type ChangeBody, changeBody, type WriteBatch } from '@nephos/core'
import { chunked } from './batch.ts'
import type { Connection } from './connection.ts'

/** Announces the batches, in order. Gives their sequence numbers. */
export function announce(connection: Connection, batches: readonly WriteBatch[]): number[] {
  const sql = `INSERT INTO change (at, origin, body)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`
  const seqs: number[] = []
  const encode = (batch: WriteBatch): unknown => [batch.at, batch.origin, changeBody(batch)]
  for (const { text, count } of chunked(batches, encode)) {
    connection.run(sql, text)
    const first = connection.lastId - count + 1
    for (let at = 0; at < count; at++) seqs.push(first + at)
  }
  return seqs
}

export function changesAfter(connection: Connection, seq: number, limit: number): Change[] {
  const sql = 'SELECT seq, at, origin, body FROM change WHERE seq > ? ORDER BY seq LIMIT ?'
  return connection
    .all<[number, number, string, string]>(sql, seq, limit)
    .map(([number, at, origin, body]) => ({
      seq: number,
      at,
      origin,
      ...(JSON.parse(body) as ChangeBody),
    }))
}

export function forget(connection: Connection, upTo: number): void {
  connection.run('DELETE FROM change WHERE seq <= ?', upTo)
}
