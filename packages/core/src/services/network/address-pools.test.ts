import { describe, expect, test } from 'vitest'
import {
  addressesOf,
  boundStore,
  drop,
  hold,
  subnetOf,
  take,
} from '../../../test/address-holders.ts'
import { findings, processOn, statementsOf } from '../../../test/network-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { planPortRemoval } from './port-release.ts'
import type { Port } from '../../model/network/port.ts'

describe('taking', () => {
  test('goes through the pool in order, behind the gateway', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    expect(addressesOf(await take(kernel, subnet, 3))).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4'])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.5'])
    expect(await findings(kernel)).toEqual([])
  })

  test.each(['10.0.0.0/8', '10.0.0.0/16', '2001:db8::/48'])(
    '1 and 500 cost the same statements on %s',
    async (cidr) => {
      const costs: number[] = []
      for (const count of [1, 500]) {
        const { kernel, subnet } = await subnetOf(cidr)
        costs.push(await statementsOf(kernel, () => kernel.addresses.take(subnet, count)))
        costs.push(await statementsOf(kernel, () => kernel.addresses.take(subnet, count)))
      }
      expect(costs).toEqual([3, 0, 3, 0])
    },
  )

  test('the last address of a pool can be taken, one more is refused', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    expect(addressesOf(await take(kernel, subnet, 5))).toHaveLength(5)
    const refusal = kernel.addresses.take(subnet, 1)
    await expect(refusal).rejects.toMatchObject({
      code: 'addressesExhausted',
      detail: { available: 0, asked: 1 },
    })
    expect(await findings(kernel)).toEqual([])
  })

  test('a refused take leaves what it found to others', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    await expect(kernel.addresses.take(subnet, 6)).rejects.toMatchObject({
      detail: { available: 5 },
    })
    expect(addressesOf(await take(kernel, subnet, 5))).toHaveLength(5)
  })

  test('concurrent takers in a process never get the same address', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const leases = await Promise.all(
      Array.from({ length: 25 }, () => kernel.addresses.take(subnet, 10)),
    )
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
    expect(addressesOf(await take(kernel, subnet, 4))).toEqual([
      '10.0.0.2',
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
    ])
  })

  test('released ones are reused, the longest free first, when their ports are gone', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/29')
    const ports = await take(kernel, subnet, 5)
    await clock.advance(60_000)
    await drop(kernel, [ports[3] as Port])
    await clock.advance(60_000)
    await drop(kernel, [ports[1] as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.5'])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.3'])
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({
      code: 'addressesExhausted',
    })
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

  test('ones whose release is not durable yet are not reused, and found once it is', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const ports = await take(kernel, subnet, 2)
    const writes = new Writes()
    await planPortRemoval(kernel, writes, ports)
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.4'])
    await kernel.committer.commit(writes)
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.2'])
  })

  test('a process that starts later continues behind the last one taken', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 10)
    const lease = await kernel.addresses.claim(subnet, ['10.0.0.200'], 'address')
    await hold(kernel, subnet, lease)
    const later = processOn(kernel.store, clock, 9)
    expect(addressesOf(await take(later, subnet, 1))).toEqual(['10.0.0.12'])
  })
})

describe('choosing by hand', () => {
  test('a chosen address is skipped by those who take the next', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 1)
    await hold(
      kernel,
      subnet,
      await kernel.addresses.claim(subnet, ['10.0.0.4', '10.0.0.6'], 'address'),
    )
    expect(addressesOf(await take(kernel, subnet, 3))).toEqual(['10.0.0.3', '10.0.0.5', '10.0.0.7'])
    expect(await findings(kernel)).toEqual([])
  })

  test('an address that is held, or set aside, is a conflict', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    await take(kernel, subnet, 1)
    await expect(kernel.addresses.claim(subnet, ['10.0.0.2'], 'f')).rejects.toMatchObject({
      code: 'conflict',
      field: 'f',
    })
    const lease = await kernel.addresses.take(subnet, 1)
    await expect(kernel.addresses.claim(subnet, lease.addresses, 'f')).rejects.toMatchObject({
      code: 'conflict',
    })
    lease.release()
    await expect(kernel.addresses.claim(subnet, lease.addresses, 'f')).resolves.toBeDefined()
  })

  test.each(['10.0.0.0', '10.0.0.255', '10.0.1.1', '2001:db8::1', 'nonsense'])(
    '%s is refused',
    async (address) => {
      const { kernel, subnet } = await subnetOf('10.0.0.0/24')
      const claim = kernel.addresses.claim(subnet, [address], 'f')
      await expect(claim).rejects.toMatchObject({
        code: 'invalid',
        field: 'f',
        limit: '10.0.0.0/24',
      })
    },
  )

  test('a released address can be chosen, and is then not handed out', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/29')
    await drop(kernel, await take(kernel, subnet, 2))
    await hold(kernel, subnet, await kernel.addresses.claim(subnet, ['10.0.0.2'], 'f'))
    expect(addressesOf(await take(kernel, subnet, 2))).toEqual(['10.0.0.3', '10.0.0.4'])
    expect(await findings(kernel)).toEqual([])
  })

  test('an address outside of the pools counts apart and is not reused by itself', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/30')
    const [gateway] = await hold(
      kernel,
      subnet,
      await kernel.addresses.claim(subnet, ['10.0.0.1'], 'f'),
    )
    expect(await findings(kernel)).toEqual([])
    await drop(kernel, [gateway as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.2'])
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({
      code: 'addressesExhausted',
    })
    expect(await findings(kernel)).toEqual([])
  })
})

describe('several processes', () => {
  test('the commit refuses a second holder, and the loser goes on behind', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/24')
    const other = processOn(kernel.store, clock, 9)
    const [mine, theirs] = await Promise.all([
      kernel.addresses.take(subnet, 3),
      other.addresses.take(subnet, 3),
    ])
    await hold(kernel, subnet, mine)
    await expect(hold(other, subnet, theirs)).rejects.toBeInstanceOf(CommitConflict)
    expect(addressesOf(await take(other, subnet, 2))).toEqual(['10.0.0.5', '10.0.0.6'])
    expect(await findings(kernel)).toEqual([])
  })

  test('what another process released is found before a pool counts as exhausted', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/29')
    const ports = await take(kernel, subnet, 5)
    await expect(kernel.addresses.take(subnet, 1)).rejects.toMatchObject({
      code: 'addressesExhausted',
    })
    await drop(processOn(kernel.store, clock, 9), [ports[2] as Port])
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.4'])
  })

  test('what was passed over is found before a pool counts as exhausted', async () => {
    const { kernel, subnet, clock } = await subnetOf('10.0.0.0/29')
    const lost = await kernel.addresses.take(subnet, 2)
    await take(kernel, subnet, 3)
    lost.release()
    const later = processOn(kernel.store, clock, 9)
    expect(addressesOf(await take(later, subnet, 2))).toEqual(['10.0.0.2', '10.0.0.3'])
  })
})

test('an address that lost its pool while it was set aside is not handed out again', async () => {
  const { kernel, subnet } = await subnetOf('10.0.0.0/29')
  await drop(kernel, await take(kernel, subnet, 2))
  const lease = await kernel.addresses.take(subnet, 2)
  const allocationPools = [{ start: '10.0.0.4', end: '10.0.0.6' }]
  const smaller = { ...subnet, allocationPools }
  await kernel.addresses.takeUpTo(smaller, 0)
  lease.release()
  const rest = await kernel.addresses.takeUpTo(smaller, 9)
  expect(rest.addresses).toEqual(['10.0.0.4', '10.0.0.5', '10.0.0.6'])
})

test('what is remembered is bounded, and what is set aside is never forgotten', async () => {
  const { kernel, subnet } = await subnetOf('10.0.0.0/24')
  const lease = await kernel.addresses.take(subnet, 2)
  for (let i = 0; i < 600; i++) await kernel.addresses.takeUpTo({ ...subnet, id: `s${i}` }, 0)
  expect(kernel.addresses.size).toBeLessThanOrEqual(512)
  const next = await kernel.addresses.take(subnet, 1)
  expect(lease.addresses).not.toContain(next.addresses[0])
})

describe('what is set aside while the view starts again', () => {
  test('is not handed out when its lease settles', async () => {
    const { kernel, subnet } = await subnetOf('10.0.0.0/24')
    const first = await kernel.addresses.take(subnet, 2)
    const second = await kernel.addresses.take(subnet, 2)
    const lost = await kernel.addresses.take(subnet, 1)
    first.release()
    lost.write(new Writes())
    lost.release()
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.2'])
    await hold(kernel, subnet, second)
    expect(addressesOf(await take(kernel, subnet, 3))).toEqual(['10.0.0.3', '10.0.0.6', '10.0.0.7'])
    expect(await findings(kernel)).toEqual([])
  })

  test('is not handed out when its lease settles during the read', async () => {
    const gate = { open: (): void => undefined, closed: Promise.resolve() }
    const { kernel, subnet } = await subnetOf('10.0.0.0/24', (store) => ({
      ...boundStore(store),
      query: async (kind, query) => {
        const rows = await store.query(kind, query)
        if (kind.name === 'address' && query.index === undefined) await gate.closed
        return rows
      },
    }))
    const mine = await kernel.addresses.take(subnet, 2)
    const lost = await kernel.addresses.take(subnet, 1)
    lost.write(new Writes())
    lost.release()
    gate.closed = new Promise((resolve) => (gate.open = resolve))
    const taking = kernel.addresses.take(subnet, 1)
    await hold(kernel, subnet, mine)
    gate.open()
    await hold(kernel, subnet, await taking)
    expect(addressesOf(await take(kernel, subnet, 1))).toEqual(['10.0.0.5'])
    expect(await findings(kernel)).toEqual([])
  })
})
