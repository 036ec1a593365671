import { beforeEach, describe, expect, it } from 'vitest'
import { CloudError } from '../../base/errors.ts'
import { imageKind } from '../../model/image/image.ts'
import { imageTaskKind, imageTaskKeptMs } from '../../model/image/task.ts'
import { workKind } from '../../model/work/work.ts'
import type { WebResponse, WebSource } from '../../ports/web-source.ts'
import { Worker } from '../../work/worker.ts'
import { actorOf, findings, newProject } from '../../../test/identity-kernel.ts'
import { type ImageWorld, imageWorld } from '../../../test/image-world.ts'
import { readAll, streamOf, textStream } from '../../../test/streams.ts'
import type { Kernel } from '../../kernel.ts'
import { invoke } from '../operation.ts'
import { imageDelete } from './delete.ts'
import { downloadImage } from './download.ts'
import { imageCreate, imageGet, imageUpdate } from './image.ts'
import { imageImport } from './import.ts'
import { importImage } from './import-program.ts'
import { reconcileImageBytes } from './reconcile.ts'
import { imageTaskGet, imageTaskList, imageTasks } from './task.ts'
import { stageImage, uploadImage } from './upload.ts'

let world: ImageWorld
beforeEach(async () => {
  world = await imageWorld()
})

const page = (text: string, more: Partial<WebResponse> = {}): WebResponse => ({
  status: 200,
  location: null,
  encoding: null,
  size: null,
  body: textStream(text),
  close: () => undefined,
  ...more,
})

/** A web with these pages; what was asked for, and at which address, is noted. */
function webOf(
  pages: Readonly<Record<string, () => WebResponse>>,
): WebSource & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    policy: { ports: [80, 443], trusted: [] },
    lookup: (name) => Promise.resolve(name.startsWith('inside') ? ['10.0.0.1'] : ['93.184.216.34']),
    open: ({ address, url }) => {
      asked.push(`${address} ${url}`)
      const found = pages[url]
      return found
        ? Promise.resolve(found())
        : Promise.reject(new CloudError('invalid', 'uri: nobody is there.', { field: 'uri' }))
    },
  }
}

/** Runs what work there is, until none is due any more. */
async function work(kernel: Kernel): Promise<void> {
  const worker = new Worker(kernel, [importImage(kernel)], kernel.settings)
  worker.start()
  for (let looks = 0; looks < 200 && (await kernel.store.count(workKind, {})) > 0; looks++) {
    await world.clock.advance(1_000)
  }
  const stopped = worker.stop()
  await world.clock.advance(60_000)
  await stopped
}

const get = () => invoke(world.kernel, actorOf(world.owner), imageGet, { id: world.id })
const begin = (kernel: Kernel, method: object) =>
  invoke(kernel, actorOf(world.owner), imageImport, { id: world.id, method })
const direct = { name: 'glance-direct' }
const stage = (text: string) =>
  stageImage(world.kernel, actorOf(world.owner), { id: world.id }, textStream(text))

describe('I6: images that are staged', () => {
  it('wait two days for their import, and no longer', async () => {
    const { clock, kernel } = world
    await stage('forgotten')
    await clock.advance(48 * 3_600_000 - 1)
    expect((await reconcileImageBytes(kernel)).expired).toBe(0)
    expect(await get()).toMatchObject({ status: 'uploading' })
    await clock.advance(1)
    expect((await reconcileImageBytes(kernel)).expired).toBe(1)
    expect(await get()).toMatchObject({ status: 'queued', importFailed: true })
    expect(await world.keys()).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('wait for their import, count at once, and are active after it', async () => {
    const { kernel, id, owner } = world
    expect(await stage('twelve bytes')).toMatchObject({ status: 'uploading', size: null })
    expect(await findings(kernel)).toEqual([])
    const task = await begin(kernel, direct)
    expect(task).toMatchObject({ status: 'pending', imageId: id })
    expect(await get()).toMatchObject({ status: 'importing' })
    expect(await findings(kernel)).toEqual([])
    await work(kernel)
    expect(await get()).toMatchObject({ status: 'active', size: 12, importFailed: false })
    const { bytes } = await downloadImage(kernel, actorOf(owner), { id })
    expect(await readAll(bytes)).toBe('twelve bytes')
    const ended = await invoke(kernel, actorOf(owner), imageTaskGet, { id: task.id })
    expect(ended).toMatchObject({ status: 'success', message: '' })
    expect(await findings(kernel)).toEqual([])
  })

  it('I12: are held against their formats when imported; wait for others if wrong', async () => {
    const { kernel, owner, id } = world
    await invoke(kernel, actorOf(owner), imageUpdate, { id, diskFormat: 'qcow2' })
    await stage('no qcow2')
    const task = await begin(kernel, direct)
    await work(kernel)
    expect(await get()).toMatchObject({ status: 'queued', importFailed: true })
    const ended = await invoke(kernel, actorOf(owner), imageTaskGet, { id: task.id })
    expect(ended).toMatchObject({ status: 'failure' })
    expect(ended.message).toContain('qcow2')
    expect(await world.keys()).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('are refused where nothing is staged, without formats, and of others', async () => {
    const { kernel, owner } = world
    await expect(begin(kernel, direct)).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    await expect(begin(kernel, { name: 'web-download', uri: 'http://a.example/' })).rejects.toThrow(
      'not offered',
    )
    const other = await newProject(world, 'other')
    await expect(
      invoke(kernel, actorOf(other), imageImport, { id: world.id, method: direct }),
    ).rejects.toMatchObject({ code: 'notFound' })
    const bare = await invoke(kernel, actorOf(owner), imageCreate, {
      name: '',
      containerFormat: null,
    })
    const input = { id: bare.id }
    await expect(uploadImage(kernel, actorOf(owner), input, textStream('x'))).rejects.toMatchObject(
      { code: 'invalid', field: 'containerFormat' },
    )
    await stageImage(kernel, actorOf(owner), input, textStream('x'))
    await expect(
      invoke(kernel, actorOf(owner), imageImport, { ...input, method: direct }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'containerFormat' })
  })

  it('are given up when their upload is cut off, and kept when it is not', async () => {
    const { kernel, clock, owner, id } = world
    await stage('all of it')
    await clock.advance(3_600_000)
    expect(await reconcileImageBytes(kernel)).toMatchObject({ interrupted: 0, orphans: 0 })
    expect(await get()).toMatchObject({ status: 'uploading' })
    await invoke(kernel, actorOf(owner), imageDelete, { id })
    expect(await world.keys()).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })
})

describe('I6: images from the web', () => {
  const uri = 'http://images.example/debian.raw'
  const from = (name: string) => ({ name: 'web-download', uri: name })

  it('are fetched from the address that was judged, and verified', async () => {
    const web = webOf({
      [uri]: () => page('', { status: 302, location: 'https://cdn.example/d' }),
      'https://cdn.example/d': () => page('from the web', { size: 12 }),
    })
    const kernel = { ...world.kernel, web }
    await begin(kernel, from(uri))
    await work(kernel)
    expect(web.asked).toEqual([`93.184.216.34 ${uri}`, '93.184.216.34 https://cdn.example/d'])
    expect(await get()).toMatchObject({ status: 'active', size: 12 })
    expect(await findings(kernel)).toEqual([])
  })

  it.each<[string, string, Readonly<Record<string, () => WebResponse>>]>([
    ['a name inside', 'http://inside.example/', {}],
    [
      'a redirect inside',
      uri,
      { [uri]: () => page('', { status: 301, location: 'http://10.0.0.1/' }) },
    ],
    ['a redirect for ever', uri, { [uri]: () => page('', { status: 307, location: uri }) }],
    ['no such page', uri, { [uri]: () => page('', { status: 404 }) }],
    ['packed bytes', uri, { [uri]: () => page('x', { encoding: 'gzip' }) }],
    ['more than may come', uri, { [uri]: () => page('x', { size: 1_001 }) }],
    ['more than was said', uri, { [uri]: () => page('xyz', { size: 2 }) }],
    ['fewer than were said', uri, { [uri]: () => page('x', { size: 2 }) }],
    [
      'more than the quota',
      uri,
      { [uri]: () => page('', { body: streamOf(new Uint8Array(900), new Uint8Array(900)) }) },
    ],
  ])('are not made of %s: the task says why', async (_, asked, pages) => {
    const kernel = { ...world.kernel, web: webOf(pages) }
    const task = await begin(kernel, from(asked))
    await work(kernel)
    expect(await get()).toMatchObject({ status: 'queued', importFailed: true })
    const ended = await invoke(kernel, actorOf(world.owner), imageTaskGet, { id: task.id })
    expect(ended.status).toBe('failure')
    expect(ended.message).not.toBe('')
    expect(await world.keys()).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('are refused at once when their URL says enough', async () => {
    const kernel = { ...world.kernel, web: webOf({}) }
    await expect(begin(kernel, from('http://127.0.0.1/'))).rejects.toMatchObject({ field: 'uri' })
    expect(await kernel.store.count(imageTaskKind, {})).toBe(0)
  })

  it('that are deleted meanwhile end their task', async () => {
    const kernel = { ...world.kernel, web: webOf({ [uri]: () => page('x') }) }
    await begin(kernel, from(uri))
    await invoke(kernel, actorOf(world.owner), imageDelete, { id: world.id })
    await work(kernel)
    const [task] = await kernel.store.query(imageTaskKind, { limit: 1 })
    expect(task).toMatchObject({ status: 'failure', message: 'The image was deleted.' })
    expect(await kernel.store.count(imageKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('I9: tasks', () => {
  it('are listed for their project, and forgotten after a while', async () => {
    const { kernel, owner, id, clock } = world
    await stage('x')
    const { id: taskId } = await begin(kernel, direct)
    await work(kernel)
    const list = (input: object) => invoke(kernel, actorOf(owner), imageTaskList, input)
    expect((await list({ imageId: id })).map((task) => task.id)).toEqual([taskId])
    expect(await list({ status: 'failure' })).toEqual([])
    const other = await newProject(world, 'other')
    expect(await invoke(kernel, actorOf(other), imageTaskList, {})).toEqual([])
    await expect(
      invoke(kernel, actorOf(other), imageTaskGet, { id: taskId }),
    ).rejects.toMatchObject({ code: 'notFound' })
    const { signal } = new AbortController()
    await imageTasks(kernel).run(signal)
    expect(await list({})).toHaveLength(1)
    await clock.advance(imageTaskKeptMs)
    await imageTasks(kernel).run(signal)
    expect(await list({})).toEqual([])
  })
})
