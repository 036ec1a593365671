import {
  hostKind,
  type Port,
  portKind,
  type Server,
  serverKind,
  type SimulatedGuest,
  type SimulatedPort,
} from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf } from './rows.ts'

/** At rest hosts run what servers say, and networks have what ports say. */
export const desiredIsActual: Check = {
  invariant: 19,
  title: 'At rest, what runs is what should.',
  watch: (scene) =>
    ({
      rest: async () => {
        const servers = await rowsOf(scene.world, serverKind)
        await checkGuests(scene, servers)
        await checkPorts(scene, servers)
      },
    }) satisfies Watch,
}

async function checkGuests({ report, world }: Scene, servers: readonly Server[]): Promise<void> {
  let found = 0
  for (const server of servers) {
    const { id, hostId, vmState, desired, resize } = server
    const guest = world.hosts.guest(id, hostId)
    const power = guest?.power ?? 'absent'
    if (power !== 'absent') found++
    // A server in ERROR may be in any state, but nowhere else.
    if (vmState !== 'error' && power !== desired.power) {
      report(`server:${id}`, `is to be ${desired.power} (${vmState}), and is ${power} on its host`)
    }
    const wrong = guest && vmState !== 'error' ? contents(server, guest) : undefined
    if (wrong) report(`server:${id}`, `its guest ${wrong}`)
    if (!resize || resize.hostId === hostId) continue
    const old = world.hosts.guest(id, resize.hostId)?.power ?? 'absent'
    if (old !== 'absent') found++
    if (old === 'running' && vmState !== 'error') {
      report(`server:${id}`, 'is resized, and runs on its old host still')
    }
  }
  const { guests } = world.hosts
  if (guests === found) return
  report('hosts', `have ${guests} guests, ${found} of them of servers: ${await strays(world)}`)
}

/** What is wrong with what a guest is made of; what its host does not know of it passes. */
function contents(server: Server, guest: SimulatedGuest): string | undefined {
  const { desired, flavor, imageId } = server
  const { builds, boots, resources } = guest
  if (builds !== desired.builds) return `was built ${builds} times, not ${desired.builds}`
  if (boots !== desired.boots) return `was restarted ${boots} times, not ${desired.boots}`
  const from = guest.imageId ?? imageId
  if (from !== imageId) return `is made from ${from}, not from ${imageId}`
  if (guest.power === 'running' && guest.rescueImageId !== desired.rescueImageId) {
    const [disk = 'its disk', wanted = 'its disk'] = [guest.rescueImageId, desired.rescueImageId]
    return `runs from ${disk}, not from ${wanted}`
  }
  const vcpus = resources ? resources['VCPU'] : flavor.vcpus
  return vcpus === flavor.vcpus ? undefined : `has ${vcpus ?? 0} vCPUs, not ${flavor.vcpus}`
}

/** Guests that no server has. */
async function strays(world: Scene['world']): Promise<string> {
  const servers = new Map((await rowsOf(world, serverKind)).map((server) => [server.id, server]))
  const hostIds = (await rowsOf(world, hostKind)).map(({ id }) => id)
  const seen = await world.run(() => world.hosts.observe(hostIds))
  const stray = seen.guests.filter(({ serverId, hostId }) => {
    const server = servers.get(serverId)
    return server?.hostId !== hostId && server?.resize?.hostId !== hostId
  })
  return stray.map(({ serverId, hostId, power }) => `${serverId} ${power} on ${hostId}`).join(', ')
}

/** A server that runs has its ports plugged in as they are; nothing else is plugged in. */
async function checkPorts({ report, world }: Scene, servers: readonly Server[]): Promise<void> {
  const byId = new Map(servers.map((server) => [server.id, server]))
  let found = 0
  for (const port of await rowsOf(world, portKind)) {
    const plugged = world.network.port(port.id)
    if (plugged) found++
    const server = port.deviceId === null ? undefined : byId.get(port.deviceId)
    if (plugged && !server) report(`port:${port.id}`, 'is plugged in for no server')
    if (port.leaving) report(`port:${port.id}`, 'gives up addresses still')
    if (plugged && addressesOf(port) !== plugged.addresses.join()) {
      report(`port:${port.id}`, `with ${plugged.addresses.join()}, not with ${addressesOf(port)}`)
    }
    if (server?.vmState !== 'active') continue
    const wrong = plugged ? difference(port, server, plugged) : 'not plugged in'
    if (wrong) report(`port:${port.id}`, `of a running server: ${wrong}`)
  }
  const { ports } = world.network
  if (ports !== found) report('network', `has ${ports} ports plugged in, ${found} of them exist`)
}

function difference(port: Port, server: Server, plugged: SimulatedPort): string | undefined {
  if (plugged.hostId !== server.hostId) return `on ${plugged.hostId}, not on ${server.hostId}`
  if (plugged.mac !== port.mac) return `with ${plugged.mac}, not with ${port.mac}`
  const groups = port.securityGroupIds.join()
  const held = plugged.securityGroupIds.join()
  return groups === held ? undefined : `in groups ${held}, not in ${groups}`
}

function addressesOf(port: Port): string {
  return port.fixedIps.map(({ address }) => address).join()
}
