import { loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { backupKind } from '../../model/block/backup.ts'
import { snapshotKind } from '../../model/block/snapshot.ts'
import { volumeKind } from '../../model/block/volume.ts'
import { serverKind } from '../../model/compute/server.ts'
import { imageKind } from '../../model/image/image.ts'
import type { Kind } from '../../model/kind.ts'
import { floatingIpKind } from '../../model/network/floating-ip.ts'
import { portKind } from '../../model/network/port.ts'

/**
 * Every kind that declares a meter: where use that has not ended is found. A service adds its own.
 */
export const meteredKinds: readonly Kind[] = [
  serverKind,
  imageKind,
  volumeKind,
  snapshotKind,
  backupKind,
  portKind,
  floatingIpKind,
  loadBalancerKind,
]

/** Every resource class that is counted, in the order in which it is shown. */
export const usageClasses: readonly string[] = [
  ...new Set(meteredKinds.flatMap(({ meter }) => meter?.classes ?? [])),
]
