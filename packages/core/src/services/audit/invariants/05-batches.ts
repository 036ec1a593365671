import {
  batchOutcomes,
  type ServerBatch,
  serverBatchKind,
} from '../../../model/compute/server-batch.ts'
import type { Invariant, Problem, ScopeSums } from '../rule.ts'
import { batchTally } from '../tallies/compute.ts'

export const batches: Invariant = {
  number: 5,
  title: 'A request for N makes at most N members, at least the minimum, each with one outcome.',
  cause:
    'A request was carried out by half or twice, or a member settled without being counted. Who ' +
    'waits for the request may wait for good, or be told a wrong number.',
  rules: [
    {
      type: 'sum',
      name: 'batch-outcomes',
      tally: batchTally,
      judge: async (kernel, page) => {
        const rows = await kernel.store.get(
          serverBatchKind,
          page.map(({ id }) => id),
        )
        return page.flatMap((entry, index): Problem[] => {
          const batch = rows[index]
          return batch ? [...checkBatch(batch, entry)] : []
        })
      },
    },
  ],
}

function* checkBatch(batch: ServerBatch, { scope, sums, counters }: ScopeSums): Generator<Problem> {
  const of = scope
  const subject = `serverBatch:${batch.id}`
  const members = sums?.get('#members') ?? 0
  const building = sums?.get('#building') ?? 0
  const { count, minCount, maxCount } = batch
  if (count < minCount || count > maxCount || members > count)
    yield { of, subject, message: `${members} members, ${count} made` }
  const outcomes = counters.reduce((sum, { value }) => sum + value, 0)
  if (outcomes + building === count) return
  const names = batchOutcomes.join(' + ')
  const message = `${names} = ${outcomes}, building ${building}, made ${count}`
  yield { of, subject, message }
}
