import type { Member } from '../world/member.ts'
import { type FaultName, worldFaults } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import { Chance } from '../world/chance.ts'

const hourMs = 3_600_000
const yearMs = 365 * 24 * hourMs

/** What a fault of the world does; it returns what ends it. */
type Blow = (nemesis: Nemesis) => (() => void) | undefined

/**
 * Brings about what befalls the world as a whole: crashes, pauses, partitions, dying hosts, wrong
 * clocks, a store that is down. Everything it does is undone by `end`.
 */
export class Nemesis {
  readonly world: World
  readonly chance: Chance
  readonly #hostIds: () => readonly string[]
  readonly #guests: () => readonly { readonly id: string; readonly hostId: string }[]
  readonly #ends = new Set<() => void>()

  constructor(
    world: World,
    hostIds: () => readonly string[],
    guests: () => readonly { readonly id: string; readonly hostId: string }[],
  ) {
    this.world = world
    this.chance = new Chance(world.ground.seed, 'nemesis')
    this.#hostIds = hostIds
    this.#guests = guests
  }

  /** Plans every fault that has a rate. */
  begin(): void {
    for (const name of worldFaults) {
      const rate = this.world.ground.faults.rate(name)
      if (rate > 0) this.#plan(name, hourMs / rate)
    }
  }

  /** Ends everything that is under way: the world is whole again. */
  end(): void {
    const { world } = this
    world.ground.faults.end()
    for (const end of [...this.#ends]) end()
    world.heal()
    for (const member of world.members) {
      member.resume()
      member.clock?.set()
      member.start()
    }
  }

  member(): Member<never> | undefined {
    return this.chance.pick(this.world.members) as Member<never> | undefined
  }

  host(): string | undefined {
    return this.chance.pick(this.#hostIds())
  }

  guest(): { readonly id: string; readonly hostId: string } | undefined {
    return this.chance.pick(this.#guests())
  }

  #plan(name: FaultName, meanMs: number): void {
    this.world.ground.timeline.after(this.chance.between(0, 2 * meanMs), () => {
      if (this.world.ground.faults.calm) return
      this.#strike(name)
      this.#plan(name, meanMs)
    })
  }

  #strike(name: FaultName): void {
    const { ground } = this.world
    const blow = blows[name]
    if (!blow || !ground.faults.take(name)) return
    ground.note('world', 'fault', name)
    ground.sometimes(`fault: ${name}`)
    const undo = blow(this)
    if (!undo) return
    const end = (): void => {
      if (this.#ends.delete(end)) undo()
    }
    this.#ends.add(end)
    ground.timeline.after(this.chance.between(0, lengthMs[name] ?? 60_000), end)
  }
}

/** Longest time that each lasts. */
const lengthMs: Partial<Record<FaultName, number>> = {
  crash: 60_000,
  pause: 300_000,
  cut: 120_000,
  hostDies: 900_000,
  clockJump: 600_000,
  clockStops: 300_000,
  guestAppears: 900_000,
}

const blows: Partial<Record<FaultName, Blow>> = {
  crash: (nemesis) => {
    const member = nemesis.member()
    if (!member?.running) return undefined
    member.crash()
    return () => member.start()
  },
  pause: (nemesis) => {
    const member = nemesis.member()
    if (!member?.running || member.paused) return undefined
    member.pause()
    return () => member.resume()
  },
  cut: (nemesis) => {
    const { chance, world } = nemesis
    const name = nemesis.member()?.name
    const other = chance.pick(['store', 'bus', 'hosts', 'images', 'objects'])
    if (name === undefined || other === undefined) return undefined
    const { links } = world.ground
    const way = chance.whole(0, 2)
    if (way === 0) links.cutBothWays(name, other)
    else if (way === 1) links.cutOneWay(name, other)
    else links.cutOneWay(other, name)
    world.ground.note('world', 'network', `cut ${name} ${other} ${way}`)
    return () => links.mend(name, other)
  },
  hostDies: (nemesis) => {
    const hostId = nemesis.host()
    if (hostId === undefined) return undefined
    nemesis.world.crashHost(hostId)
    return () => nemesis.world.restoreHost(hostId)
  },
  guestHalts: (nemesis) => {
    const guest = nemesis.guest()
    if (guest) nemesis.world.hosts.stopGuest(guest.id, guest.hostId)
    return undefined
  },
  clockJump: (nemesis) => {
    const { chance } = nemesis
    const clock = nemesis.member()?.clock
    const size = chance.pick([1_000, 60_000, hourMs, yearMs]) as number
    clock?.jump(Math.round(chance.between(-size, size)))
    return () => clock?.set()
  },
  clockStops: (nemesis) => {
    const clock = nemesis.member()?.clock
    clock?.stop()
    return () => clock?.set()
  },
  storeDown: ({ world }) => {
    world.store.down = true
    return () => (world.store.down = false)
  },
  storeReadOnly: ({ world }) => {
    world.store.readOnly = true
    return () => (world.store.readOnly = false)
  },
  storeFull: ({ world }) => {
    world.store.full = true
    return () => (world.store.full = false)
  },
  busWiped: ({ world }) => {
    world.bus.wipe()
    return undefined
  },
  guestAppears: (nemesis) => {
    const hostId = nemesis.host()
    if (hostId === undefined) return undefined
    const serverId = `stray-${nemesis.chance.uint32().toString(36)}`
    const guest = { serverId, hostId, boots: 0, builds: 1 }
    const { hosts } = nemesis.world
    hosts.adopt([{ ...guest, power: 'running', generation: 1 }])
    // Its host may be gone before anybody looks, and nobody looks at hosts that are gone.
    return () => hosts.adopt([{ ...guest, power: 'absent', generation: 3 }])
  },
}
