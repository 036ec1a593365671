import { CloudError, snapshotGet, snapshotUpdate, volumeGet, volumeUpdate } from '@nephos/core'
import { z } from 'zod'
import { textsField } from '../../wire/volume/common.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { seer } from './common.ts'

type Items = Readonly<Record<string, string>>

/** What is done to metadata: replaced, or changed by items. */
interface Change {
  readonly metadata?: Items
  readonly addMetadata?: Items
  readonly removeMetadata?: string[]
}

/** What has metadata, and how it is read and written. */
interface Owner {
  readonly noun: 'volume' | 'snapshot'
  readonly read: (x: Exchange<unknown, unknown>, id: string) => Promise<Items>
  readonly write: (x: Exchange<unknown, unknown>, id: string, change: Change) => Promise<Items>
}

const ofVolumes: Owner = {
  noun: 'volume',
  read: async (x, id) => (await x.invokeAs(seer(x), volumeGet, { id })).metadata,
  write: async (x, id, change) => (await x.invokeAny(volumeUpdate, { id, ...change })).metadata,
}

const ofSnapshots: Owner = {
  noun: 'snapshot',
  read: async (x, id) => (await x.invokeAs(seer(x), snapshotGet, { id })).metadata,
  write: async (x, id, change) => (await x.invokeAny(snapshotUpdate, { id, ...change })).metadata,
}

const itemsBody = z.strictObject({ metadata: textsField })
const itemBody = z.strictObject({ meta: textsField })

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-metadata-for-volume */
function metadataOf(owner: Owner): readonly EndpointRow[] {
  return [...wholeOf(owner), ...itemsOf(owner)]
}

/** What all endpoints of a noun's metadata have in common. */
function commonOf(noun: Owner['noun']) {
  const operations = noun === 'volume' ? [volumeGet, volumeUpdate] : [snapshotGet, snapshotUpdate]
  const variable = `${noun}_id`
  const path = `/${noun}s/{${variable}}/metadata`
  return { variable, path, common: { access: 'token', operations, status: 200 } as const }
}

function wholeOf({ noun, read, write }: Owner): readonly EndpointRow[] {
  const { variable, path, common } = commonOf(noun)
  return [
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.list`,
      method: 'GET',
      path,
      summary: `Shows the metadata of a ${noun}.`,
      run: async (x) => json({ metadata: await read(x, x.param(variable)) }),
    }),
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.create`,
      method: 'POST',
      path,
      summary: `Adds metadata to a ${noun}.`,
      body: itemsBody,
      async run(x) {
        const addMetadata = x.body.metadata
        return json({ metadata: await write(x, x.param(variable), { addMetadata }) })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.replace`,
      method: 'PUT',
      path,
      summary: `Replaces the metadata of a ${noun}.`,
      body: itemsBody,
      async run(x) {
        return json({ metadata: await write(x, x.param(variable), x.body) })
      },
    }),
  ]
}

function itemsOf({ noun, read, write }: Owner): readonly EndpointRow[] {
  const { variable, path, common } = commonOf(noun)
  return [
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.get`,
      method: 'GET',
      path: `${path}/{key}`,
      summary: `Shows one item of the metadata of a ${noun}.`,
      async run(x) {
        const key = x.param('key')
        const value = itemOf(await read(x, x.param(variable)), key)
        return json({ meta: { [key]: value } })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.set`,
      method: 'PUT',
      path: `${path}/{key}`,
      summary: `Sets one item of the metadata of a ${noun}.`,
      body: itemBody,
      async run(x) {
        const key = x.param('key')
        const value = x.body.meta[key]
        if (value === undefined || Object.keys(x.body.meta).length !== 1) {
          return x.refuse(400, 'The body names another item than the path.', 'meta')
        }
        await write(x, x.param(variable), { addMetadata: { [key]: value } })
        return json({ meta: { [key]: value } })
      },
    }),
    endpoint({
      ...common,
      id: `volume.${noun}Metadata.delete`,
      method: 'DELETE',
      path: `${path}/{key}`,
      summary: `Removes one item of the metadata of a ${noun}.`,
      async run(x) {
        await write(x, x.param(variable), { removeMetadata: [x.param('key')] })
        return nothing
      },
    }),
  ]
}

function itemOf(items: Items, key: string): string {
  const [, value] = Object.entries(items).find(([name]) => name === key) ?? []
  if (value !== undefined) return value
  throw new CloudError('notFound', 'No such item of metadata.', { field: 'key' })
}

/** Metadata of volumes and snapshots, item by item. */
export const metadata: readonly EndpointRow[] = [
  ...metadataOf(ofVolumes),
  ...metadataOf(ofSnapshots),
]
