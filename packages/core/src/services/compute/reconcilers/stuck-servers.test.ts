import { expect, test } from 'vitest'
import { computeKernel, serverRow } from '../../../../test/compute-kernel.ts'
import { Writes } from '../../../commit/writes.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { workKind } from '../../../model/work/work.ts'
import { stuckServers } from './stuck-servers.ts'

test('a stuck server gets new work once, not with every round', async () => {
  const buildDeadlineMs = 100
  const { kernel: plain } = await computeKernel()
  const kernel = { ...plain, settings: { ...plain.settings, buildDeadlineMs } }
  const updatedAt = kernel.clock.now() - 2 * buildDeadlineMs
  const stuck = serverRow('stuck', { task: 'rebooting', updatedAt: updatedAt - 1 })
  const young = serverRow('young', { task: 'rebooting', updatedAt })
  const resting = serverRow('resting', { task: null, updatedAt: 0 })
  await kernel.committer.commit(new Writes().insert(serverKind, stuck, young, resting))
  const reconciler = stuckServers(kernel)
  for (let round = 0; round < 4; round++) await reconciler.run(new AbortController().signal)
  const works = await kernel.store.query(workKind, { limit: 10 })
  expect(works.map((work) => work.input)).toEqual([{ serverIds: ['stuck'] }])
  const [row] = await kernel.store.get(serverKind, ['stuck'])
  expect(row).toMatchObject({ task: 'rebooting', updatedAt: kernel.clock.now() })
})
