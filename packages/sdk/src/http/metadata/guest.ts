import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type Actor,
  isCloudError,
  portList,
  serverBatchKind,
  serverGetDetails,
  subnetKind,
} from '@nephos/core'
import type { Guest } from '../../wire/metadata/guest.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import type { RawQuery } from '../paging.ts'

/** The proxy has found the guest by the port that it asked through, and signed what it found. */
const proxy: Actor = Object.freeze({
  userId: 'metadata',
  projectId: null,
  domainId: null,
  roles: Object.freeze(['admin']),
  system: true,
})

/**
 * The guest that asks: whoever the proxy says it is, if it knows the secret. The headers are those
 * that Neutron's metadata agent sends to Nova.
 *
 * @throws HttpError 404 for everything that is not right: a guest learns nothing from it.
 */
export async function guestOf(x: Exchange<RawQuery, undefined>): Promise<Guest> {
  const serverId = x.headers.get('x-instance-id') ?? ''
  const projectId = x.headers.get('x-tenant-id') ?? ''
  const signature = x.headers.get('x-instance-id-signature') ?? ''
  if (!isSigned(x.secrets.metadata, serverId, signature)) throw unknown()
  const [server] = await x
    .invokeAs(proxy, serverGetDetails, { ids: [serverId] })
    .catch((error: unknown) => {
      if (isCloudError(error) && ['notFound', 'invalid'].includes(error.code)) throw unknown()
      throw error
    })
  if (!server || server.projectId !== projectId) throw unknown()
  const { store } = x.plane.kernel
  const [ports, [batch]] = await Promise.all([
    x.invokeAs(proxy, portList, { deviceId: server.id, limit: 1_000 }),
    store.get(serverBatchKind, [server.batchId]),
  ])
  const subnetIds = ports.flatMap(({ fixedIps }) => fixedIps.map(({ subnetId }) => subnetId))
  const subnets = await store.get(subnetKind, [...new Set(subnetIds)])
  return {
    server,
    keyPair: server.keyName === null ? null : (batch?.keyPair ?? null),
    ports,
    subnets: subnets.flatMap((subnet) => subnet ?? []),
  }
}

/** Compared by digests of one length, in constant time. */
function isSigned(secret: string | undefined, serverId: string, signature: string): boolean {
  if (secret === undefined || serverId === '') return false
  const right = createHmac('sha256', secret).update(serverId).digest()
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '0'.repeat(64), 'hex')
  return timingSafeEqual(right, given)
}

function unknown(): HttpError {
  return new HttpError(404, 'Nothing is known of this guest.')
}
