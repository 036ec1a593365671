import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressesOf,
  drop,
  hold,
  slowReads,
  subnetOf,
  take,
} from '../../../test/address-holders.ts'
import { findings, processOn } from '../../../test/network-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import type { Port } from '../../model/network/port.ts'
import type { AddressLease } from './address-lease.ts'

test('any mix of taking, choosing, releasing and failing keeps every rule', async () => {
  const command = fc.oneof(
    fc.record({
      type: fc.constant('take' as const),
      process: fc.nat(1),
      count: fc.integer({ min: 1, max: 5 }),
      fate: fc.constantFrom('commit', 'abandon', 'open'),
    }),
    fc.record({
      type: fc.constant('claim' as const),
      process: fc.nat(1),
      at: fc.integer({ min: 1, max: 14 }),
    }),
    fc.record({ type: fc.constant('drop' as const), process: fc.nat(1), at: fc.nat(20) }),
    fc.record({ type: fc.constant('close' as const), commit: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
      const { kernel, subnet, clock } = await subnetOf('10.0.0.0/28')
      const kernels = [kernel, processOn(kernel.store, clock, 9)]
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
          const lease = await on.addresses
            .claim(subnet, [`10.0.0.${step.at}`], 'f')
            .catch(() => undefined)
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

test('a process never loses a race against itself, however slow its reads are', async () => {
  const command = fc.oneof(
    fc.record({
      type: fc.constant('take' as const),
      count: fc.integer({ min: 1, max: 6 }),
      commit: fc.boolean(),
    }),
    fc.record({ type: fc.constant('claim' as const), at: fc.integer({ min: 1, max: 14 }) }),
    fc.record({ type: fc.constant('drop' as const), at: fc.nat(20) }),
  )
  const rounds = fc.array(fc.array(command, { minLength: 1, maxLength: 6 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(rounds, async (together) => {
      const { kernel, subnet } = await subnetOf('10.0.0.0/28', slowReads)
      let held: Port[] = []
      const keep = async (lease: AddressLease): Promise<void> => {
        held.push(...(await hold(kernel, subnet, lease)))
      }
      for (const round of together) {
        const dropped = new Set<Port>()
        const runs = round.map(async (step) => {
          if (step.type === 'take') {
            const lease = await kernel.addresses.takeUpTo(subnet, step.count)
            return step.commit ? keep(lease) : lease.release()
          }
          if (step.type === 'claim') {
            const claim = kernel.addresses.claim(subnet, [`10.0.0.${step.at}`], 'f')
            const lease = await claim.catch(() => undefined)
            return lease && keep(lease)
          }
          const port = held[step.at % Math.max(1, held.length)]
          if (!port || dropped.has(port)) return
          dropped.add(port)
          held = held.filter((other) => other !== port)
          return drop(kernel, [port])
        })
        await Promise.all(runs)
      }
      expect(await findings(kernel)).toEqual([])
      await kernel.addresses.takeUpTo(subnet, 14).then(keep)
      const taken = addressesOf(held).filter((address) => address !== '10.0.0.1')
      expect(new Set(taken).size).toBe(13)
    }),
    { numRuns: 60 },
  )
}, 60_000)
