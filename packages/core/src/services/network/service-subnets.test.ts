import { describe, expect, it, test } from 'vitest'
import {
  callOf,
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import { type Routing, p1 as owner, routing } from '../../../test/routing.ts'
import type { Kernel } from '../../kernel.ts'
import { addressKind } from '../../model/network/address.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import { Writes } from '../../commit/writes.ts'
import { invoke } from '../operation.ts'
import { floatingIpCreate } from './floating-ip/floating-ip.ts'
import { planServerPorts } from './port-plan.ts'
import { portCreate } from './port.ts'
import { subnetCreate, subnetUpdate } from './subnet.ts'

const p1 = memberOf('p1')

/** A network with a plain subnet, and one of two addresses for servers. */
async function cloud(plain = true) {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1')
  const { network } = await newNetwork(kernel, plain ? ['10.0.0.0/24'] : [])
  const input = { networkId: network.id, cidr: '10.0.1.0/29', serviceTypes: ['compute:nova'] }
  const pool = { allocationPools: [{ start: '10.0.1.2', end: '10.0.1.3' }] }
  const subnet = await invoke(kernel, operator, subnetCreate, { ...input, ...pool })
  return { kernel, network, subnet }
}

/** Gives servers a port each. */
async function plug(kernel: Kernel, networkId: string, count: number): Promise<void> {
  const servers = Array.from({ length: count }, (_, at) => `server-${at}`)
  const call = callOf(kernel, p1)
  const asked = { projectId: 'p1', servers, networks: [{ networkId }] }
  const plan = await planServerPorts(call, asked)
  const writes = new Writes()
  const rows = servers.map((id) => ({ id, hostId: null, projectId: 'p1' }))
  plan.write(writes, rows)
  await call.commit(writes, ['test'], null)
  plan.settled()
}

describe('A3: service subnets', () => {
  it('gives servers the addresses made for them first, and then those of all', async () => {
    const { kernel, network, subnet } = await cloud()
    await plug(kernel, network.id, 3)
    const held = await kernel.store.query(addressKind, { limit: 100 })
    expect(held).toHaveLength(3)
    expect(held.filter(({ id }) => id.startsWith(subnet.id))).toHaveLength(2)
    expect(await findings(kernel)).toEqual([])
  })

  it('keeps others out, unless they name the subnet', async () => {
    const { kernel, network, subnet } = await cloud()
    const plain = await invoke(kernel, p1, portCreate, { networkId: network.id })
    expect(plain.fixedIps[0]?.subnetId).not.toBe(subnet.id)
    for (const fixed of [{ subnetId: subnet.id }, { address: '10.0.1.3' }]) {
      const named = { networkId: network.id, fixedIps: [fixed] }
      const port = await invoke(kernel, p1, portCreate, named)
      expect(port.fixedIps[0]?.subnetId).toBe(subnet.id)
    }
    expect(await findings(kernel)).toEqual([])
  })

  it('says that there is no subnet for a port, until the subnet is for all again', async () => {
    const { kernel, network, subnet } = await cloud(false)
    const input = { networkId: network.id }
    await expect(invoke(kernel, p1, portCreate, input)).rejects.toMatchObject({
      ...{ code: 'addressesExhausted', field: 'networkId', limit: 0 },
      detail: { deviceOwner: '' },
    })
    await invoke(kernel, operator, subnetUpdate, { id: subnet.id, serviceTypes: [] })
    const port = await invoke(kernel, p1, portCreate, input)
    expect(port.fixedIps[0]?.subnetId).toBe(subnet.id)
  })

  it('is for operators to say', async () => {
    const { kernel, network, subnet } = await cloud()
    const serviceTypes = ['compute:nova']
    const input = { networkId: network.id, cidr: '10.0.2.0/24', serviceTypes }
    const refused = { code: 'forbidden', field: 'serviceTypes' }
    await expect(invoke(kernel, p1, subnetCreate, input)).rejects.toMatchObject(refused)
    const change = { id: subnet.id, serviceTypes }
    await expect(invoke(kernel, p1, subnetUpdate, change)).rejects.toMatchObject(refused)
  })

  test.each([
    [['web'], 'serviceTypes[0]'],
    [['compute'], 'serviceTypes[0]'],
    [[`compute:${'x'.repeat(255)}`], 'serviceTypes[0]'],
    [Array.from({ length: 17 }, (_, at) => `compute:${at}`), 'serviceTypes'],
  ])('%j is refused', async (serviceTypes, field) => {
    const { kernel, subnet } = await cloud()
    await expect(
      invoke(kernel, operator, subnetUpdate, { id: subnet.id, serviceTypes }),
    ).rejects.toMatchObject({ code: 'invalid', field })
  })

  it('tells floating IPs from gateways of routers', async () => {
    const world: Routing = await routing()
    const { kernel, outside } = world
    const input = { networkId: outside.id, cidr: '198.51.100.0/28' }
    const floating: Subnet = await invoke(kernel, operator, subnetCreate, {
      ...input,
      serviceTypes: ['network:floatingip', 'network:floatingip'],
    })
    expect(floating.serviceTypes).toEqual(['network:floatingip'])
    const row = await invoke(kernel, owner, floatingIpCreate, { networkId: outside.id })
    expect(row.subnetId).toBe(floating.id)
    expect(await findings(kernel)).toEqual([])
  })
})
