import { type Actor, downloadImage, nodeDigest, SeededRandom, uploadImage } from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim } from './aim.ts'
import { createImage } from './image-records.ts'

const mostBytes = 4_096
const mostChunks = 4
/** Longer than an upload keeps its lease without a byte. */
const stallMs = 700_000

/** The bytes that a seed stands for: what an image was filled with is remembered as a number. */
export function content(seed: number): Uint8Array {
  const random = new SeededRandom(seed)
  return random.bytes(random.uint32() % mostBytes)
}

/** Notes that the image may hold these bytes, or does. Everybody who may read it compares. */
export function expectBytes(tenant: Tenant, id: string, seed: number, isSure: boolean): void {
  tenant.common.add(`${isSure ? 'bytes' : 'perhaps bytes'} of ${id}`, String(seed))
}

interface UploadChoices {
  readonly as?: Actor
  /** True: says the length and a digest beforehand. */
  readonly declared?: boolean
  /** Milliseconds between two chunks. */
  readonly pauseMs?: number
}

/** Uploads fresh bytes. An upload is never repeated: nobody knows how far it came. */
export async function upload(
  tenant: Tenant,
  id: string,
  choices: UploadChoices = {},
): Promise<boolean> {
  const seed = tenant.chance.uint32()
  const bytes = content(seed)
  const { as = tenant.member, declared = false, pauseMs = 0 } = choices
  const sha256 = { algorithm: 'sha256', value: nodeDigest.hash('sha256', bytes) } as const
  const input = { id, ...(declared ? { size: bytes.length, checksum: sha256 } : {}) }
  const parts = tenant.chance.whole(1, mostChunks)
  // Before: others may read them before the answer comes.
  expectBytes(tenant, id, seed, false)
  const outcome = await tenant.attempt(
    'image.data.upload',
    (plane, signal) =>
      uploadImage(plane.kernel, as, input, chunks(tenant, bytes, parts, pauseMs), { signal }),
    false,
  )
  if (outcome.end !== 'ok') return false
  expectBytes(tenant, id, seed, true)
  const { size, sha256: found } = outcome.answer
  if (size !== bytes.length || found !== sha256.value) {
    tenant.report(30, id, `an upload of ${bytes.length} bytes was answered with ${size}`)
  }
  return true
}

export async function* chunks(
  tenant: Tenant,
  bytes: Uint8Array,
  parts: number,
  pauseMs: number,
): AsyncGenerator<Uint8Array> {
  const length = Math.ceil(bytes.length / parts)
  for (let at = 0; at < bytes.length; at += length) {
    if (pauseMs > 0) await tenant.rest(pauseMs)
    yield bytes.subarray(at, at + length)
  }
}

const uploadBytes: Action = {
  name: 'upload an image',
  weight: 5,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'empty image', (maker) => createImage(maker))
    const pauseMs = chance.happens(0.3) ? chance.pick([200, 5_000, 40_000]) : 0
    const isDone = await upload(tenant, id, {
      declared: chance.happens(0.5),
      ...(pauseMs === undefined ? {} : { pauseMs }),
    })
    if (!isDone) return
    tenant.known.remove('empty image', id)
    tenant.known.add('full image', id)
  },
}

/** Bytes that are not those declared are refused, and leave the image as it was. */
const uploadWrong: Action = {
  name: 'upload other bytes than declared',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'empty image', (maker) => createImage(maker))
    const bytes = content(chance.uint32())
    const wrong = chance.pick([
      { size: bytes.length + 1 },
      {
        size: Math.max(0, bytes.length - 1),
        checksum: { algorithm: 'md5', value: '0'.repeat(32) },
      },
      { checksum: { algorithm: 'sha512', value: 'f'.repeat(128) } },
    ] as const)
    const outcome = await tenant.attempt(
      'image.data.upload',
      (plane, signal) =>
        uploadImage(plane.kernel, tenant.member, { id, ...wrong }, chunks(tenant, bytes, 2, 0), {
          signal,
        }),
      false,
    )
    if (outcome.end === 'ok') tenant.report(30, id, 'bytes other than those declared were taken')
  },
}

/** The caller goes away in the middle; or stays, and sends nothing for too long. */
const uploadAbandoned: Action = {
  name: 'abandon an upload',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'empty image', (maker) => createImage(maker))
    const pauseMs = chance.happens(0.8) ? 50_000 : stallMs
    if (await upload(tenant, id, { pauseMs })) {
      tenant.known.remove('empty image', id)
      tenant.known.add('full image', id)
    } else {
      tenant.sometimes('an upload was abandoned')
    }
  },
}

/** Two callers fill one image: the bytes are those of one of them. */
const uploadTwice: Action = {
  name: 'upload an image twice at once',
  weight: 1,
  run: async (tenant) => {
    const image = await createImage(tenant)
    if (!image) return
    const done = await Promise.all([upload(tenant, image.id), upload(tenant, image.id)])
    if (done.every(Boolean)) tenant.report(30, image.id, 'two uploads of one image were taken')
    if (!done.some(Boolean)) return
    tenant.known.remove('empty image', image.id)
    tenant.known.add('full image', image.id)
  },
}

const download: Action = {
  name: 'download an image',
  weight: 4,
  run: async (tenant) => {
    const { chance, known, common } = tenant
    const offered = common.pick(`images offered to ${tenant.projectId}`, chance)
    const own = known.pick('full image', chance) ?? common.pick('public image', chance)
    const id = (chance.happens(0.2) ? offered : undefined) ?? own
    if (id === undefined) return
    const range = chance.happens(0.2)
      ? { start: chance.whole(0, 40), end: chance.whole(40, 400) }
      : {}
    const isOperator = chance.happens(0.1)
    const outcome = await tenant.attempt(
      'image.data.download',
      async (plane, signal) => {
        const as = isOperator ? tenant.operator : tenant.member
        const found = await downloadImage(plane.kernel, as, { id, ...range }, { signal })
        const parts: Uint8Array[] = []
        for await (const part of found.bytes) parts.push(part)
        return { start: found.start, end: found.end, bytes: joined(parts) }
      },
      true,
    )
    if (outcome.end === 'ok') compare(tenant, id, outcome.answer)
  },
}

function compare(
  tenant: Tenant,
  id: string,
  found: { readonly start: number; readonly end: number; readonly bytes: Uint8Array },
): void {
  const sure = tenant.common.all(`bytes of ${id}`)
  const seeds = sure.length > 0 ? sure : tenant.common.all(`perhaps bytes of ${id}`)
  const { start, end, bytes } = found
  const isOne = seeds.some((seed) => same(content(Number(seed)).subarray(start, end), bytes))
  if (isOne) tenant.sometimes('downloaded bytes were compared')
  else tenant.report(30, id, `${bytes.length} bytes were read that nobody wrote`)
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

export const imageDataActions: readonly Action[] = [
  uploadBytes,
  uploadWrong,
  uploadAbandoned,
  uploadTwice,
  download,
]
