import {
  MemoryBus,
  SeededRandom,
  SimulatedFleet,
  SimulatedNetwork,
  SimulatedVolumes,
  VirtualClock,
} from '@nephos/core'
import { test } from 'vitest'
import { busConformance } from '../src/conformance/bus.ts'
import { clockConformance } from '../src/conformance/clock.ts'
import { hypervisorConformance } from '../src/conformance/hypervisor.ts'
import { networkDriverConformance } from '../src/conformance/network-driver.ts'
import { volumeDriverConformance } from '../src/conformance/volume-driver.ts'

const fresh = () => ({ clock: new VirtualClock(), random: new SeededRandom(7) })

hypervisorConformance({ test, make: () => new SimulatedFleet(fresh()) })

networkDriverConformance({ test, make: () => new SimulatedNetwork(fresh()) })

volumeDriverConformance({ test, make: () => new SimulatedVolumes(fresh()) })

busConformance({
  test,
  make: () => new MemoryBus(),
  settle: async () => {
    for (let i = 0; i < 10; i++) await Promise.resolve()
  },
})

clockConformance({
  test,
  make: () => {
    const clock = new VirtualClock(1_000)
    return { clock, advance: (ms) => clock.advance(ms) }
  },
})
