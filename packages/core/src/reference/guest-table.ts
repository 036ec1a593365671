import type { GuestPower } from '../ports/hypervisor.ts'
import type { Resources } from '../ports/scheduler.ts'

/** A guest on a host, linked to the host's other guests and to the server's guests elsewhere. */
export interface Guest {
  readonly serverId: string
  readonly host: GuestHost
  power: Exclude<GuestPower, 'absent'>
  generation: number
  boots: number
  builds: number
  imageId: string | null
  rescueImageId: string | undefined
  /** Null when not known: adopted guests that nothing has been asked of yet. */
  resources: Resources | null
  elsewhere: Guest | undefined
  next: Guest | undefined
  previous: Guest | undefined
}

export interface GuestHost {
  readonly id: string
  first: Guest | undefined
  crashed: boolean
  /** When each of the host's hands is free again, in `Clock.elapsed` milliseconds. */
  hands: number[] | undefined
}

/** Guests by server and by host. Links instead of a collection per host keep them small. */
export class GuestTable {
  readonly #byServer = new Map<string, Guest>()
  readonly #hosts = new Map<string, GuestHost>()
  #size = 0

  get size(): number {
    return this.#size
  }

  find(serverId: string, hostId: string): Guest | undefined {
    let guest = this.#byServer.get(serverId)
    while (guest && guest.host.id !== hostId) guest = guest.elsewhere
    return guest
  }

  /** Adds a guest that is not there yet. */
  add(
    serverId: string,
    hostId: string,
    state: Pick<Guest, 'power' | 'generation' | 'boots' | 'builds' | 'imageId' | 'resources'> & {
      readonly rescueImageId?: string | undefined
    },
  ): Guest {
    const host = this.host(hostId)
    const { power, generation, boots, builds, imageId, resources } = state
    const elsewhere = this.#byServer.get(serverId)
    const next = host.first
    // Named one by one: an object made by spreading takes twice the memory.
    const guest: Guest = {
      serverId,
      host,
      power,
      generation,
      boots,
      builds,
      imageId,
      rescueImageId: state.rescueImageId,
      resources,
      elsewhere,
      next,
      previous: undefined,
    }
    if (next) next.previous = guest
    host.first = guest
    this.#byServer.set(serverId, guest)
    this.#size++
    return guest
  }

  remove(guest: Guest): void {
    const { host, next, previous } = guest
    if (previous) previous.next = next
    else host.first = next
    if (next) next.previous = previous
    this.#unlinkServer(guest)
    this.#size--
    this.tidy(host)
  }

  /** The host, made if it is new. */
  host(hostId: string): GuestHost {
    let host = this.#hosts.get(hostId)
    if (!host) {
      host = { id: hostId, first: undefined, crashed: false, hands: undefined }
      this.#hosts.set(hostId, host)
    }
    return host
  }

  /** The host, if anything is known of it. */
  peek(hostId: string): GuestHost | undefined {
    return this.#hosts.get(hostId)
  }

  /** Forgets a host of which nothing is to be remembered. */
  tidy(host: GuestHost): void {
    if (!host.first && !host.crashed && !host.hands) this.#hosts.delete(host.id)
  }

  *on(hostId: string): Generator<Guest> {
    let guest = this.#hosts.get(hostId)?.first
    while (guest) {
      const { next } = guest
      yield guest
      guest = next
    }
  }

  /** Servers that have a guest on more than one host. */
  *doubled(): Generator<readonly Guest[]> {
    for (const first of this.#byServer.values()) {
      if (!first.elsewhere) continue
      const guests: Guest[] = []
      for (let guest: Guest | undefined = first; guest; guest = guest.elsewhere) guests.push(guest)
      yield guests
    }
  }

  #unlinkServer(guest: Guest): void {
    const first = this.#byServer.get(guest.serverId)
    if (first === guest) {
      if (guest.elsewhere) this.#byServer.set(guest.serverId, guest.elsewhere)
      else this.#byServer.delete(guest.serverId)
      return
    }
    let before = first
    while (before && before.elsewhere !== guest) before = before.elsewhere
    if (before) before.elsewhere = guest.elsewhere
  }
}
