import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from '../../packages/sdk/src/http/endpoint.ts'
import { root } from '../workspace.ts'

/** Written by the tests of clients that are not ours when NEPHOS_RECORD=1. */
const folder = 'tests/compat/record'

/** Ids of endpoints that answered each client. */
export type Records = ReadonlyMap<string, readonly string[]>

/** Clients by the id of an endpoint. */
export type ClientsOf = ReadonlyMap<string, readonly string[]>

export function readRecords(): Records {
  const path = join(root, folder)
  const names = existsSync(path) ? readdirSync(path).toSorted() : []
  return new Map(
    names.map((name) => [
      name.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(path, name), 'utf8')) as readonly string[],
    ]),
  )
}

export function clientsOf(records: Records): ClientsOf {
  const clients = new Map<string, string[]>()
  for (const [client, ids] of records) {
    for (const id of ids) clients.set(id, [...(clients.get(id) ?? []), client])
  }
  return clients
}

/** What a record names that no table has any more: it is to be written again. */
export function unknownIn(
  records: Records,
  apis: readonly Pick<Api, 'endpoints' | 'discovery'>[],
): string[] {
  const rows = apis.flatMap(({ endpoints, discovery = [] }) => [...endpoints, ...discovery])
  const known = new Set(rows.map(({ id }) => id))
  return [...records].flatMap(([client, ids]) =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => `${folder}/${client}.json: there is no endpoint ${id}`),
  )
}
