import { expect, test } from 'vitest'
import {
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  processOn,
  statementsOf,
} from '../../../test/network-kernel.ts'
import { macOf } from '../../base/mac.ts'
import { Writes } from '../../commit/writes.ts'
import { macBlockKind } from '../../model/network/mac-block.ts'
import { invoke } from '../operation.ts'
import { portCreate, portCreateMany } from './port.ts'

test('counts through a block without a statement, and goes on in the next', async () => {
  const { kernel } = await networkKernel()
  const { macs } = kernel.addresses
  await macs.open()
  await macs.open()
  expect(await statementsOf(kernel, () => macs.take(65_530))).toBe(0)
  const last = await macs.take(10)
  expect(last).toEqual([
    ...[30, 31, 32, 33, 34, 35].map((i) => macOf(0, 65_500 + i)),
    ...[0, 1, 2, 3].map((i) => macOf(1, i)),
  ])
  expect(await kernel.store.count(macBlockKind, {})).toBe(2)
})

test('processes never share a block, even when they lease at once', async () => {
  const { kernel, clock } = await networkKernel()
  const others = [2, 3, 4].map((seed) => processOn(kernel.store, clock, seed))
  const taken = await Promise.all([kernel, ...others].map((one) => one.addresses.macs.take(3)))
  expect(new Set(taken.flat()).size).toBe(12)
})

test('when all blocks were leased once, addresses in use are passed over', async () => {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1')
  const { network } = await newNetwork(kernel, [])
  await kernel.committer.commit(new Writes().insert(macBlockKind, { id: 'ffff', at: 0 }))
  const [first] = (await kernel.addresses.macs.take(1)) as [string]
  const following = (by: number): string => first.replace(/00$/, `0${by}`)
  const input = { networkId: network.id, mac: following(1) }
  await invoke(kernel, memberOf('p1'), portCreate, input)
  expect(await kernel.addresses.macs.take(2)).toEqual([following(2), following(3)])
  expect(await kernel.store.count(macBlockKind, {})).toBe(1)
})

test('takers that come at once share one block, and no MAC', async () => {
  const { kernel } = await networkKernel()
  const { macs } = kernel.addresses
  const taken = await Promise.all([macs.take(3), macs.take(3), macs.open(), macs.take(3)])
  expect(new Set(taken.flat().filter(Boolean)).size).toBe(9)
  expect(await kernel.store.count(macBlockKind, {})).toBe(1)
})

test('a MAC chosen by hand ahead of the count is passed over after one lost commit', async () => {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1')
  const { network } = await newNetwork(kernel, [])
  await kernel.addresses.macs.take(1)
  const ports = Array.from({ length: 400 }, (_, i) => ({
    networkId: network.id,
    mac: macOf(0, 1 + i),
  }))
  await invoke(kernel, memberOf('p1'), portCreateMany, { ports })
  const port = await invoke(kernel, memberOf('p1'), portCreate, { networkId: network.id })
  expect(port.mac).toBe(macOf(0, 401))
  // The look that found 401 saw taken ones; the next sees none, and then none is needed.
  expect(await statementsOf(kernel, () => kernel.addresses.macs.take(1))).toBe(1)
  expect(await statementsOf(kernel, () => kernel.addresses.macs.take(1))).toBe(0)
})
