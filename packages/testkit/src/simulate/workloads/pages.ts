import type { Operation } from '@nephos/core'
import type { CallChoices, Tenant } from '../workload.ts'

interface Row {
  readonly id: string
  readonly projectId?: string | null
}

interface PageOptions extends CallChoices {
  /** True: in the order of ids, so that no change in between can make one appear twice. */
  readonly byId?: boolean
  /** Rows of other projects that this project may see. */
  readonly visible?: (row: never) => boolean
}

const mostPages = 3

/** Reads a list page by page. Every page keeps to its limit and order, and shows what it may. */
export async function walk<I, O extends Row>(
  tenant: Tenant,
  list: Operation<I, readonly O[]>,
  input: Readonly<Record<string, unknown>> = {},
  { byId = true, visible, ...choices }: PageOptions = {},
): Promise<void> {
  const limit = tenant.chance.pick([1, 2, 5, 100]) as number
  let marker: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const from = marker === undefined ? {} : { marker }
    const outcome = await tenant.call(list, { ...input, limit, ...from }, choices)
    if (outcome.end !== 'ok') return
    const rows = outcome.answer
    if (rows.length > limit) tenant.report(32, list.id, `a page of ${limit} has ${rows.length}`)
    const isOperator = list.policy.scope === 'system' || choices.as?.system === true
    for (const row of rows) {
      if (byId && marker !== undefined && row.id <= marker) {
        tenant.report(0, row.id, `${list.id} lists it out of order, or twice`)
      }
      const isForeign = row.projectId !== undefined && row.projectId !== tenant.projectId
      if (isForeign && !isOperator && !(visible as ((row: O) => boolean) | undefined)?.(row)) {
        tenant.report(21, row.id, `${list.id} shows what belongs to another project`)
      }
      marker = row.id
    }
    requireDistinct(tenant, list.id, rows)
    if (rows.length < limit) return
  }
}

function requireDistinct(tenant: Tenant, operation: string, rows: readonly Row[]): void {
  if (new Set(rows.map(({ id }) => id)).size === rows.length) return
  tenant.report(0, operation, 'one page lists something twice')
}
