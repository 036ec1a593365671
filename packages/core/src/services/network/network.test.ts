import { describe, expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import { addressKind } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import { invoke } from '../operation.ts'
import { networkCreate, networkDelete, networkGet, networkList, networkUpdate } from './network.ts'
import { portCreate, portDelete } from './port.ts'
import { subnetCreate, subnetDelete, subnetGet, subnetUpdate } from './subnet.ts'

const p1 = memberOf('p1')
const p2 = memberOf('p2')

async function cloud(): Promise<Kernel> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1', { networks: 3, subnets: 4 })
  await openProject(kernel, 'p2')
  return kernel
}

describe('N1: networks', () => {
  test('are made, shown, changed and deleted, and counted against the quota', async () => {
    const kernel = await cloud()
    const network = await invoke(kernel, p1, networkCreate, {
      name: 'web',
      mtu: 9_000,
      tags: ['a'],
    })
    expect(await invoke(kernel, p1, networkGet, { id: network.id })).toEqual(network)
    const input = { id: network.id, name: 'api', expectedRev: 1 }
    const updated = await invoke(kernel, p1, networkUpdate, input)
    expect(updated).toMatchObject({ name: 'api', rev: 2, mtu: 9_000 })
    await expect(invoke(kernel, p1, networkUpdate, input)).rejects.toMatchObject({
      code: 'stale',
      field: 'expectedRev',
    })
    for (let i = 0; i < 2; i++) await invoke(kernel, p1, networkCreate, { name: 'more' })
    await expect(invoke(kernel, p1, networkCreate, { name: 'x' })).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'networks',
      limit: 3,
    })
    await invoke(kernel, p1, networkDelete, { id: network.id })
    await expect(invoke(kernel, p1, networkGet, { id: network.id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await invoke(kernel, p1, networkCreate, { name: 'x' })
    expect(await findings(kernel)).toEqual([])
  })

  test.each([
    [{ name: ' n' }, 'name'],
    [{ name: 'x', mtu: 67 }, 'mtu'],
    [{ name: 'x', mtu: 9_217 }, 'mtu'],
    [{ name: 'x', color: 'red' }, 'color'],
  ])('%j is refused', async (input, field) => {
    const kernel = await cloud()
    await expect(invoke(kernel, p1, networkCreate, input)).rejects.toMatchObject({
      code: 'invalid',
      field,
    })
  })

  test('a member makes none for another project, an operator none for no project', async () => {
    const kernel = await cloud()
    const foreign = invoke(kernel, p1, networkCreate, { name: 'x', projectId: 'p2' })
    await expect(foreign).rejects.toMatchObject({ code: 'forbidden', field: 'projectId' })
    const nobody = invoke(kernel, operator, networkCreate, { name: 'x' })
    await expect(nobody).rejects.toMatchObject({ code: 'invalid', field: 'projectId' })
    const absent = invoke(kernel, operator, networkCreate, { name: 'x', projectId: 'nope' })
    await expect(absent).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
  })

  test('foreign and absent ids answer alike in every operation', async () => {
    const kernel = await cloud()
    const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24'])
    const port = await invoke(kernel, p1, portCreate, { networkId: network.id })
    const tries = [
      [networkGet, network.id, {}],
      [networkUpdate, network.id, { name: 'x' }],
      [networkDelete, network.id, {}],
      [subnetGet, subnets[0]?.id, {}],
      [subnetUpdate, subnets[0]?.id, { name: 'x' }],
      [subnetDelete, subnets[0]?.id, {}],
    ] as const
    for (const [operation, id, rest] of tries) {
      const answer = async (one: unknown): Promise<unknown> =>
        invoke(kernel, p2, operation as typeof networkGet, { id: one, ...rest }).catch((error) =>
          JSON.stringify(error),
        )
      expect(await answer(id), operation.id).toBe(await answer('absent'))
    }
    await expect(invoke(kernel, p2, portDelete, { ids: [port.id] })).rejects.toMatchObject({
      code: 'notFound',
    })
  })

  test('with ports stay; without, they go with their subnets', async () => {
    const kernel = await cloud()
    const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24', '10.0.1.0/24'])
    const port = await invoke(kernel, p1, portCreate, { networkId: network.id })
    await expect(invoke(kernel, p1, networkDelete, { id: network.id })).rejects.toMatchObject({
      code: 'conflict',
      detail: { ports: 1 },
    })
    await invoke(kernel, p1, portDelete, { ids: [port.id] })
    await invoke(kernel, p1, networkDelete, { id: network.id })
    expect(
      await kernel.store.get(
        subnetKind,
        subnets.map((subnet) => subnet.id),
      ),
    ).toEqual([undefined, undefined])
    expect(await kernel.store.query(addressKind, { limit: 1 })).toEqual([])
    expect(
      await kernel.store.counters([`network:${network.id}`, `subnet:${subnets[0]?.id}`]),
    ).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  test('a deletion and a new port or subnet never both win', async () => {
    for (const rival of [portCreate, subnetCreate]) {
      const kernel = await cloud()
      const { network } = await newNetwork(kernel, ['10.0.0.0/24'])
      const extra = rival === subnetCreate ? { cidr: '10.1.0.0/24' } : {}
      const results = await Promise.allSettled([
        invoke(kernel, p1, networkDelete, { id: network.id }),
        invoke(kernel, p1, rival as typeof portCreate, { networkId: network.id, ...extra }),
      ])
      const [left] = await kernel.store.get(networkKind, [network.id])
      if (rival === portCreate)
        expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      if (results[0]?.status === 'fulfilled') expect(left).toBeUndefined()
      expect(await findings(kernel)).toEqual([])
    }
  })

  test('only operators share, everybody sees what is shared, its owner changes it', async () => {
    const kernel = await cloud()
    await expect(
      invoke(kernel, p1, networkCreate, { name: 'x', shared: true }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24'], { shared: true })
    expect(await invoke(kernel, p2, networkGet, { id: network.id })).toMatchObject({
      id: network.id,
    })
    expect(await invoke(kernel, p2, subnetGet, { id: subnets[0]?.id })).toMatchObject({
      shared: true,
    })
    for (const [operation, extra] of [
      [networkUpdate, { name: 'mine' }],
      [networkDelete, {}],
    ] as const) {
      const attempt = invoke(kernel, p2, operation as typeof networkUpdate, {
        id: network.id,
        ...extra,
      })
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
    }
    const extra = { networkId: network.id, cidr: '10.7.0.0/24' }
    await expect(invoke(kernel, p2, subnetCreate, extra)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const port = await invoke(kernel, p2, portCreate, { networkId: network.id })
    const unshare = { id: network.id, shared: false }
    await expect(invoke(kernel, operator, networkUpdate, unshare)).rejects.toMatchObject({
      code: 'conflict',
      detail: { ports: 1 },
    })
    await invoke(kernel, p2, portDelete, { ids: [port.id] })
    await invoke(kernel, operator, networkUpdate, unshare)
    await expect(invoke(kernel, p2, networkGet, { id: network.id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(invoke(kernel, p2, subnetGet, { id: subnets[0]?.id })).rejects.toMatchObject({
      code: 'notFound',
    })
    expect(await findings(kernel)).toEqual([])
  })

  test('lists the own ones and the shared ones, page by page, without repeat or gap', async () => {
    const kernel = await cloud()
    await openProject(kernel, 'p1')
    const wanted: string[] = []
    for (let i = 0; i < 9; i++) {
      const shared = i % 3 === 0
      const projectId = i % 2 === 0 ? 'p1' : 'p2'
      const network = await invoke(kernel, operator, networkCreate, {
        name: `n${i}`,
        shared,
        projectId,
      })
      if (shared || projectId === 'p1') wanted.push(network.id)
    }
    const seen: string[] = []
    for (let marker: string | undefined; ;) {
      const page = await invoke(kernel, p1, networkList, { limit: 2, ...(marker && { marker }) })
      seen.push(...page.map((network) => network.id))
      if (page.length < 2) break
      marker = page.at(-1)?.id
    }
    expect(seen).toEqual(wanted)
    expect((await invoke(kernel, p1, networkList, { name: 'n2' })).map((one) => one.name)).toEqual([
      'n2',
    ])
    expect(await invoke(kernel, p1, networkList, { name: 'n1' })).toEqual([])
    expect(await invoke(kernel, operator, networkList, {})).toHaveLength(9)
  })
})
