import { SeededRandom, SimulatedBalancers, VirtualClock } from '@nephos/core'
import { expect, it, test } from 'vitest'
import { balancerDriverConformance } from '../src/conformance/balancer-driver.ts'

const fresh = () => ({ clock: new VirtualClock(), random: new SeededRandom(7) })

balancerDriverConformance({ test, make: () => new SimulatedBalancers(fresh()) })

it('simulated balancers: refuse options out of range', () => {
  const make = (options: object) => () => new SimulatedBalancers({ ...fresh(), ...options })
  const invalid = (field: string) => expect.objectContaining({ code: 'invalid', field })
  expect(make({ latencyMs: { apply: -1 } })).toThrow(invalid('latencyMs.apply'))
  expect(make({ failureRate: { apply: 2 } })).toThrow(invalid('failureRate.apply'))
  expect(make({ failureKinds: [] })).toThrow(invalid('failureKinds'))
  expect(make({ limitMs: -1 })).toThrow(invalid('limitMs'))
})
