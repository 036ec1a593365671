import { beforeEach, describe, expect, it } from 'vitest'
import { actorOf, findings } from '../../../test/identity-kernel.ts'
import { imageWorld, type ImageWorld } from '../../../test/image-world.ts'
import { Gate, readAll, textStream } from '../../../test/streams.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Project } from '../../model/identity/project.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import { quotaGet } from '../identity/quota.ts'
import { invoke } from '../operation.ts'
import { imageDelete } from './delete.ts'
import { downloadImage } from './download.ts'
import { Interruptions } from './interrupted.ts'
import { type ImageReconciliation, reconcileImageBytes } from './reconcile.ts'
import { imageBytes } from './reconciler.ts'
import { uploadImage } from './upload.ts'

let world: ImageWorld
let owner: Project
let id: string
beforeEach(async () => {
  world = await imageWorld()
  owner = world.owner
  id = world.id
})

const none = { interrupted: 0, expired: 0, scrubbed: 0, orphans: 0 }
const reconcile = (): Promise<ImageReconciliation> => reconcileImageBytes(world.kernel)

/** An upload whose process dies at the given point: nothing of it runs afterwards. */
function crashedUpload(point: 'before' | 'after'): Promise<void> {
  const { images } = world
  const reached = new Gate()
  const kernel = world.kernelWith({
    put: async (key, data, options) => {
      if (point === 'after') await images.put(key, data, options)
      reached.open()
      return new Promise<number>(() => undefined)
    },
  })
  void uploadImage(kernel, actorOf(owner), { id }, textStream('hello'))
  return reached.opened
}

describe('reconciling images', () => {
  it.each(['before', 'after'] as const)(
    'ends an upload cut off %s its bytes were stored',
    async (point) => {
      await crashedUpload(point)
      expect(await reconcile()).toEqual(none)
      await world.clock.advance(limits.imageStallMs)
      expect((await reconcile()).interrupted).toBe(1)
      expect(await world.row()).toMatchObject({ status: 'queued', upload: null, digests: null })
      expect(await world.keys()).toEqual([])
      expect(await findings(world.kernel)).toEqual([])
      expect(await reconcile()).toEqual(none)
      expect((await world.upload('again')).status).toBe('active')
    },
  )

  it('ends an upload whose lease was written by a clock that was ahead', async () => {
    const { kernel, clock } = world
    await crashedUpload('before')
    const far = { leaseUntil: clock.now() + 365 * 24 * 3_600_000 }
    const rename = async (name: string): Promise<void> => {
      const image = (await world.row()) as Image
      await kernel.committer.commit(new Writes().update(imageKind, { ...image, name, upload: far }))
    }
    await rename('one')
    const interruptions = new Interruptions(kernel)
    const round = async (): Promise<number> =>
      (await reconcileImageBytes(kernel, { interruptions })).interrupted
    expect(await round()).toBe(0)
    await clock.advance(limits.imageStallMs - 1)
    expect(await round()).toBe(0)
    // As a renewal does.
    await rename('two')
    await clock.advance(1)
    expect(await round()).toBe(0)
    await clock.advance(limits.imageStallMs - 1)
    expect(await round()).toBe(0)
    await clock.advance(1)
    expect(await round()).toBe(1)
    expect(await world.row()).toMatchObject({ status: 'queued', upload: null })
    expect((await world.upload('again')).status).toBe('active')
  })

  it('gives an image up after too many interrupted uploads', async () => {
    await crashedUpload('after')
    const image = (await world.row()) as Image
    const tired = { ...image, attempt: limits.imageUploadAttempts }
    await world.kernel.committer.commit(new Writes().update(imageKind, tired))
    await world.clock.advance(limits.imageStallMs)
    await reconcile()
    expect((await world.row())?.status).toBe('killed')
    expect(await world.keys()).toEqual([])
    await expect(world.upload('more')).rejects.toMatchObject({ code: 'conflict' })
    await invoke(world.kernel, actorOf(owner), imageDelete, { id })
    expect(await findings(world.kernel)).toEqual([])
  })

  it('a late writer neither overwrites a newer upload nor leaves bytes', async () => {
    const { kernel } = world
    const gate = new Gate()
    const begun = new Gate()
    async function* late(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3)
      begun.open()
      await gate.opened
      yield new Uint8Array(3)
    }
    const slow = uploadImage(kernel, actorOf(owner), { id }, late())
    await begun.opened
    await world.clock.advance(limits.imageStallMs)
    expect((await reconcile()).interrupted).toBe(1)
    await world.upload('newer')
    gate.open()
    await expect(slow).rejects.toMatchObject({ code: 'conflict' })
    expect(await world.keys()).toEqual([`${id}-2`])
    const { bytes } = await downloadImage(kernel, actorOf(owner), { id })
    expect(await readAll(bytes)).toBe('newer')
    expect(await findings(kernel)).toEqual([])
  })

  it('finishes a deletion whose bytes could not be removed', async () => {
    await world.upload('hello')
    const failing = world.kernelWith({
      delete: async () => {
        throw new CloudError('unavailable', 'The disk is away.')
      },
    })
    await invoke(failing, actorOf(owner), imageDelete, { id })
    expect((await world.row())?.status).toBe('pending_delete')
    const { quotas } = await invoke(world.kernel, actorOf(owner), quotaGet, {})
    expect([quotas.images.used, quotas.imageBytes.used]).toEqual([0, 0])
    await expect(downloadImage(world.kernel, actorOf(owner), { id })).rejects.toMatchObject({
      code: 'notFound',
    })
    expect((await reconcile()).scrubbed).toBe(1)
    expect(await world.row()).toBeUndefined()
    expect(await world.keys()).toEqual([])
    expect(await findings(world.kernel)).toEqual([])
  })

  it('removes keys of ours without a record, and leaves foreign keys alone', async () => {
    await world.upload('hello')
    const absent = world.kernel.ids.next()
    const orphans = [`${id}-2`, `${absent}-1`]
    const foreign = ['backup-1', 'notes', `${absent}-0`, `${absent}-1x`]
    for (const key of [...orphans, ...foreign]) await world.images.put(key, textStream('x'))
    const subjects = (await findings(world.kernel)).map(({ subject }) => subject)
    expect(subjects).toEqual(orphans.map((key) => `imageBytes:${key}`))
    expect(await reconcile()).toEqual({ ...none, orphans: 2 })
    expect(new Set(await world.keys())).toEqual(new Set([`${id}-1`, ...foreign]))
  })

  it('leaves an upload alone that is under way', async () => {
    const gate = new Gate()
    const stored = new Gate()
    const { images } = world
    const kernel = world.kernelWith({
      put: async (...args) => {
        const size = await images.put(...args)
        stored.open()
        await gate.opened
        return size
      },
    })
    const uploading = uploadImage(kernel, actorOf(owner), { id }, textStream('hello'))
    await stored.opened
    expect(await reconcile()).toEqual(none)
    gate.open()
    expect((await uploading).status).toBe('active')
    expect(await findings(world.kernel)).toEqual([])
  })

  it('looks for orphans when the process starts, and then once an hour', async () => {
    const { kernel, clock, images } = world
    const reconciler = imageBytes(kernel)
    const { signal } = new AbortController()
    const run = async (): Promise<number> => {
      await images.put(`${kernel.ids.next()}-1`, textStream('x'))
      await reconciler.run(signal)
      return (await world.keys()).length
    }
    expect(await run()).toBe(0)
    expect(await run()).toBe(1)
    await clock.advance(3_600_000)
    expect(await run()).toBe(0)
  })

  it('looks again in the next round when it was cut short', async () => {
    const { kernel, images } = world
    const reconciler = imageBytes(kernel)
    for (let i = 0; i < 3; i++) await images.put(`${kernel.ids.next()}-1`, textStream('x'))
    await reconciler.run(AbortSignal.abort())
    expect(await world.keys()).toHaveLength(3)
    await reconciler.run(new AbortController().signal)
    expect(await world.keys()).toHaveLength(0)
  })
})
