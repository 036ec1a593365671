import { beforeEach, describe, expect, it } from 'vitest'
import { CloudError } from '../base/errors.ts'
import { Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { hostScope } from '../model/compute/allocation.ts'
import { type Host, hostKind } from '../model/compute/host.ts'
import type {
  Claim,
  InstanceAsk,
  PlacementAnswer,
  PlacementAsk,
  PlanAsk,
  Scheduler,
} from '../ports/scheduler.ts'
import type { Store } from '../ports/store.ts'
import { MemoryBus } from '../reference/memory-bus.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { silentTelemetry } from '../reference/silent-telemetry.ts'
import { VirtualClock } from '../reference/virtual-clock.ts'
import { Fleet } from './fleet.ts'

const size = 10
const hostId = 'h'

function absent(): never {
  throw new Error('not part of these tests')
}

/** One host of ten VCPU. */
class OneHost implements Scheduler {
  used = 0

  putHosts(): void {}
  removed: string[] = []

  removeHosts(hostIds: readonly string[]): void {
    this.removed.push(...hostIds)
  }

  capacity = absent
  room = absent
  lightest = absent
  plan = absent

  setUsage(usages: Parameters<Scheduler['setUsage']>[0]): void {
    for (const { used } of usages) this.used = used['VCPU'] ?? 0
  }

  adjust(claims: readonly Claim[], sign: 1 | -1): void {
    for (const { count } of claims) this.used += sign * count
    if (this.used < 0) throw new Error('below zero')
  }

  place({ min }: PlacementAsk): PlacementAnswer {
    const answer = this.preview({ min } as PlacementAsk)
    if (answer.ok) this.used += min
    return answer
  }

  preview({ min }: PlacementAsk): PlacementAnswer {
    if (this.used + min <= size)
      return { ok: true, assignments: [{ hostId, count: min }], placed: min }
    const ruledOut = { resources: 1 } as never
    const counts = { hosts: 1, feasibleHosts: 0, nearestFeasible: 0 }
    const why = { ruledOut, alone: ruledOut, shortOf: {}, scarcest: 'VCPU' }
    return { ok: false, explanation: { ...counts, ...why } }
  }

  usage(): Record<string, number> {
    return { VCPU: this.used }
  }
}

function ask(min: number): PlacementAsk {
  return { resources: { VCPU: 1 }, min, max: min, policy: 'pack', seed: 1 }
}

function claim(count: number): Claim {
  return { hostId, count, resources: { VCPU: 1 } }
}

/** Lets what goes on in the background come to its end. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}

let store: Store
let fleet: Fleet
let engine: OneHost

/** Commits a change of use, as this process or as another one. */
async function commit(add: number, origin = 'me'): Promise<void> {
  const ports = {
    store,
    bus: new MemoryBus(),
    clock: new VirtualClock(1),
    telemetry: silentTelemetry,
  }
  const writes = new Writes().add({ scope: hostScope(hostId), name: 'VCPU', add, limit: size })
  await new Committer(ports, origin).commit(writes)
}

beforeEach(async () => {
  store = memoryStore()
  await store.open([hostKind])
  const inventory = { VCPU: { total: size, reserved: 0, ratio: 1 } }
  const host = { name: hostId, zone: 'z', aggregateIds: [], traits: [], inventory, enabled: true }
  const row: Omit<Host, 'rev'> = {
    ...host,
    id: hostId,
    disabledReason: null,
    createdAt: 0,
    updatedAt: 0,
  }
  const batch = { kinds: [{ kind: hostKind, writes: { insert: [row] } }], origin: 'me', at: 1 }
  await store.transact([batch])
  engine = new OneHost()
  fleet = new Fleet(engine, store, 'me')
  await fleet.load()
})

describe('weights of the operator', () => {
  it('C13: go with what is to be weighed, whoever asks, and with nothing else', () => {
    const asked: (object | undefined)[] = []
    const listening = Object.assign(new OneHost(), {
      preview: (each: InstanceAsk) => asked.push(each.weights),
      plan: ({ hosts }: PlanAsk) =>
        asked.push(...hosts.flatMap(({ claims }) => claims.map((each) => each.ask.weights))),
    })
    const weighing = new Fleet(listening, store, 'me', { VCPU: -3 })
    const plain = ask(1)
    const weighed: PlacementAsk = { ...plain, policy: 'weighed' }
    weighing.preview(plain)
    weighing.preview(weighed)
    const claims = [plain, weighed].map((each, key) => ({ key: `${key}`, ask: each }))
    weighing.plan({ mode: 'drain', hosts: [{ hostId, claims }], groups: {} })
    expect(asked).toEqual([undefined, { VCPU: -3 }, undefined, { VCPU: -3 }])
  })
})

describe('a reservation', () => {
  it('that is released gives its room back, once', () => {
    const room = fleet.place(ask(4))
    room.release()
    room.release()
    room.keep()
    expect(engine.used).toBe(0)
  })

  it('that is kept is not given back any more', async () => {
    const room = fleet.place(ask(4))
    room.keep()
    room.release()
    await quiet()
    expect(engine.used).toBe(4)
  })

  it('stays reserved when the use of its host is read meanwhile', async () => {
    const room = fleet.place(ask(4))
    await commit(3, 'other')
    await fleet.reload([hostId])
    expect(engine.used).toBe(7)
    room.release()
    expect(engine.used).toBe(3)
  })

  it('is counted once when the reading saw its commit already', async () => {
    const room = fleet.place(ask(4))
    await commit(4)
    await fleet.reload([hostId])
    expect(engine.used).toBe(8)
    room.keep()
    await quiet()
    expect(engine.used).toBe(4)
  })

  it('is counted once when the reading came before its commit', async () => {
    const room = fleet.place(ask(4))
    await fleet.reload([hostId])
    await commit(4)
    room.keep()
    await quiet()
    expect(engine.used).toBe(4)
  })
})

describe('what is given back', () => {
  it('for a claim of another process that nobody read yet leaves what the store says', async () => {
    await commit(5, 'other')
    await commit(-2)
    fleet.freeing([claim(2)]).done()
    await quiet()
    expect(engine.used).toBe(3)
  })

  it('is given back once when its host was read while the commit was under way', async () => {
    fleet.place(ask(6)).keep()
    await commit(6)
    const freeing = fleet.freeing([claim(4)])
    await commit(-4)
    await fleet.reload([hostId])
    expect(engine.used).toBe(2)
    freeing.done()
    await quiet()
    expect(engine.used).toBe(2)
  })

  it('is given back although a read began before the commit and ended after it', async () => {
    fleet.place(ask(6)).keep()
    await commit(6)
    const freeing = fleet.freeing([claim(4)])
    const reading = fleet.reload([hostId])
    await commit(-4)
    freeing.done()
    await reading
    await quiet()
    expect(engine.used).toBe(2)
  })

  it('stays taken when the commit failed, and is found out when nobody knows', async () => {
    fleet.place(ask(6)).keep()
    await commit(6)
    fleet.freeing([claim(4)]).failed(new CloudError('stale', 'lost'))
    await quiet()
    expect(engine.used).toBe(6)
    const freeing = fleet.freeing([claim(4)])
    freeing.failed(new CloudError('unavailable', 'no answer', { detail: { unknown: true } }))
    await quiet()
    expect(engine.used).toBe(6)
    // The commit arrives when it has been given up: the feed tells.
    await commit(-4)
    await fleet.sync()
    expect(engine.used).toBe(2)
  })

  it('is not missed by a request that would be refused without it', async () => {
    fleet.place(ask(10)).keep()
    await commit(10)
    await expect(fleet.find(ask(2))).rejects.toMatchObject({ code: 'noValidHost' })
    await commit(-6, 'other')
    const room = await fleet.find(ask(2))
    expect(room.placed).toBe(2)
    expect(engine.used).toBe(6)
  })
})

it('a host that was deleted is forgotten', async () => {
  const [host] = await store.get(hostKind, [hostId])
  const remove = { kinds: [{ kind: hostKind, writes: { remove: [host as Host] } }] }
  await store.transact([{ ...remove, origin: 'other', at: 2 }])
  await fleet.sync()
  expect(engine.removed).toEqual([hostId])
})
