import type { GuestPower, GuestReport, GuestTarget } from '../ports/hypervisor.ts'
import type { Resources } from '../ports/scheduler.ts'
import type { Declined, Fences } from './fences.ts'
import { type Guest, GuestTable } from './guest-table.ts'

/** What there is to know of a guest. */
export interface SimulatedGuest {
  readonly serverId: string
  readonly hostId: string
  readonly power: GuestPower
  readonly generation: number
  readonly boots: number
  readonly builds: number
  readonly imageId?: string | null
  readonly rescueImageId?: string
  /** Null when unknown: then it takes no room. */
  readonly resources?: Resources | null
}

/** Effects since the fleet was made. */
export interface FleetStats {
  readonly built: number
  readonly restarted: number
  readonly destroyed: number
  /** Targets that were older than what the host had seen. */
  readonly fenced: number
  /** Targets reported with a fault. */
  readonly failed: number
}

type Fault = NonNullable<GuestReport['fault']>
type Live = Guest['power']

/** What hosts do with orders that reach them, and what they run. Knows neither time nor chance. */
export class SimulatedHosts {
  readonly #capacities: ((hostId: string) => Resources | undefined) | undefined
  readonly #fences: Fences
  readonly #table = new GuestTable()
  readonly #stats = { built: 0, restarted: 0, destroyed: 0, fenced: 0 }

  constructor(fences: Fences, capacities: ((hostId: string) => Resources | undefined) | undefined) {
    this.#fences = fences
    this.#capacities = capacities
  }

  get table(): GuestTable {
    return this.#table
  }

  get stats(): Omit<FleetStats, 'failed'> {
    return { ...this.#stats }
  }

  /** An order arrives: the host obeys unless it has seen a newer one. */
  obey(target: GuestTarget): GuestReport {
    const { serverId, hostId, generation, power } = target
    if (generation < this.#seen(serverId, hostId)) {
      this.#stats.fenced++
      return this.report(target)
    }
    const key = fenceKey(serverId, hostId)
    const guest = this.#table.find(serverId, hostId)
    if (power === 'absent') {
      if (guest) this.#table.remove(guest)
      if (guest) this.#stats.destroyed++
      this.#fences.set(key, generation, true)
      return this.report(target)
    }
    const fence = guest ? undefined : this.#fences.get(key)
    if (fence?.removed && fence.newest === generation) {
      const message = 'The guest was destroyed at this generation.'
      return { ...this.report(target), fault: { message, retry: 'never' } }
    }
    if (fence?.declined && fence.newest === generation) {
      const message = 'The host has declined this order.'
      return { ...this.report(target), fault: { message, retry: fence.declined } }
    }
    if (target.from !== undefined && !guest) return this.#receive(target, target.from, power)
    if (!this.#fits(target, guest)) {
      return this.refuse(target, { message: 'The host has too little room.', retry: 'otherHost' })
    }
    this.#fences.delete(key)
    return reportOf(guest ? this.#change(guest, target, power) : this.#build(target, power))
  }

  /** The guest comes from another host: gone from there as it begins here. */
  #receive(target: GuestTarget, from: string, power: Live): GuestReport {
    const { serverId, hostId, generation, resources } = target
    const guest = this.answers(from) ? this.#table.find(serverId, from) : undefined
    const executes = guest?.power === 'running' || guest?.power === 'paused'
    if (!guest || !executes || guest.generation > generation) {
      return this.refuse(target, { message: 'There is no such guest to come.', retry: 'never' })
    }
    if (!this.#fits(target, undefined)) {
      return this.refuse(target, { message: 'The host has too little room.', retry: 'otherHost' })
    }
    const { boots, builds, imageId, rescueImageId } = guest
    this.#table.remove(guest)
    this.#fences.set(fenceKey(serverId, from), generation, true)
    this.#fences.delete(fenceKey(serverId, hostId))
    const state = { power, generation, boots, builds, imageId, resources, rescueImageId }
    return reportOf(this.#table.add(serverId, hostId, state))
  }

  /**
   * Declines, and remembers the order all the same: neither it nor an older one is taken
   * afterwards, so another host may be asked.
   */
  refuse(target: GuestTarget, fault: Fault & { readonly retry: Declined }): GuestReport {
    const { serverId, hostId, generation } = target
    const guest = this.#table.find(serverId, hostId)
    if (guest) guest.generation = Math.max(guest.generation, generation)
    else if (generation >= this.#seen(serverId, hostId)) {
      this.#fences.set(fenceKey(serverId, hostId), generation, false, fault.retry)
    }
    return { ...this.report(target), fault }
  }

  /** What the host runs of this server now. */
  report({ serverId, hostId, generation }: GuestTarget): GuestReport {
    const guest = this.#table.find(serverId, hostId)
    if (guest) return reportOf(guest)
    const newest = Math.max(generation, this.#seen(serverId, hostId))
    return { serverId, hostId, power: 'absent', generation: newest }
  }

  /** Everything the host runs. */
  reportsOn(hostId: string): GuestReport[] {
    return Array.from(this.#table.on(hostId), reportOf)
  }

  /** False while the host is down, and when there is no such host. */
  answers(hostId: string): boolean {
    if (this.#table.peek(hostId)?.crashed) return false
    return this.#capacities === undefined || this.#capacities(hostId) !== undefined
  }

  adopt(guest: SimulatedGuest): void {
    const { serverId, hostId, power, generation, boots, builds } = guest
    if (generation <= this.#seen(serverId, hostId)) return
    const present = this.#table.find(serverId, hostId)
    if (present) this.#table.remove(present)
    const key = fenceKey(serverId, hostId)
    if (power === 'absent') return this.#fences.set(key, generation, true)
    this.#fences.delete(key)
    const { imageId = null, resources = null, rescueImageId } = guest
    const state = { power, generation, boots, builds, imageId, resources, rescueImageId }
    this.#table.add(serverId, hostId, state)
  }

  guest(serverId: string, hostId: string): SimulatedGuest | undefined {
    const guest = this.#table.find(serverId, hostId)
    if (!guest) return undefined
    const { power, generation, boots, builds, imageId, resources } = guest
    const known = { serverId, hostId, power, generation, boots, builds, imageId, resources }
    return { ...known, ...rescueOf(guest) }
  }

  runningTwice(): { readonly serverId: string; readonly hostIds: readonly string[] }[] {
    const found: { serverId: string; hostIds: string[] }[] = []
    for (const guests of this.#table.doubled()) {
      const live = guests.filter(({ power }) => power === 'running' || power === 'paused')
      const [first] = live
      if (!first || live.length < 2) continue
      found.push({ serverId: first.serverId, hostIds: live.map((guest) => guest.host.id) })
    }
    return found
  }

  crash(hostId: string): void {
    const host = this.#table.host(hostId)
    host.crashed = true
    host.hands = undefined
    for (const guest of this.#table.on(hostId)) {
      // Memory that was saved to disk is there still.
      if (guest.power !== 'suspended') guest.power = 'stopped'
    }
  }

  restore(hostId: string): void {
    const host = this.#table.peek(hostId)
    if (!host) return
    host.crashed = false
    this.#table.tidy(host)
  }

  #build(target: GuestTarget, power: Live): Guest {
    const { serverId, hostId, generation, boots, builds, imageId, resources } = target
    const { rescueImageId } = target
    const made = { power, generation, boots: boots.count, builds, imageId, resources }
    const state = { ...made, rescueImageId }
    this.#stats.built++
    return this.#table.add(serverId, hostId, state)
  }

  #change(present: Guest, target: GuestTarget, power: Live): Guest {
    const guest = present
    const { generation, boots, builds, imageId, resources } = target
    if (guest.builds < builds) {
      guest.builds = builds
      guest.imageId = imageId
      this.#stats.built++
    } else if (power === 'running' && isRestarted(guest, target)) {
      this.#stats.restarted++
    }
    guest.boots = Math.max(guest.boots, boots.count)
    guest.rescueImageId = target.rescueImageId
    guest.generation = generation
    guest.power = power
    guest.resources = resources
    return guest
  }

  #fits(target: GuestTarget, guest: Guest | undefined): boolean {
    const capacity = this.#capacities?.(target.hostId)
    if (!capacity) return true
    const used: Record<string, number> = { ...target.resources }
    for (const other of this.#table.on(target.hostId)) {
      if (other === guest) continue
      for (const [name, amount] of Object.entries(other.resources ?? {})) {
        used[name] = (used[name] ?? 0) + amount
      }
    }
    return Object.keys(target.resources).every((name) => {
      // What a guest has, it keeps: a host that has become too small still obeys.
      const grows = (target.resources[name] ?? 0) > (guest?.resources?.[name] ?? 0)
      return !grows || (used[name] ?? 0) <= (capacity[name] ?? 0)
    })
  }

  /** The newest generation that the host has seen for the guest; below every generation if none. */
  #seen(serverId: string, hostId: string): number {
    const guest = this.#table.find(serverId, hostId)
    if (guest) return guest.generation
    return this.#fences.get(fenceKey(serverId, hostId))?.newest ?? -Infinity
  }
}

function reportOf(guest: Guest): GuestReport {
  const { serverId, host, power, generation } = guest
  return { serverId, hostId: host.id, power, generation, ...rescueOf(guest) }
}

function rescueOf({ rescueImageId }: Guest): { readonly rescueImageId?: string } {
  return rescueImageId === undefined ? {} : { rescueImageId }
}

function isRestarted(guest: Guest, { boots, rescueImageId }: GuestTarget): boolean {
  if (guest.boots < boots.count) return true
  return guest.power === 'running' && guest.rescueImageId !== rescueImageId
}

function fenceKey(serverId: string, hostId: string): string {
  return `${hostId}\n${serverId}`
}
