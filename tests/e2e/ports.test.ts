import {
  MemoryBus,
  MemoryImageStore,
  MemoryObjectStore,
  SimulatedShares,
  memoryStore,
  nodeDigest,
  type Ports,
  ScryptPasswords,
  SeededRandom,
  silentTelemetry,
  SimulatedBalancers,
  SimulatedFleet,
  SimulatedNetwork,
  SimulatedVolumes,
  TimeIds,
  VirtualClock,
} from '@nephos/core'
import { createEngine } from '@nephos/scheduler-wasm'
import { createCloud } from '@nephos/sdk'
import { describe, expect, it } from 'vitest'

function ports(): Ports {
  const clock = new VirtualClock(1_000)
  const random = new SeededRandom(1)
  return {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: nodeDigest,
    passwords: new ScryptPasswords(random),
    telemetry: silentTelemetry,
    store: memoryStore(),
    bus: new MemoryBus(),
    scheduler: createEngine(),
    hypervisor: new SimulatedFleet({ clock, random }),
    network: new SimulatedNetwork({ clock, random }),
    balancers: new SimulatedBalancers({ clock, random }),
    volumes: new SimulatedVolumes({ clock, random }),
    images: new MemoryImageStore(),
    objects: new MemoryObjectStore(),
    shares: new SimulatedShares(),
  }
}

describe('a cloud on ports of its own', () => {
  it('opens on all of them', async () => {
    const given = ports()
    const cloud = await createCloud({ ports: given, work: false })
    expect(await cloud.system.hosts.capacity({})).toMatchObject({ hosts: 0 })
    expect(given.store.stats.transactions).toBeGreaterThan(0)
    await cloud.close()
  })

  it('says which one is missing, wrong, unknown, or given twice', async () => {
    const { store: _store, ...rest } = ports()
    const refused = async (options: unknown, field: string): Promise<void> => {
      const opening = createCloud(options as never)
      await expect(opening).rejects.toMatchObject({ code: 'invalid', field })
    }
    await refused({ ports: rest }, 'ports.store')
    await refused({ ports: { ...ports(), bus: {} } }, 'bus')
    await refused({ ports: { ...ports(), disk: {} } }, 'disk')
    await refused({ ports: ports(), clock: new VirtualClock() }, 'clock')
    await refused({ ports: null }, 'ports')
  })
})
