import type { Kernel } from '../../../kernel.ts'
import { serverBatchKind } from '../../../model/compute/server-batch.ts'
import { serverKind } from '../../../model/compute/server.ts'
import type { Port } from '../../../model/network/port.ts'
import { type Subnet, subnetKind } from '../../../model/network/subnet.ts'
import { loadServerPorts } from '../../network/port-plan.ts'
import { detailServers, type ServerDetails } from '../server-details.ts'

/** All that a guest is told of itself: read once, written in several forms. */
export interface Guest {
  readonly server: ServerDetails
  readonly keyPair: { readonly name: string; readonly publicKey: string } | null
  readonly ports: readonly Port[]
  readonly subnets: readonly Subnet[]
}

/** The guest of a server, for the guest itself and for nobody else. Undefined without a server. */
export async function readGuest(kernel: Kernel, serverId: string): Promise<Guest | undefined> {
  const [row] = await kernel.store.get(serverKind, [serverId])
  if (!row) return undefined
  const [[server], byServer, [batch]] = await Promise.all([
    detailServers(kernel, [row], { host: false }),
    loadServerPorts(kernel, [row.id]),
    kernel.store.get(serverBatchKind, [row.batchId]),
  ])
  if (!server) return undefined
  const ports = (byServer.get(row.id) ?? []).filter(({ unplugging }) => !unplugging)
  const subnetIds = ports.flatMap(({ fixedIps }) => fixedIps.map(({ subnetId }) => subnetId))
  const subnets = await kernel.store.get(subnetKind, [...new Set(subnetIds)])
  return {
    server,
    keyPair: server.keyName === null ? null : (batch?.keyPair ?? null),
    ports,
    subnets: subnets.flatMap((subnet) => subnet ?? []),
  }
}
