import { createHmac } from 'node:crypto'
import type { ApplyOptions } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { serve } from '../../src/http/index.ts'
import { Client, type Door, openDoor } from './door.ts'

const secret = 'shared with the proxy'
let door: Door
let proxy: Client
let projectId: string
let serverId: string

beforeAll(async () => {
  door = await openDoor()
  proxy = new Client(serve(door.cloud, { metadataSecret: secret }), undefined, '')
  const demo = await door.cloud.project('demo')
  projectId = demo.id
  await demo.keyPairs.create({ name: 'mine', publicKey })
  const network = await firstOf(demo.networks.list({ name: 'private' }))
  const image = await firstOf(demo.images.list({ name: 'nephos-boot' }))
  const batch = await demo.servers.create({
    ...{ name: 'guest', minCount: 1, maxCount: 1, flavorId: '1', imageId: image.id },
    networks: [{ networkId: network.id }],
    keyName: 'mine',
    userData: Buffer.from('#!/bin/sh\n').toString('base64'),
    metadata: { tier: 'web' },
  })
  serverId = (await firstOf(batch.servers())).id
})
afterAll(() => door[Symbol.asyncDispose]())

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEVRzdF6ViUbK4rMYZUYUCnT+SznXoVbmEJG0OqvVM2Z test'

async function firstOf<T>(rows: AsyncIterable<T> | Iterable<T>): Promise<T> {
  for await (const row of rows) return row
  throw new Error('There is none.')
}

function headers(id = serverId, project = projectId, key = secret): Record<string, string> {
  return {
    'x-instance-id': id,
    'x-tenant-id': project,
    'x-instance-id-signature': createHmac('sha256', key).update(id).digest('hex'),
  }
}

describe('N6: what a guest is told of itself', () => {
  it('in the form of OpenStack', async () => {
    const path = '/metadata/openstack/latest'
    const meta = await proxy.get(`${path}/meta_data.json`, headers())
    expect(meta.status).toBe(200)
    expect(meta.json).toMatchObject({
      uuid: serverId,
      name: 'guest',
      project_id: projectId,
      launch_index: 0,
      meta: { tier: 'web' },
      public_keys: { mine: publicKey },
    })
    const network = await proxy.get(`${path}/network_data.json`, headers())
    expect(network.string('networks.0.ip_address')).toMatch(/^10\.0\./)
    expect(network.at('networks.0.netmask')).toBe('255.255.0.0')
    expect(network.at('networks.0.routes.0')).toEqual({
      ...{ network: '0.0.0.0', netmask: '0.0.0.0', gateway: '10.0.0.1' },
    })
    expect(network.list('links')).toHaveLength(1)
    const data = await proxy.get(`${path}/user_data`, headers())
    expect(data.text).toBe('#!/bin/sh\n')
    expect((await proxy.get('/metadata/openstack/', headers())).text).toContain('latest')
    expect((await proxy.get('/metadata/openstack/1999-01-01', headers())).status).toBe(404)
  })

  it('in the form of EC2', async () => {
    const path = '/metadata/latest/meta-data'
    const root = await proxy.get(`${path}/`, headers())
    expect(root.text.split('\n')).toContain('public-keys/')
    expect((await proxy.get(`${path}/instance-type`, headers())).text).toBe('m1.tiny')
    expect((await proxy.get(`${path}/public-keys/`, headers())).text).toBe('0=mine')
    expect((await proxy.get(`${path}/public-keys/0/openssh-key`, headers())).text).toBe(publicKey)
    expect((await proxy.get(`${path}/nothing`, headers())).status).toBe(404)
    expect((await proxy.get('/metadata/latest', headers())).text).toContain('meta-data')
    expect((await proxy.get(path, headers())).text).toBe(root.text)
    expect((await proxy.get('/metadata/latest/user-data', headers())).text).toBe('#!/bin/sh\n')
    const files = await proxy.get('/metadata/openstack/latest', headers())
    expect(files.text.split('\n')).toContain('meta_data.json')
    for (const name of ['vendor_data.json', 'vendor_data2.json']) {
      expect((await proxy.get(`/metadata/openstack/latest/${name}`, headers())).json).toEqual({})
    }
  })

  it('tells nothing to those whom the proxy has not signed for', async () => {
    const path = '/metadata/openstack/latest/meta_data.json'
    const { projectId: foreign } = await door.stranger()
    for (const wrong of [
      {},
      headers(serverId, projectId, 'another secret'),
      headers(serverId, foreign),
      headers('00000000-0000-4000-8000-000000000000'),
      { ...headers(), 'x-instance-id-signature': 'x' },
    ]) {
      expect((await proxy.get(path, wrong)).status).toBe(404)
    }
    // A door that shares no secret tells nobody.
    expect((await door.nobody.get(path, headers())).status).toBe(404)
  })
})

it('C16: a guest has on its config drive what it would be told', async () => {
  const asked: Promise<Uint8Array | undefined>[] = []
  const apply = door.fleet.apply.bind(door.fleet)
  const spy = vi
    .spyOn(door.fleet, 'apply')
    .mockImplementation((targets, options: ApplyOptions = {}) => {
      for (const { serverId: id, configDrive } of targets) {
        if (configDrive && options.configDriveOf) asked.push(options.configDriveOf(id))
      }
      return apply(targets, options)
    })
  const demo = await door.cloud.project('demo')
  const network = await firstOf(demo.networks.list({ name: 'private' }))
  const image = await firstOf(demo.images.list({ name: 'nephos-boot' }))
  const of = { flavorId: '1', imageId: image.id, networks: [{ networkId: network.id }] }
  await demo.servers.create({ ...of, name: 'without', minCount: 1, maxCount: 1 })
  const userData = Buffer.from('#!/bin/sh\necho hello\n').toString('base64')
  const more = { name: 'with', minCount: 1, maxCount: 1, configDrive: true, userData }
  await demo.servers.create({ ...of, ...more, keyName: 'mine', metadata: { tier: 'web' } })
  const servers = async () => {
    const shown = await door.demo.fetch('GET', '/compute/v2.1/servers/detail?name=^with$')
    return (await shown.json()) as {
      servers: { id: string; status: string; config_drive: string }[]
    }
  }
  await vi.waitFor(async () => expect((await servers()).servers[0]?.status).toBe('ACTIVE'))
  spy.mockRestore()
  expect(asked).toHaveLength(1)
  const disk = Buffer.from((await asked[0]) ?? [])
  const [found] = (await servers()).servers
  expect(found?.config_drive).toBe('True')
  const told = headers(found?.id)
  for (const name of ['meta_data.json', 'network_data.json', 'user_data']) {
    const { text } = await proxy.get(`/metadata/openstack/latest/${name}`, told)
    expect(text.length).toBeGreaterThan(10)
    expect(disk.includes(text)).toBe(true)
  }
  expect(disk.subarray(32_768 + 40).toString('latin1', 0, 8)).toBe('config-2')
  expect(disk.includes('"local-hostname":"with"')).toBe(true)
})
