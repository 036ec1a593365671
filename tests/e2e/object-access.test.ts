import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  closeObjectWorld,
  type ObjectWorld,
  objectWorld,
  code,
  get,
  namesOf,
  put,
  read,
  text,
} from '../support/object-world.ts'

let w: ObjectWorld

beforeEach(async () => {
  w = await objectWorld()
})

afterEach(() => closeObjectWorld(w))

describe('access to objects', () => {
  it('O5: a temporary URL lets its holder do one thing until it is over', async () => {
    const { acme, cloud, clock } = w
    await acme.containers.create({ name: 'c', tempUrlKeys: { first: 'k1' } })
    await put(acme, 'c', 'x', 'abc')
    const path = { account: acme.id, container: 'c', name: 'x' }
    const url = await acme.objects.temporaryUrl({ container: 'c', name: 'x', seconds: 60 })
    const { expires, signature } = url
    const found = await cloud.objectAccess.download({ ...path, expires, signature })
    expect(await read(found.bytes)).toBe('abc')
    const refused = code('unauthenticated')
    const { objectAccess } = cloud
    for (const wrong of [
      { ...path, expires: expires + 1, signature },
      { ...path, expires, signature: signature.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
      { ...path, name: 'y', expires, signature },
      { ...path, container: 'd', expires, signature },
    ]) {
      await expect(objectAccess.download(wrong)).rejects.toEqual(refused)
    }
    const upload = objectAccess.upload({ ...path, expires, signature }, {}, text('evil'))
    await expect(upload).rejects.toEqual(refused)
    const write = await acme.objects.temporaryUrl({ container: 'c', name: 'y', method: 'PUT' })
    const target = { ...path, name: 'y', expires: write.expires, signature: write.signature }
    await objectAccess.upload(target, { size: 3 }, text('new'))
    expect(await get(acme, 'c', 'y')).toBe('new')
    await clock.advance(61_000)
    await expect(objectAccess.download({ ...path, expires, signature })).rejects.toEqual(refused)
  })

  it('O5: a temporary URL of some addresses is good from those alone', async () => {
    const { acme, cloud } = w
    await acme.containers.create({ name: 'c', tempUrlKeys: { first: 'k1' } })
    await put(acme, 'c', 'x', 'abc')
    const path = { account: acme.id, container: 'c', name: 'x' }
    const { expires } = await acme.objects.temporaryUrl({ container: 'c', name: 'x', seconds: 60 })
    const signed = (ipRange: string) => {
      const body = `ip=${ipRange}\nGET\n${expires}\n/v1/AUTH_${acme.id}/c/x`
      const signature = createHmac('sha256', 'k1').update(body).digest('hex')
      return { ...path, expires, signature, ipRange }
    }
    const fetched = (url: Parameters<typeof cloud.objectAccess.download>[0]): Promise<unknown> =>
      cloud.objectAccess.download(url)
    const some = signed('10.1.0.0/16')
    await expect(fetched({ ...some, address: '10.1.2.3' })).resolves.toBeDefined()
    await expect(fetched({ ...signed('10.1.2.3'), address: '10.1.2.3' })).resolves.toBeDefined()
    for (const url of [
      some,
      { ...some, address: '10.2.0.1' },
      { ...some, address: 'anywhere' },
      { ...some, ipRange: '10.0.0.0/8', address: '10.1.2.3' },
      { ...signed('anywhere'), address: '10.1.2.3' },
    ]) {
      await expect(fetched(url)).rejects.toEqual(code('unauthenticated'))
    }
  })

  it('O6: access lists let others in, and only so far', async () => {
    const { acme, other, cloud } = w
    await acme.containers.create({ name: 'c' })
    await put(acme, 'c', 'x', 'abc')
    const path = { account: acme.id, container: 'c' }
    const theirs = (more = {}) => get(other, 'c', 'x', { account: acme.id, ...more })
    await expect(theirs()).rejects.toEqual(code('notFound', 'container'))
    await acme.containers.update({ container: 'c', readAcl: `${other.id}:*` })
    expect(await theirs()).toBe('abc')
    expect(await namesOf(other.objects.list(path))).toEqual(['x'])
    const write = (): Promise<unknown> => put(other, 'c', 'y', 'z', { account: acme.id })
    await expect(write()).rejects.toEqual(code('forbidden', 'container'))
    await acme.containers.update({ container: 'c', writeAcl: other.id })
    await write()
    await expect(other.containers.delete(path)).rejects.toEqual(code('forbidden', 'container'))
    const anyone = (referrer?: string) =>
      cloud.objectAccess.downloadPublic({ ...path, name: 'x', referrer })
    await expect(anyone()).rejects.toEqual(code('notFound'))
    await acme.containers.update({
      container: 'c',
      readAcl: '.r:.example.com,.r:-evil.example.com',
    })
    await expect(anyone()).rejects.toEqual(code('notFound'))
    await expect(anyone('evil.example.com')).rejects.toEqual(code('notFound'))
    expect(await read((await anyone('www.example.com')).bytes)).toBe('abc')
    await acme.containers.update({ container: 'c', readAcl: '*:*' })
    await expect(anyone()).rejects.toEqual(code('notFound'))
    await acme.containers.update({ container: 'c', readAcl: '.r:*' })
    expect(await read((await anyone()).bytes)).toBe('abc')
    await expect(cloud.objectAccess.listPublic(path)).rejects.toEqual(code('forbidden'))
    await acme.containers.update({ container: 'c', readAcl: '.r:*,.rlistings' })
    expect(await cloud.objectAccess.listPublic(path)).toHaveLength(2)
    const bad = acme.containers.update({ container: 'c', writeAcl: '.r:*' })
    await expect(bad).rejects.toEqual(code('invalid', 'writeAcl'))
  })

  it('O6: an open manifest does not open the container of its segments', async () => {
    const { acme, other, cloud } = w
    await acme.containers.create({ name: 'secret' })
    await acme.containers.create({ name: 'open', readAcl: '.r:*', writeAcl: '*:*' })
    await put(acme, 'secret', 's', 'secret')
    const spy = put(other, 'open', 'm', '', {
      account: acme.id,
      dynamic: { container: 'secret', prefix: 's' },
    })
    await expect(spy).rejects.toEqual(code('notFound', 'dynamic.container'))
    await put(acme, 'open', 'm', '', { dynamic: { container: 'secret', prefix: 's' } })
    const found = cloud.objectAccess.downloadPublic({
      account: acme.id,
      container: 'open',
      name: 'm',
    })
    await expect(found).rejects.toEqual(code('notFound', 'container'))
  })

  it('O6: quotas of containers and accounts are never passed', async () => {
    const { acme, cloud } = w
    await acme.containers.create({ name: 'c', maxObjects: 1, maxBytes: 5 })
    await put(acme, 'c', 'x', '12345')
    await expect(put(acme, 'c', 'y', '')).rejects.toEqual(code('quotaExceeded', 'maxObjects'))
    await expect(put(acme, 'c', 'x', '123456')).rejects.toEqual(code('quotaExceeded', 'maxBytes'))
    await put(acme, 'c', 'x', '54321')
    await cloud.system.quotas.set({ projectId: acme.id, limits: { objectBytes: 6 } })
    await acme.containers.create({ name: 'd' })
    await put(acme, 'd', 'z', '1')
    const more = put(acme, 'd', 'y', '12')
    await expect(more).rejects.toEqual(code('quotaExceeded', 'objectBytes'))
    const both = await Promise.allSettled([put(acme, 'd', 'z', '2'), put(acme, 'd', 'q', '3')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
