import type { Pool } from 'pg'
import type { Statement } from './recorded-pool.ts'

/** A node of what EXPLAIN answers, as far as it is read here. */
interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly Node[]
}

/**
 * What of a statement's plan reads more of a table than it has to, in words: a table from end to
 * end, or an index of which no part is named, unless a LIMIT ends the walk along it.
 *
 * @param forced true: PostgreSQL looks rows up in an index wherever there is one that will do, so
 *   the plan of a small table tells as much as that of a large one.
 */
export async function wideScans(
  pool: Pool,
  { text, values }: Statement,
  forced: boolean,
): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const way of forced ? ['seqscan', 'hashjoin', 'mergejoin'] : []) {
      await client.query(`SET LOCAL enable_${way} = off`)
    }
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    )
    return (rows[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => wide(Plan, false))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** @param ends whether whoever reads the node stops after some rows. */
function wide(node: Node, ends: boolean): string[] {
  const type = node['Node Type']
  const below = type === 'Limit' || (ends && !['Sort', 'Hash', 'Aggregate'].includes(type))
  const found = (node.Plans ?? []).flatMap((child) => wide(child, below))
  const table = node['Relation Name']
  if (type === 'Seq Scan') return [...found, `${table} from end to end`]
  const walks = type === 'Index Scan' || type === 'Index Only Scan'
  if (!walks || node['Index Cond'] !== undefined) return found
  return ends && node.Filter === undefined ? found : [...found, `a whole index of ${table}`]
}
