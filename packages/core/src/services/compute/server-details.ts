import type { Kernel } from '../../kernel.ts'
import { floatingIpKind } from '../../model/network/floating-ip.ts'
import { networkKind } from '../../model/network/network.ts'
import type { Port } from '../../model/network/port.ts'
import { securityGroupKind } from '../../model/network/security-group.ts'
import { attachmentKind } from '../../model/block/attachment.ts'
import { flavorKind } from '../../model/compute/flavor.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { type ServerBatch, serverBatchKind } from '../../model/compute/server-batch.ts'
import type { Server } from '../../model/compute/server.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { loadServerPorts } from '../network/port-plan.ts'
import { type ServerView, viewServer } from './server-view.ts'

/** An address at which a server is reached. */
export interface ServerAddress {
  /** The network's name. */
  readonly network: string
  readonly address: string
  readonly mac: string
  readonly type: 'fixed' | 'floating'
}

export interface ServerVolume {
  readonly attachmentId: string
  readonly volumeId: string
  readonly device: string | null
  readonly boot: boolean
  readonly deleteOnTermination: boolean
  /** Detaching ones too are shown until they are gone. */
  readonly status: string
}

/** A server with what it has. */
export interface ServerDetails extends ServerView {
  /** In the order of its ports. */
  readonly addresses: readonly ServerAddress[]
  /** Names, each once. */
  readonly securityGroups: readonly string[]
  readonly volumes: readonly ServerVolume[]
  readonly keyName: string | null
  /** Its number among those of its request, from 0 on. */
  readonly launchIndex: number
  /** Extra specs of its flavor as they are now; none when that is gone. */
  readonly extraSpecs: Readonly<Record<string, string>>
  /** For system scope only. */
  readonly hostName?: string
  /** `maintenance`: it is disabled. For whoever is shown the host. */
  readonly hostState?: 'up' | 'down' | 'maintenance'
  /** Base64. For its own project and operators. */
  readonly userData: string | null
  /** Tells servers of one project on one host from those elsewhere; empty without a host. */
  readonly hostToken: string
}

/** Servers with what they have: eight reads at most, whatever their number. */
export async function detailServers(
  kernel: Kernel,
  servers: readonly Server[],
  options: { readonly host: boolean },
): Promise<ServerDetails[]> {
  const [ports, batches, attachments, flavors, hosts] = await Promise.all([
    loadServerPorts(
      kernel,
      servers.map(({ id }) => id),
    ),
    readById(
      kernel,
      serverBatchKind,
      servers.map(({ batchId }) => batchId),
    ),
    readById(
      kernel,
      attachmentKind,
      servers.flatMap(({ attachmentIds = [] }) => attachmentIds),
    ),
    readById(
      kernel,
      flavorKind,
      servers.map(({ flavor }) => flavor.id),
    ),
    readById(kernel, hostKind, options.host ? servers.map(({ hostId }) => hostId) : []),
  ])
  const all = [...ports.values()].flat()
  const [networks, groups, floating] = await Promise.all([
    readById(
      kernel,
      networkKind,
      all.map(({ networkId }) => networkId),
    ),
    readById(
      kernel,
      securityGroupKind,
      all.flatMap(({ securityGroupIds }) => securityGroupIds),
    ),
    readById(
      kernel,
      floatingIpKind,
      all.flatMap(({ floatingIpIds = [] }) => floatingIpIds),
    ),
  ])
  const token = hostTokens(kernel)
  return servers.map((server) => {
    const own = (ports.get(server.id) ?? []).filter(({ unplugging }) => !unplugging)
    const batch = batches.get(server.batchId)
    // Assigned: to spread one large object into another costs a hundred times as much.
    const details = Object.assign(viewServer(server, options), {
      addresses: own.flatMap((port) => addressesOf(port, networks, floating)),
      securityGroups: namesOf(own, groups),
      volumes: (server.attachmentIds ?? []).flatMap((id) => attachments.get(id) ?? []).map(volume),
      keyName: keyNameOf(server, batch),
      extraSpecs: flavors.get(server.flavor.id)?.extraSpecs ?? {},
      launchIndex: server.launchIndex ?? 0,
      userData:
        server.launch?.userData === undefined ? (batch?.userData ?? null) : server.launch.userData,
      hostToken: token(server),
    })
    if (!options.host) return details
    const host = hosts.get(server.hostId)
    return Object.assign(details, {
      hostName: host?.name ?? server.hostId,
      hostState: stateOf(host),
    })
  })
}

async function readById<T extends Stored>(
  kernel: Kernel,
  kind: Kind<T>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>()
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return found
  for (const row of await kernel.store.get(kind, wanted)) if (row) found.set(row.id, row)
  return found
}

function addressesOf(
  port: Port,
  networks: ReadonlyMap<string, { readonly name: string }>,
  floating: ReadonlyMap<string, { readonly address: string }>,
): ServerAddress[] {
  const network = networks.get(port.networkId)?.name ?? port.networkId
  const { mac } = port
  return [
    ...port.fixedIps.map(({ address }) => ({ network, address, mac, type: 'fixed' as const })),
    ...(port.floatingIpIds ?? []).flatMap((id) => {
      const address = floating.get(id)?.address
      return address === undefined ? [] : [{ network, address, mac, type: 'floating' as const }]
    }),
  ]
}

function namesOf(
  ports: readonly Port[],
  groups: ReadonlyMap<string, { readonly name: string }>,
): string[] {
  const ids = new Set(ports.flatMap(({ securityGroupIds }) => securityGroupIds))
  return [...new Set([...ids].flatMap((id) => groups.get(id)?.name ?? []))]
}

function volume(attachment: {
  readonly id: string
  readonly volumeId: string
  readonly device: string | null
  readonly boot: boolean
  readonly deleteOnTermination: boolean
  readonly status: string
}): ServerVolume {
  const { id, volumeId, device, boot, deleteOnTermination, status } = attachment
  return { attachmentId: id, volumeId, device, boot, deleteOnTermination, status }
}

function keyNameOf(server: Server, batch: ServerBatch | undefined): string | null {
  const own = server.launch?.keyPair
  const pair = own === undefined ? batch?.keyPair : own
  return pair?.name ?? null
}

function stateOf(host: Host | undefined): ServerDetails['hostState'] {
  if (host?.forcedDown) return 'down'
  return host?.enabled === false ? 'maintenance' : 'up'
}

/** One digest for each project and host, not for each server. */
function hostTokens(kernel: Kernel): (server: Server) => string {
  const known = new Map<string, string>()
  return ({ projectId, hostId }) => {
    const key = `${projectId} ${hostId}`
    const token = known.get(key) ?? kernel.digest.hash('sha256', key).slice(0, 56)
    known.set(key, token)
    return token
  }
}
