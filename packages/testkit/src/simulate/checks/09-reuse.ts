import {
  type Address,
  addressKind,
  heldIps,
  type Port,
  portKind,
  type Server,
  serverKind,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { visit } from './rows.ts'

/**
 * What is exclusive goes from one holder to another through a release that was committed; and it is
 * released only when no host and no network still has it.
 */
export const reuse: Check = {
  invariant: 9,
  title: 'An address, a MAC or a guest’s room is assigned again only after a confirmed release.',
  watch: (scene) => {
    return {
      commit: (commit) => {
        checkServers(scene, commit)
        checkAddresses(scene, commit)
        visit(commit, portKind, {
          remove: ({ id, mac }) => {
            const plugged = scene.world.network.port(id)
            if (plugged) scene.report(`port:${id}`, `is removed with ${mac} while plugged in`)
          },
        })
      },
    } satisfies Watch
  },
}

/** A server's room, and everything else of it, is free when no host has a guest of it. */
function checkServers({ before, report, world }: Scene, commit: Commit): void {
  visit(commit, serverKind, {
    remove: ({ id }) => {
      const was = before(serverKind.name, id) as Server | undefined
      if (!was) return
      const hostIds = [was.hostId, ...was.failedHostIds, ...(was.resize ? [was.resize.hostId] : [])]
      for (const hostId of new Set(hostIds)) {
        const power = world.hosts.guest(id, hostId)?.power
        if (power !== undefined) report(`server:${id}`, `is removed, but ${power} on ${hostId}`)
      }
    },
  })
}

function checkAddresses({ before, report, world }: Scene, commit: Commit): void {
  /** Addresses that are free from now on, by their holder. */
  const released = new Map<string, string[]>()
  const release = (portId: string, id: string): void => {
    const ids = released.get(portId)
    if (ids) ids.push(id)
    else released.set(portId, [id])
  }
  const holderOf = (id: string): string | null =>
    (before(addressKind.name, id) as Address | undefined)?.portId ?? null
  visit(commit, addressKind, {
    update: ({ id, portId }) => {
      const was = holderOf(id)
      if (was === null || was === portId) return
      if (portId !== null) report(`address:${id}`, `goes from ${was} straight to ${portId}`)
      release(was, id)
    },
    remove: ({ id }) => {
      const was = holderOf(id)
      if (was !== null) release(was, id)
    },
  })
  if (released.size === 0) return
  const changed = new Map<string, Port>()
  visit(commit, portKind, { update: (port) => changed.set(port.id, port) })
  const removed = new Set<string>()
  visit(commit, portKind, { remove: ({ id }) => removed.add(id) })
  for (const [portId, ids] of released) {
    const floating = world.network.object('floatingIp', portId)
    if (floating) report(`floatingIp:${portId}`, `${ids.join()} is free, but is answered to still`)
    const was = before(portKind.name, portId) as Port | undefined
    if (!was) continue
    const now = removed.has(portId) ? [] : heldIps(changed.get(portId) ?? was)
    const gone = heldIps(was).filter((one) => !now.some((other) => isSame(one, other)))
    if (gone.length < ids.length) {
      report(`port:${portId}`, `${ids.length} of its addresses are free, it gave up ${gone.length}`)
    }
    const plugged = world.network.port(portId)
    for (const { address } of plugged ? gone : []) {
      if (!plugged?.addresses.includes(address)) continue
      report(`port:${portId}`, `${address} is free for others, but plugged in still`)
    }
  }
}

function isSame(a: FixedIp, b: FixedIp): boolean {
  return a.subnetId === b.subnetId && a.address === b.address
}

type FixedIp = Port['fixedIps'][number]
