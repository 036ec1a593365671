import { hasAny } from '../block/speed.ts'
import type { Port } from '../../model/network/port.ts'
import type { Server } from '../../model/compute/server.ts'
import type { GuestPower, GuestTarget, GuestVolume } from '../../ports/hypervisor.ts'
import type { Disk } from '../block/server-disks.ts'

/**
 * What hosts must do for a server's task, as targets in order: those of a phase may be applied
 * together, the next phase only when all of them are reached. A pure function of the row, so it may
 * be asked again at any time.
 */
export function guestPlan(
  server: Server,
  ports: readonly Port[],
  disks: readonly Disk[] = [],
): readonly (readonly GuestTarget[])[] {
  const here = (power: GuestPower): GuestTarget =>
    target(server, server.hostId, server.flavor, power, ports, disks)
  const other = server.resize
  const there = (power: GuestPower): GuestTarget[] =>
    other && other.hostId !== server.hostId
      ? [target(server, other.hostId, other.flavor, power, ports, disks)]
      : []
  switch (server.task) {
    case null:
      return []
    case 'deleting':
      return [[here('absent'), ...there('absent')]]
    case 'resizing':
      // The old guest stops before the new one starts: never two of one server executing.
      return phases(there('stopped'), [here(server.desired.power)])
    case 'migrating':
      return phases(
        [{ ...here(server.desired.power), ...(other && { from: other.hostId }) }],
        there('absent'),
      )
    case 'revertingResize':
      return phases(there('absent'), [here(server.desired.power)])
    case 'confirmingResize':
      return phases(there('absent'), [here(server.desired.power)])
    default:
      // After a resize that failed the old guest may still run.
      return phases(there('stopped'), [here(server.desired.power)])
  }
}

function phases(...list: readonly (readonly GuestTarget[])[]): readonly (readonly GuestTarget[])[] {
  return list.filter((phase) => phase.length > 0)
}

function target(
  server: Server,
  hostId: string,
  flavor: Server['flavor'],
  power: GuestPower,
  ports: readonly Port[],
  disks: readonly Disk[],
): GuestTarget {
  return {
    serverId: server.id,
    hostId,
    generation: server.generation,
    power,
    boots: { count: server.desired.boots, hard: server.desired.hard },
    builds: server.desired.builds,
    name: server.name,
    imageId: server.imageId,
    ...rescueOf(server.desired),
    resources: { VCPU: flavor.vcpus, MEMORY_MB: flavor.ramMb, DISK_GB: flavor.diskGb },
    ports: ports.flatMap(({ id, mac, unplugging }) => (unplugging ? [] : [{ id, mac }])),
    ...(disks.length > 0 && { volumes: disks.map(guestVolume) }),
    ...(server.configDrive && { configDrive: true }),
  }
}

function rescueOf({ rescueImageId }: Server['desired']): { readonly rescueImageId?: string } {
  return rescueImageId === undefined ? {} : { rescueImageId }
}

function guestVolume({ attachment, limits }: Disk): GuestVolume {
  const { volumeId, device, boot } = attachment
  return { id: volumeId, device, boot, ...(hasAny(limits) && { limits }) }
}
