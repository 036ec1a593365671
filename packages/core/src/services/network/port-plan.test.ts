import { describe, expect, test } from 'vitest'
import {
  callOf,
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
  statementsOf,
} from '../../../test/network-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { portCreate, portDelete, portUpdate } from './port.ts'
import {
  loadServerPorts,
  markPorts,
  planServerPorts,
  removeServerPorts,
  type ServerPortsInput,
} from './port-plan.ts'
import { securityGroupCreate } from './security-group.ts'

const p1 = memberOf('p1')

async function cloud(cidrs: readonly string[] = ['10.0.0.0/16'], fields = {}) {
  const { kernel, clock } = await networkKernel()
  await openProject(kernel, 'p1')
  await openProject(kernel, 'p2')
  return { kernel, clock, ...(await newNetwork(kernel, cidrs, fields)) }
}

const serverIds = (count: number): string[] => Array.from({ length: count }, (_, i) => `s${i}`)

/** Plans, writes and commits ports for servers; gives everything back when that fails. */
async function launch(
  kernel: Kernel,
  input: Omit<ServerPortsInput, 'projectId'>,
  written = input.servers.length,
  actor: Actor = p1,
): Promise<Port[]> {
  const projectId = actor.projectId as string
  const plan = await planServerPorts(callOf(kernel, actor), { ...input, projectId })
  try {
    const writes = new Writes()
    const servers = input.servers.slice(0, written)
    plan.write(
      writes,
      servers.map((id, i) => ({ id, hostId: `h${i % 3}`, projectId })),
    )
    await kernel.committer.commit(writes)
  } catch (error) {
    plan.release()
    throw error
  }
  plan.settled()
  return [...(await loadServerPorts(kernel, input.servers)).values()].flat()
}

async function end(kernel: Kernel, ports: readonly Port[]): Promise<void> {
  const writes = new Writes()
  await removeServerPorts(kernel, writes, ports, [])
  await kernel.committer.commit(writes)
}

describe('a batch of servers', () => {
  test('gives each server a port with an IPv4 and an IPv6 address, bound to its host', async () => {
    const { kernel, network, subnets } = await cloud(['10.0.0.0/24', '2001:db8::/64'])
    const ports = await launch(kernel, {
      servers: serverIds(3),
      networks: [{ networkId: network.id }],
    })
    expect(ports).toHaveLength(3)
    expect(ports[1]).toMatchObject({
      deviceId: 's1',
      hostId: 'h1',
      status: 'BUILD',
      deviceOwner: 'compute:nova',
      deleteWithDevice: true,
      mac: 'fa:16:00:00:00:01',
      fixedIps: [
        { subnetId: subnets[0]?.id, address: '10.0.0.3' },
        { subnetId: subnets[1]?.id, address: '2001:db8::f816:ff:fe00:1' },
      ],
    })
    expect(ports[0]?.securityGroupIds).toHaveLength(1)
    expect(await findings(kernel)).toEqual([])
  })

  test('costs the same statements for 1 and for 500, to make and to remove', async () => {
    const costs: number[][] = []
    for (const count of [1, 500]) {
      const { kernel, network } = await cloud(['10.0.0.0/16', '2001:db8::/64'])
      const other = await newNetwork(kernel, ['10.1.0.0/16'])
      await kernel.addresses.macs.open()
      const networks = [{ networkId: network.id }, { networkId: other.network.id }]
      let ports: Port[] = []
      const made = await statementsOf(kernel, async () => {
        ports = await launch(kernel, { servers: serverIds(count), networks })
      })
      expect(ports).toHaveLength(2 * count)
      const removed = await statementsOf(kernel, () => end(kernel, ports))
      expect(await findings(kernel)).toEqual([])
      costs.push([made, removed])
    }
    expect(costs[1]).toEqual(costs[0])
  })

  test('takes from the other subnets of a network when one is full', async () => {
    const { kernel, network, subnets } = await cloud(['10.0.0.0/29', '10.0.1.0/29'])
    const ports = await launch(kernel, {
      servers: serverIds(8),
      networks: [{ networkId: network.id }],
    })
    const first = ports.filter((port) => port.fixedIps[0]?.subnetId === subnets[0]?.id)
    expect(first).toHaveLength(5)
    expect(await findings(kernel)).toEqual([])
  })

  test('is refused with what would have fitted, and takes nothing', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/29'])
    const networks = [{ networkId: network.id }]
    await expect(launch(kernel, { servers: serverIds(6), networks })).rejects.toMatchObject({
      code: 'addressesExhausted',
      field: 'networks[0].networkId',
      detail: { available: 5, asked: 6 },
    })
    await expect(launch(kernel, { servers: serverIds(5), networks })).resolves.toHaveLength(5)
  })

  test('may shrink to what the addresses allow, and to what is placed', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/29'])
    const input = {
      projectId: 'p1',
      servers: serverIds(9),
      minimum: 2,
      networks: [{ networkId: network.id }],
    }
    const plan = await planServerPorts(callOf(kernel, p1), input)
    expect(plan).toMatchObject({ capacity: 5, portsPerServer: 1 })
    plan.release()
    expect(await launch(kernel, input, 3)).toHaveLength(3)
    const rest = { servers: ['a', 'b'], networks: input.networks }
    const ports = await launch(kernel, rest)
    expect(ports.map((port) => port.fixedIps[0]?.address)).toEqual(['10.0.0.5', '10.0.0.6'])
    expect(await findings(kernel)).toEqual([])
  })

  test('that fails to commit leaks nothing', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/29'])
    await openProject(kernel, 'p1', { ports: 2 })
    const networks = [{ networkId: network.id }]
    await expect(launch(kernel, { servers: serverIds(3), networks })).rejects.toMatchObject({
      conflict: { type: 'counter', counters: [{ scope: 'quota:p1', name: 'ports' }] },
    })
    expect(await kernel.store.query(portKind, { limit: 1 })).toEqual([])
    await openProject(kernel, 'p1')
    expect(await launch(kernel, { servers: serverIds(5), networks })).toHaveLength(5)
    expect(await findings(kernel)).toEqual([])
  })

  test('on a network without subnets has ports without addresses', async () => {
    const { kernel, network } = await cloud([])
    const [port] = await launch(kernel, { servers: ['s'], networks: [{ networkId: network.id }] })
    expect(port?.fixedIps).toEqual([])
  })

  test('without networks has no ports', async () => {
    const { kernel } = await cloud([])
    expect(await launch(kernel, { servers: serverIds(4), networks: [] })).toEqual([])
  })

  test('two at once share nothing', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/20'])
    const networks = [{ networkId: network.id }]
    const batches = ['a', 'b', 'c', 'd'].map((name) => {
      return launch(kernel, { servers: serverIds(100).map((id) => name + id), networks })
    })
    const settled = await Promise.allSettled(batches)
    // The first commit makes the project's default group; the others read again, as operations do.
    const lost = settled.filter((one) => one.status === 'rejected')
    for (const one of lost) expect(one.reason).toMatchObject({ conflict: { type: 'unique' } })
    const made = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(made.length).toBeGreaterThanOrEqual(100)
    expect(new Set(made.map((port) => port.fixedIps[0]?.address)).size).toBe(made.length)
    expect(new Set(made.map((port) => port.mac)).size).toBe(made.length)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('what only one server can have', () => {
  test.each([
    [{ portId: 'x' }, 'networks[0].portId'],
    [{ networkId: 'n', address: '10.0.0.9' }, 'networks[0].address'],
    [{ networkId: 'n', fixedIps: [{ address: '10.0.0.9' }] }, 'networks[0].address'],
  ])('%j is refused for several', async (network, field) => {
    const { kernel } = await cloud([])
    const plan = planServerPorts(callOf(kernel, p1), {
      projectId: 'p1',
      servers: ['a', 'b'],
      networks: [network],
    })
    await expect(plan).rejects.toMatchObject({ code: 'invalid', field, limit: 1 })
  })

  test.each([
    [{}],
    [{ portId: 'x', networkId: 'n' }],
    [{ portId: 'x', address: '10.0.0.9' }],
    [{ networkId: 'n', address: '10.0.0.9', subnetIds: ['s'] }],
  ])('%j contradicts itself', async (network) => {
    const { kernel } = await cloud([])
    const plan = planServerPorts(callOf(kernel, p1), {
      projectId: 'p1',
      servers: ['a'],
      networks: [network],
    })
    await expect(plan).rejects.toMatchObject({ code: 'invalid', field: 'networks[0]' })
  })

  test('an address by hand, and a subnet by name', async () => {
    const { kernel, network, subnets } = await cloud(['10.0.0.0/24', '10.0.1.0/24'])
    const [port] = await launch(kernel, {
      servers: ['s'],
      networks: [{ networkId: network.id, address: '10.0.0.77' }],
    })
    expect(port?.fixedIps).toEqual([{ subnetId: subnets[0]?.id, address: '10.0.0.77' }])
    const subnetIds = [subnets[1]?.id as string]
    const ports = await launch(kernel, {
      servers: ['t', 'u'],
      networks: [{ networkId: network.id, subnetIds }],
    })
    expect(ports.map((one) => one.fixedIps[0]?.address)).toEqual(['10.0.1.2', '10.0.1.3'])
  })

  test("a user's port is attached, and only detached at the end", async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24'])
    const port = await invoke(kernel, p1, portCreate, { networkId: network.id, name: 'mine' })
    const networks = [{ portId: port.id }]
    const [attached] = await launch(kernel, { servers: ['s'], networks })
    expect(attached).toMatchObject({
      id: port.id,
      deviceId: 's',
      hostId: 'h0',
      status: 'BUILD',
      mac: port.mac,
    })
    await expect(launch(kernel, { servers: ['t'], networks })).rejects.toMatchObject({
      code: 'conflict',
      field: 'networks[0].portId',
    })
    const deletion = invoke(kernel, p1, portDelete, { ids: [port.id] })
    await expect(deletion).rejects.toMatchObject({ code: 'conflict', detail: { deviceId: 's' } })
    await end(kernel, [attached as Port])
    const [detached] = await kernel.store.get(portKind, [port.id])
    expect(detached).toMatchObject({
      deviceId: null,
      deviceOwner: '',
      hostId: null,
      status: 'DOWN',
      fixedIps: port.fixedIps,
    })
    expect(await findings(kernel)).toEqual([])
  })

  test("another project's port is not found", async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24'])
    const port = await invoke(kernel, p1, portCreate, { networkId: network.id })
    const stolen = launch(
      kernel,
      { servers: ['s'], networks: [{ portId: port.id }] },
      1,
      memberOf('p2'),
    )
    await expect(stolen).rejects.toMatchObject({ code: 'notFound', field: 'networks[0].portId' })
  })
})

describe('who may use what', () => {
  test("another's network is not found; a shared one is usable, not by address", async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24'])
    const p2 = memberOf('p2')
    const foreign = launch(kernel, { servers: ['s'], networks: [{ networkId: network.id }] }, 1, p2)
    await expect(foreign).rejects.toMatchObject({
      code: 'notFound',
      field: 'networks[0].networkId',
    })
    const shared = await newNetwork(kernel, ['10.9.0.0/24'], { shared: true })
    const networks = [{ networkId: shared.network.id }]
    expect(await launch(kernel, { servers: ['s'], networks }, 1, p2)).toHaveLength(1)
    const chosen = launch(
      kernel,
      { servers: ['t'], networks: [{ ...networks[0], address: '10.9.0.9' }] },
      1,
      p2,
    )
    await expect(chosen).rejects.toMatchObject({
      code: 'forbidden',
      field: 'networks[0].fixedIps[0].address',
    })
    expect(await findings(kernel)).toEqual([])
  })

  test('security groups are the own ones', async () => {
    const { kernel, network } = await cloud(['10.0.0.0/24'])
    const group = await invoke(kernel, operator, securityGroupCreate, {
      name: 'g',
      projectId: 'p2',
    })
    const networks = [{ networkId: network.id }]
    const foreign = launch(kernel, { servers: ['s'], networks, securityGroupIds: [group.id] })
    await expect(foreign).rejects.toMatchObject({
      code: 'notFound',
      field: 'networks[0].securityGroupIds[0]',
    })
    const own = await invoke(kernel, p1, securityGroupCreate, { name: 'g' })
    const [port] = await launch(kernel, { servers: ['s'], networks, securityGroupIds: [own.id] })
    expect(port?.securityGroupIds).toEqual([own.id])
  })
})

test('status and host change in bulk, and rows that have them already stay', async () => {
  const { kernel, network } = await cloud()
  const ports = await launch(kernel, {
    servers: serverIds(3),
    networks: [{ networkId: network.id }],
  })
  await invoke(kernel, p1, portUpdate, { id: ports[0]?.id, name: 'first' })
  const fresh = [...(await loadServerPorts(kernel, serverIds(3))).values()].flat()
  const writes = new Writes()
  markPorts(writes, fresh, { status: 'ACTIVE' })
  await kernel.committer.commit(writes)
  const active = [...(await loadServerPorts(kernel, serverIds(3))).values()].flat()
  expect(active.map((port) => port.status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE'])
  const again = new Writes()
  markPorts(again, active, { status: 'ACTIVE' })
  expect(again.batch('', 0).kinds[0]?.writes.update ?? []).toEqual([])
  const moved = new Writes()
  markPorts(moved, active, { hostId: 'h9', status: 'DOWN' })
  await kernel.committer.commit(moved)
  const [port] = [...(await loadServerPorts(kernel, ['s1'])).values()].flat()
  expect(port).toMatchObject({ hostId: 'h9', status: 'DOWN', rev: 3 })
})

test('ports that a user changed meanwhile make the removal fail whole', async () => {
  const { kernel, network } = await cloud()
  const ports = await launch(kernel, {
    servers: serverIds(2),
    networks: [{ networkId: network.id }],
  })
  await invoke(kernel, p1, portUpdate, { id: ports[1]?.id, name: 'renamed' })
  await expect(end(kernel, ports)).rejects.toMatchObject({
    conflict: { type: 'revision', kind: 'port' },
  })
  expect((await loadServerPorts(kernel, serverIds(2))).size).toBe(2)
  expect(await findings(kernel)).toEqual([])
})
