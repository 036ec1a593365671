import { describe, expect, it, test } from 'vitest'
import { findings } from '../../../../test/network-kernel.ts'
import { configureNow, dataPlane } from '../../../../test/network-work.ts'
import { newPort, p1, p2, type Routing, routing } from '../../../../test/routing.ts'
import type { FloatingIp, PortForwarding } from '../../../model/network/floating-ip.ts'
import type { Port } from '../../../model/network/port.ts'
import { invoke } from '../../operation.ts'
import { portDelete, portGet } from '../port.ts'
import { floatingIpCreate, floatingIpDelete, floatingIpUpdate } from './floating-ip.ts'
import {
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
} from './forwarding.ts'

interface Forwarding {
  readonly world: Routing
  readonly port: Port
  readonly row: FloatingIp
  readonly forward: (fields?: Readonly<Record<string, unknown>>) => Promise<PortForwarding>
}

async function forwarding(): Promise<Forwarding> {
  const world = await routing()
  const { kernel, outside } = world
  const port = await newPort(world)
  const row = await invoke(kernel, p1, floatingIpCreate, { networkId: outside.id })
  const fields = { protocol: 'tcp', externalPorts: 8080, internalPorts: 80, portId: port.id }
  return {
    world,
    port,
    row,
    forward: (more = {}) =>
      invoke(kernel, p1, portForwardingCreate, { floatingIpId: row.id, ...fields, ...more }),
  }
}

describe('A5: port forwardings', () => {
  it('are made, changed and ended, as the data plane is told', async () => {
    const { forward, port, row, world } = await forwarding()
    const { kernel } = world
    const web = await forward()
    await forward({ protocol: 'udp', externalPorts: [5000, 5009], internalPorts: [6000, 6009] })
    await configureNow(kernel)
    const told = () => {
      const object = dataPlane(kernel).object('floatingIp', row.id)
      return object?.type === 'floatingIp' ? object.config?.forwardings : undefined
    }
    expect(told()).toMatchObject([
      { protocol: 'tcp', externalPorts: [8080, 8080], internalPorts: [80, 80] },
      { protocol: 'udp', portId: port.id, address: port.fixedIps[0]?.address },
    ])
    const other = await newPort(world)
    const names = { floatingIpId: row.id, id: web.id }
    await invoke(kernel, p1, portForwardingUpdate, { ...names, portId: other.id })
    await configureNow(kernel)
    expect(told()?.[0]?.portId).toBe(other.id)
    await invoke(kernel, p1, portForwardingDelete, names)
    expect(await invoke(kernel, p1, portGet, { id: other.id })).not.toHaveProperty('floatingIpIds')
    expect(await invoke(kernel, p1, portForwardingList, { floatingIpId: row.id })).toHaveLength(1)
    await configureNow(kernel)
    expect(await findings(kernel)).toEqual([])
    await invoke(kernel, p1, portDelete, { ids: [port.id] })
    expect(await invoke(kernel, p1, portForwardingList, { floatingIpId: row.id })).toEqual([])
    await configureNow(kernel)
    expect(told()).toBeUndefined()
    expect(await findings(kernel)).toEqual([])
  })

  it('do not share ports, also when asked for at once', async () => {
    const { forward, world } = await forwarding()
    const ends = await Promise.allSettled([
      forward(),
      forward({ externalPorts: [8000, 8100], internalPorts: 80 }),
    ])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(forward()).rejects.toMatchObject({ code: 'conflict', field: 'externalPorts' })
    await forward({ protocol: 'udp' })
    expect(await findings(world.kernel)).toEqual([])
  })

  it('and standing for a port exclude each other', async () => {
    const { forward, port, row, world } = await forwarding()
    const { kernel, outside } = world
    await forward()
    const input = { id: row.id, portId: port.id }
    await expect(invoke(kernel, p1, floatingIpUpdate, input)).rejects.toMatchObject({
      code: 'conflict',
      field: 'portId',
    })
    const another = { networkId: outside.id, portId: port.id }
    await expect(invoke(kernel, p1, floatingIpCreate, another)).rejects.toMatchObject({
      code: 'conflict',
      field: 'portId',
    })
    await invoke(kernel, p1, floatingIpDelete, { ids: [row.id] })
    await expect(forward()).rejects.toMatchObject({ code: 'conflict', field: 'floatingIpId' })
    await invoke(kernel, p1, floatingIpCreate, another)
    await configureNow(kernel)
    expect(await findings(kernel)).toEqual([])
  })

  test.each([
    [{ externalPorts: 0 }, 'invalid', 'externalPorts'],
    [{ externalPorts: 65_536 }, 'invalid', 'externalPorts'],
    [{ externalPorts: [20, 10] }, 'invalid', 'externalPorts'],
    [{ externalPorts: [10, 20], internalPorts: [1, 2] }, 'invalid', 'internalPorts'],
    [{ protocol: 'icmp' }, 'invalid', 'protocol'],
    [{ portId: 'none' }, 'notFound', 'portId'],
    [{ floatingIpId: 'none' }, 'notFound', 'floatingIpId'],
    [{ fixedAddress: '10.0.0.99' }, 'invalid', 'fixedAddress'],
    [{ description: '\n' }, 'invalid', 'description'],
    [{ weight: 1 }, 'invalid', 'weight'],
  ])('%o is refused', async (fields, code, field) => {
    const { forward } = await forwarding()
    await expect(forward(fields)).rejects.toMatchObject({ code, field })
  })

  it('are the project’s own', async () => {
    const { forward, row, world } = await forwarding()
    const { id } = await forward()
    const input = { floatingIpId: row.id, id }
    for (const operation of [portForwardingDelete, portForwardingUpdate]) {
      const call = invoke<never, unknown>(world.kernel, p2, operation as never, input)
      await expect(call).rejects.toMatchObject({ code: 'notFound', field: 'floatingIpId' })
    }
  })
})
