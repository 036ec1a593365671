import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findings, networkKernel, newNetwork, openProject, processOn, statementsOf } from '../../../test/network-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Address, addressKind, addressOf, freedAddress } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import { printAddress } from '../../base/cidr.ts'
import type { AddressLease } from './address-lease.ts'
import { countPort } from './port-allocation.ts'
import { planPortRemoval } from './port-release.ts'

async function subnetOf(cidr: string): Promise<{ kernel: Kernel; subnet: Subnet; clock: { advance(ms: number): Promise<void> } }> {
  const { kernel, clock } = await networkKernel()
  await openProject(kernel, 'p1')
  const { subnets } = await newNetwork(kernel, [cidr], { portSecurity: false })
  return { kernel, subnet: subnets[0] as Subnet, clock }
}

/** Commits a port for each address of a lease. */
async function hold(kernel: Kernel, subnet: Subnet, lease: AddressLease): Promise<Port[]> {
  const writes = new Writes()
  const ports = lease.addresses.map((address, index): Port => {
    const id = kernel.ids.next()
    lease.assign(index, id)
    return portRow(id, subnet, address, `02:${id.slice(-14, -12)}:${id.slice(-8).match(/../g)?.join(':')}`)
  })
  for (const { rev: _, ...port } of ports) {
    writes.insert(portKind, port)
    countPort(writes, port, 'p1', 1)
  }
  lease.write(writes)
  try {
    await kernel.committer.commit(writes)
  } catch (error) {
    lease.release()
    throw error
  }
  lease.settled()
  return ports
}

function portRow(id: string, subnet: Subnet, address: string, mac: string): Port {
  return {
    id,
    rev: 1,
    projectId: 'p1',
    networkId: subnet.networkId,
    name: '',
    description: '',
    mac,
    fixedIps: [{ subnetId: subnet.id, address }],
    securityGroupIds: [],
    deviceId: null,
    deviceOwner: '',
    hostId: null,
    status: 'DOWN',
    adminStateUp: true,
    portSecurity: false,
    allowedAddressPairs: [],
    deleteWithDevice: false,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
  }
}

async function drop(kernel: Kernel, ports: readonly Port[]): Promise<void> {
  const writes = new Writes()
  await planPortRemoval(kernel, writes, ports)
  await kernel.committer.commit(writes)
}

async function take(kernel: Kernel, subnet: Subnet, count: number): Promise<Port[]> {
  return hold(kernel, subnet, await kernel.addresses.take(subnet, count))
}

const addressesOf = (ports: readonly Port[]): string[] => ports.flatMap((port) => port.fixedIps.map((one) => one.address))

describe('taking', () => {
  test('goes through the pool in order, behind the gateway', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    expect(addressesOf(await take(kernel, subnet, 3))).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4'])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.5'])
    expect(await findings(kernel)).toEqual([])
  })

  test.each(['10.0.0.0/8', '10.0.0.0/16', '2001:db8::/48'])('1 and 500 cost the same statements on %s', async (cidr) => {
    const costs: number[] = []
    for (const count of [1, 500]) {
      const { kernel, subnet } = await subnetOf(cidr)
      costs.push(await statementsOf(kernel, () => kernel.addresses.take(subnet, count)))
      costs.push(await statementsOf(kernel, () => kernel.addresses.take(subnet, count)))
    }
    expect(costs).toEqual([3, 0, 3, 0])
  })

  test('the last address of a pool can be taken, and one more is refused with what is left', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    expect(addressesOf(await take(kernel, subnet, 5))).toHaveLength(5)
    const refusal = kernel.addresses.take(subnet, 1)
    await expect(refusal).rejects.toMatchObject({ code: 'addressesExhausted', detail: { available: 0, asked: 1 } })
    expect(await findings(kernel)).toEqual([])
  })

  test('a refused take leaves what it found to others', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    await expect(kernel.addresses.take(subnet, 6)).rejects.toMatchObject({ detail: { available: 5 } })
    expect(addressesOf(await take(kernel, subnet, 5))).toHaveLength(5)
  })

  test('concurrent takers in a process never get the same address', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const leases = await Promise.all(Array.from({ length: 25 }, () => kernel.addresses.take(subnet, 10)))
    const all = leases.flatMap((lease) => lease.addresses)
    expect(new Set(all).size).toBe(250)
    await Promise.all(leases.map((lease) => hold(kernel, subnet, lease)))
    expect(await findings(kernel)).toEqual([])
  })
})

describe('giving back', () => {
  test('what a lease did not use is taken next', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const lease = await kernel.addresses.take(subnet, 3)
    lease.release()
    lease.release()
    expect(addressesOf(await take(kernel, subnet, 4))).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'])
  })

  test('released addresses are reused, the longest free first, only after their ports are gone', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/29')
    const ports = await take(kernel, subnet, 5)
    await clock.advance(60_000)
    await drop(kernel, [ports[3] as Port])
    await clock.advance(60_000)
    await drop(kernel, [ports[1] as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.5'])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.3'])
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({ code: 'addressesExhausted' })
    expect(await findings(kernel)).toEqual([])
  })

  test('released ones come before new ones, in one take', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/16')
    const ports = await take(kernel, subnet, 500)
    await drop(kernel, ports)
    const lease = await kernel.addresses.take(subnet, 700)
    expect(new Set(lease.addresses).size).toBe(700)
    expect(lease.addresses.slice(0, 500).toSorted()).toEqual(addressesOf(ports).toSorted())
    await hold(kernel, subnet, lease)
    expect(await findings(kernel)).toEqual([])
  })

  test('a process that starts later continues behind the last one taken', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 10)
    const lease = await kernel.addresses.claim(subnet, ['10.0.0.200'], 'address')
    await hold(kernel, subnet, lease)
    const later = processOn(kernel.store, kernel.clock as never, 9)
    expect(addressesOf(await take(later, subnet, 1))).toEqual(['10.0.0.12'])
  })
})

describe('choosing by hand', () => {
  test('a chosen address is skipped by those who take the next', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 1)
    await hold(kernel, subnet, await kernel.addresses.claim(subnet, ['10.0.0.4', '10.0.0.6'], 'address'))
    expect(addressesOf(await take(kernel, subnet, 3))).toEqual(['10.0.0.3', '10.0.0.5', '10.0.0.7'])
    expect(await findings(kernel)).toEqual([])
  })

  test('an address that is held, or set aside, is a conflict', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 1)
    await expect(kernel.addresses.claim(subnet, ['10.0.0.2'], 'f')).rejects.toMatchObject({ code: 'conflict', field: 'f' })
    const lease = await kernel.addresses.take(subnet, 1)
    await expect(kernel.addresses.claim(subnet, lease.addresses, 'f')).rejects.toMatchObject({ code: 'conflict' })
    lease.release()
    await expect(kernel.addresses.claim(subnet, lease.addresses, 'f')).resolves.toBeDefined()
  })

  test.each(['10.0.0.0', '10.0.0.255', '10.0.1.1', '2001:db8::1', 'nonsense'])('%s is refused', async (address) => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const claim = kernel.addresses.claim(subnet, [address], 'f')
    await expect(claim).rejects.toMatchObject({ code: 'invalid', field: 'f', limit: '10.0.0.0/24' })
  })

  test('a released address can be chosen, and is then not handed out', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    await drop(kernel, await take(kernel, subnet, 2))
    await hold(kernel, subnet, await kernel.addresses.claim(subnet, ['10.0.0.2'], 'f'))
    expect(addressesOf(await take(kernel, subnet, 2))).toEqual(['10.0.0.3', '10.0.0.4'])
    expect(await findings(kernel)).toEqual([])
  })

  test('an address outside of the pools counts apart and is not reused by itself', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/30')
    const [gateway] = await hold(kernel, subnet, await kernel.addresses.claim(subnet, ['10.0.0.1'], 'f'))
    expect(await findings(kernel)).toEqual([])
    await drop(kernel, [gateway as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.2'])
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({ code: 'addressesExhausted' })
    expect(await findings(kernel)).toEqual([])
  })
})

describe('several processes', () => {
  test('the commit refuses a second holder, and the loser goes on behind', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const other = processOn(kernel.store, kernel.clock as never, 9)
    const [mine, theirs] = await Promise.all([kernel.addresses.take(subnet, 3), other.addresses.take(subnet, 3)])
    await hold(kernel, subnet, mine)
    await expect(hold(other, subnet, theirs)).rejects.toBeInstanceOf(CommitConflict)
    expect(addressesOf(await take(other, subnet, 2))).toEqual(['10.0.0.5', '10.0.0.6'])
    expect(await findings(kernel)).toEqual([])
  })

  test('addresses that another process released are found before a pool counts as exhausted', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    const ports = await take(kernel, subnet, 5)
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({ code: 'addressesExhausted' })
    await drop(processOn(kernel.store, kernel.clock as never, 9), [ports[2] as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.4'])
  })

  test('addresses that were passed over are found before a pool counts as exhausted', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    const lost = await kernel.addresses.take(subnet, 2)
    await take(kernel, subnet, 3)
    lost.release()
    const later = processOn(kernel.store, kernel.clock as never, 9)
    expect(addressesOf(await take(later, subnet, 2))).toEqual(['10.0.0.2', '10.0.0.3'])
  })
})

test('what is remembered is bounded, and what is set aside is never forgotten', async () => {
  const { kernel, subnet } = await subnetOf('10.0.0.0/24')
  const lease = await kernel.addresses.take(subnet, 2)
  for (let i = 0; i < 600; i++) await kernel.addresses.takeUpTo({ ...subnet, id: `s${i}` }, 0)
  expect(kernel.addresses.size).toBeLessThanOrEqual(512)
  const next = await kernel.addresses.take(subnet, 1)
  expect(lease.addresses).not.toContain(next.addresses[0])
})

test('any mix of taking, choosing, releasing and failing keeps every rule, in two processes', async () => {
  const command = fc.oneof(
    fc.record({ type: fc.constant('take' as const), process: fc.nat(1), count: fc.integer({ min: 1, max: 5 }), fate: fc.constantFrom('commit', 'abandon', 'open') }),
    fc.record({ type: fc.constant('claim' as const), process: fc.nat(1), at: fc.integer({ min: 1, max: 14 }) }),
    fc.record({ type: fc.constant('drop' as const), process: fc.nat(1), at: fc.nat(20) }),
    fc.record({ type: fc.constant('close' as const), commit: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
      const { kernel, subnet, clock } = await subnetOf('10.0.0.0/28')
      const kernels = [kernel, processOn(kernel.store, kernel.clock as never, 9)]
      const open: { kernel: Kernel; lease: AddressLease }[] = []
      let held: Port[] = []
      const keep = async (on: Kernel, lease: AddressLease): Promise<void> => {
        try {
          held.push(...(await hold(on, subnet, lease)))
        } catch (error) {
          expect(error).toBeInstanceOf(CommitConflict)
        }
      }
      for (const step of commands) {
        await clock.advance(1_000)
        if (step.type === 'take') {
          const on = kernels[step.process] as Kernel
          const lease = await on.addresses.takeUpTo(subnet, step.count)
          expect(new Set(lease.addresses).size).toBe(lease.addresses.length)
          if (step.fate === 'commit') await keep(on, lease)
          else if (step.fate === 'abandon') lease.release()
          else open.push({ kernel: on, lease })
        } else if (step.type === 'claim') {
          const on = kernels[step.process] as Kernel
          const lease = await on.addresses.claim(subnet, [`10.0.0.${step.at}`], 'f').catch(() => undefined)
          if (lease) await keep(on, lease)
        } else if (step.type === 'drop') {
          const port = held[step.at % Math.max(1, held.length)]
          if (!port) continue
          held = held.filter((other) => other !== port)
          await drop(kernels[step.process] as Kernel, [port])
        } else {
          const last = open.pop()
          if (last && step.commit) await keep(last.kernel, last.lease)
          else last?.lease.release()
        }
        expect(new Set(addressesOf(held)).size).toBe(held.length)
      }
      for (const { lease } of open) lease.release()
      expect(await findings(kernel)).toEqual([])
      // Exact exhaustion: one process can take all the rest, one by one, and no more.
      const inPools = addressesOf(held).filter((address) => address !== '10.0.0.1').length
      const again = (): Promise<Port[]> => take(kernel, subnet, 1)
      // A lost race, against what the other process did, is lost once.
      for (let i = inPools; i < 13; i++) held.push(...(await again().catch(again)))
      await expect(again().catch(again)).rejects.toMatchObject({ code: 'addressesExhausted' })
      expect(await findings(kernel)).toEqual([])
    }),
    { numRuns: 80 },
  )
}, 60_000)

test('the audit sees an address without its port, a port without its address, and a wrong counter', async () => {
  const { kernel, subnet } = await subnetOf('10.0.0.0/24')
  const [port, other] = (await take(kernel, subnet, 2)) as [Port, Port]
  const rows = await kernel.store.query(addressKind, { limit: 10 })
  const row = rows.find((one) => one.portId === port.id) as Address
  await kernel.committer.commit(new Writes().update(addressKind, freedAddress(row, 1)))
  const first = await findings(kernel)
  expect(first.map((finding) => finding.subject).toSorted()).toEqual([
    `counter:subnet:${subnet.id} addresses`,
    `port:${port.id}`,
  ])
  await kernel.committer.commit(new Writes().remove(portKind, other))
  const subjects = (await findings(kernel)).map((finding) => finding.subject)
  expect(subjects).toContain(`counter:network:${subnet.networkId} ports`)
  expect(subjects).toContain(`counter:quota:p1 ports`)
  const orphan = rows.find((one) => one.portId === other.id) as Address
  expect(subjects).toContain(`address:${orphan.id}`)
  expect(printAddress(addressOf(orphan).address)).toBe('10.0.0.3')
  const [network] = await kernel.store.get(networkKind, [subnet.networkId])
  expect(network?.subnetIds).toEqual([subnet.id])
})
