import { beforeEach, describe, expect, it } from 'vitest'
import { findings, identityKernel, type IdentityKernel } from '../../../test/identity-kernel.ts'
import { limits } from '../../base/limits.ts'
import { invoke } from '../operation.ts'
import { catalogGet } from './catalog.ts'
import {
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
} from './catalog-endpoint.ts'
import {
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
} from './catalog-service.ts'
import { regionCreate, regionDelete, regionUpdate } from './region.ts'

let world: IdentityKernel
beforeEach(async () => {
  world = await identityKernel()
})

const region = (input: { id?: string; parentId?: string }) =>
  invoke(world.kernel, world.root, regionCreate, input)
const service = (type: string) => invoke(world.kernel, world.root, catalogServiceCreate, { type })
const parts = () => invoke(world.kernel, world.root, catalogGet, {})

describe('X1: what operators add to the catalogue', () => {
  it('regions lie in each other, and go when they are empty', async () => {
    const { kernel, root } = world
    await region({ id: 'north' })
    const inner = await region({ parentId: 'north' })
    await expect(region({ id: 'north' })).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    await expect(region({ id: 'RegionOne' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(region({ parentId: 'odd' })).rejects.toMatchObject({ field: 'parentId' })
    const round = invoke(kernel, root, regionUpdate, { id: 'north', parentId: inner.id })
    await expect(round).rejects.toMatchObject({ code: 'invalid', field: 'parentId' })
    const full = invoke(kernel, root, regionDelete, { id: 'north' })
    await expect(full).rejects.toMatchObject({ code: 'forbidden' })
    const out = { id: inner.id, parentId: null, description: 'x' }
    expect(await invoke(kernel, root, regionUpdate, out)).toEqual(out)
    await invoke(kernel, root, regionDelete, { id: 'north' })
    expect((await parts()).regions.map(({ id }) => id)).toEqual([inner.id])
    const gone = invoke(kernel, root, regionDelete, { id: 'north' })
    await expect(gone).rejects.toMatchObject({ code: 'notFound' })
  })

  it('endpoints are of a service and in a region, and go with their service', async () => {
    const { kernel, root } = world
    const { id: serviceId } = await service('dns')
    const at = { serviceId, interface: 'public', url: 'https://dns.example' } as const
    const make = (fields: object) =>
      invoke(kernel, root, catalogEndpointCreate, { ...at, ...fields })
    await expect(make({ regionId: 'odd' })).rejects.toMatchObject({ field: 'regionId' })
    await expect(make({ serviceId: 'odd' })).rejects.toMatchObject({ field: 'serviceId' })
    const own = await make({ regionId: 'RegionOne' })
    const { id } = own
    const moved = invoke(kernel, root, catalogEndpointUpdate, { id, regionId: 'odd' })
    await expect(moved).rejects.toMatchObject({ field: 'regionId' })
    const off = await invoke(kernel, root, catalogEndpointUpdate, { id, enabled: false })
    expect(off).toEqual({ ...own, enabled: false })
    await region({ id: 'north' })
    const other = await make({ regionId: 'north' })
    const used = invoke(kernel, root, regionDelete, { id: 'north' })
    await expect(used).rejects.toMatchObject({ code: 'forbidden' })
    await invoke(kernel, root, catalogEndpointDelete, { id: other.id })
    await invoke(kernel, root, regionDelete, { id: 'north' })
    const named = await invoke(kernel, root, catalogServiceUpdate, { id: serviceId, name: 'x' })
    expect(named).toMatchObject({ type: 'dns', name: 'x', enabled: true })
    await invoke(kernel, root, catalogServiceDelete, { id: serviceId })
    expect(await parts()).toEqual({ regions: [], services: [], endpoints: [] })
    expect(await findings(world.kernel)).toEqual([])
  })

  it('is bounded, and all of what is added at once is there', async () => {
    const { kernel, root } = world
    const types = Array.from({ length: 8 }, (_, i) => `kind-${i}`)
    await Promise.all(types.map(service))
    expect((await parts()).services.map(({ type }) => type).toSorted()).toEqual(types)
    for (let i = types.length; i < limits.catalogServices; i++) await service('more')
    await expect(service('last')).rejects.toMatchObject({ code: 'quotaExceeded' })
    const member = { ...root, system: false, roles: ['member'], projectId: 'p' }
    const made = invoke(kernel, member, catalogServiceCreate, { type: 'x' })
    await expect(made).rejects.toMatchObject({ code: 'forbidden' })
  })
})
