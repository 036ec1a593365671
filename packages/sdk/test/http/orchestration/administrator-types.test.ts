import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Door, openDoor } from '../door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

type Resources = Readonly<Record<string, unknown>>

const template = (resources: Resources) => ({ heat_template_version: '2018-08-31', resources })

async function settled(client: Client, at: string): Promise<Answer> {
  for (;;) {
    const answer = await client.get(at)
    if (answer.status === 404 || !answer.string('stack.stack_status').includes('PROGRESS')) {
      return answer
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function make(client: Client, name: string, resources: Resources): Promise<string> {
  const path = `/orchestration/v1/${client.projectId}/stacks`
  const answer = await client.post(path, { stack_name: name, template: template(resources) })
  expect(answer.status, answer.text).toBe(201)
  return new URL(answer.headers.get('location') ?? '').pathname
}

async function expectSettled(client: Client, at: string, status: string): Promise<void> {
  const { stack_status: found, stack_status_reason: reason } = (await settled(client, at)).at(
    'stack',
  ) as Record<string, string>
  expect(found, reason).toBe(status)
}

async function remove(client: Client, at: string): Promise<void> {
  expect((await client.delete(at)).status).toBe(204)
  expect((await settled(client, at)).status).toBe(404)
}

/** What the template of an administrator makes of one kind, before and after a change. */
const changes: readonly (readonly [string, Resources, Resources])[] = [
  [
    'types of volumes',
    {
      fast: {
        type: 'OS::Cinder::VolumeType',
        properties: { name: 'fast-one', metadata: { tier: 'one', old: 'yes' } },
      },
      secret: {
        type: 'OS::Cinder::EncryptedVolumeType',
        properties: {
          volume_type: { get_resource: 'fast' },
          provider: 'luks',
          cipher: 'aes-xts-plain64',
          key_size: 256,
        },
      },
      speed: {
        type: 'OS::Cinder::QoSSpecs',
        properties: { name: 'gold', specs: { total_iops_sec: 500 } },
      },
      use: {
        type: 'OS::Cinder::QoSAssociation',
        properties: {
          qos_specs: { get_resource: 'speed' },
          volume_types: [{ get_resource: 'fast' }],
        },
      },
    },
    {
      fast: {
        type: 'OS::Cinder::VolumeType',
        properties: { name: 'fast-two', metadata: { tier: 'two' }, is_public: false },
      },
      speed: {
        type: 'OS::Cinder::QoSSpecs',
        properties: { name: 'gold', consumer: 'back-end', specs: { total_iops_sec: 900 } },
      },
      use: {
        type: 'OS::Cinder::QoSAssociation',
        properties: { qos_specs: { get_resource: 'speed' }, volume_types: [] },
      },
    },
  ],
  [
    'a tenant',
    {
      domain: { type: 'OS::Keystone::Domain', properties: { name: 'branch' } },
      project: {
        type: 'OS::Keystone::Project',
        properties: { name: 'shop', domain: { get_resource: 'domain' }, tags: ['new'] },
      },
      role: { type: 'OS::Keystone::Role', properties: { name: 'auditor' } },
      group: {
        type: 'OS::Keystone::Group',
        properties: {
          name: 'crew',
          domain: { get_resource: 'domain' },
          roles: [{ role: 'reader', project: { get_resource: 'project' } }],
        },
      },
      user: {
        type: 'OS::Keystone::User',
        properties: {
          name: 'ann',
          domain: { get_resource: 'domain' },
          password: 'a long secret',
          default_project: { get_resource: 'project' },
          groups: [{ get_resource: 'group' }],
          roles: [{ role: 'member', project: { get_resource: 'project' } }],
        },
      },
      more: {
        type: 'OS::Keystone::UserRoleAssignment',
        properties: {
          user: { get_resource: 'user' },
          roles: [
            { role: { get_resource: 'role' }, project: { get_resource: 'project' } },
            { role: 'reader', domain: { get_resource: 'domain' } },
          ],
        },
      },
      limits: {
        type: 'OS::Nova::Quota',
        properties: { project: { get_resource: 'project' }, instances: 700, cores: 900 },
      },
      disks: {
        type: 'OS::Cinder::Quota',
        properties: { project: { get_resource: 'project' }, volumes: 5 },
      },
    },
    {
      domain: { type: 'OS::Keystone::Domain', properties: { name: 'branch', description: 'b' } },
      project: {
        type: 'OS::Keystone::Project',
        properties: { name: 'store', domain: { get_resource: 'domain' } },
      },
      role: { type: 'OS::Keystone::Role', properties: { name: 'auditor' } },
      group: {
        type: 'OS::Keystone::Group',
        properties: { name: 'team', domain: { get_resource: 'domain' } },
      },
      user: {
        type: 'OS::Keystone::User',
        properties: {
          name: 'ann',
          domain: { get_resource: 'domain' },
          password: 'another secret',
          email: 'ann@example.org',
          roles: [{ role: 'manager', project: { get_resource: 'project' } }],
        },
      },
      limits: {
        type: 'OS::Nova::Quota',
        properties: { project: { get_resource: 'project' }, instances: 701 },
      },
    },
  ],
  [
    'a flavor and networks',
    {
      large: {
        type: 'OS::Nova::Flavor',
        properties: {
          name: 'large',
          vcpus: 8,
          ram: 4096,
          extra_specs: { 'hw:mem_page_size': 'any' },
        },
      },
      speed: { type: 'OS::Neutron::QoSPolicy', properties: { name: 'slow', shared: true } },
      limit: {
        type: 'OS::Neutron::QoSBandwidthLimitRule',
        properties: { policy: { get_resource: 'speed' }, max_kbps: 1000 },
      },
      mark: {
        type: 'OS::Neutron::QoSDscpMarkingRule',
        properties: { policy: { get_resource: 'speed' }, dscp_mark: 16 },
      },
      least: {
        type: 'OS::Neutron::QoSMinimumBandwidthRule',
        properties: { policy: { get_resource: 'speed' }, min_kbps: 10 },
      },
      net: { type: 'OS::Neutron::Net' },
      lent: {
        type: 'OS::Neutron::RBACPolicy',
        properties: {
          object_type: 'network',
          object_id: { get_resource: 'net' },
          action: 'access_as_shared',
          target_tenant: 'other-project',
        },
      },
      pool: {
        type: 'OS::Neutron::SubnetPool',
        properties: { name: 'pool', prefixes: ['10.8.0.0/16'], default_prefixlen: 24 },
      },
    },
    {
      large: { type: 'OS::Nova::Flavor', properties: { name: 'large', vcpus: 8, ram: 4096 } },
      speed: { type: 'OS::Neutron::QoSPolicy', properties: { name: 'slower', shared: true } },
      limit: {
        type: 'OS::Neutron::QoSBandwidthLimitRule',
        properties: { policy: { get_resource: 'speed' }, max_kbps: 500, direction: 'ingress' },
      },
      mark: {
        type: 'OS::Neutron::QoSDscpMarkingRule',
        properties: { policy: { get_resource: 'speed' }, dscp_mark: 18 },
      },
      net: { type: 'OS::Neutron::Net' },
      lent: {
        type: 'OS::Neutron::RBACPolicy',
        properties: {
          object_type: 'network',
          object_id: { get_resource: 'net' },
          action: 'access_as_shared',
          target_tenant: 'third-project',
        },
      },
      pool: {
        type: 'OS::Neutron::SubnetPool',
        properties: { name: 'pool', prefixes: ['10.8.0.0/16', '10.9.0.0/16'] },
      },
    },
  ],
]

describe('types of resources that administrators have', () => {
  it.each(changes)('H6: %s are made, changed and deleted', async (name, before, after) => {
    const { admin } = door
    const at = await make(admin, name.replaceAll(' ', '-'), before)
    await expectSettled(admin, at, 'CREATE_COMPLETE')
    expect((await admin.put(at, { template: template(after) })).status).toBe(202)
    await expectSettled(admin, at, 'UPDATE_COMPLETE')
    expect((await admin.post(`${at}/actions`, { check: null })).status).toBe(200)
    await expectSettled(admin, at, 'CHECK_COMPLETE')
    await remove(admin, at)
    expect(await door.cloud.audit()).toEqual([])
  })

  it('H6: they are nobody else’s', async () => {
    const { demo } = door
    const flavor = { type: 'OS::Nova::Flavor', properties: { vcpus: 1, ram: 64 } }
    const at = await make(demo, 'sly', { flavor })
    const stack = (await settled(demo, at)).at('stack') as Record<string, string>
    expect(stack['stack_status']).toBe('CREATE_FAILED')
    expect(stack['stack_status_reason']).toContain('forbidden')
    await remove(demo, at)
  })

  it('H6: a member’s stack has load balancing rules, forwarded ports and web images', async () => {
    const { demo } = door
    const name = 'unreachable'
    const image = {
      type: 'OS::Glance::WebImage',
      properties: {
        location: 'http://127.0.0.1:1/image',
        disk_format: 'raw',
        container_format: 'bare',
      },
    }
    const at = await make(demo, name, { image })
    const stack = (await settled(demo, at)).at('stack') as Record<string, string>
    expect(stack['stack_status']).toBe('CREATE_FAILED')
    await remove(demo, at)
    expect(await door.cloud.audit()).toEqual([])
  })
})
