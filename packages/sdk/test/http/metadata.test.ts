import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskOf } from '../../src/wire/metadata/openstack.ts'
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
    const vendor = await proxy.get('/metadata/openstack/latest/vendor_data.json', headers())
    expect(vendor.json).toEqual({})
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

  it('writes masks of both versions', () => {
    expect(maskOf('10.0.0.0/20')).toBe('255.255.240.0')
    expect(maskOf('0.0.0.0/0')).toBe('0.0.0.0')
    expect(maskOf('2001:db8::/64')).toBe('ffff:ffff:ffff:ffff::')
    expect(maskOf('::/0')).toBe('::')
    expect(maskOf('::1/128')).toBe('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
  })
})
