import {
  qosCreate,
  qosDelete,
  qosGet,
  qosList,
  qosUpdate,
  volumeTypeList,
  volumeTypeUpdate,
} from '@nephos/core'
import { z } from 'zod'
import { textsField } from '../../wire/volume/common.ts'
import { qosBody } from '../../wire/volume/volume-type.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { linksOf, oneOf, pageBody } from './common.ts'

const consumers = ['front-end', 'back-end', 'both'] as const
const path = '/qos-specs/{qos_id}'

/** Types that have it: one read. */
async function typesWith(x: Exchange<unknown, unknown>, qosId: string) {
  const types = await x.invokeAs(x.requireOperator(), volumeTypeList, {})
  return types.filter((type) => type.qosId === qosId)
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#quality-of-service-qos-specifications-qos-specs */
export const qos: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.qos.list',
    method: 'GET',
    path: '/qos-specs',
    summary: 'Lists limits of speed.',
    access: 'token',
    operations: [qosList],
    status: 200,
    async run(x) {
      const rows = await x.invoke(qosList, pageOf(x.query))
      const items = rows.map((row) => qosBody(row))
      return json(
        pageBody(x, { name: 'qos_specs', path: '/qos-specs', items, last: rows.at(-1)?.id }),
      )
    },
  }),
  endpoint({
    id: 'volume.qos.create',
    method: 'POST',
    path: '/qos-specs',
    summary: 'Creates limits of speed.',
    access: 'token',
    operations: [qosCreate],
    statuses: { conflict: 409 },
    body: z.strictObject({ qos_specs: textsField }),
    status: 200,
    async run(x) {
      const { name, consumer = 'back-end', ...specs } = x.body.qos_specs
      if (name === undefined || name.trim() === '') return x.refuse(400, 'name: is needed.', 'name')
      const row = await x.invoke(qosCreate, {
        name: name.trim(),
        consumer: oneOf(consumers, consumer, 'consumer'),
        specs,
      })
      return json({ qos_specs: qosBody(row), links: linksOf(x, 'qos-specs', row.id) })
    },
  }),
  endpoint({
    id: 'volume.qos.get',
    method: 'GET',
    path,
    summary: 'Shows limits of speed.',
    access: 'token',
    operations: [qosGet],
    status: 200,
    async run(x) {
      const row = await x.invoke(qosGet, { id: x.param('qos_id') })
      return json({ qos_specs: qosBody(row), links: linksOf(x, 'qos-specs', row.id) })
    },
  }),
  endpoint({
    id: 'volume.qos.update',
    method: 'PUT',
    path,
    summary: 'Sets limits of speed.',
    access: 'token',
    operations: [qosGet, qosUpdate],
    body: z.strictObject({ qos_specs: textsField }),
    status: 200,
    async run(x) {
      const id = x.param('qos_id')
      const { consumer, ...added } = x.body.qos_specs
      const { specs } = await x.invoke(qosGet, { id })
      await x.invoke(qosUpdate, {
        id,
        specs: { ...specs, ...added },
        ...(consumer !== undefined && { consumer: oneOf(consumers, consumer, 'consumer') }),
      })
      return json({ qos_specs: x.body.qos_specs })
    },
  }),
  endpoint({
    id: 'volume.qos.deleteKeys',
    method: 'PUT',
    path: `${path}/delete_keys`,
    summary: 'Removes limits of speed.',
    access: 'token',
    operations: [qosGet, qosUpdate],
    body: z.strictObject({ keys: z.array(z.string()).max(1_000) }),
    status: 202,
    async run(x) {
      const id = x.param('qos_id')
      const { specs } = await x.invoke(qosGet, { id })
      const { keys } = x.body
      if (keys.some((key) => !Object.keys(specs).includes(key))) {
        x.refuse(400, 'keys: one of them is not there.', 'keys')
      }
      const kept = Object.entries(specs).filter(([key]) => !keys.includes(key))
      await x.invoke(qosUpdate, { id, specs: Object.fromEntries(kept) })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.qos.delete',
    method: 'DELETE',
    path,
    summary: 'Deletes limits of speed; with `force`, types that have them lose them.',
    access: 'token',
    operations: [qosDelete, volumeTypeList, volumeTypeUpdate],
    status: 202,
    async run(x) {
      const id = x.param('qos_id')
      if (flag(x.query, 'force') === true) await release(x, id)
      await x.invoke(qosDelete, { id })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.qos.associations',
    method: 'GET',
    path: `${path}/associations`,
    summary: 'Lists the types that have these limits.',
    access: 'token',
    operations: [qosGet, volumeTypeList],
    status: 200,
    async run(x) {
      const { id } = await x.invoke(qosGet, { id: x.param('qos_id') })
      const items = (await typesWith(x, id)).map((type) => ({
        association_type: 'volume_type',
        id: type.id,
        name: type.name,
      }))
      return json({ qos_associations: items })
    },
  }),
  ...(['associate', 'disassociate'] as const).map((verb) =>
    endpoint({
      id: `volume.qos.${verb}`,
      method: 'GET',
      path: `${path}/${verb}`,
      summary: verb === 'associate' ? 'Gives a type these limits.' : 'Takes them from a type.',
      access: 'token',
      operations: [qosGet, volumeTypeUpdate],
      status: 202,
      async run(x) {
        const { id } = await x.invoke(qosGet, { id: x.param('qos_id') })
        const typeId = first(x.query, 'vol_type_id')
        if (typeId === undefined) return x.refuse(400, 'vol_type_id: is needed.', 'vol_type_id')
        await x.invoke(volumeTypeUpdate, { id: typeId, qosId: verb === 'associate' ? id : null })
        return nothing
      },
    }),
  ),
  endpoint({
    id: 'volume.qos.disassociateAll',
    method: 'GET',
    path: `${path}/disassociate_all`,
    summary: 'Takes these limits from all types.',
    access: 'token',
    operations: [qosGet, volumeTypeList, volumeTypeUpdate],
    status: 202,
    async run(x) {
      const { id } = await x.invoke(qosGet, { id: x.param('qos_id') })
      await release(x, id)
      return nothing
    },
  }),
]

/** As many changes as types have it: few, and for operators. */
async function release(x: Exchange<unknown, unknown>, qosId: string): Promise<void> {
  for (const type of await typesWith(x, qosId)) {
    await x.invoke(volumeTypeUpdate, { id: type.id, qosId: null }, { step: type.id })
  }
}
