import { limits } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  closeObjectWorld,
  type ObjectWorld,
  objectWorld,
  code,
  get,
  md5,
  namesOf,
  put,
  text,
} from '../support/object-world.ts'
import { collect } from '../support/world.ts'

let w: ObjectWorld

beforeEach(async () => {
  w = await objectWorld()
})

afterEach(() => closeObjectWorld(w))

describe('the life of objects', () => {
  it('O7: versions stay, come back, and go for good', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c', versioning: 'enabled' })
    const path = { container: 'c', name: 'x' }
    const one = await put(acme, 'c', 'x', 'one')
    await put(acme, 'c', 'x', 'two')
    expect(await get(acme, 'c', 'x', { versionId: one.id })).toBe('one')
    await acme.objects.delete(path)
    await expect(get(acme, 'c', 'x')).rejects.toEqual(code('notFound'))
    const versions = await collect(acme.objects.versions(path))
    expect(versions.map(({ etag, isDeleteMarker }) => (isDeleteMarker ? 'gone' : etag))).toEqual([
      md5('one'),
      md5('two'),
      'gone',
    ])
    await acme.objects.restore({ ...path, versionId: one.id })
    expect(await get(acme, 'c', 'x')).toBe('one')
    expect(await acme.containers.get({ container: 'c' })).toMatchObject({
      objects: 1,
      versions: 2,
      bytes: 6,
    })
    await expect(acme.containers.delete({ container: 'c' })).rejects.toEqual(code('conflict'))
    for (const { id } of await collect(acme.objects.versions(path))) {
      await acme.objects.delete({ ...path, versionId: id })
    }
    await acme.containers.delete({ container: 'c' })
  })

  it('O7: suspended versions stay, and no more are made', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c', versioning: 'enabled' })
    await put(acme, 'c', 'x', 'one')
    await acme.containers.update({ container: 'c', versioning: 'suspended' })
    await put(acme, 'c', 'x', 'two')
    await put(acme, 'c', 'x', 'three')
    expect(await collect(acme.objects.versions({ container: 'c' }))).toMatchObject([
      { etag: md5('one'), isCurrent: false },
      { etag: md5('three'), isCurrent: true },
    ])
    await acme.objects.delete({ container: 'c', name: 'x' })
    expect(await collect(acme.objects.versions({ container: 'c' }))).toHaveLength(1)
  })

  it('O8: an object past its time is gone at once, and removed soon', async () => {
    const { acme, clock, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'abc', { deleteAfterSeconds: 10 })
    await put(acme, 'c', 'y', 'abc', { deleteAt: clock.now() + 60_000 })
    const past = put(acme, 'c', 'z', 'abc', { deleteAt: clock.now() })
    await expect(past).rejects.toEqual(code('invalid', 'deleteAt'))
    await clock.advance(10_000)
    await expect(get(acme, 'c', 'x')).rejects.toEqual(code('notFound'))
    expect(await namesOf(acme.objects.list({ container: 'c' }))).toEqual(['y'])
    await clock.advance(1)
    await cloud.reconcile()
    await cloud.reconcile()
    expect(await objects.list({ limit: 9 })).toHaveLength(1)
    expect(await acme.containers.get({ container: 'c' })).toMatchObject({ objects: 1, bytes: 3 })
  })

  it('O8: a container of nothing but objects past their time is empty', async () => {
    const { acme, clock } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'abc', { deleteAfterSeconds: 10 })
    await put(acme, 'c', 'y', 'abc', { deleteAfterSeconds: 60 })
    await clock.advance(10_000)
    const refused = acme.containers.delete({ container: 'c' })
    await expect(refused).rejects.toMatchObject({ detail: { objects: 1, bytes: 3 } })
    await clock.advance(50_000)
    await acme.containers.delete({ container: 'c' })
  })

  it('O8: 1,000 objects are deleted by one request', async () => {
    const { acme, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    const all = Array.from({ length: 1_000 }, (_, i) => `n${i}`)
    for (const name of all) await put(acme, 'c', name, 'x')
    expect(await acme.objects.deleteMany({ container: 'c', names: all })).toMatchObject({
      deleted: 1_000,
    })
    for (let round = 0; round < 3; round++) await cloud.reconcile()
    expect(await objects.list({ limit: 9 })).toEqual([])
    await acme.containers.delete({ container: 'c' })
  })
})

describe('races over an object', () => {
  it('O1: of two overwrites at once the bytes of one stay, and those of the other go', async () => {
    const { acme, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'zero')
    await Promise.all([put(acme, 'c', 'x', 'one'), put(acme, 'c', 'x', 'two')])
    await cloud.reconcile()
    expect(await objects.list({ limit: 9 })).toHaveLength(1)
    expect(['one', 'two']).toContain(await get(acme, 'c', 'x'))
  })

  it('O1: an overwrite and a deletion at once leave the one or the other', async () => {
    const { acme, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'zero')
    await Promise.all([
      put(acme, 'c', 'x', 'one'),
      acme.objects.delete({ container: 'c', name: 'x' }),
    ])
    await cloud.reconcile()
    const left = await namesOf(acme.objects.list({ container: 'c' }))
    expect(await objects.list({ limit: 9 })).toHaveLength(left.length)
    if (left.length > 0) expect(await get(acme, 'c', 'x')).toBe('one')
  })

  it('O1: a container deleted under an upload takes nothing', async () => {
    const { acme, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3)
      await acme.containers.delete({ container: 'c' })
      yield new Uint8Array(3)
    }
    const upload = acme.objects.upload({ container: 'c', name: 'x' }, slow())
    await expect(upload).rejects.toEqual(code('notFound', 'container'))
    await cloud.reconcile()
    expect(await objects.list({ limit: 9 })).toEqual([])
  })
})

describe('bytes at rest', () => {
  it('O1: damage is found by the scrubber, told to readers, and unmarked when mended', async () => {
    const { acme, cloud, objects } = w
    await acme.containers.create({ name: 'c' })
    const { id } = await put(acme, 'c', 'x', 'abc')
    await objects.put(id, text('abd'))
    const path = { container: 'c', name: 'x' }
    const reading = get(acme, 'c', 'x')
    await expect(reading).rejects.toEqual(code('checksumMismatch'))
    await cloud.reconcile()
    expect(await acme.objects.get(path)).toMatchObject({ damaged: true })
    await objects.put(id, text('abc'))
    for (let round = 0; round < 3; round++) await cloud.reconcile()
    expect(await acme.objects.get(path)).toMatchObject({ damaged: false })
  })

  it('O1: an interrupted upload and a late writer leave nothing', async () => {
    const { acme, cloud, clock, objects } = w
    await acme.containers.create({ name: 'c' })
    await objects.put('01890000-0000-7000-8000-000000000001', text('late'))
    await objects.put('not-one-of-ours', text('kept'))
    for (let round = 0; round < 3; round++) {
      await cloud.reconcile()
      await clock.advance(limits.objectStallMs)
    }
    expect(await objects.list({ limit: 9 })).toEqual(['not-one-of-ours'])
  })
})
