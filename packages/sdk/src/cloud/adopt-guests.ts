import {
  everyRow,
  type Kernel,
  type Server,
  serverKind,
  type SimulatedFleet,
  type SimulatedGuest,
} from '@nephos/core'

const guestPower = {
  active: 'running',
  stopped: 'stopped',
  paused: 'paused',
  suspended: 'suspended',
  rescued: 'running',
  shelved: 'stopped',
  resized: 'running',
} as const

/**
 * A simulated fleet forgets its guests with its process; it takes them up again as they were last
 * observed.
 */
export async function adoptGuests(kernel: Kernel, fleet: SimulatedFleet): Promise<void> {
  for await (const servers of everyRow(kernel, serverKind)) fleet.adopt(guestsOf(servers))
}

/** The guests of these servers, as last observed. */
export function guestsOf(servers: readonly Server[]): SimulatedGuest[] {
  return servers
    .filter((server) => server.vmState in guestPower)
    .map((server) => ({
      serverId: server.id,
      hostId: server.hostId,
      power: guestPower[server.vmState as keyof typeof guestPower],
      generation: server.task === null ? server.generation : server.generation - 1,
      boots: server.desired.boots,
      builds: server.desired.builds,
      ...(server.desired.rescueImageId === undefined
        ? {}
        : { rescueImageId: server.desired.rescueImageId }),
    }))
}
