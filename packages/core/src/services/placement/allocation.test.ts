import { expect, it } from 'vitest'
import { computeKernel, operator } from '../../../test/compute-kernel.ts'
import { CloudError } from '../../base/errors.ts'
import { hostCreate } from '../compute/host.ts'
import { invoke } from '../operation.ts'
import { allocationSet } from './allocation.ts'

it('what a consumer takes of a host is seen when its commit was not heard of', async () => {
  const { kernel } = await computeKernel()
  const host = { name: 'h', zone: 'z1', inventory: { VCPU: 8 } }
  const { hosts } = await invoke(kernel, operator, hostCreate, { hosts: [host] })
  const providerId = hosts[0]?.id as string
  await kernel.fleet.sync()
  const { committer } = kernel
  const deaf = {
    commit: async (...given: Parameters<typeof committer.commit>) => {
      await committer.commit(...given)
      throw new CloudError('unavailable', 'No answer came.', { detail: { unknown: true } })
    },
  }
  const consumer = {
    ...{ id: '00000000-0000-4000-8000-000000000001', projectId: 'p', userId: 'u' },
    allocations: [{ providerId, resources: { VCPU: 3 } }],
  }
  const unheard = Object.create(kernel, { committer: { value: deaf } }) as typeof kernel
  await expect(
    invoke(unheard, operator, allocationSet, { consumers: [consumer] }),
  ).rejects.toMatchObject({ code: 'unavailable' })
  await kernel.fleet.sync()
  expect(kernel.fleet.usage(providerId)).toMatchObject({ VCPU: 3 })
})
