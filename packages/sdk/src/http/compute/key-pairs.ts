import {
  type Actor,
  CloudError,
  keyPairCreate,
  keyPairDelete,
  keyPairGet,
  keyPairList,
} from '@nephos/core'
import {
  keyPairBody,
  keyPairCreated,
  keyPairNew,
  keyPairSummary,
} from '../../wire/compute/key-pair.ts'
import { requireVersions } from '../../wire/compute/version.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, nextUrl, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { newCertificate, newKeys } from './new-keys.ts'

/** As whom key pairs are handled: administrators may name a user since 2.10. */
function ownerOf(x: Exchange<unknown, unknown>, userId: string | undefined): Actor {
  const { actor } = x
  if (userId === undefined || userId === actor.userId) return actor
  x.requireOperator()
  return { ...actor, userId }
}

function userOf(x: Exchange<unknown, unknown>): string | undefined {
  return x.version >= 10 ? (x.search.get('user_id') ?? undefined) : undefined
}

/** @throws CloudError `notFound`: what is no name names nothing. */
function nameOf(x: Exchange<unknown, unknown>): string {
  const name = x.param('keypair_name')
  if (name.length <= 255 && name.trim() === name && !/\p{Cc}/u.test(name)) return name
  throw new CloudError('notFound', 'Keypair not found.', { field: 'name' })
}

/** https://docs.openstack.org/api-ref/compute/#keypairs-keypairs */
export const keyPairs: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.keypairs.list',
    method: 'GET',
    path: '/os-keypairs',
    summary: 'Lists key pairs of the user.',
    access: 'token',
    operations: [keyPairList, keyPairGet],
    status: 200,
    async run(x) {
      const owner = ownerOf(x, userOf(x))
      const paged = x.version >= 35
      const { limit } = paged ? pageOf(x.query) : { limit: 1_000 }
      const name = paged ? first(x.query, 'marker') : undefined
      const after = name === undefined ? undefined : await markerOf(x, owner, name)
      const page = { limit, ...(after !== undefined && { marker: after }) }
      const rows = await x.invokeAs(owner, keyPairList, page)
      const last = rows.at(-1)
      const isFull = paged && x.search.has('limit') && rows.length === limit && last
      return json({
        keypairs: rows.map((row) => ({ keypair: keyPairSummary(row, x.version) })),
        ...(isFull && {
          keypairs_links: [
            { rel: 'next', href: nextUrl(x.url('/os-keypairs'), x.search, last.name) },
          ],
        }),
      })
    },
  }),
  endpoint({
    id: 'compute.keypairs.create',
    method: 'POST',
    path: '/os-keypairs',
    summary: 'Imports a public key; until 2.91, makes a pair when none is given.',
    access: 'token',
    operations: [keyPairCreate],
    body: keyPairNew,
    status: 201,
    async run(x) {
      const { keypair } = x.body
      requireVersions(keypair, { type: { since: 2 }, user_id: { since: 10 } }, x.version)
      const { name, public_key: given } = keypair
      requireKeyName(name, x.version)
      if (given === undefined && x.version >= 92) {
        throw new CloudError('invalid', 'public_key: is a required property.', {
          field: 'public_key',
        })
      }
      const owner = ownerOf(x, keypair.user_id)
      const { type = 'ssh' } = keypair
      const make = type === 'x509' ? newCertificate : newKeys
      const made = given === undefined ? await make(x.plane.kernel.clock.now()) : undefined
      const publicKey = given ?? (made?.publicKey as string)
      const pair = await x.invokeAs(owner, keyPairCreate, { name, publicKey, type })
      const status = x.version >= 2 ? 201 : 200
      return json({ keypair: keyPairCreated(pair, x.version, made?.privateKey) }, { status })
    },
  }),
  endpoint({
    id: 'compute.keypairs.show',
    method: 'GET',
    path: '/os-keypairs/{keypair_name}',
    summary: 'Shows a key pair of the user.',
    access: 'token',
    operations: [keyPairGet],
    status: 200,
    async run(x) {
      const pair = await x.invokeAs(ownerOf(x, userOf(x)), keyPairGet, { name: nameOf(x) })
      return json({ keypair: keyPairBody(pair, x.version) })
    },
  }),
  endpoint({
    id: 'compute.keypairs.delete',
    method: 'DELETE',
    path: '/os-keypairs/{keypair_name}',
    summary: 'Deletes a key pair of the user.',
    access: 'token',
    operations: [keyPairDelete],
    status: 204,
    async run(x) {
      await x.invokeAs(ownerOf(x, userOf(x)), keyPairDelete, { name: nameOf(x) })
      return x.version >= 2 ? nothing : { status: 202 }
    },
  }),
]

async function markerOf(
  x: Exchange<unknown, unknown>,
  owner: Actor,
  name: string,
): Promise<string> {
  try {
    return (await x.invokeAs(owner, keyPairGet, { name })).id
  } catch {
    throw new CloudError('invalid', `Marker ${name.slice(0, 255)} was not found.`, {
      field: 'marker',
    })
  }
}

/** Before 2.92, names are of few letters. @throws CloudError `invalid`. */
function requireKeyName(name: string, version: number): void {
  const form = version >= 92 ? /^[\w\-@. ]+$/ : /^[\w\- ]+$/
  if (form.test(name) && name.trim() !== '') return
  throw new CloudError('invalid', 'Keypair name contains unsafe characters.', { field: 'name' })
}
