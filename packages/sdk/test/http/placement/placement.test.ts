import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Door, openDoor } from '../door.ts'

let door: Door
let hostId: string

beforeAll(async () => {
  door = await openDoor({ hosts: 2 })
  const listed = await ask('GET', '/resource_providers')
  hostId = listed.string('resource_providers.0.uuid')
})
afterAll(() => door[Symbol.asyncDispose]())

function ask(method: string, path: string, body?: unknown, minor = 39): Promise<Answer> {
  const headers = { 'openstack-api-version': `placement 1.${minor}` }
  return door.admin.request(method, `/placement${path}`, body, headers)
}

const uuid = (n: number): string => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`

async function provider(name: string, total = 8): Promise<string> {
  const made = await ask('POST', '/resource_providers', { name })
  const id = made.string('uuid')
  await ask('PUT', '/resource_classes/CUSTOM_SEAT')
  const inventories = { CUSTOM_SEAT: { total } }
  const body = { resource_provider_generation: 0, inventories }
  expect((await ask('PUT', `/resource_providers/${id}/inventories`, body)).status).toBe(200)
  return id
}

function take(id: string, amount: number, generation: number | null): object {
  return {
    allocations: amount === 0 ? {} : { [id]: { resources: { CUSTOM_SEAT: amount } } },
    project_id: 'theatre',
    user_id: 'usher',
    consumer_generation: generation,
    consumer_type: 'GUEST',
  }
}

describe('Placement', () => {
  it('C10: tells of its versions to everybody, and of microversions in headers', async () => {
    const answer = await door.nobody.get('/placement/')
    expect(answer.json).toEqual({
      versions: [
        {
          id: 'v1.0',
          max_version: '1.39',
          min_version: '1.0',
          status: 'CURRENT',
          links: [{ rel: 'self', href: '' }],
        },
      ],
    })
    const listed = await ask('GET', '/traits', undefined, 15)
    expect(listed.headers.get('openstack-api-version')).toBe('placement 1.15')
    expect(listed.headers.get('cache-control')).toBe('no-cache')
    expect((await ask('GET', '/traits', undefined, 40)).status).toBe(406)
    expect((await ask('GET', '/traits', undefined, 5)).status).toBe(404)
  })

  it('C10: a provider has a whole life, as each version shows it', async () => {
    const id = uuid(1)
    const made = await ask('POST', '/resource_providers', { name: 'shelf', uuid: id }, 0)
    expect([made.status, made.text]).toEqual([201, ''])
    expect(made.headers.get('location')).toMatch(new RegExp(`/placement/resource_providers/${id}$`))
    const path = `/resource_providers/${id}`
    const href = `/placement${path}`
    expect((await ask('GET', path, undefined, 0)).json).toEqual({
      uuid: id,
      name: 'shelf',
      generation: 0,
      links: [
        { rel: 'self', href },
        { rel: 'inventories', href: `${href}/inventories` },
        { rel: 'usages', href: `${href}/usages` },
      ],
    })
    const renamed = await ask('PUT', path, { name: 'rack', parent_provider_uuid: hostId })
    expect(renamed.status).toBe(200)
    expect(renamed.json).toMatchObject({
      name: 'rack',
      parent_provider_uuid: hostId,
      root_provider_uuid: hostId,
    })
    const twice = await ask('POST', '/resource_providers', { name: 'rack' })
    expect([twice.status, twice.at('errors.0.code')]).toEqual([409, 'placement.duplicate_name'])
    const tree = await ask('GET', `/resource_providers?in_tree=${id}`)
    expect(tree.list('resource_providers')).toHaveLength(2)
    const early = { name: 'x', parent_provider_uuid: null }
    expect((await ask('POST', '/resource_providers', early, 13)).status).toBe(400)
    const moved = await ask('PUT', path, { name: 'rack', parent_provider_uuid: null }, 36)
    expect(moved.status).toBe(400)
    expect((await ask('DELETE', path)).status).toBe(204)
    const gone = await ask('GET', path)
    expect(gone.status).toBe(404)
    expect(gone.json).toMatchObject({ errors: [{ status: 404, title: 'Not Found' }] })
  })

  it('C10: inventories are guarded by generations and by use', async () => {
    const id = await provider('stalls')
    const path = `/resource_providers/${id}/inventories`
    expect((await ask('GET', path)).json).toEqual({
      resource_provider_generation: 1,
      inventories: {
        CUSTOM_SEAT: {
          total: 8,
          reserved: 0,
          min_unit: 1,
          max_unit: 2_147_483_647,
          step_size: 1,
          allocation_ratio: 1,
        },
      },
    })
    const stale = await ask('PUT', `${path}/CUSTOM_SEAT`, {
      resource_provider_generation: 0,
      total: 9,
    })
    expect([stale.status, stale.at('errors.0.code')]).toEqual([409, 'placement.concurrent_update'])
    const more = await ask('PUT', `${path}/CUSTOM_SEAT`, {
      resource_provider_generation: 1,
      total: 9,
    })
    expect(more.json).toMatchObject({ resource_provider_generation: 2, total: 9 })
    const added = await ask('POST', path, { resource_class: 'VGPU', total: 2 })
    expect([added.status, added.at('total')]).toEqual([201, 2])
    expect((await ask('GET', `${path}/VGPU`)).at('total')).toBe(2)
    expect((await ask('DELETE', `${path}/VGPU`)).status).toBe(204)
    expect((await ask('DELETE', `${path}/VGPU`)).status).toBe(404)
    await ask('PUT', `/allocations/${uuid(2)}`, take(id, 1, null))
    const used = await ask('DELETE', path)
    expect([used.status, used.at('errors.0.code')]).toEqual([409, 'placement.inventory.inuse'])
    expect((await ask('DELETE', `/allocations/${uuid(2)}`)).status).toBe(204)
    expect((await ask('DELETE', path)).status).toBe(204)
    const odd = { resource_provider_generation: 6, inventories: { CUSTOM_ODD: { total: 1 } } }
    expect((await ask('PUT', path, odd)).status).toBe(409)
    const host = await ask('GET', `/resource_providers/${hostId}/inventories`)
    expect(host.at('inventories.VCPU.total')).toBeGreaterThan(0)
    const generation = host.at('resource_provider_generation')
    const write = { resource_provider_generation: generation, inventories: {} }
    const refused = await ask('PUT', `/resource_providers/${hostId}/inventories`, write)
    expect(refused.status).toBe(409)
    expect(refused.string('errors.0.detail')).toContain('Compute owns')
  })

  it('C10: traits, classes and aggregates', async () => {
    const id = await provider('circle')
    expect((await ask('PUT', '/traits/CUSTOM_VELVET')).status).toBe(201)
    expect((await ask('PUT', '/traits/CUSTOM_VELVET')).status).toBe(204)
    expect((await ask('GET', '/traits/CUSTOM_VELVET')).status).toBe(204)
    expect((await ask('GET', '/traits?name=startswith:CUSTOM_VEL')).json).toEqual({
      traits: ['CUSTOM_VELVET'],
    })
    const path = `/resource_providers/${id}/traits`
    const body = { resource_provider_generation: 1, traits: ['CUSTOM_VELVET', 'HW_CPU_X86_AVX2'] }
    expect((await ask('PUT', path, body)).at('resource_provider_generation')).toBe(2)
    expect((await ask('GET', path)).at('traits')).toEqual(body.traits)
    expect((await ask('GET', '/traits?associated=true')).list('traits')).toContain('CUSTOM_VELVET')
    const found = await ask('GET', '/resource_providers?required=CUSTOM_VELVET,!CUSTOM_ODD')
    expect(found.status).toBe(400)
    const named = await ask('GET', '/resource_providers?required=in:CUSTOM_VELVET,HW_NIC_SRIOV')
    expect(named.string('resource_providers.0.uuid')).toBe(id)
    expect((await ask('DELETE', '/traits/CUSTOM_VELVET')).status).toBe(409)
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('DELETE', '/traits/CUSTOM_VELVET')).status).toBe(204)
    expect((await ask('DELETE', '/traits/HW_NIC_SRIOV')).status).toBe(400)

    const aggregates = `/resource_providers/${id}/aggregates`
    expect((await ask('PUT', aggregates, [uuid(9)], 1)).json).toEqual({ aggregates: [uuid(9)] })
    const next = { aggregates: [uuid(8)], resource_provider_generation: 4 }
    expect((await ask('PUT', aggregates, next)).at('aggregates')).toEqual([uuid(8)])
    expect((await ask('GET', aggregates)).at('aggregates')).toEqual([uuid(8)])
    const members = await ask('GET', `/resource_providers?member_of=in:${uuid(8)},${uuid(7)}`)
    expect(members.string('resource_providers.0.uuid')).toBe(id)

    expect((await ask('POST', '/resource_classes', { name: 'CUSTOM_BOX' })).status).toBe(201)
    expect((await ask('POST', '/resource_classes', { name: 'CUSTOM_BOX' })).status).toBe(409)
    expect((await ask('GET', '/resource_classes/CUSTOM_BOX')).at('name')).toBe('CUSTOM_BOX')
    expect((await ask('GET', '/resource_classes')).list('resource_classes').length).toBeGreaterThan(
      20,
    )
    expect((await ask('DELETE', '/resource_classes/VCPU')).status).toBe(400)
    expect((await ask('DELETE', '/resource_classes/CUSTOM_BOX')).status).toBe(204)
  })

  it('C10: consumers take, all or none, and are told of', async () => {
    const id = await provider('balcony')
    expect((await ask('PUT', `/allocations/${uuid(3)}`, take(id, 5, null))).status).toBe(204)
    expect((await ask('GET', `/allocations/${uuid(3)}`)).json).toEqual({
      allocations: { [id]: { generation: 1, resources: { CUSTOM_SEAT: 5 } } },
      project_id: 'theatre',
      user_id: 'usher',
      consumer_generation: 1,
      consumer_type: 'GUEST',
    })
    expect((await ask('GET', `/allocations/${uuid(4)}`)).json).toEqual({ allocations: {} })
    const stale = await ask('PUT', `/allocations/${uuid(3)}`, take(id, 1, null))
    expect([stale.status, stale.at('errors.0.code')]).toEqual([409, 'placement.concurrent_update'])
    const full = { [uuid(3)]: take(id, 5, 1), [uuid(4)]: take(id, 4, null) }
    expect((await ask('POST', '/allocations', full)).status).toBe(409)
    const both = { [uuid(3)]: take(id, 4, 1), [uuid(4)]: take(id, 4, null) }
    expect((await ask('POST', '/allocations', both)).status).toBe(204)
    const old = {
      allocations: [{ resource_provider: { uuid: id }, resources: { CUSTOM_SEAT: 1 } }],
    }
    expect((await ask('PUT', `/allocations/${uuid(5)}`, old, 0)).status).toBe(409)
    expect((await ask('PUT', `/allocations/${uuid(5)}`, old, 12)).status).toBe(400)
    expect((await ask('GET', `/resource_providers/${id}/usages`)).at('usages')).toEqual({
      CUSTOM_SEAT: 8,
    })
    const of = await ask('GET', `/resource_providers/${id}/allocations`)
    expect(of.at('allocations')).toMatchObject({ [uuid(3)]: { consumer_generation: 2 } })
    expect((await ask('GET', '/usages?project_id=theatre')).at('usages.GUEST')).toEqual({
      CUSTOM_SEAT: 8,
      consumer_count: 2,
    })
    expect((await ask('GET', '/usages?project_id=theatre', undefined, 9)).at('usages')).toEqual({
      CUSTOM_SEAT: 8,
    })
    expect((await ask('GET', '/usages')).status).toBe(400)
    const to = await ask('POST', '/resource_providers', { name: 'gallery' })
    const reshaped = await ask('POST', '/reshaper', {
      inventories: {
        [id]: { resource_provider_generation: 1, inventories: {} },
        [to.string('uuid')]: {
          resource_provider_generation: 0,
          inventories: { CUSTOM_SEAT: { total: 8 } },
        },
      },
      allocations: {
        [uuid(3)]: take(to.string('uuid'), 4, 2),
        [uuid(4)]: take(id, 0, 1),
      },
    })
    expect([reshaped.status, reshaped.text]).toEqual([204, ''])
    expect((await ask('DELETE', `/allocations/${uuid(4)}`)).status).toBe(404)
    expect((await ask('DELETE', `/allocations/${uuid(3)}`)).status).toBe(204)
  })

  it('C11: candidates, in the form of each version', async () => {
    const path = '/allocation_candidates?resources=VCPU:1,MEMORY_MB:64&limit=1'
    const now = await ask('GET', path)
    expect(now.at('allocation_requests.0')).toMatchObject({ mappings: { '': [expect.anything()] } })
    const [[host, summary]] = Object.entries(now.at('provider_summaries') as object) as [
      [string, object],
    ]
    expect(summary).toMatchObject({ parent_provider_uuid: null, root_provider_uuid: host })
    const then = await ask('GET', path.replace('&limit=1', ''), undefined, 10)
    expect(then.list('allocation_requests')).toHaveLength(2)
    expect(then.at('allocation_requests.0.allocations.0.resources')).toEqual({
      VCPU: 1,
      MEMORY_MB: 64,
    })
    for (const query of [
      'resources=VCPU',
      'resources=NOTHING:1',
      'required=HW_NIC_SRIOV',
      'resources=VCPU:1&odd=1',
      'resources1=VCPU:1&resources2=VCPU:1',
      'resources=VCPU:1&required=HW_NIC_SRIOV,!HW_NIC_SRIOV',
      'resources=VCPU:1&group_policy=odd',
      'resources=VCPU:1&same_subtree=_A',
    ]) {
      const answer = await ask('GET', `/allocation_candidates?${query}`)
      expect([query, answer.status]).toEqual([query, 400])
    }
  })

  it('is for administrators', async () => {
    const answer = await door.demo.get('/placement/resource_providers')
    expect(answer.status).toBe(403)
    expect(answer.json).toMatchObject({ errors: [{ status: 403, title: 'Forbidden' }] })
  })
})
