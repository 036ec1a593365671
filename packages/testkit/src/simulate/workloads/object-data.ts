import {
  copyObject,
  downloadObject,
  multipartUploadAbort,
  multipartUploadComplete,
  multipartUploadCreate,
  multipartUploadList,
  objectGet,
  objectManifestCheck,
  objectManifestGet,
  objectPartList,
  type ObjectView,
  SeededRandom,
  storeManifest,
  uploadObject,
  uploadObjectPart,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { mutate } from './create.ts'
import { aimContainer, objectName } from './object-names.ts'

const mostBytes = 3_000
const mostChunks = 3
/** Longer than an upload may be silent. */
const stallMs = 700_000

/** The bytes that a seed stands for: what objects were filled with is remembered as numbers. */
function content(seed: number): Uint8Array {
  const random = new SeededRandom(seed)
  return random.bytes(random.uint32() % mostBytes)
}

/** Under which everybody of the project remembers what an object may hold. */
function held(tenant: Tenant, container: string, name: string): string {
  return `bytes of ${tenant.projectId} ${container} ${name}`
}

async function* chunks(
  tenant: Tenant,
  bytes: Uint8Array,
  pauseMs: number,
): AsyncGenerator<Uint8Array> {
  const length = Math.max(1, Math.ceil(bytes.length / tenant.chance.whole(1, mostChunks)))
  for (let at = 0; at < bytes.length; at += length) {
    if (pauseMs > 0) await tenant.rest(pauseMs)
    yield bytes.subarray(at, at + length)
  }
}

/** Stores fresh bytes. An upload is never repeated: nobody knows how far it came. */
export async function putObject(
  tenant: Tenant,
  container: string,
  name: string,
  more: object = {},
  pauseMs = 0,
): Promise<ObjectView | undefined> {
  const seed = tenant.chance.uint32()
  const bytes = content(seed)
  // Before: others may read them before the answer comes.
  tenant.common.add(held(tenant, container, name), String(seed))
  const outcome = await tenant.attempt(
    'object.data.upload',
    (plane, signal) =>
      uploadObject(
        plane.kernel,
        tenant.member,
        { container, name, ...more },
        chunks(tenant, bytes, pauseMs),
        { signal },
      ),
    false,
  )
  if (outcome.end !== 'ok') return undefined
  if (outcome.answer.size !== bytes.length) {
    tenant.report(30, name, `${bytes.length} bytes were stored as ${outcome.answer.size}`)
  }
  return outcome.answer
}

const store: Action = {
  name: 'store an object',
  weight: 6,
  run: async (tenant) => {
    const { chance } = tenant
    const more = chance.pick([{}, {}, { metadata: { owner: tenant.name } }, { ifNoneMatch: '*' }])
    const pauseMs = chance.happens(0.2) ? (chance.pick([200, 5_000]) as number) : 0
    await putObject(tenant, await aimContainer(tenant), objectName(tenant), more, pauseMs)
  },
}

const abandon: Action = {
  name: 'abandon the storing of an object',
  weight: 1,
  run: async (tenant) => {
    const pauseMs = tenant.chance.happens(0.8) ? 50_000 : stallMs
    const container = await aimContainer(tenant)
    const done = await putObject(tenant, container, objectName(tenant), {}, pauseMs)
    if (!done) tenant.sometimes('the storing of an object was abandoned')
  },
}

/** Two callers store under one name: the bytes are those of one of them. */
const storeTwice: Action = {
  name: 'store an object twice at once',
  weight: 2,
  run: async (tenant) => {
    const container = await aimContainer(tenant)
    const name = objectName(tenant)
    await Promise.all([putObject(tenant, container, name), putObject(tenant, container, name)])
  },
}

/** Bytes that are not those declared are refused. */
const storeWrong: Action = {
  name: 'store other bytes than declared',
  weight: 1,
  run: async (tenant) => {
    const value = '0'.repeat(64)
    const checksum = { algorithm: 'sha256', value }
    const wrong = tenant.chance.pick([{ checksum }, { size: mostBytes }, { size: 0, checksum }])
    const container = await aimContainer(tenant)
    if (await putObject(tenant, container, objectName(tenant), wrong)) {
      tenant.report(30, container, 'bytes other than those declared were taken')
    }
  },
}

async function readBytes(
  tenant: Tenant,
  container: string,
  name: string,
): Promise<Uint8Array | undefined> {
  const outcome = await tenant.attempt(
    'object.data.download',
    async (plane, signal) => {
      const input = { container, name }
      const found = await downloadObject(plane.kernel, tenant.member, input, { signal })
      const parts: Uint8Array[] = []
      for await (const part of found.bytes) parts.push(part)
      return joined(parts)
    },
    true,
  )
  return outcome.end === 'ok' ? outcome.answer : undefined
}

const load: Action = {
  name: 'read an object',
  weight: 5,
  run: async (tenant) => {
    const container = await aimContainer(tenant)
    const name = objectName(tenant)
    if (tenant.chance.happens(0.5)) await putObject(tenant, container, name)
    await tenant.call(objectGet, { container, name })
    const bytes = await readBytes(tenant, container, name)
    if (!bytes) return
    const seeds = tenant.common.all(held(tenant, container, name))
    if (seeds.some((seed) => same(content(Number(seed)), bytes))) {
      tenant.sometimes('bytes of an object were compared')
    } else {
      tenant.report(30, `${container}/${name}`, `${bytes.length} bytes were read that nobody wrote`)
    }
  },
}

const copy: Action = {
  name: 'copy an object',
  weight: 1,
  run: async (tenant) => {
    const container = await aimContainer(tenant)
    const name = 'a'
    await putObject(tenant, container, name)
    const input = { container, name, to: { container, name: 'copy' } }
    await tenant.attempt(
      'object.data.copy',
      (plane, signal) => copyObject(plane.kernel, tenant.member, input, { signal }),
      false,
    )
  },
}

/** An object made of two others; one of which may be replaced before it is read. */
const join: Action = {
  name: 'store a static large object',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    const stored = [
      await putObject(tenant, container, 'part-1'),
      await putObject(tenant, container, 'part-2'),
    ].filter((one) => (one?.size ?? 0) > 0)
    const segments = stored.map((one) => ({ container, name: one?.name as string }))
    if (segments.length === 0) return
    await tenant.call(objectManifestCheck, { segments })
    const input = { container, name: 'whole', segments }
    const outcome = await tenant.attempt(
      'object.data.join',
      (plane, signal) => storeManifest(plane.kernel, tenant.member, input, { signal }),
      false,
    )
    if (outcome.end !== 'ok') return
    await tenant.call(objectManifestGet, { container, name: 'whole' })
    if (chance.happens(0.3)) await putObject(tenant, container, 'part-1')
    await readBytes(tenant, container, 'whole')
  },
}

/** An object in parts; whose end somebody else may bring about. */
const multipart: Action = {
  name: 'store an object in parts',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const container = await aimContainer(tenant)
    const path = { container, name: objectName(tenant) }
    const begun = await mutate(tenant, multipartUploadCreate, path)
    if (begun.end !== 'ok') return
    const upload = { ...path, uploadId: begun.answer.id }
    const putPart = async (): Promise<string | undefined> => {
      const seed = tenant.chance.uint32()
      const bytes = content(seed)
      tenant.common.add(held(tenant, container, path.name), String(seed))
      const outcome = await tenant.attempt(
        'object.data.part',
        (plane, signal) =>
          uploadObjectPart(
            plane.kernel,
            tenant.member,
            { ...upload, number: 1 },
            chunks(tenant, bytes, 0),
            { signal },
          ),
        false,
      )
      return outcome.end === 'ok' ? outcome.answer.etag : undefined
    }
    const etag = await putPart()
    await tenant.call(multipartUploadList, { container })
    await tenant.call(objectPartList, upload)
    if (etag === undefined || chance.happens(0.2)) {
      await tenant.call(multipartUploadAbort, upload)
      return
    }
    await Promise.all([
      mutate(tenant, multipartUploadComplete, { ...upload, parts: [{ number: 1, etag }] }),
      chance.happens(0.2) ? putPart() : undefined,
      chance.happens(0.2) ? tenant.call(multipartUploadAbort, upload) : undefined,
    ])
    await readBytes(tenant, container, path.name)
    tenant.sometimes('an object was stored in parts')
  },
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export const objectDataActions: readonly Action[] = [
  store,
  abandon,
  storeTwice,
  storeWrong,
  load,
  copy,
  join,
  multipart,
]
