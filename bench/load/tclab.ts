import type { FleetProblem, PairLimit, PlannedApp } from '@nephos/scheduler-wasm'
import { DataError } from '../errors.ts'
import { readTable } from './csv.ts'

/** Cores and GiB of the hosts that the published figures are for. */
export const publishedCapacity = [64, 128] as const

const pair = /\(\s*([^\s,()]+)\s*,\s*(\d+)\s*\)/g
/** What a list of pairs is made of, and nothing else. */
const pairList = /^\[(?:\s*\(\s*[^\s,()]+\s*,\s*\d+\s*\)\s*,?)*\s*\]$/
/** The planner counts in whole numbers: fractions are told apart down to this part of a unit. */
const parts = 1_000

/**
 * Long-running applications with limits between them, as derived from the Tianchi scheduling
 * contest: tab-separated, one application per line, with `inter_aff` listing pairs (application,
 * replicas): on a host that holds this one, at most so many replicas of that one may run.
 *
 * @throws DataError naming line and column of what is not of that format.
 */
export async function loadTclab(path: string): Promise<FleetProblem> {
  const table = await readTable(path, {
    required: ['app_id', 'nb_instances', 'core', 'memory', 'inter_aff'],
    separator: '\t',
  })
  const index = new Map<string, number>()
  const apps: PlannedApp[] = []
  const lists: { readonly line: number; readonly text: string }[] = []
  for (const row of table.rows()) {
    const id = row.text('app_id')
    if (index.has(id)) throw new DataError(path, row.line, 'app_id', `${id} is there twice`)
    index.set(id, apps.length)
    const amounts = (['core', 'memory'] as const).map((column, dimension) =>
      row.number(column, { max: publishedCapacity[dimension] ?? 0, fraction: true }),
    )
    apps.push({ amounts, replicas: row.number('nb_instances', { max: 1e6 }) })
    const text = row.text('inter_aff')
    if (!pairList.test(text))
      throw new DataError(path, row.line, 'inter_aff', 'is no list of pairs')
    lists.push({ line: row.line, text })
  }
  const limits = lists.flatMap(({ line, text }, app) => limitsIn(path, line, text, app, index))
  return { ...inWholeNumbers(apps), limits }
}

function limitsIn(
  path: string,
  line: number,
  text: string,
  app: number,
  index: ReadonlyMap<string, number>,
): PairLimit[] {
  return Array.from(text.matchAll(pair), ([, id = '', max]) => {
    const other = index.get(id)
    if (other === undefined) {
      throw new DataError(path, line, 'inter_aff', `no application ${id}`)
    }
    return { app, other, max: Number(max) }
  })
}

function inWholeNumbers(apps: readonly PlannedApp[]): Pick<FleetProblem, 'apps' | 'capacity'> {
  if (apps.every(({ amounts }) => amounts.every(Number.isInteger))) {
    return { apps, capacity: publishedCapacity }
  }
  const scaled = apps.map(({ amounts, replicas }) => ({
    amounts: amounts.map((amount) => Math.ceil(amount * parts - 1e-6)),
    replicas,
  }))
  return { apps: scaled, capacity: publishedCapacity.map((amount) => amount * parts) }
}
