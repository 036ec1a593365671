import { describe, expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
  statementsOf,
} from '../../../test/network-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import type { Network } from '../../model/network/network.ts'
import type { Port } from '../../model/network/port.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import { invoke } from '../operation.ts'
import { networkCreate } from './network.ts'
import { portCreate, portCreateMany, portDelete, portGet, portList, portUpdate } from './port.ts'
import {
  defaultSecurityGroupId,
  securityGroupCreate,
  securityGroupDelete,
} from './security-group.ts'
import { subnetCreate } from './subnet.ts'

const p1 = memberOf('p1')
const p2 = memberOf('p2')

async function cloud(
  cidrs = ['10.0.0.0/24'],
): Promise<{ kernel: Kernel; network: Network; subnets: Subnet[] }> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1', { ports: 2_000 })
  await openProject(kernel, 'p2')
  return { kernel, ...(await newNetwork(kernel, cidrs)) }
}

const create = (kernel: Kernel, network: Network, fields = {}, actor = p1): Promise<Port> =>
  invoke(kernel, actor, portCreate, { networkId: network.id, ...fields })

describe('N1: creating', () => {
  test('takes MAC, addresses and the default group, made when it is first needed', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24', '2001:db8::/64'])
    const port = await create(kernel, network, { name: 'web' })
    expect(port).toMatchObject({
      mac: 'fa:16:00:00:00:00',
      status: 'DOWN',
      deviceId: null,
      securityGroupIds: [defaultSecurityGroupId(kernel, 'p1')],
      portSecurity: true,
    })
    expect(port.fixedIps.map((one) => one.address)).toEqual([
      '10.0.0.2',
      '2001:db8::f816:ff:fe00:0',
    ])
    expect(await invoke(kernel, p1, portGet, { id: port.id })).toEqual(port)
    expect(await findings(kernel)).toEqual([])
  })

  test.each([
    [{ mac: 'ff:ff:ff:ff:ff:ff' }, 'mac'],
    [{ fixedIps: [{ address: '10.0.0.300' }] }, 'fixedIps[0].address'],
    [{ fixedIps: [{ address: '10.9.0.3' }] }, 'fixedIps[0].address'],
    [{ fixedIps: [{}] }, 'fixedIps[0]'],
    [{ fixedIps: [{ address: '10.0.0.3' }, { address: '10.0.0.3' }] }, 'fixedIps[1].address'],
    [
      { fixedIps: Array.from({ length: 9 }, (_, i) => ({ address: `10.0.0.${i + 9}` })) },
      'fixedIps',
    ],
    [{ portSecurity: false, securityGroupIds: ['x'] }, undefined],
    [
      { portSecurity: false, allowedAddressPairs: [{ ipAddress: '10.0.0.9' }] },
      'allowedAddressPairs',
    ],
    [{ allowedAddressPairs: [{ ipAddress: '0.0.0.0/0' }] }, 'allowedAddressPairs[0].ipAddress'],
    [
      { allowedAddressPairs: Array.from({ length: 11 }, (_, i) => ({ ipAddress: `10.0.0.${i}` })) },
      'allowedAddressPairs',
    ],
    [{ securityGroupIds: ['a', 'a'] }, 'securityGroupIds'],
    [{ deviceId: 's' }, 'deviceId'],
  ])('%j is refused at %s', async (fields, field) => {
    const { kernel, network } = await cloud()
    const refusal = create(kernel, network, fields)
    if (field === undefined) await expect(refusal).rejects.toMatchObject({ code: 'notFound' })
    else await expect(refusal).rejects.toMatchObject({ code: 'invalid', field })
    expect((await create(kernel, network)).fixedIps[0]?.address).toBe('10.0.0.2')
    expect(await findings(kernel)).toEqual([])
  })

  test('a subnet of another network is not found', async () => {
    const { kernel, network } = await cloud()
    const other = await newNetwork(kernel, ['10.0.0.0/24'])
    const fixedIps = [{ subnetId: other.subnets[0]?.id }]
    await expect(create(kernel, network, { fixedIps })).rejects.toMatchObject({
      code: 'notFound',
      field: 'fixedIps[0].subnetId',
    })
  })

  test('no addresses, several of one subnet, and chosen ones', async () => {
    const { kernel, network, subnets } = await cloud()
    const subnetId = subnets[0]?.id
    expect((await create(kernel, network, { fixedIps: [] })).fixedIps).toEqual([])
    const fixedIps = [{ subnetId }, { address: '10.0.0.3' }, { subnetId }]
    const port = await create(kernel, network, { fixedIps })
    expect(port.fixedIps.map((one) => one.address)).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4'])
    const taken = create(kernel, network, { fixedIps: [{ address: '10.0.0.3' }] })
    await expect(taken).rejects.toMatchObject({ code: 'conflict', field: 'fixedIps[0].address' })
    expect(await findings(kernel)).toEqual([])
  })

  test('a subnet that derives addresses gives one to a port', async () => {
    const { kernel, network, subnets } = await cloud(['2001:db8::/64'])
    const subnetId = subnets[0]?.id
    const twice = create(kernel, network, { fixedIps: [{ subnetId }, { subnetId }] })
    await expect(twice).rejects.toMatchObject({ code: 'invalid', field: 'fixedIps' })
  })

  test('a refused port gives back what it had chosen', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24', '10.0.1.0/24'])
    await create(kernel, network, { fixedIps: [{ address: '10.0.1.9' }] })
    const fixedIps = [{ address: '10.0.0.9' }, { address: '10.0.1.9' }]
    await expect(create(kernel, network, { fixedIps })).rejects.toMatchObject({ code: 'conflict' })
    expect(await create(kernel, network, { fixedIps: fixedIps.slice(0, 1) })).toBeDefined()
  })

  test('an address may not be chosen where addresses follow from MACs', async () => {
    const { kernel, network } = await cloud(['2001:db8::/64'])
    const chosen = create(kernel, network, { fixedIps: [{ address: '2001:db8::5' }] })
    await expect(chosen).rejects.toMatchObject({ code: 'invalid', field: 'fixedIps[0].address' })
  })

  test('a MAC has one holder in the whole cloud, also when asked for at once', async () => {
    const { kernel, network } = await cloud()
    const mac = '02:00:00:00:00:01'
    const results = await Promise.allSettled([
      create(kernel, network, { mac }),
      create(kernel, network, { mac }),
    ])
    expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(create(kernel, network, { mac })).rejects.toMatchObject({
      code: 'conflict',
      field: 'mac',
    })
    const ports = [{ networkId: network.id, mac: '02:00:00:00:00:02' }]
    const twice = invoke(kernel, p1, portCreateMany, { ports: [...ports, ...ports] })
    await expect(twice).rejects.toMatchObject({ code: 'invalid', field: 'ports[1].mac' })
    expect(await findings(kernel)).toEqual([])
  })

  test('many are one commit: all or none, in the same statements as two', async () => {
    const costs: number[] = []
    for (const count of [2, 200]) {
      const { kernel, network } = await cloud(['10.0.0.0/16'])
      await kernel.addresses.macs.open()
      const ports = Array.from({ length: count }, (_, i) => ({
        networkId: network.id,
        name: `p${i}`,
      }))
      costs.push(await statementsOf(kernel, () => invoke(kernel, p1, portCreateMany, { ports })))
      const bad = [...ports, { networkId: network.id, fixedIps: [{ address: '10.0.0.2' }] }]
      await expect(invoke(kernel, p1, portCreateMany, { ports: bad })).rejects.toMatchObject({
        code: 'conflict',
      })
      expect(await invoke(kernel, p1, portList, {})).toHaveLength(count)
      expect(await findings(kernel)).toEqual([])
    }
    expect(costs[1]).toBe(costs[0])
  })

  test('the quota, and an exhausted subnet, refuse with what there is', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/30'])
    await create(kernel, network)
    await expect(create(kernel, network)).rejects.toMatchObject({
      code: 'addressesExhausted',
      field: 'networkId',
    })
    await openProject(kernel, 'p1', { ports: 1 })
    await expect(create(kernel, network, { fixedIps: [] })).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'ports',
    })
  })

  test('on a shared network others get ports, and may not pose as its machines', async () => {
    const { kernel } = await cloud()
    const { network } = await newNetwork(kernel, ['10.8.0.0/24'], { shared: true })
    const port = await create(kernel, network, {}, p2)
    expect(port).toMatchObject({ projectId: 'p2', fixedIps: [{ address: '10.8.0.2' }] })
    for (const [fields, field] of [
      [{ mac: '02:00:00:00:00:01' }, 'mac'],
      [{ fixedIps: [{ address: '10.8.0.9' }] }, 'fixedIps[0].address'],
      [{ portSecurity: false }, 'portSecurity'],
      [{ allowedAddressPairs: [{ ipAddress: '10.8.0.9' }] }, 'allowedAddressPairs'],
    ] as const) {
      await expect(create(kernel, network, fields, p2)).rejects.toMatchObject({
        code: 'forbidden',
        field,
      })
      const { mac: _, ...change } = { mac: '', ...fields }
      if (Object.keys(change).length === 0) continue
      const update = invoke(kernel, p2, portUpdate, { id: port.id, ...change })
      await expect(update).rejects.toMatchObject({ code: 'forbidden', field })
    }
    expect(await create(kernel, network, { mac: '02:00:00:00:00:01' })).toMatchObject({
      projectId: 'p1',
    })
    expect(await findings(kernel)).toEqual([])
  })
})

describe('F2: changing', () => {
  test('keeps addresses still wanted, releases the others, takes new ones', async () => {
    const { kernel, network, subnets } = await cloud(['10.0.0.0/24', '10.0.1.0/24'])
    const [a, b] = subnets.map((subnet) => subnet.id)
    const port = await create(kernel, network, {
      fixedIps: [{ subnetId: a }, { address: '10.0.0.50' }],
    })
    const change = [{ address: '10.0.0.50' }, { subnetId: b }, { address: '10.0.0.60' }]
    const updated = await invoke(kernel, p1, portUpdate, { id: port.id, fixedIps: change })
    expect(updated.fixedIps.map((one) => one.address)).toEqual([
      '10.0.0.50',
      '10.0.1.2',
      '10.0.0.60',
    ])
    expect(await findings(kernel)).toEqual([])
    const same = await invoke(kernel, p1, portUpdate, {
      id: port.id,
      fixedIps: [{ subnetId: a }, { subnetId: b }],
    })
    expect(same.fixedIps.map((one) => one.address)).toEqual(['10.0.0.50', '10.0.1.2'])
    const none = await invoke(kernel, p1, portUpdate, { id: port.id, fixedIps: [] })
    expect(none.fixedIps).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  test('a refused change takes nothing', async () => {
    const { kernel, network } = await cloud()
    const port = await create(kernel, network)
    const other = await create(kernel, network)
    const fixedIps = [{ address: '10.0.0.50' }, { address: other.fixedIps[0]?.address }]
    await expect(invoke(kernel, p1, portUpdate, { id: port.id, fixedIps })).rejects.toMatchObject({
      code: 'conflict',
    })
    await create(kernel, network, { fixedIps: [{ address: '10.0.0.50' }] })
    expect(await findings(kernel)).toEqual([])
  })

  test('moves between groups, which counts them; a used group stays', async () => {
    const { kernel, network } = await cloud()
    const group = await invoke(kernel, p1, securityGroupCreate, { name: 'g' })
    const port = await create(kernel, network)
    await invoke(kernel, p1, portUpdate, { id: port.id, securityGroupIds: [group.id] })
    const removal = invoke(kernel, p1, securityGroupDelete, { id: group.id })
    await expect(removal).rejects.toMatchObject({ code: 'conflict', detail: { ports: 1 } })
    await expect(
      invoke(kernel, p1, portUpdate, { id: port.id, portSecurity: false }),
    ).rejects.toMatchObject({
      code: 'invalid',
      field: 'securityGroupIds',
    })
    await invoke(kernel, p1, portUpdate, { id: port.id, portSecurity: false, securityGroupIds: [] })
    await invoke(kernel, p1, securityGroupDelete, { id: group.id })
    expect(await findings(kernel)).toEqual([])
  })

  test('a group deleted while a port takes it: never both', async () => {
    const { kernel, network } = await cloud()
    const group = await invoke(kernel, p1, securityGroupCreate, { name: 'g' })
    const results = await Promise.allSettled([
      invoke(kernel, p1, securityGroupDelete, { id: group.id }),
      create(kernel, network, { securityGroupIds: [group.id] }),
    ])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await findings(kernel)).toEqual([])
  })

  test('pairs get the MAC of the port when they name none', async () => {
    const { kernel, network } = await cloud()
    const port = await create(kernel, network)
    const allowedAddressPairs = [
      { ipAddress: '10.0.5.7/24' },
      { ipAddress: '10.0.0.9', mac: '02:00:00:00:00:09' },
    ]
    const updated = await invoke(kernel, p1, portUpdate, {
      id: port.id,
      allowedAddressPairs,
      expectedRev: 1,
    })
    expect(updated.allowedAddressPairs).toEqual([
      { ipAddress: '10.0.5.0/24', mac: port.mac },
      { ipAddress: '10.0.0.9/32', mac: '02:00:00:00:00:09' },
    ])
    await expect(
      invoke(kernel, p1, portUpdate, { id: port.id, name: 'x', expectedRev: 1 }),
    ).rejects.toMatchObject({ code: 'stale' })
  })
})

describe('listing and deleting', () => {
  test('filters, pages, and stays in the project', async () => {
    const { kernel, network, subnets } = await cloud()
    const other = await newNetwork(kernel, ['10.1.0.0/24'])
    const ports: Port[] = []
    for (let i = 0; i < 5; i++)
      ports.push(await create(kernel, i % 2 ? other.network : network, { name: `n${i}` }))
    const list = async (filter: object, actor = p1): Promise<string[]> => {
      return (await invoke(kernel, actor, portList, filter)).map((port) => port.name)
    }
    expect(await list({ networkId: network.id })).toEqual(['n0', 'n2', 'n4'])
    expect(await list({ mac: ports[3]?.mac })).toEqual(['n3'])
    expect(await list({ address: '10.1.0.2' })).toEqual(['n1'])
    expect(await list({ subnetId: subnets[0]?.id, name: 'n2' })).toEqual(['n2'])
    expect(await list({ deviceId: 'none' })).toEqual([])
    expect(await list({ mac: ports[3]?.mac }, p2)).toEqual([])
    expect(await list({}, operator)).toHaveLength(5)
    const seen: string[] = []
    for (let marker: string | undefined; ;) {
      const page = await invoke(kernel, p1, portList, { limit: 2, ...(marker && { marker }) })
      seen.push(...page.map((port) => port.name))
      if (page.length < 2) break
      marker = page.at(-1)?.id
    }
    expect(seen.toSorted()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4'])
    const probe = invoke(kernel, p2, portList, { marker: ports[0]?.id })
    await expect(probe).rejects.toMatchObject({ code: 'invalid', field: 'marker' })
  })

  test('deletes all or none, and never one that a server uses', async () => {
    const { kernel, network } = await cloud()
    const ports = [await create(kernel, network), await create(kernel, network)]
    const ids = ports.map((port) => port.id)
    await expect(invoke(kernel, p1, portDelete, { ids: [...ids, 'absent'] })).rejects.toMatchObject(
      {
        code: 'notFound',
        field: 'ids[2]',
      },
    )
    expect(await invoke(kernel, p1, portList, {})).toHaveLength(2)
    await invoke(kernel, p1, portDelete, { ids })
    expect(await invoke(kernel, p1, portList, {})).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  test('ports of different groups, deleted together, leave every group', async () => {
    const { kernel, network } = await cloud()
    const groups = [
      await invoke(kernel, p1, securityGroupCreate, { name: 'a' }),
      await invoke(kernel, p1, securityGroupCreate, { name: 'b' }),
    ]
    const ids: string[] = []
    for (const group of [...groups, groups[0]]) {
      ids.push((await create(kernel, network, { securityGroupIds: [group?.id] })).id)
    }
    await invoke(kernel, p1, portDelete, { ids })
    expect(await findings(kernel)).toEqual([])
    for (const group of groups) await invoke(kernel, p1, securityGroupDelete, { id: group.id })
  })

  test('a repeated call with the same key makes one port', async () => {
    const { kernel, network } = await cloud()
    const once = () =>
      invoke(kernel, p1, portCreate, { networkId: network.id }, { idempotencyKey: 'k' })
    const [first, second] = await Promise.all([once(), once()])
    expect(second).toEqual(first)
    expect(await once()).toEqual(first)
    expect(await invoke(kernel, p1, portList, {})).toHaveLength(1)
    expect((await create(kernel, network)).fixedIps[0]?.address).toBe('10.0.0.3')
    expect(await findings(kernel)).toEqual([])
  })
})

test('a stateful IPv6 subnet hands out addresses in order', async () => {
  const { kernel } = await cloud()
  const network = await invoke(kernel, p1, networkCreate, { name: 'six' })
  const mode = { ipv6AddressMode: 'dhcpv6-stateful', ipv6RaMode: 'dhcpv6-stateful' }
  await invoke(kernel, p1, subnetCreate, { networkId: network.id, cidr: '2001:db8::/64', ...mode })
  const ports = [await create(kernel, network), await create(kernel, network)]
  expect(ports.map((port) => port.fixedIps[0]?.address)).toEqual(['2001:db8::2', '2001:db8::3'])
})
