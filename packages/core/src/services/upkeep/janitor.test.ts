import { expect, test } from 'vitest'
import { computeKernel } from '../../../test/compute-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import { migrationKind } from '../../model/compute/migration.ts'
import { VirtualClock } from '../../reference/virtual-clock.ts'
import { janitor } from './janitor.ts'

const dayMs = 86_400_000

test('C6: records of migrations are forgotten a month after their end', async () => {
  const { kernel: plain } = await computeKernel()
  const clock = new VirtualClock(1_700_000_000_000)
  const kernel = { ...plain, clock }
  const now = clock.now()
  const row = (id: string, number: number, endedAt: number | null) => ({
    ...{ id, number, endedAt, type: 'migration' as const, serverId: id, projectId: 'p' },
    ...{ userId: 'u', fromHost: 'a', toHost: 'b', fromFlavorId: 'f', toFlavorId: 'f' },
    ...{ createdAt: now - 90 * dayMs, outcome: endedAt === null ? null : ('confirmed' as const) },
  })
  const rows = [row('old', 1, now - 31 * dayMs), row('young', 2, now - 29 * dayMs)]
  await kernel.committer.commit(new Writes().insert(migrationKind, ...rows, row('open', 3, null)))
  const reconciler = janitor(kernel)
  const kept = async (): Promise<string[]> => {
    await reconciler.run(new AbortController().signal)
    return (await kernel.store.query(migrationKind, { limit: 10 })).map(({ id }) => id)
  }
  // A clock that is ahead for a moment forgets nothing.
  expect(await kept()).toEqual(['old', 'open', 'young'])
  await clock.advance(3_600_001)
  expect(await kept()).toEqual(['open', 'young'])
})
