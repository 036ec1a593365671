import { beforeEach, describe, expect, it } from 'vitest'
import { actorOf, findings } from '../../../test/identity-kernel.ts'
import { imageWorld, type ImageWorld } from '../../../test/image-world.ts'
import { readAll, textStream } from '../../../test/streams.ts'
import { invoke } from '../operation.ts'
import { downloadImage, type ImageDownload } from './download.ts'
import { imageDeactivate } from './image.ts'

let world: ImageWorld
beforeEach(async () => {
  world = await imageWorld()
})

const download = (input: object = {}, actor = actorOf(world.owner)): Promise<ImageDownload> =>
  downloadImage(world.kernel, actor, { id: world.id, ...input })

describe('I5: a download', () => {
  it('gives the whole, or a range clipped to the end', async () => {
    await world.upload('hello world')
    const ranges = [
      [{}, 'hello world'],
      [{ start: 6 }, 'world'],
      [{ start: 0, end: 5 }, 'hello'],
      [{ start: 4, end: 4 }, ''],
      [{ start: 10, end: 99 }, 'd'],
    ] as const
    for (const [range, text] of ranges) {
      const { start, end, bytes } = await download(range)
      expect(await readAll(bytes)).toBe(text)
      expect(end - start).toBe(text.length)
    }
    for (const range of [{ start: 11 }, { start: 5, end: 4 }]) {
      await expect(download(range)).rejects.toMatchObject({ code: 'invalid', field: 'start' })
    }
  })

  it('of an image without bytes is refused, of an empty one is empty', async () => {
    await expect(download()).rejects.toMatchObject({ code: 'conflict' })
    await world.upload('')
    expect(await readAll((await download()).bytes)).toBe('')
  })

  it('of a deactivated image is for operators', async () => {
    await world.upload('hello')
    await invoke(world.kernel, world.root, imageDeactivate, { id: world.id })
    await expect(download()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await readAll((await download({}, world.root)).bytes)).toBe('hello')
  })

  it('reports stored bytes that changed, were cut, or are gone', async () => {
    const { images, id } = world
    await world.upload('hello')
    const key = `${id}-1`
    const mismatch = { code: 'checksumMismatch' }
    for (const stored of ['hellO', 'hell', 'hello!']) {
      await images.put(key, textStream(stored))
      await expect(readAll((await download()).bytes)).rejects.toMatchObject(mismatch)
    }
    await images.put(key, textStream('he'))
    const range = await download({ start: 1, end: 4 })
    await expect(readAll(range.bytes)).rejects.toMatchObject(mismatch)
    await images.delete(key)
    await expect(readAll((await download()).bytes)).rejects.toMatchObject({ code: 'notFound' })
    expect((await findings(world.kernel)).map(({ subject }) => subject)).toEqual([`image:${id}`])
  })
})
