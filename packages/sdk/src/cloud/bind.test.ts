import { serverList } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cloud } from './cloud.ts'
import { createCloud } from './create-cloud.ts'
import type { ProjectApi } from './project.ts'
import type { ServerRequest } from './servers.ts'

let cloud: Cloud
let project: ProjectApi
beforeEach(async () => {
  cloud = await createCloud({ work: false })
  project = await cloud.project('acme')
})
afterEach(() => cloud.close())

const invalidOptions = { code: 'invalid', field: 'options' }
const none = null as never

async function addHosts(count: number): Promise<void> {
  const inventory = { VCPU: 8, MEMORY_MB: 8_192, DISK_GB: 100 }
  const hosts = Array.from({ length: count }, (_, i) => ({ name: `h${i}`, zone: 'z', inventory }))
  await cloud.system.hosts.create({ hosts })
}

async function addAggregates(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await cloud.system.aggregates.create({ name: `a${i}` })
}

describe('a list', () => {
  it('goes on while everything it has given is deleted', async () => {
    await addHosts(5)
    const seen: string[] = []
    for await (const { id, name } of cloud.system.hosts.list({ pageSize: 2 })) {
      seen.push(name)
      await cloud.system.hosts.delete({ ids: [id] })
    }
    expect(seen).toEqual(['h0', 'h1', 'h2', 'h3', 'h4'])
  })

  it('by name goes on after the last item that is left, each item once', async () => {
    await addAggregates(7)
    const seen: string[] = []
    for await (const { id, name } of cloud.system.aggregates.list({ pageSize: 3 })) {
      seen.push(name)
      if (name !== 'a0' && name !== 'a3') await cloud.system.aggregates.delete({ id })
    }
    expect(seen).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'])
  })

  it('by name ends with an error when nothing of a page is left', async () => {
    await addAggregates(3)
    const all = async (): Promise<void> => {
      for await (const { id } of cloud.system.aggregates.list({ pageSize: 2 })) {
        await cloud.system.aggregates.delete({ id })
      }
    }
    await expect(all()).rejects.toMatchObject({ code: 'invalid', field: 'marker' })
  })

  it('refuses options that are no object', async () => {
    await expect(project.servers.list({}, none).next()).rejects.toMatchObject(invalidOptions)
    await expect(project.servers.get({ ids: ['x'] }, none)).rejects.toMatchObject(invalidOptions)
  })
})

describe('servers.create', () => {
  async function request(): Promise<ServerRequest> {
    await addHosts(1)
    const size = { vcpus: 1, ramMb: 512, diskGb: 0 }
    const flavor = await cloud.system.flavors.create({ name: 'small', ...size })
    const image = await project.images.create({ name: 'debian' })
    await project.images.upload({ id: image.id }, chunks())
    return { name: 'vm', imageId: image.id, flavorId: flavor.id, minCount: 1 }
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1)
  }

  it('refuses what is no request, and options that are no object', async () => {
    const { create } = project.servers
    const invalidRequest = { code: 'invalid', field: 'request' }
    await expect(create(none)).rejects.toMatchObject(invalidRequest)
    await expect(create(undefined as never)).rejects.toMatchObject(invalidRequest)
    await expect(create({} as never, none)).rejects.toMatchObject(invalidOptions)
  })

  it('takes options in either place, the second wins; a batch refuses null ones', async () => {
    const input = await request()
    const { create } = project.servers
    const first = await create({ ...input, requestId: 'one' }, { idempotencyKey: 'k' })
    expect(first.requestId).toBe('one')
    expect((await create(input, { idempotencyKey: 'k' })).id).toBe(first.id)
    const system = { projectId: null, domainId: null, roles: ['admin'], system: true }
    const operator = { userId: 'operator', ...system }
    // A server that is gone is still a place to go on from.
    const rest = await cloud.invoke(operator, serverList, { batchId: first.id, marker: '0' })
    expect(rest).toHaveLength(1)
    const second = await create({ ...input, idempotencyKey: 'k' }, { idempotencyKey: 'l' })
    expect(second.id).not.toBe(first.id)
    await expect(first.progress(none).next()).rejects.toMatchObject(invalidOptions)
    await expect(first.done(none)).rejects.toMatchObject(invalidOptions)
  })
})
