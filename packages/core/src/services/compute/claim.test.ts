import { expect, it } from 'vitest'
import { computeKernel, operator } from '../../../test/compute-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { invoke } from '../operation.ts'
import { assignedHosts, refreshAfter } from './claim.ts'
import { hostCreate } from './host.ts'
import { hostUpdate } from './host-update.ts'

async function oneHost() {
  const { kernel, scheduler } = await computeKernel()
  const host = { name: 'h', zone: 'z1', inventory: { VCPU: 8 } }
  const { hosts } = await invoke(kernel, operator, hostCreate, { hosts: [host] })
  return { kernel, scheduler, hostId: hosts[0]?.id as string }
}

const ask = { resources: { VCPU: 1 }, policy: 'spread', seed: 0, min: 1, max: 1 } as const

it('a host that was disabled or deleted since it was assigned is a lost race', async () => {
  const { kernel, hostId } = await oneHost()
  const assigned = (id: string) =>
    assignedHosts(kernel, { ask, assignments: [{ hostId: id, count: 1 }], placed: 1 })
  expect((await assigned(hostId)).get(hostId)?.zone).toBe('z1')
  await invoke(kernel, operator, hostUpdate, { id: hostId, enabled: false })
  for (const id of [hostId, 'gone']) {
    await expect(assigned(id)).rejects.toBeInstanceOf(CommitConflict)
  }
})

it('a host that the ask does not allow is a lost race, whoever assigned it', async () => {
  const { kernel, hostId } = await oneHost()
  const assignments = [{ hostId, count: 1 }]
  const elsewhere = { ask: { ...ask, zones: ['z2'] }, assignments, placed: 1 }
  await expect(assignedHosts(kernel, elsewhere)).rejects.toBeInstanceOf(CommitConflict)
})

it('after a claim that the counters refused, the use of its host is read anew', async () => {
  const { kernel, scheduler, hostId } = await oneHost()
  scheduler.setUsage([{ hostId, used: { VCPU: 8 } }])
  const counter = { scope: hostScope(hostId), name: 'VCPU', add: 1, value: 8, limit: 8 }
  await refreshAfter(kernel, new CommitConflict({ type: 'counter', counters: [counter] }))
  expect(scheduler.used.get(hostId)).toEqual({ VCPU: 0 })
})
