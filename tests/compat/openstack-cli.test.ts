import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Recorder, recorderOf } from '../support/record.ts'
import { startUp, type Up } from '../support/up.ts'

const run = promisify(execFile)
let up: Up
let recorder: Recorder
beforeAll(async () => {
  up = await startUp('--hosts', '100')
  recorder = await recorderOf(up)
})
afterAll(() => up[Symbol.asyncDispose]())

/** OpenStack's own command-line client, as Debian packages it, acting as a user. */
async function openstack(user: 'admin' | 'demo', ...words: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    OS_AUTH_URL: `${up.origin}/identity/v3`,
    OS_IDENTITY_API_VERSION: '3',
    OS_USERNAME: user,
    OS_PASSWORD: user,
    OS_PROJECT_NAME: user,
    OS_USER_DOMAIN_ID: 'default',
    OS_PROJECT_DOMAIN_ID: 'default',
  }
  const { stdout } = await run('openstack', words, { env, timeout: 60_000, maxBuffer: 2 ** 26 })
  return stdout.trim()
}

const value = ['-f', 'value'] as const

/** Asks again until the client says so, a bounded time. */
async function until(words: readonly string[], wanted: string): Promise<void> {
  let said = ''
  for (let tries = 0; tries < 20 && said !== wanted; tries++) {
    said = await openstack('demo', ...words)
  }
  expect(said).toBe(wanted)
}

describe('X4: the openstack client, unchanged', () => {
  it('signs in, and finds the services', async () => {
    expect(await openstack('demo', 'token', 'issue', ...value, '-c', 'id')).toMatch(/^\w{64}$/)
    const types = await openstack('demo', 'catalog', 'list', ...value, '-c', 'Type')
    expect(types.split('\n').sort()).toEqual([
      ...['compute', 'identity', 'image', 'load-balancer', 'network', 'object-store'],
      ...['orchestration', 'placement', 'sharev2', 'volumev3'],
    ])
  })

  it('C1: creates 500 servers in one request, and lists them', async () => {
    const request = ['--image', 'nephos-boot', '--flavor', 'm1.tiny', '--network', 'private']
    const count = ['--min', '500', '--max', '500']
    await openstack('demo', 'server', 'create', ...request, ...count, 'web')
    const list = ['server', 'list', '--limit', '-1', ...value, '-c', 'Status']
    await until(list, Array.from({ length: 500 }, () => 'ACTIVE').join('\n'))
  })

  it('gives a server a floating IP and a volume, and takes them', async () => {
    const [name] = (await openstack('demo', 'server', 'list', ...value, '-c', 'ID')).split('\n')
    const server = name ?? ''
    const made = ['floating', 'ip', 'create', 'public', ...value, '-c', 'floating_ip_address']
    const address = await openstack('demo', ...made)
    await openstack('demo', 'server', 'add', 'floating', 'ip', server, address)
    const addresses = ['server', 'show', server, ...value, '-c', 'addresses']
    expect(await openstack('demo', ...addresses)).toContain(address)
    await openstack('demo', 'volume', 'create', '--size', '1', 'data')
    await until(['volume', 'show', 'data', ...value, '-c', 'status'], 'available')
    await openstack('demo', 'server', 'add', 'volume', server, 'data')
    await until(['volume', 'show', 'data', ...value, '-c', 'status'], 'in-use')
    await openstack('demo', 'server', 'remove', 'volume', server, 'data')
    await until(['volume', 'show', 'data', ...value, '-c', 'status'], 'available')
    await openstack('demo', 'volume', 'delete', 'data')
    await openstack('demo', 'server', 'remove', 'floating', 'ip', server, address)
    await openstack('demo', 'floating', 'ip', 'delete', address)
  })

  it('makes networks, groups, containers and load balancers', async () => {
    await openstack('demo', 'network', 'create', 'backend')
    const range = ['--network', 'backend', '--subnet-range', '10.9.0.0/24']
    await openstack('demo', 'subnet', 'create', ...range, 'backend')
    await openstack('demo', 'security', 'group', 'create', 'web')
    const rule = ['--protocol', 'tcp', '--dst-port', '443', 'web']
    await openstack('demo', 'security', 'group', 'rule', 'create', ...rule)
    await openstack('demo', 'container', 'create', 'files')
    expect(await openstack('demo', 'container', 'list', ...value)).toBe('files')
    await openstack('demo', 'loadbalancer', 'create', '--vip-subnet-id', 'backend', '--name', 'lb')
    const status = ['loadbalancer', 'show', 'lb', ...value, '-c', 'provisioning_status']
    await until(status, 'ACTIVE')
  })

  it('lets administrators make projects, users and flavors', async () => {
    await openstack('admin', 'project', 'create', 'research')
    const user = ['--project', 'research', '--password', 'secret', 'ada']
    await openstack('admin', 'user', 'create', ...user)
    await openstack('admin', 'role', 'add', '--project', 'research', '--user', 'ada', 'member')
    const flavor = ['--vcpus', '2', '--ram', '1024', '--disk', '5', 'c2']
    await openstack('admin', 'flavor', 'create', ...flavor)
    const hosts = await openstack('admin', 'hypervisor', 'list', ...value, '-c', 'State')
    expect(new Set(hosts.split('\n'))).toEqual(new Set(['up']))
  })

  it('says what was wrong', async () => {
    const wrong = openstack('demo', 'server', 'show', '00000000-0000-4000-8000-000000000000')
    await expect(wrong).rejects.toThrow(/No Server found|could not be found|No server/i)
    await expect(openstack('demo', 'user', 'list')).rejects.toThrow(/403/)
  })

  it('uses what its record says', () => recorder.end('openstack'))
})
