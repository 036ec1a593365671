import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Guest, readGuest } from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import type { RawQuery } from '../paging.ts'

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
  const guest = await readGuest(x.plane.kernel, serverId)
  if (!guest || guest.server.projectId !== projectId) throw unknown()
  return guest
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
