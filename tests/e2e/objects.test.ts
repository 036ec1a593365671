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

let w: ObjectWorld

beforeEach(async () => {
  w = await objectWorld()
})

afterEach(() => closeObjectWorld(w))

describe('objects', () => {
  it('O1: are stored, read, listed, changed and deleted', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'site', metadata: { owner: 'ann' } })
    const stored = await acme.objects.upload(
      { container: 'site', name: 'a/ü.html', contentType: 'text/html', metadata: { lang: 'de' } },
      text('<h1>', 'hi'),
    )
    expect(stored).toMatchObject({ size: 6, etag: md5('<h1>hi'), contentType: 'text/html' })
    expect(await get(acme, 'site', 'a/ü.html')).toBe('<h1>hi')
    expect(await acme.containers.get({ container: 'site' })).toMatchObject({
      objects: 1,
      bytes: 6,
      metadata: { owner: 'ann' },
    })
    expect(await acme.objectAccount.get({})).toMatchObject({ containers: 1, objects: 1, bytes: 6 })
    await acme.objects.update({ container: 'site', name: 'a/ü.html', metadata: { lang: 'en' } })
    const head = await acme.objects.get({ container: 'site', name: 'a/ü.html' })
    expect(head).toMatchObject({ metadata: { lang: 'en' }, contentType: 'text/html' })
    await expect(acme.containers.delete({ container: 'site' })).rejects.toEqual(code('conflict'))
    await acme.objects.delete({ container: 'site', name: 'a/ü.html' })
    await expect(get(acme, 'site', 'a/ü.html')).rejects.toEqual(code('notFound', 'name'))
    await acme.containers.delete({ container: 'site' })
    expect(await namesOf(acme.containers.list())).toEqual([])
  })

  it('O1: listings take prefix, delimiter, markers and reverse', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    const all = ['a', 'b/1', 'b/2', 'b/c/3', 'c', 'd/', 'd/4', 'é', '\u{1f600}', '\u{ff61}']
    for (const name of all) await put(acme, 'c', name, name)
    const list = (filter: object = {}) =>
      namesOf(acme.objects.list({ container: 'c', pageSize: 2, ...filter }))
    expect(await list()).toEqual(['a', 'b/1', 'b/2', 'b/c/3', 'c', 'd/', 'd/4', 'é', '｡', '😀'])
    expect(await list({ delimiter: '/' })).toEqual(['a', 'b/', 'c', 'd/', 'é', '｡', '😀'])
    expect(await list({ delimiter: '/', reverse: true })).toEqual(
      ['a', 'b/', 'c', 'd/', 'é', '｡', '😀'].toReversed(),
    )
    expect(await list({ prefix: 'b/', delimiter: '/' })).toEqual(['b/1', 'b/2', 'b/c/'])
    expect(await list({ marker: 'b/2', endMarker: 'd/4' })).toEqual(['b/c/3', 'c', 'd/'])
    expect(await list({ reverse: true, marker: 'd/4', endMarker: 'b/2' })).toEqual([
      'd/',
      'c',
      'b/c/3',
    ])
    expect(await list({ prefix: 'x' })).toEqual([])
  })

  it('O1: a container that holds objects is not deleted, one that is empty is', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    await expect(acme.containers.create({ name: 'c' })).rejects.toEqual(code('conflict', 'name'))
    await put(acme, 'c', 'x', '1')
    await expect(acme.containers.delete({ container: 'c' })).rejects.toMatchObject({
      detail: { objects: 1, bytes: 1 },
    })
    expect(await acme.objects.deleteMany({ container: 'c', names: ['x', 'x', 'y'] })).toEqual({
      deleted: 1,
      notFound: ['y'],
    })
    await acme.containers.delete({ container: 'c' })
  })

  it('O2: limits of names and metadata are those documented', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    const long = 'ü'.repeat(512)
    await put(acme, 'c', long, 'x')
    await expect(put(acme, 'c', `${long}x`, 'x')).rejects.toEqual(code('invalid', 'name'))
    await expect(acme.containers.create({ name: 'a/b' })).rejects.toEqual(code('invalid', 'name'))
    await expect(acme.containers.create({ name: 'ü'.repeat(129) })).rejects.toEqual(
      code('invalid', 'name'),
    )
    const many = (count: number, value: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]))
    for (const metadata of [
      many(91, ''),
      many(17, 'v'.repeat(256)),
      { k: 'v'.repeat(257) },
      { ['k'.repeat(129)]: '' },
    ]) {
      const refused = put(acme, 'c', 'm', 'x', { metadata })
      await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    }
    await put(acme, 'c', 'm', 'x', { metadata: many(90, 'v') })
  })

  it('O2: more or fewer bytes than declared, or others, leave nothing', async () => {
    const { acme, objects, cloud } = w
    await acme.containers.create({ name: 'c' })
    const size = limits.objectBytes + 1
    await expect(put(acme, 'c', 'x', '', { size })).rejects.toEqual(code('invalid', 'size'))
    await expect(put(acme, 'c', 'x', 'abc', { size: 2 })).rejects.toEqual(code('tooLarge', 'size'))
    await expect(put(acme, 'c', 'x', 'abc', { size: 4 })).rejects.toEqual(code('invalid', 'size'))
    const checksum = { algorithm: 'md5', value: md5('abd') }
    await expect(put(acme, 'c', 'x', 'abc', { checksum })).rejects.toEqual(
      code('checksumMismatch', 'checksum'),
    )
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3)
      throw new Error('the line is cut')
    }
    const cut = acme.objects.upload({ container: 'c', name: 'x' }, broken())
    await expect(cut).rejects.toEqual(code('unavailable'))
    await cloud.reconcile()
    expect(await objects.list({ limit: 9 })).toEqual([])
    await expect(get(acme, 'c', 'x')).rejects.toEqual(code('notFound'))
  })

  it('O3: a copy is an object of its own', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    await acme.containers.create({ name: 'd' })
    await put(acme, 'c', 'x', 'abc', { metadata: { a: '1', b: '1' }, contentType: 'text/plain' })
    const copy = { container: 'c', name: 'x', to: { container: 'd', name: 'y' } }
    await acme.objects.copy({ ...copy, metadata: { b: '2' } })
    await acme.objects.delete({ container: 'c', name: 'x' })
    expect(await get(acme, 'd', 'y')).toBe('abc')
    expect(await acme.objects.get({ container: 'd', name: 'y' })).toMatchObject({
      metadata: { a: '1', b: '2' },
      contentType: 'text/plain',
    })
    await expect(acme.objects.copy(copy)).rejects.toEqual(code('notFound', 'name'))
  })

  it('O3: ranges are read, and those beyond the end refused', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', '0123456789')
    expect(await get(acme, 'c', 'x', { start: 2, end: 5 })).toBe('234')
    expect(await get(acme, 'c', 'x', { start: 8 })).toBe('89')
    expect(await get(acme, 'c', 'x', { end: 99 })).toBe('0123456789')
    expect(await get(acme, 'c', 'x', { last: 3 })).toBe('789')
    expect(await get(acme, 'c', 'x', { last: 30 })).toBe('0123456789')
    await expect(get(acme, 'c', 'x', { start: 10 })).rejects.toEqual(code('invalid', 'start'))
    await expect(get(acme, 'c', 'x', { last: 1, start: 1 })).rejects.toEqual(
      code('invalid', 'last'),
    )
  })

  it('O3: conditions on ETags and times hold', async () => {
    const { acme, clock } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'abc', { ifNoneMatch: '*' })
    const again = put(acme, 'c', 'x', 'abd', { ifNoneMatch: '*' })
    await expect(again).rejects.toEqual(code('conflict', 'ifNoneMatch'))
    const stale = put(acme, 'c', 'x', 'abd', { ifMatch: [md5('zzz')] })
    await expect(stale).rejects.toEqual(code('conflict', 'ifMatch'))
    const path = { container: 'c', name: 'x' }
    const found = (more: object) => acme.objects.download({ ...path, ...more })
    expect((await found({ ifNoneMatch: [`"${md5('abc')}"`] })).unchanged).toBe(true)
    expect((await found({ ifNoneMatch: [md5('abd')] })).unchanged).toBe(false)
    expect((await found({ ifModifiedSince: clock.now() })).unchanged).toBe(true)
    expect((await found({ ifModifiedSince: clock.now() - 5_000 })).unchanged).toBe(false)
    await expect(found({ ifUnmodifiedSince: clock.now() - 5_000 })).rejects.toEqual(
      code('conflict', 'ifUnmodifiedSince'),
    )
    await expect(found({ ifMatch: [md5('abd')] })).rejects.toEqual(code('conflict', 'ifMatch'))
    const gone = acme.objects.delete({ ...path, ifMatch: [md5('abd')] })
    await expect(gone).rejects.toEqual(code('conflict', 'ifMatch'))
    await put(acme, 'c', 'x', 'abd', { ifMatch: [md5('abc')] })
    expect(await get(acme, 'c', 'x')).toBe('abd')
  })

  it('O4: a dynamic large object is all whose names begin so', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    for (const [name, data] of [
      ['p/1', 'abc'],
      ['p/2', 'def'],
      ['p/3', 'g'],
    ] as const) {
      await put(acme, 'c', name, data)
    }
    await put(acme, 'c', 'p/', '', { dynamic: { container: 'c', prefix: 'p/' } })
    expect(await get(acme, 'c', 'p/')).toBe('abcdefg')
    expect(await get(acme, 'c', 'p/', { start: 2, end: 5 })).toBe('cde')
    const head = await acme.objects.get({ container: 'c', name: 'p/' })
    expect(head).toMatchObject({ size: 7, etag: md5(['abc', 'def', 'g'].map(md5).join('')) })
    await put(acme, 'c', 'p/4', '!')
    expect(await get(acme, 'c', 'p/')).toBe('abcdefg!')
  })

  it('O4: a static large object is a checked list, and breaks when a segment changes', async () => {
    const { acme } = w
    await acme.containers.create({ name: 'c' })
    await acme.containers.create({ name: 'parts' })
    await put(acme, 'parts', '1', 'abc')
    await put(acme, 'parts', '2', 'defgh')
    const part = (name: string, more = {}) => ({ container: 'parts', name, ...more })
    const join = (...segments: ReturnType<typeof part>[]) =>
      acme.objects.join({ container: 'c', name: 'big', segments })
    await expect(join(part('1'), part('3'))).rejects.toEqual(code('invalid', 'segments[1].name'))
    await expect(join(part('1', { etag: md5('x') }))).rejects.toEqual(
      code('invalid', 'segments[0].etag'),
    )
    await expect(join(part('2', { size: 4 }))).rejects.toEqual(code('invalid', 'segments[0].size'))
    await expect(join(part('2', { end: 6 }))).rejects.toEqual(code('invalid', 'segments[0].end'))
    const big = await join(
      part('1', { etag: md5('abc'), size: 3 }),
      part('2', { start: 1, end: 4 }),
    )
    expect(big).toMatchObject({ size: 6, etag: md5(`${md5('abc')}${md5('defgh')}:1-3;`) })
    expect(await get(acme, 'c', 'big')).toBe('abcefg')
    expect(await get(acme, 'c', 'big', { last: 4 })).toBe('cefg')
    expect(await acme.objects.segments({ container: 'c', name: 'big' })).toHaveLength(2)
    await expect(join({ container: 'c', name: 'big' })).rejects.toEqual(
      code('invalid', 'segments[0].name'),
    )
    await put(acme, 'parts', '2', 'DEFGH')
    await expect(get(acme, 'c', 'big')).rejects.toEqual(code('conflict', 'name'))
    await acme.objects.delete({ container: 'c', name: 'big', withSegments: true })
    expect(await namesOf(acme.objects.list({ container: 'parts' }))).toEqual(['2'])
  })
})
