import { createHash } from 'node:crypto'
import { limits } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  closeObjectWorld,
  code,
  get,
  md5,
  type ObjectWorld,
  objectWorld,
  put,
  text,
} from '../support/object-world.ts'
import { collect } from '../support/world.ts'

let w: ObjectWorld

beforeEach(async () => {
  w = await objectWorld()
  await w.acme.containers.create({ name: 'c' })
})

afterEach(() => closeObjectWorld(w))

const path = { container: 'c', name: 'large' }
const large = 'x'.repeat(limits.uploadPartBytes)

async function begin(): Promise<string> {
  return (await w.acme.objectUploads.create({ ...path, metadata: { a: 'b' } })).id
}

function part(uploadId: string, number: number, data: string): Promise<{ etag: string }> {
  return w.acme.objectUploads.put({ ...path, uploadId, number }, text(data))
}

function etagOf(...parts: readonly string[]): string {
  const hash = createHash('md5')
  for (const one of parts) hash.update(Buffer.from(md5(one), 'hex'))
  return `${hash.digest('hex')}-${parts.length}`
}

describe('objects in parts', () => {
  it('O10: parts come in any order, and become one object', async () => {
    const { acme } = w
    const uploadId = await begin()
    const two = await part(uploadId, 2, 'end')
    await part(uploadId, 1, 'wrong')
    const one = await part(uploadId, 1, large)
    await part(uploadId, 7, 'left out')
    expect(await acme.objectUploads.parts({ ...path, uploadId, limit: 2 })).toMatchObject([
      { number: 1, size: large.length, etag: md5(large) },
      { number: 2, size: 3 },
    ])
    expect(await acme.objectUploads.list({ container: 'c' })).toMatchObject([
      { id: uploadId, name: 'large' },
    ])
    expect(await acme.containers.get({ container: 'c' })).toMatchObject({
      objects: 0,
      bytes: large.length + 11,
    })
    const parts = [
      { number: 1, etag: one.etag },
      { number: 2, etag: two.etag },
    ]
    const object = await acme.objectUploads.complete({ ...path, uploadId, parts })
    expect(object).toMatchObject({
      id: uploadId,
      etag: etagOf(large, 'end'),
      size: large.length + 3,
      metadata: { a: 'b' },
    })
    expect(await acme.objectUploads.complete({ ...path, uploadId, parts })).toMatchObject({
      etag: object.etag,
    })
    expect(await get(acme, 'c', 'large')).toBe(`${large}end`)
    expect(await get(acme, 'c', 'large', { start: large.length - 2, end: large.length + 1 })).toBe(
      'xxe',
    )
    expect(await acme.containers.get({ container: 'c' })).toMatchObject({
      objects: 1,
      bytes: large.length + 3,
    })
    expect(await get(acme, 'c', 'large', { ifMatch: [`"${object.etag}"`], last: 3 })).toBe('end')
    await put(acme, 'c', 'large', 'small')
    await w.cloud.reconcile()
    expect(await w.objects.list({ limit: 10 })).toHaveLength(1)
  })

  it('O10: parts that are absent, too small or out of order are refused', async () => {
    const { acme } = w
    const uploadId = await begin()
    const small = await part(uploadId, 1, 'small')
    const end = await part(uploadId, 2, 'end')
    const complete = (...parts: { number: number; etag: string }[]): Promise<unknown> =>
      acme.objectUploads.complete({ ...path, uploadId, parts })
    const [one, two] = [
      { number: 1, etag: small.etag },
      { number: 2, etag: end.etag },
    ]
    await expect(complete(one, two)).rejects.toEqual(code('invalid', 'parts[0].size'))
    await expect(complete(two, one)).rejects.toEqual(code('invalid', 'parts[1].number'))
    await expect(complete({ ...one, etag: end.etag })).rejects.toEqual(
      code('invalid', 'parts[0].etag'),
    )
    await expect(complete({ ...one, number: 3 })).rejects.toEqual(code('invalid', 'parts[0].etag'))
    await expect(acme.containers.delete({ container: 'c' })).rejects.toEqual(code('conflict'))
    await acme.objectUploads.abort({ ...path, uploadId })
    await expect(part(uploadId, 3, 'late')).rejects.toEqual(code('notFound', 'uploadId'))
    await expect(complete(one)).rejects.toEqual(code('notFound', 'uploadId'))
    await acme.containers.delete({ container: 'c' })
  })

  it('O10: a foreign upload and an absent one cannot be told apart', async () => {
    const uploadId = await begin()
    const { other } = w
    await other.containers.create({ name: 'c' })
    for (const id of [uploadId, '00000000-0000-4000-8000-000000000000']) {
      const input = { ...path, uploadId: id }
      await expect(other.objectUploads.abort(input)).rejects.toEqual(code('notFound', 'uploadId'))
      await expect(other.objectUploads.parts(input)).rejects.toEqual(code('notFound', 'uploadId'))
    }
  })

  it('O10: a part that arrives while its upload ends belongs to it, or to nobody', async () => {
    const { acme } = w
    for (let round = 0; round < 8; round++) {
      const uploadId = await begin()
      const one = await part(uploadId, 1, 'one')
      const parts = [{ number: 1, etag: one.etag }]
      const end =
        round % 2 === 0
          ? acme.objectUploads.abort({ ...path, uploadId })
          : acme.objectUploads.complete({ ...path, uploadId, parts })
      await Promise.allSettled([end, part(uploadId, 2, 'two'), part(uploadId, 1, 'again')])
    }
    await w.cloud.reconcile()
    const rest = await acme.objectUploads.list({ container: 'c' })
    for (const { id: uploadId } of rest) await acme.objectUploads.abort({ ...path, uploadId })
  })

  it('O10: damage in a part is found', async () => {
    const { acme, cloud, objects } = w
    const uploadId = await begin()
    const one = await part(uploadId, 1, 'one')
    const parts = [{ number: 1, etag: one.etag }]
    await acme.objectUploads.complete({ ...path, uploadId, parts })
    const [key] = await objects.list({ limit: 1 })
    await objects.put(key as string, text('two'))
    await cloud.reconcile()
    expect(await acme.objects.get(path)).toMatchObject({ damaged: true })
    await expect(get(acme, 'c', 'large')).rejects.toEqual(code('checksumMismatch'))
    await objects.put(key as string, text('one'))
    await cloud.reconcile()
    expect(await acme.objects.get(path)).toMatchObject({ damaged: false })
  })

  it('O10: versions are listed newest first, and the one before comes back', async () => {
    const { acme } = w
    await acme.containers.update({ container: 'c', versioning: 'enabled' })
    for (const name of ['a', 'b/1', 'b/2', 'd']) {
      await put(acme, 'c', name, `${name} one`)
      await put(acme, 'c', name, `${name} two`)
    }
    await acme.objects.delete({ container: 'c', name: 'd' })
    const all = []
    let after = {}
    for (;;) {
      const page = await acme.objects.browseVersions({ container: 'c', limit: 2, ...after })
      all.push(...page)
      const last = page.at(-1)
      if (!last || page.length < 2) break
      after =
        last.type === 'version'
          ? { nameMarker: last.name, versionMarker: last.version.id }
          : { nameMarker: last.name }
    }
    const shown = all.map((one) =>
      one.type === 'version' ? `${one.name} ${one.version.etag ?? ''}` : one.name,
    )
    const newest = (name: string): string[] => [
      `${name} ${md5(`${name} two`)}`,
      `${name} ${md5(`${name} one`)}`,
    ]
    expect(shown).toEqual([
      ...newest('a'),
      ...newest('b/1'),
      ...newest('b/2'),
      'd ',
      ...newest('d'),
    ])
    const rolled = await acme.objects.browseVersions({ container: 'c', delimiter: '/' })
    expect(rolled.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'version a',
      'version a',
      'prefix b/',
      'version d',
      'version d',
      'version d',
    ])
    const marker = rolled[3]
    if (marker?.type !== 'version') throw new Error('No marker.')
    const gone = { container: 'c', name: 'd', versionId: marker.version.id, promote: true }
    await acme.objects.delete(gone)
    expect(await get(acme, 'c', 'd')).toBe('d two')
  })
})

describe('the older way to keep versions', () => {
  it('O7: what is replaced moves to another container, and comes back', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'old' })
    await acme.containers.update({ container: 'c', versionsIn: 'old' })
    for (const data of ['one', 'two', 'three']) await put(acme, 'c', 'x', data)
    expect(await acme.containers.get({ container: 'old' })).toMatchObject({ objects: 2, bytes: 6 })
    const [first] = await collect(acme.objects.list({ container: 'old' }))
    expect(first?.name).toMatch(/^001x\/18000000\d\d\.\d{5}$/)
    const x = { container: 'c', name: 'x' }
    await acme.objects.delete(x)
    expect(await get(acme, 'c', 'x')).toBe('two')
    await acme.objects.deleteMany({ container: 'c', names: ['x'] })
    expect(await get(acme, 'c', 'x')).toBe('one')
    await acme.objects.delete(x)
    await expect(get(acme, 'c', 'x')).rejects.toEqual(code('notFound'))
    await expect(acme.containers.update({ container: 'c', versioning: 'enabled' })).rejects.toEqual(
      code('conflict', 'versionsIn'),
    )
    await acme.containers.update({ container: 'c', versionsIn: 'none' })
    await put(acme, 'c', 'x', 'one')
    await expect(put(acme, 'c', 'x', 'two')).rejects.toEqual(code('conflict', 'versionsIn'))
  })
})

describe('large objects of large objects', () => {
  it('O4: a static one is made of static ones, in part or as a whole', async () => {
    const { acme } = w
    for (const name of ['a', 'b']) await put(acme, 'c', name, name.repeat(4))
    const join = (name: string, ...segments: object[]): Promise<{ etag: string | null }> =>
      acme.objects.join({ container: 'c', name, segments: segments as never })
    await join('ab', { container: 'c', name: 'a' }, { container: 'c', name: 'b' })
    await join(
      'nest',
      { container: 'c', name: 'ab', start: 3, end: 6 },
      { container: 'c', name: 'b' },
    )
    expect(await get(acme, 'c', 'nest')).toBe('abbbbbb')
    await acme.objects.delete({ container: 'c', name: 'nest', withSegments: true })
    expect(await acme.containers.get({ container: 'c' })).toMatchObject({ objects: 0, bytes: 0 })
  })
})
