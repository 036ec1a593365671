import { expect, test } from 'vitest'
import { boundStore } from '../../../test/address-holders.ts'
import { makeBalancer } from '../../../test/balancer-cloud.ts'
import { memberOf, networkKernel, newNetwork, openProject } from '../../../test/network-kernel.ts'
import { balancerScope } from '../../model/balancer/load-balancer.ts'
import { workKind } from '../../model/work/work.ts'
import { invoke } from '../operation.ts'
import { loadBalancerDelete } from './load-balancer-delete.ts'

const p1 = memberOf('p1')

test('a second deletion is not counted, even where the work of the first is not seen', async () => {
  let isLate = false
  const { kernel } = await networkKernel({
    overStore: (store) => ({
      ...boundStore(store),
      get: async (kind, ids) => {
        const rows = await store.get(kind, ids)
        if (!isLate || kind.name !== workKind.name) return rows
        isLate = false
        return rows.map(() => undefined)
      },
    }),
  })
  await openProject(kernel, 'p1')
  const { subnets } = await newNetwork(kernel, ['10.0.0.0/24'])
  const { balancerId: id } = await makeBalancer(kernel, p1, subnets[0]?.id as string)
  const open = async (): Promise<number | undefined> => {
    const counters = await kernel.store.counters([balancerScope(id)])
    return counters.find(({ name }) => name === 'open')?.value
  }
  await invoke(kernel, p1, loadBalancerDelete, { id, cascade: true })
  // The creation, and the deletion.
  expect(await open()).toBe(2)
  isLate = true
  await invoke(kernel, p1, loadBalancerDelete, { id, cascade: true })
  expect(isLate).toBe(false)
  expect(await open()).toBe(2)
})
