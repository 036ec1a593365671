import type { ServerAddress, ServerDetails, VmState } from '@nephos/core'
import { microTime, secondTime } from './time.ts'

/** What a body depends on besides its server. */
export interface ServerShape {
  /** Minor number of the microversion. */
  readonly version: number
  /** The absolute URL of a path beneath the interface's base, and beneath its mount. */
  readonly url: (path: string) => string
  readonly bookmark: (path: string) => string
  /** True for administrators. */
  readonly isOperator: boolean
}

export type Body = Readonly<Record<string, unknown>>

/** A body in the making: set field by field, since spreading is slow in long lists. */
type Draft = Record<string, unknown>

/** A server in a list without details. */
export function serverSummary(
  server: { readonly id: string; readonly name: string },
  shape: Pick<ServerShape, 'url' | 'bookmark'>,
): Body {
  return { id: server.id, name: server.name, links: links('servers', server.id, shape) }
}

export function links(
  noun: string,
  id: string,
  { url, bookmark }: Pick<ServerShape, 'url' | 'bookmark'>,
): readonly Body[] {
  return [
    { rel: 'self', href: url(`/${noun}/${id}`) },
    { rel: 'bookmark', href: bookmark(`/${noun}/${id}`) },
  ]
}

/** A server as `GET /servers/{id}` shows it in this version. */
export function serverBody(server: ServerDetails, shape: ServerShape): Body {
  const body = plainBody(server, shape)
  extend(body, server, shape)
  if (shape.version >= 16 && shape.isOperator) {
    body['host_status'] = (server.hostState ?? 'up').toUpperCase()
  }
  return body
}

/** A server as it is answered to `PUT` and to a rebuild: shorter, before 2.75. */
export function changedBody(server: ServerDetails, shape: ServerShape): Body {
  if (shape.version >= 75) return serverBody(server, shape)
  return { ...plainBody(server, shape), addresses: plainAddresses(server.addresses) }
}

/** What every form of a server has. */
function plainBody(server: ServerDetails, shape: ServerShape): Draft {
  const { version } = shape
  const progress = progressOf(server)
  const body: Draft = {
    id: server.id,
    name: server.name,
    status: server.status,
    tenant_id: server.projectId,
    user_id: server.userId,
    metadata: server.metadata,
    hostId: server.hostToken,
    image: imageOf(server, shape),
    flavor: flavorOf(server, shape),
    created: secondTime(server.createdAt),
    updated: secondTime(server.updatedAt),
    addresses: addressesBody(server.addresses),
    accessIPv4: server.accessIPv4,
    accessIPv6: server.accessIPv6,
    links: links('servers', server.id, shape),
    'OS-DCF:diskConfig': server.diskConfig,
  }
  if (progress !== undefined) body['progress'] = progress
  if (server.status === 'ERROR' && server.fault) body['fault'] = faultBody(server.fault)
  if (version >= 9) body['locked'] = server.locked
  if (version >= 19) body['description'] = server.description
  if (version >= 26) body['tags'] = server.tags
  if (version >= 63) body['trusted_image_certificates'] = null
  if (version >= 71) body['server_groups'] = server.groupId === null ? [] : [server.groupId]
  if (version >= 73) body['locked_reason'] = server.lockedReason
  return body
}

function extend(body: Draft, server: ServerDetails, shape: ServerShape): void {
  const { version, isOperator } = shape
  body['key_name'] = server.keyName
  body['config_drive'] = server.configDrive ? 'True' : ''
  if (server.securityGroups.length > 0) {
    body['security_groups'] = server.securityGroups.map((name) => ({ name }))
  }
  body['OS-EXT-AZ:availability_zone'] = server.availabilityZone
  body['OS-EXT-STS:task_state'] = taskNames[server.task ?? ''] ?? null
  body['OS-EXT-STS:vm_state'] = vmNames[server.vmState]
  body['OS-EXT-STS:power_state'] = powers[server.vmState]
  body['OS-SRV-USG:launched_at'] = server.launchedAt === null ? null : microTime(server.launchedAt)
  body['OS-SRV-USG:terminated_at'] = null
  body['os-extended-volumes:volumes_attached'] = server.volumes.map((volume) => ({
    id: volume.volumeId,
    ...(version >= 3 && { delete_on_termination: volume.deleteOnTermination }),
  }))
  if (version >= 90 && !isOperator) body['OS-EXT-SRV-ATTR:hostname'] = server.hostname
  if (isOperator) Object.assign(body, operatorBody(server, shape))
}

function operatorBody(server: ServerDetails, { version }: ServerShape): Body {
  const host = server.hostName ?? null
  return {
    'OS-EXT-SRV-ATTR:host': host,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': host,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${server.id}`,
    ...(version >= 3 && {
      'OS-EXT-SRV-ATTR:reservation_id': server.batchId,
      'OS-EXT-SRV-ATTR:launch_index': server.launchIndex,
      'OS-EXT-SRV-ATTR:hostname': server.hostname,
      'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
      'OS-EXT-SRV-ATTR:user_data': server.userData,
      'OS-EXT-SRV-ATTR:kernel_id': '',
      'OS-EXT-SRV-ATTR:ramdisk_id': '',
    }),
  }
}

function imageOf(server: ServerDetails, { bookmark }: ServerShape): Body | '' {
  const { imageId } = server
  if (imageId === null) return ''
  return { id: imageId, links: [{ rel: 'bookmark', href: bookmark(`/images/${imageId}`) }] }
}

function flavorOf({ flavor, extraSpecs }: ServerDetails, shape: ServerShape): Body {
  if (shape.version < 47) {
    const href = shape.bookmark(`/flavors/${flavor.id}`)
    return { id: flavor.id, links: [{ rel: 'bookmark', href }] }
  }
  return {
    vcpus: flavor.vcpus,
    ram: flavor.ramMb,
    disk: flavor.diskGb,
    ephemeral: 0,
    swap: 0,
    original_name: flavor.name,
    extra_specs: extraSpecs,
  }
}

function faultBody({ message, at }: { readonly message: string; readonly at: number }): Body {
  return { code: 500, created: secondTime(at), message }
}

/** Addresses by the name of their network. */
export function addressesBody(
  addresses: readonly ServerAddress[],
): Readonly<Record<string, readonly Body[]>> {
  const networks: Record<string, Body[]> = {}
  for (const { network, address, mac, type } of addresses) {
    const list = (networks[network] ??= [])
    list.push({
      version: address.includes(':') ? 6 : 4,
      addr: address,
      'OS-EXT-IPS:type': type,
      'OS-EXT-IPS-MAC:mac_addr': mac,
    })
  }
  return networks
}

/** As `addressesBody`, without what only `GET /servers/{id}` tells. */
export function plainAddresses(
  addresses: readonly ServerAddress[],
): Readonly<Record<string, readonly Body[]>> {
  const rows = Object.entries(addressesBody(addresses)).map(([name, list]) => [
    name,
    list.map(({ version, addr }) => ({ version, addr })),
  ])
  return Object.fromEntries(rows) as Readonly<Record<string, readonly Body[]>>
}

const working: ReadonlySet<string> = new Set([
  'ACTIVE',
  'BUILD',
  'REBUILD',
  'RESIZE',
  'VERIFY_RESIZE',
  'MIGRATING',
])

/** Nova tells it in states in which something may be under way only. */
function progressOf({ status }: ServerDetails): number | undefined {
  if (!working.has(status)) return undefined
  return status === 'BUILD' || status === 'REBUILD' || status === 'RESIZE' ? 0 : 100
}

/** Nova's names of tasks. */
const taskNames: Readonly<Record<string, string>> = {
  spawning: 'spawning',
  starting: 'powering-on',
  stopping: 'powering-off',
  rebooting: 'rebooting',
  rebootingHard: 'rebooting_hard',
  pausing: 'pausing',
  unpausing: 'unpausing',
  suspending: 'suspending',
  resuming: 'resuming',
  rescuing: 'rescuing',
  unrescuing: 'unrescuing',
  shelving: 'shelving',
  unshelving: 'unshelving',
  rebuilding: 'rebuilding',
  resizing: 'resize_prep',
  confirmingResize: 'resize_confirming',
  revertingResize: 'resize_reverting',
  migrating: 'migrating',
  deleting: 'deleting',
}

const vmNames: Readonly<Record<string, string>> = {
  building: 'building',
  active: 'active',
  stopped: 'stopped',
  paused: 'paused',
  suspended: 'suspended',
  rescued: 'rescued',
  resized: 'resized',
  shelved: 'shelved',
  error: 'error',
} satisfies Readonly<Record<VmState, string>> & Readonly<Record<string, string>>

/** Nova's numbers: 0 unknown, 1 running, 3 paused, 4 shut down, as a suspended guest is. */
const powers: Readonly<Record<string, number>> = {
  building: 0,
  active: 1,
  stopped: 4,
  paused: 3,
  suspended: 4,
  rescued: 1,
  resized: 1,
  shelved: 4,
  error: 0,
}
