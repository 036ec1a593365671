import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { actorOf, findings, newProject } from '../../../test/identity-kernel.ts'
import { imageWorld, type ImageWorld } from '../../../test/image-world.ts'
import { gib, qcow2Image } from '../../../test/disk-headers.ts'
import { Gate, readAll, streamOf, textStream } from '../../../test/streams.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import type { Project } from '../../model/identity/project.ts'
import { invoke } from '../operation.ts'
import { imageDelete } from './delete.ts'
import { downloadImage } from './download.ts'
import { imageCreate, imageUpdate } from './image.ts'
import { reconcileImageBytes } from './reconcile.ts'
import { imageUploadFail, uploadImage } from './upload.ts'

let world: ImageWorld
let owner: Project
let id: string
beforeEach(async () => {
  world = await imageWorld()
  owner = world.owner
  id = world.id
})

const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

/** What a failed upload leaves: an image to upload again, no bytes, no charge. */
async function expectUntouched(): Promise<void> {
  expect(await world.row()).toMatchObject({ status: 'queued', upload: null, digests: null })
  expect(await world.keys()).toEqual([])
  expect(await findings(world.kernel)).toEqual([])
}

describe('I5: an upload', () => {
  it.each([5, null, undefined, 'text', {}, [new Uint8Array(1)]])(
    'refuses %o as data',
    async (data) => {
      const upload = uploadImage(world.kernel, actorOf(owner), { id }, data as never)
      await expect(upload).rejects.toMatchObject({ code: 'invalid', field: 'data' })
      await expectUntouched()
      expect(await world.row()).toMatchObject({ attempt: 0 })
    },
  )

  it('refuses options that are no object', async () => {
    const upload = uploadImage(world.kernel, actorOf(owner), { id }, textStream('x'), null as never)
    await expect(upload).rejects.toMatchObject({ code: 'invalid', field: 'options' })
  })

  it('stores, hashes and charges all bytes', async () => {
    expect(await world.upload('hello', { size: 5 })).toMatchObject({
      status: 'active',
      size: 5,
      checksum: hash('md5', 'hello'),
      sha256: hash('sha256', 'hello'),
      osHashAlgo: 'sha512',
      osHashValue: hash('sha512', 'hello'),
    })
    expect(await world.keys()).toEqual([`${id}-1`])
    expect(await findings(world.kernel)).toEqual([])
  })

  it('of bytes that are no raw image, or reach for other files, leaves nothing', async () => {
    const backed = qcow2Image(gib, (view) => view.setBigUint64(8, 512n))
    for (const bytes of [qcow2Image(), backed]) {
      const upload = uploadImage(world.kernel, actorOf(owner), { id }, streamOf(bytes))
      await expect(upload).rejects.toMatchObject({
        code: 'invalid',
        field: 'diskFormat',
        detail: { declared: 'raw', found: ['qcow2'] },
      })
      await expectUntouched()
    }
  })

  it.each(['md5', 'sha256', 'sha512'] as const)('verifies a declared %s', async (algorithm) => {
    const wrong = { algorithm, value: hash(algorithm, 'other') }
    await expect(world.upload('hello', { checksum: wrong })).rejects.toMatchObject({
      code: 'checksumMismatch',
      field: 'checksum',
    })
    await expectUntouched()
    const right = { algorithm, value: hash(algorithm, 'hello').toUpperCase() }
    expect((await world.upload('hello', { checksum: right })).status).toBe('active')
    expect(await world.keys()).toEqual([`${id}-2`])
  })

  it('refuses fewer and more bytes than declared', async () => {
    const fewer = world.upload('hello', { size: 6 })
    await expect(fewer).rejects.toMatchObject({ code: 'invalid', field: 'size' })
    await expectUntouched()
    const more = world.upload('hello', { size: 4 })
    await expect(more).rejects.toMatchObject({ code: 'tooLarge', field: 'size', limit: 4 })
    await expectUntouched()
    expect((await world.upload('', { size: 0 })).size).toBe(0)
  })

  it('stops a hostile stream at the first chunk too many', async () => {
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent++
        yield new Uint8Array(10)
      }
    }
    await expect(
      uploadImage(world.kernel, actorOf(owner), { id, size: 25 }, endless()),
    ).rejects.toMatchObject({ code: 'tooLarge' })
    expect(sent).toBe(3)
    await expectUntouched()
  })

  it('stays within the quota, declared or not', async () => {
    const refusal = { code: 'quotaExceeded', field: 'imageBytes' }
    const declared = world.upload('x'.repeat(1_001), { size: 1_001 })
    await expect(declared).rejects.toMatchObject({ ...refusal, limit: 1_000 })
    expect((await world.row())?.attempt).toBe(0)
    await expect(world.upload('x'.repeat(1_001))).rejects.toMatchObject(refusal)
    await expectUntouched()
    expect((await world.upload('x'.repeat(1_000))).size).toBe(1_000)
  })

  it('stops at the first chunk beyond the quota', async () => {
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        if (++sent > 10) throw new Error('nobody stopped')
        yield new Uint8Array(400)
      }
    }
    await expect(
      uploadImage(world.kernel, actorOf(owner), { id }, endless()),
    ).rejects.toMatchObject({ code: 'quotaExceeded', field: 'imageBytes' })
    expect(sent).toBe(3)
    await expectUntouched()
  })

  it('is guarded again as it ends: two that fit alone do not fit together', async () => {
    const { kernel } = world
    const second = await invoke(kernel, actorOf(owner), imageCreate, { name: 'second' })
    const gate = new Gate()
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(600)
      await gate.opened
    }
    const first = uploadImage(kernel, actorOf(owner), { id }, slow())
    await uploadImage(kernel, actorOf(owner), { id: second.id }, streamOf(new Uint8Array(600)))
    gate.open()
    await expect(first).rejects.toMatchObject({ code: 'quotaExceeded', field: 'imageBytes' })
    expect(await world.row()).toMatchObject({ status: 'queued' })
    expect(await world.keys()).toEqual([`${second.id}-1`])
    expect(await findings(kernel)).toEqual([])
  })

  it('of one image at once: one wins, the others conflict', async () => {
    const texts = ['a', 'b', 'c', 'd']
    const results = await Promise.allSettled(texts.map((text) => world.upload(text)))
    const codes = results.map((r) => (r.status === 'fulfilled' ? 'active' : r.reason.code))
    expect(codes.filter((code) => code === 'active')).toHaveLength(1)
    expect(codes.filter((code) => code === 'conflict')).toHaveLength(3)
    expect(await world.keys()).toHaveLength(1)
    expect(await findings(world.kernel)).toEqual([])
  })

  it('happens once: an active image is not overwritten', async () => {
    await world.upload('first')
    await expect(world.upload('second')).rejects.toMatchObject({
      code: 'conflict',
      detail: { status: 'active' },
    })
    const { bytes } = await downloadImage(world.kernel, actorOf(owner), { id })
    expect(await readAll(bytes)).toBe('first')
  })

  it('that is aborted leaves nothing, and can be repeated', async () => {
    const controller = new AbortController()
    async function* data(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      controller.abort()
      yield new Uint8Array(10)
    }
    const { signal } = controller
    await expect(
      uploadImage(world.kernel, actorOf(owner), { id }, data(), { signal }),
    ).rejects.toMatchObject({ code: 'aborted' })
    await expectUntouched()
    expect((await world.upload('again')).status).toBe('active')
  })

  it('passes on what the source throws, as data', async () => {
    const cause = new Error('connection reset')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      throw cause
    }
    await expect(uploadImage(world.kernel, actorOf(owner), { id }, broken())).rejects.toMatchObject(
      { code: 'unavailable', cause },
    )
    await expectUntouched()
  })

  it('refuses chunks that are no bytes', async () => {
    async function* strings(): AsyncGenerator<Uint8Array> {
      yield 'text' as unknown as Uint8Array
    }
    await expect(
      uploadImage(world.kernel, actorOf(owner), { id }, strings()),
    ).rejects.toMatchObject({ code: 'invalid', field: 'data' })
    await expectUntouched()
  })

  it('does not trust an image store that loses bytes', async () => {
    const { images } = world
    const stores = [
      { put: async (...args: Parameters<typeof images.put>) => (await images.put(...args)) - 1 },
      { put: async () => 0 },
    ]
    for (const store of stores) {
      await expect(
        uploadImage(world.kernelWith(store), actorOf(owner), { id }, textStream('hello')),
      ).rejects.toMatchObject({ code: 'unavailable' })
      await expectUntouched()
    }
  })

  it.each([
    [{ size: -1 }, 'size'],
    [{ size: limits.imageBytes + 1 }, 'size'],
    [{ checksum: { algorithm: 'md5', value: 'ab' } }, 'checksum.value'],
    [{ checksum: { algorithm: 'crc32', value: 'ab' } }, 'checksum.algorithm'],
    [{ attempt: 7 }, 'attempt'],
  ])('refuses %j before anything is written', async (fields, field) => {
    await expect(world.upload('x', fields)).rejects.toMatchObject({ code: 'invalid', field })
    expect((await world.row())?.attempt).toBe(0)
  })

  it('is ended by nobody from another project', async () => {
    const { kernel } = world
    const stranger = actorOf(await newProject(world, 'stranger'))
    async function* data(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1)
      const steps = { id, attempt: 1 }
      const attack = await invoke(kernel, stranger, imageUploadFail, steps).catch((e) => e)
      const absent = { id: 'none', attempt: 1 }
      const guess = await invoke(kernel, stranger, imageUploadFail, absent).catch((e) => e)
      expect(attack.toJSON()).toMatchObject({ code: 'conflict' })
      expect(attack.toJSON()).toEqual(guess.toJSON())
    }
    expect((await uploadImage(kernel, actorOf(owner), { id }, data())).status).toBe('active')
  })

  it('is not for readers', async () => {
    await expect(
      uploadImage(world.kernel, actorOf(owner, 'reader'), { id }, textStream('x')),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('keeps its lease while bytes arrive, and lets the record be edited meanwhile', async () => {
    const { clock, kernel } = world
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (let chunk = 0; chunk < 4; chunk++) {
        await clock.advance(limits.imageStallMs / 2)
        expect((await reconcileImageBytes(kernel)).interrupted).toBe(0)
        await invoke(kernel, actorOf(owner), imageUpdate, { id, name: `n${chunk}` })
        yield new Uint8Array(1)
      }
    }
    const image = await uploadImage(kernel, actorOf(owner), { id }, slow())
    expect(image).toMatchObject({ status: 'active', size: 4, name: 'n3' })
  })

  it('ends early when the image is deleted under it', async () => {
    const { clock, kernel } = world
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        if (++sent === 2) await invoke(kernel, actorOf(owner), imageDelete, { id })
        if (sent > 2) await clock.advance(limits.imageStallMs / 2)
        yield new Uint8Array(1)
      }
    }
    const uploading = uploadImage(kernel, actorOf(owner), { id }, endless())
    await expect(uploading).rejects.toMatchObject({ code: 'conflict' })
    expect(sent).toBeLessThan(5)
    expect(await world.keys()).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('keeps the bytes when it completed but the answer of the store was lost', async () => {
    const { kernel } = world
    const { committer } = kernel
    let commits = 0
    const commit = async (writes: Parameters<typeof committer.commit>[0]): Promise<number> => {
      const seq = await committer.commit(writes)
      if (++commits !== 2) return seq
      throw new CloudError('unavailable', 'Connection lost.', { detail: { unknown: true } })
    }
    const lossy = Object.create(committer, { commit: { value: commit } }) as Kernel['committer']
    await expect(
      uploadImage({ ...kernel, committer: lossy }, actorOf(owner), { id }, textStream('hello')),
    ).rejects.toMatchObject({ code: 'unavailable' })
    expect((await world.row())?.status).toBe('active')
    const { bytes } = await downloadImage(kernel, actorOf(owner), { id })
    expect(await readAll(bytes)).toBe('hello')
    expect(await findings(kernel)).toEqual([])
  })
})
