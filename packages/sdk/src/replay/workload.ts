import { CloudError, limits } from '@nephos/core'

/** Servers of one flavor within a tenant's batch: one request. */
export interface ServerAsk {
  readonly vcpus: number
  readonly ramMb: number
  /** One entry per server: milliseconds from arrival to departure, or null when it never leaves. */
  readonly livesMs: readonly (number | null)[]
}

/** What one tenant asks for at one instant. */
export interface TenantBatch {
  /** Milliseconds on the workload's own time line. Batches come in order of it. */
  readonly atMs: number
  /** One per flavor, in the order in which the flavors first appear. */
  readonly asks: readonly ServerAsk[]
}

/** One server of a workload, before rows are gathered to batches. */
export interface WorkloadRow {
  readonly atMs: number
  readonly batch: string
  readonly vcpus: number
  readonly ramMb: number
  readonly lifeMs: number | null
}

/** No life is shorter (5 minutes: the grain of the public traces that this format comes from). */
export const shortestLifeMs = 300_000

/**
 * Gathers consecutive rows of the same batch and instant. Memory holds one batch at a time.
 *
 * @param place names where the last row came from, for errors.
 * @throws CloudError `invalid` when a batch has more than `limits.batchServers` rows.
 */
export async function* gatherBatches(
  rows: AsyncIterable<WorkloadRow>,
  place: () => string,
): AsyncGenerator<TenantBatch, void, undefined> {
  let gathered: WorkloadRow[] = []
  for await (const row of rows) {
    const [first] = gathered
    if (first && (first.batch !== row.batch || first.atMs !== row.atMs)) {
      yield batchOf(gathered)
      gathered = []
    }
    gathered.push(row)
    if (gathered.length > limits.batchServers) {
      const most = limits.batchServers
      throw new CloudError('invalid', `${place()}: batch: has more than ${most} servers.`, {
        field: 'batch',
        limit: most,
      })
    }
  }
  if (gathered.length > 0) yield batchOf(gathered)
}

function batchOf(rows: readonly WorkloadRow[]): TenantBatch {
  const asks = new Map<string, { vcpus: number; ramMb: number; livesMs: (number | null)[] }>()
  for (const { vcpus, ramMb, lifeMs } of rows) {
    const key = flavorName({ vcpus, ramMb })
    const ask = asks.get(key)
    if (ask) ask.livesMs.push(lifeMs)
    else asks.set(key, { vcpus, ramMb, livesMs: [lifeMs] })
  }
  return { atMs: (rows[0] as WorkloadRow).atMs, asks: [...asks.values()] }
}

/** The flavor's name: one per size. */
export function flavorName(size: { readonly vcpus: number; readonly ramMb: number }): string {
  return `replay-${size.vcpus}-${size.ramMb}`
}
