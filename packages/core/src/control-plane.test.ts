import { expect, it } from 'vitest'
import { RecordingScheduler } from '../test/compute-kernel.ts'
import { ControlPlane } from './control-plane.ts'
import { type Work, workKind } from './model/work/work.ts'
import type { Store } from './ports/store.ts'
import { MemoryBus } from './reference/memory-bus.ts'
import { SimulatedShares } from './reference/simulated-shares.ts'
import { MemoryObjectStore } from './reference/memory-object-store.ts'
import { MemoryImageStore } from './reference/memory-image-store.ts'
import { memoryStore } from './reference/memory-store.ts'
import { nodeDigest } from './reference/node-digest.ts'
import { ScryptPasswords } from './reference/scrypt-passwords.ts'
import { SeededRandom } from './reference/seeded-random.ts'
import { silentTelemetry } from './reference/silent-telemetry.ts'
import { SimulatedBalancers } from './reference/simulated-balancers.ts'
import { SimulatedFleet } from './reference/simulated-fleet.ts'
import { SimulatedNetwork } from './reference/simulated-network.ts'
import { SimulatedVolumes } from './reference/simulated-volumes.ts'
import { TimeIds } from './reference/time-ids.ts'
import { VirtualClock } from './reference/virtual-clock.ts'

const held: Omit<Work, 'rev'> = {
  id: 'w',
  program: 'p',
  step: 's',
  completed: [],
  undoing: false,
  input: null,
  owner: 'another process',
  due: 90_000,
  attempt: 0,
  deadline: 600_000,
  requestId: 'req',
  flow: 'system',
  createdAt: 0,
}

/** A store in which a work row is leased already when it is opened. */
function storeWithLease(shared: boolean): Store {
  const store = memoryStore()
  const open = store.open.bind(store)
  const insert = { kinds: [{ kind: workKind, writes: { insert: [held] } }], origin: 'x', at: 0 }
  return Object.assign(store, {
    capabilities: { durable: true, shared },
    open: async (kinds: Parameters<Store['open']>[0]) => {
      await open(kinds)
      await store.transact([insert])
    },
  })
}

async function rowAfterOpening(shared: boolean): Promise<Work | undefined> {
  const clock = new VirtualClock(1_000)
  const random = new SeededRandom(1)
  const store = storeWithLease(shared)
  const ports = {
    ...{ clock, random, store, ids: new TimeIds(clock, random), digest: nodeDigest },
    ...{ telemetry: silentTelemetry, bus: new MemoryBus(), images: new MemoryImageStore() },
    objects: new MemoryObjectStore(),
    shares: new SimulatedShares(),
    passwords: new ScryptPasswords(random, { costLog2: 1 }),
    hypervisor: new SimulatedFleet({ clock, random }),
    network: new SimulatedNetwork({ clock, random }),
    balancers: new SimulatedBalancers({ clock, random }),
    volumes: new SimulatedVolumes({ clock, random }),
    scheduler: new RecordingScheduler(),
  }
  const plane = await ControlPlane.open(ports, { work: false })
  const [row] = await store.get(workKind, [held.id])
  await plane.close()
  return row
}

it('takes over at once what an ended process held', async () => {
  expect(await rowAfterOpening(false)).toMatchObject({ owner: null, due: 1_000 })
})

it('leaves work to the processes that share the store', async () => {
  expect(await rowAfterOpening(true)).toMatchObject({ owner: held.owner, due: held.due })
})
