import {
  transferAccept,
  transferCreate,
  transferDelete,
  transferGet,
  transferList,
  type TransferView,
} from '@nephos/core'
import { transferAcceptBody, transferBody, transferCreateBody } from '../../wire/volume/other.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { linksOf, pageBody, reach, seer } from './common.ts'

/** Two ways to the same: the older one, and the one that can leave snapshots behind. */
const places = [
  { collection: 'os-volume-transfer', noun: 'oldTransfers' },
  { collection: 'volume-transfers', noun: 'transfers', since: 55 },
] as const

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly TransferView[]> {
  const { actor, projectId } = reach(x)
  const name = first(x.query, 'name')
  const rows = await x.invokeAs(actor, transferList, {
    ...pageOf(x.query),
    ...(name !== undefined && { name }),
  })
  return rows.filter((row) => projectId === undefined || row.projectId === projectId)
}

interface Place {
  readonly collection: string
  readonly noun: string
  readonly since?: number
}

function bodyOf(x: Exchange<unknown, unknown>, { collection }: Place, row: TransferView) {
  return transferBody(row, { links: linksOf(x, collection, row.id), version: x.version })
}

function listsAt(place: Place): readonly EndpointRow[] {
  const { collection, noun, since } = place
  return [false, true].map((isDetailed) => {
    const path = isDetailed ? `/${collection}/detail` : `/${collection}`
    return endpoint({
      access: 'token',
      ...(since !== undefined && { since }),
      id: `volume.${noun}.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: 'Lists volumes on offer.',
      operations: [transferList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const items = rows.map((row) => {
          const links = linksOf(x, collection, row.id)
          const { id, name, volumeId } = row
          return isDetailed ? bodyOf(x, place, row) : { id, name, volume_id: volumeId, links }
        })
        return json(pageBody(x, { name: 'transfers', path, items, last: rows.at(-1)?.id }))
      },
    })
  })
}

function transfersAt(place: Place): readonly EndpointRow[] {
  const { collection, noun, since } = place
  const common = { access: 'token', ...(since !== undefined && { since }) } as const
  return [
    endpoint({
      ...common,
      id: `volume.${noun}.create`,
      method: 'POST',
      path: `/${collection}`,
      summary: 'Offers a volume; the key that takes it is shown this once.',
      operations: [transferCreate],
      body: transferCreateBody,
      status: 202,
      async run(x) {
        const { volume_id: volumeId, name, no_snapshots: noSnapshots } = x.body.transfer
        const made = await x.invoke(transferCreate, {
          volumeId,
          name: name ?? '',
          withSnapshots: !(x.version >= 55 && noSnapshots === true),
        })
        return json({ transfer: { ...bodyOf(x, place, made), auth_key: made.authKey } })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}.get`,
      method: 'GET',
      path: `/${collection}/{transfer_id}`,
      summary: 'Shows a volume on offer.',
      operations: [transferGet],
      status: 200,
      async run(x) {
        const row = await x.invokeAs(seer(x), transferGet, { id: x.param('transfer_id') })
        return json({ transfer: bodyOf(x, place, row) })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}.accept`,
      method: 'POST',
      path: `/${collection}/{transfer_id}/accept`,
      summary: 'Takes an offered volume.',
      operations: [transferAccept],
      body: transferAcceptBody,
      status: 202,
      async run(x) {
        const id = x.param('transfer_id')
        const made = await x.invoke(transferAccept, { id, authKey: x.body.accept.auth_key })
        const links = linksOf(x, collection, id)
        return json({ transfer: { id, name: made.name, volume_id: made.volumeId, links } })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}.delete`,
      method: 'DELETE',
      path: `/${collection}/{transfer_id}`,
      summary: 'Takes an offer back.',
      operations: [transferDelete],
      status: 202,
      async run(x) {
        await x.invokeAny(transferDelete, { id: x.param('transfer_id') })
        return nothing
      },
    }),
  ]
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#volume-transfer */
export const transfers: readonly EndpointRow[] = places.flatMap((place) => [
  ...listsAt(place),
  ...transfersAt(place),
])
