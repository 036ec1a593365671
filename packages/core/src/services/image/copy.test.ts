import { beforeEach, describe, expect, it } from 'vitest'
import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import { workKind } from '../../model/work/work.ts'
import type { ImageStore } from '../../ports/image-store.ts'
import { MemoryImageStore } from '../../reference/memory-image-store.ts'
import { RoutedImageStore } from '../../reference/routed-images.ts'
import { Worker } from '../../work/worker.ts'
import { actorOf, findings } from '../../../test/identity-kernel.ts'
import { type ImageWorld, imageWorld } from '../../../test/image-world.ts'
import { readAll, textStream } from '../../../test/streams.ts'
import { invoke } from '../operation.ts'
import { imageDelete } from './delete.ts'
import { downloadImage } from './download.ts'
import { imageGet } from './image.ts'
import { imageImport, importMethods } from './import.ts'
import { importImage } from './import-program.ts'
import { reconcileImageBytes } from './reconcile.ts'
import { imageStoreDelete } from './store-delete.ts'
import { imageTaskGet } from './task.ts'
import { stageImage, uploadImage } from './upload.ts'

let world: ImageWorld
let kernel: Kernel
let stores: Record<'default' | 'fast' | 'far', MemoryImageStore>
beforeEach(async () => {
  world = await imageWorld()
  stores = {
    default: new MemoryImageStore(),
    fast: new MemoryImageStore(),
    far: new MemoryImageStore(),
  }
  kernel = { ...world.kernel, images: routed({}) }
})

function routed(replaced: Partial<Record<keyof typeof stores, ImageStore>>): ImageStore {
  const all = Object.entries({ ...stores, ...replaced })
  return new RoutedImageStore({
    stores: Object.fromEntries(all.map(([name, store]) => [name, { store }])),
  })
}

/** A store that takes nothing. */
const full = (): ImageStore =>
  Object.assign(new MemoryImageStore(), {
    put: () => Promise.reject(new CloudError('unavailable', 'full')),
  })

async function work(over: Kernel = kernel): Promise<void> {
  const worker = new Worker(over, [importImage(over)], over.settings)
  worker.start()
  for (let looks = 0; looks < 400 && (await over.store.count(workKind, {})) > 0; looks++) {
    await world.clock.advance(1_000)
  }
  const stopped = worker.stop()
  await world.clock.advance(60_000)
  await stopped
}

const me = () => actorOf(world.owner)
const get = () => invoke(kernel, me(), imageGet, { id: world.id })
const upload = (text: string, fields: object = {}) =>
  uploadImage(kernel, me(), { id: world.id, ...fields }, textStream(text))
const copy = (fields: object) =>
  invoke(kernel, me(), imageImport, { id: world.id, method: { name: 'copy-image' }, ...fields })
const taskOf = (id: string) => invoke(kernel, me(), imageTaskGet, { id })
const read = async () => readAll((await downloadImage(kernel, me(), { id: world.id })).bytes)

async function held(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [name, store] of Object.entries(stores)) {
    let count = 0
    for await (const _ of store.list()) count++
    counts[name] = count
  }
  return counts
}

/** Replaces the bytes in a store by others. */
async function spoil(store: MemoryImageStore, text: string): Promise<void> {
  for await (const key of store.list()) await store.put(key, textStream(text))
}

describe('I8: images in several stores', () => {
  it('are uploaded to the store that is named, if there is one', async () => {
    await expect(upload('bytes', { store: 'none' })).rejects.toMatchObject({ field: 'store' })
    expect(await upload('bytes', { store: 'fast' })).toMatchObject({ stores: ['fast'] })
    expect(await held()).toEqual({ default: 0, fast: 1, far: 0 })
    expect(await read()).toBe('bytes')
    expect(await findings(kernel)).toEqual([])
  })

  it('are copied to all, count once for each, and are deleted with all copies', async () => {
    await upload('bytes')
    const task = await copy({ allStores: true })
    expect(await get()).toMatchObject({ status: 'active', storesToCome: ['fast', 'far'] })
    expect(await findings(kernel)).toEqual([])
    await expect(copy({ stores: ['fast'] })).rejects.toMatchObject({ code: 'conflict' })
    await work()
    expect(await taskOf(task.id)).toMatchObject({ status: 'success', message: '' })
    expect(await get()).toMatchObject({ stores: ['default', 'fast', 'far'], storesToCome: [] })
    expect(await held()).toEqual({ default: 1, fast: 1, far: 1 })
    expect(await findings(kernel)).toEqual([])
    expect((await reconcileImageBytes(kernel)).orphans).toBe(0)
    await invoke(kernel, me(), imageDelete, { id: world.id })
    expect(await held()).toEqual({ default: 0, fast: 0, far: 0 })
    expect(await findings(kernel)).toEqual([])
  })

  it('leave one store after another, but not the last, and give the quota back', async () => {
    await upload('bytes')
    await copy({ stores: ['fast'] })
    await work()
    const drop = (store: string) => invoke(kernel, me(), imageStoreDelete, { id: world.id, store })
    await expect(drop('far')).rejects.toMatchObject({ code: 'notFound', field: 'store' })
    expect(await drop('default')).toMatchObject({ stores: ['fast'] })
    expect(await held()).toEqual({ default: 0, fast: 1, far: 0 })
    await expect(drop('fast')).rejects.toMatchObject({ code: 'conflict', field: 'last' })
    expect(await read()).toBe('bytes')
    expect(await findings(kernel)).toEqual([])
  })

  it('are read from another copy when one is lost or was found spoilt', async () => {
    await upload('bytes')
    await copy({ stores: ['fast'] })
    await work()
    await spoil(stores.default, 'BYTES')
    await expect(read()).rejects.toMatchObject({ code: 'checksumMismatch' })
    expect(await read()).toBe('bytes')
    await spoil(stores.default, 'by')
    await spoil(stores.fast, 'by')
    await expect(read()).rejects.toMatchObject({ code: 'checksumMismatch' })
    await spoil(stores.default, 'bytes')
    for await (const key of stores.fast.list()) await stores.fast.delete(key)
    expect(await read()).toBe('bytes')
    const found = await findings(kernel)
    expect(found).toEqual([expect.objectContaining({ invariant: 30 })])
  })
})

describe('I6: copies that fail', () => {
  it('are taken back when all must succeed', async () => {
    await upload('bytes')
    const over = { ...kernel, images: routed({ far: full() }) }
    const task = await copy({ stores: ['fast', 'far'] })
    await work(over)
    expect(await taskOf(task.id)).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('far') as string,
    })
    expect(await get()).toMatchObject({ stores: ['default'], storesFailed: ['far'] })
    expect(await held()).toEqual({ default: 1, fast: 0, far: 0 })
    expect(await findings(kernel)).toEqual([])
  })

  it('are enough when one must succeed', async () => {
    await upload('bytes')
    const over = { ...kernel, images: routed({ far: full() }) }
    const task = await copy({ stores: ['far', 'fast'], allMustSucceed: false })
    await work(over)
    expect(await taskOf(task.id)).toMatchObject({ status: 'success' })
    expect(await get()).toMatchObject({ stores: ['default', 'fast'], storesFailed: ['far'] })
    expect(await findings(kernel)).toEqual([])
  })

  it('end with the quota, and with the image', async () => {
    await upload('x'.repeat(600))
    const beyond = await copy({ stores: ['fast'] })
    await work()
    expect(await taskOf(beyond.id)).toMatchObject({ status: 'failure' })
    expect(await get()).toMatchObject({ stores: ['default'] })
    const gone = await copy({ stores: ['far'] })
    await invoke(kernel, me(), imageDelete, { id: world.id })
    await work()
    expect(await taskOf(gone.id)).toMatchObject({ status: 'failure' })
    expect(await held()).toEqual({ default: 0, fast: 0, far: 0 })
    expect(await findings(kernel)).toEqual([])
  })

  it('are settled when the time of their copy was over before it began', async () => {
    await upload('bytes')
    const task = await copy({ allStores: true })
    await world.clock.advance(7 * 3_600_000)
    await work()
    expect(await taskOf(task.id)).toMatchObject({
      status: 'failure',
      message: 'Not brought to fast, far.',
    })
    expect(await get()).toMatchObject({ stores: ['default'], storesToCome: [] })
    expect(await findings(kernel)).toEqual([])
  })

  it('leave no bytes of a copy that was cut off', async () => {
    await upload('bytes')
    await copy({ stores: ['fast'] })
    const [row] = (await kernel.store.get(imageKind, [world.id])) as [Image]
    const put = routed({}).put(`${row.id}-${row.attempt}-7@fast`, textStream('late'))
    expect(await put).toBe(4)
    expect((await reconcileImageBytes(kernel)).orphans).toBe(1)
    await work()
    expect(await held()).toEqual({ default: 1, fast: 1, far: 0 })
  })
})

describe('I6: imports into stores', () => {
  it('move what was staged to the stores that are named', async () => {
    await stageImage(kernel, me(), { id: world.id }, textStream('staged'))
    const method = { name: 'glance-direct' }
    const input = { id: world.id, method, stores: ['far', 'fast'] }
    const task = await invoke(kernel, me(), imageImport, input)
    await work()
    expect(await taskOf(task.id)).toMatchObject({ status: 'success' })
    expect(await get()).toMatchObject({ status: 'active', stores: ['far', 'fast'] })
    expect(await held()).toEqual({ default: 0, fast: 1, far: 1 })
    expect(await findings(kernel)).toEqual([])
  })

  it('refuse stores that there are not, none, and copies of what is not active', async () => {
    expect(importMethods(kernel)).toEqual(['glance-direct', 'copy-image'])
    expect(importMethods(world.kernel)).toEqual(['glance-direct'])
    await expect(copy({ stores: ['fast'] })).rejects.toMatchObject({ code: 'conflict' })
    await upload('bytes')
    await expect(copy({})).rejects.toMatchObject({ code: 'invalid', field: 'stores' })
    await expect(copy({ stores: ['x'] })).rejects.toMatchObject({ field: 'stores' })
    await expect(copy({ stores: ['fast'], allStores: true })).rejects.toMatchObject({
      field: 'stores',
    })
  })
})

describe('I8: a routed image store', () => {
  it('has a default store, and names that a key can say', () => {
    const store = new MemoryImageStore()
    for (const wrong of [{}, { fast: { store } }, { default: { store }, 'a@b': { store } }]) {
      expect(() => new RoutedImageStore({ stores: wrong })).toThrow('stores')
    }
    expect(
      () => new RoutedImageStore({ stores: { default: { store } }, preferred: 'fast' }),
    ).toThrow('fast')
  })
})
