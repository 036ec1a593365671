import { describe, expect, test } from 'vitest'
import { boundStore } from '../../../test/address-holders.ts'
import {
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
} from '../../../test/network-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import { addressKind } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import { invoke } from '../operation.ts'
import { portCreate, portDelete } from './port.ts'
import { subnetCreate, subnetDelete, subnetList, subnetUpdate } from './subnet.ts'
import { sweepAddresses } from './sweep.ts'

const p1 = memberOf('p1')
const p2 = memberOf('p2')

async function cloud(): Promise<Kernel> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1', { networks: 3, subnets: 4 })
  await openProject(kernel, 'p2')
  return kernel
}

describe('A2: subnets', () => {
  const make = async (fields: Record<string, unknown>): Promise<unknown> => {
    const kernel = await cloud()
    const { network } = await newNetwork(kernel, [])
    return invoke(kernel, p1, subnetCreate, { networkId: network.id, ...fields })
  }

  test.each([
    [{ cidr: '10.0.0.0/24' }, '10.0.0.1', [['10.0.0.2', '10.0.0.254']]],
    [
      { cidr: '10.0.0.0/24', gatewayIp: '10.0.0.100' },
      '10.0.0.100',
      [
        ['10.0.0.1', '10.0.0.99'],
        ['10.0.0.101', '10.0.0.254'],
      ],
    ],
    [{ cidr: '10.0.0.0/24', gatewayIp: null }, null, [['10.0.0.1', '10.0.0.254']]],
    [{ cidr: '10.0.0.0/31' }, '10.0.0.0', [['10.0.0.1', '10.0.0.1']]],
    [{ cidr: '10.0.0.8/32' }, null, [['10.0.0.8', '10.0.0.8']]],
    [
      { cidr: '2001:db8::/64', gatewayIp: 'fe80::1' },
      'fe80::1',
      [['2001:db8::1', '2001:db8::ffff:ffff:ffff:ffff']],
    ],
    [
      {
        cidr: '10.0.0.0/24',
        allocationPools: [
          { start: '10.0.0.50', end: '10.0.0.60' },
          { start: '10.0.0.10', end: '10.0.0.20' },
        ],
      },
      '10.0.0.1',
      [
        ['10.0.0.10', '10.0.0.20'],
        ['10.0.0.50', '10.0.0.60'],
      ],
    ],
  ])('%j has gateway %s and pools %j', async (fields, gatewayIp, pools) => {
    const allocationPools = pools.map(([start, end]) => ({ start, end }))
    expect(await make(fields)).toMatchObject({ gatewayIp, allocationPools })
  })

  test.each([
    [{ cidr: '10.0.0.1/24' }, 'cidr'],
    [{ cidr: '10.0.0.0' }, 'cidr'],
    [{ cidr: '127.0.0.0/24' }, 'cidr'],
    [{ cidr: '224.1.0.0/24' }, 'cidr'],
    [{ cidr: '0.0.0.0/0' }, 'cidr'],
    [{ cidr: 'fe80::/64' }, 'cidr'],
    [{ cidr: '::ffff:10.0.0.0/120' }, 'cidr'],
    [{ cidr: '10.0.0.0/24', gatewayIp: '10.0.1.1' }, 'gatewayIp'],
    [{ cidr: '10.0.0.0/24', gatewayIp: '10.0.0.0' }, 'gatewayIp'],
    [{ cidr: '10.0.0.0/24', gatewayIp: '2001:db8::1' }, 'gatewayIp'],
    [{ cidr: '10.0.0.0/24', gatewayIp: 'fe80::1' }, 'gatewayIp'],
    [
      { cidr: '10.0.0.0/24', allocationPools: [{ start: '10.0.0.0', end: '10.0.0.9' }] },
      'allocationPools[0]',
    ],
    [
      { cidr: '10.0.0.0/24', allocationPools: [{ start: '10.0.0.9', end: '10.0.0.5' }] },
      'allocationPools[0]',
    ],
    [
      {
        cidr: '10.0.0.0/24',
        allocationPools: [
          { start: '10.0.0.5', end: '10.0.0.9' },
          { start: '10.0.0.9', end: '10.0.0.10' },
        ],
      },
      'allocationPools[1]',
    ],
    [{ cidr: '10.0.0.0/24', dnsNameservers: ['2001:db8::1'] }, 'dnsNameservers[0]'],
    [{ cidr: '10.0.0.0/24', dnsNameservers: ['1.1.1.1', '1.1.1.1'] }, 'dnsNameservers[1]'],
    [
      { cidr: '10.0.0.0/24', dnsNameservers: Array.from({ length: 6 }, (_, i) => `1.1.1.${i}`) },
      'dnsNameservers',
    ],
    [
      { cidr: '10.0.0.0/24', hostRoutes: [{ destination: '10.1.0.0/16', nexthop: '2001:db8::1' }] },
      'hostRoutes[0]',
    ],
    [
      { cidr: '10.0.0.0/24', hostRoutes: [{ destination: '10.1.0.1/16', nexthop: '10.0.0.1' }] },
      'hostRoutes[0].destination',
    ],
    [{ cidr: '10.0.0.0/24', ipv6AddressMode: 'slaac' }, 'ipv6AddressMode'],
    [{ cidr: '2001:db8::/64', ipv6AddressMode: 'slaac', enableDhcp: false }, 'ipv6AddressMode'],
    [
      { cidr: '2001:db8::/64', ipv6AddressMode: 'slaac', ipv6RaMode: 'dhcpv6-stateful' },
      'ipv6RaMode',
    ],
    [{ cidr: '2001:db8::/48', ipv6AddressMode: 'slaac' }, 'cidr'],
  ])('%j is refused at %s', async (fields, field) => {
    await expect(make(fields)).rejects.toMatchObject({ code: 'invalid', field })
  })

  test('a gateway inside a pool is a conflict', async () => {
    const pools = [{ start: '10.0.0.1', end: '10.0.0.9' }]
    await expect(make({ cidr: '10.0.0.0/24', allocationPools: pools })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('never overlap within a network, even when made at once; others may', async () => {
    const kernel = await cloud()
    const { network } = await newNetwork(kernel, [])
    const inputs = ['10.0.0.0/24', '10.0.0.128/25', '10.0.0.0/16'].map((cidr) => ({
      networkId: network.id,
      cidr,
    }))
    const results = await Promise.allSettled(
      inputs.map((input) => invoke(kernel, p1, subnetCreate, input)),
    )
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of results) {
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'conflict', field: 'cidr' })
    }
    await newNetwork(kernel, ['10.0.0.0/24'])
    const [row] = await kernel.store.get(networkKind, [network.id])
    expect(row?.subnetIds).toHaveLength(1)
    expect(await findings(kernel)).toEqual([])
  })

  test('with held addresses stay; a deletion and a new address never both win', async () => {
    const kernel = await cloud()
    const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24'])
    const id = subnets[0]?.id
    const port = await invoke(kernel, p1, portCreate, { networkId: network.id })
    await expect(invoke(kernel, p1, subnetDelete, { id })).rejects.toMatchObject({
      code: 'conflict',
      detail: { addresses: 1 },
    })
    await invoke(kernel, p1, portDelete, { ids: [port.id] })
    const [gone, made] = await Promise.allSettled([
      invoke(kernel, p1, subnetDelete, { id }),
      invoke(kernel, p1, portCreate, { networkId: network.id }),
    ])
    const address = made?.status === 'fulfilled' ? made.value.fixedIps : []
    // Without its subnet the network still takes a port, but one without an address.
    expect(gone?.status === 'fulfilled').toBe(address.length === 0)
    expect(await findings(kernel)).toEqual([])
  })

  test('pools may grow, and shrink by what is free', async () => {
    const kernel = await cloud()
    const { network } = await newNetwork(kernel, [])
    const pool = (start: string, end: string) => ({ allocationPools: [{ start, end }] })
    const subnet = await invoke(kernel, p1, subnetCreate, {
      networkId: network.id,
      cidr: '10.0.0.0/24',
      ...pool('10.0.0.10', '10.0.0.11'),
    })
    const create = () => invoke(kernel, p1, portCreate, { networkId: network.id })
    const port = await create()
    await create()
    await expect(create()).rejects.toMatchObject({ code: 'addressesExhausted' })
    await invoke(kernel, p1, subnetUpdate, { id: subnet.id, ...pool('10.0.0.5', '10.0.0.11') })
    expect((await create()).fixedIps[0]?.address).toBe('10.0.0.5')
    const shrink = { id: subnet.id, ...pool('10.0.0.5', '10.0.0.9') }
    await expect(invoke(kernel, p1, subnetUpdate, shrink)).rejects.toMatchObject({
      code: 'conflict',
      detail: { address: '10.0.0.10' },
    })
    await invoke(kernel, p1, portDelete, { ids: [port.id] })
    await invoke(kernel, p1, subnetUpdate, {
      id: subnet.id,
      ...pool('10.0.0.5', '10.0.0.5'),
      allocationPools: [
        { start: '10.0.0.5', end: '10.0.0.6' },
        { start: '10.0.0.11', end: '10.0.0.11' },
      ],
    })
    expect((await create()).fixedIps[0]?.address).toBe('10.0.0.6')
    await expect(create()).rejects.toMatchObject({ code: 'addressesExhausted' })
    expect(await findings(kernel)).toEqual([])
  })

  test('are listed by network, version and name', async () => {
    const kernel = await cloud()
    const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24', '2001:db8::/64'])
    const ids = async (filter: object, actor = p1): Promise<string[]> => {
      return (await invoke(kernel, actor, subnetList, filter)).map((subnet) => subnet.id)
    }
    expect(await ids({})).toEqual(subnets.map((subnet) => subnet.id))
    expect(await ids({ networkId: network.id, version: 6 })).toEqual([subnets[1]?.id])
    expect(await ids({ cidr: '10.0.0.0/24' })).toEqual([subnets[0]?.id])
    expect(await ids({ networkId: network.id }, p2)).toEqual([])
  })
})

test('what a deleted subnet left behind is swept, what lives stays', async () => {
  const kernel = await cloud()
  const { network, subnets } = await newNetwork(kernel, ['10.0.0.0/24', '10.0.1.0/24'])
  const ids = [subnets[0]?.id, subnets[1]?.id] as [string, string]
  const fixedIps = ids.map((subnetId) => ({ subnetId }))
  const port = await invoke(kernel, p1, portCreate, { networkId: network.id, fixedIps })
  await invoke(kernel, p1, portDelete, { ids: [port.id] })
  const rows = await kernel.store.query(addressKind, { limit: 10 })
  await invoke(kernel, p1, subnetDelete, { id: ids[0] })
  const orphans = rows
    .filter((row) => row.id.startsWith(ids[0]))
    .map(({ id, portId, turn }) => ({ id, portId, turn }))
  const defect = { id: `${ids[0]}/0a0000ff`, portId: 'gone', turn: `${ids[0]}/s` }
  const insert = [...orphans, defect]
  await kernel.store.transact([
    { kinds: [{ kind: addressKind, writes: { insert } }], origin: 'test', at: 0 },
  ])
  expect(await sweepAddresses(kernel)).toEqual({ removed: 1, next: null })
  expect(await sweepAddresses(kernel)).toEqual({ removed: 0, next: null })
  const left = await kernel.store.query(addressKind, { limit: 10 })
  expect(left.map((row) => row.id.split('/')[0])).toEqual(ids)
  const found = await findings(kernel)
  expect(found.map((finding) => finding.subject)).toContain(`address:${defect.id}`)
})

test('no subnet overlaps one that the store has not shown yet', async () => {
  let isLate = false
  const { kernel } = await networkKernel({
    overStore: (store) => ({
      ...boundStore(store),
      get: async (kind, ids) => {
        const rows = await store.get(kind, ids)
        if (!isLate || kind.name !== subnetKind.name) return rows
        isLate = false
        return rows.map(() => undefined)
      },
    }),
  })
  await openProject(kernel, 'p1')
  const { network } = await newNetwork(kernel, ['10.0.0.0/24'])
  isLate = true
  const creation = invoke(kernel, p1, subnetCreate, { networkId: network.id, cidr: '10.0.0.0/25' })
  await expect(creation).rejects.toMatchObject({ code: 'conflict', field: 'cidr' })
  expect(isLate).toBe(false)
})
