import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { flavorAccessKind } from '../../model/compute/flavor.ts'
import type { Project } from '../../model/identity/project.ts'
import { invoke } from '../operation.ts'
import { flavorAccessGrant, flavorAccessList, flavorAccessRevoke } from './flavor-access.ts'
import { flavorCreate, flavorDelete, flavorGet, flavorList, flavorUpdate } from './flavor.ts'

let world: IdentityKernel
let project: Project
beforeEach(async () => {
  world = await identityKernel()
  project = await newProject(world, 'acme')
})

const small = { name: 'small', vcpus: 1, ramMb: 512 }
const create = (fields: object = {}) =>
  invoke(world.kernel, world.root, flavorCreate, { ...small, ...fields })

describe('C7: flavors', () => {
  it('may have an id of the operator’s choice; id and name are unique', async () => {
    const flavor = await create({ id: 'm1.small' })
    expect(flavor).toMatchObject({ id: 'm1.small', diskGb: 0, isPublic: true, extraSpecs: {} })
    await expect(create({ id: 'm1.small', name: 'x' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'id',
    })
    await expect(create()).rejects.toMatchObject({ code: 'conflict', field: 'name' })
    const raced = await Promise.allSettled([create({ name: 'y' }), create({ name: 'y' })])
    expect(raced.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('that are private are seen and used with access only', async () => {
    const { kernel, root } = world
    const flavor = await create({ isPublic: false })
    await create({ name: 'open' })
    const member = actorOf(project)
    const list = async (actor = member) =>
      (await invoke(kernel, actor, flavorList, {})).map(({ name }) => name).sort()
    expect(await list()).toEqual(['open'])
    expect(await list(root)).toEqual(['open', 'small'])
    const foreign = await invoke(kernel, member, flavorGet, { id: flavor.id }).catch((e) => e)
    const absent = await invoke(kernel, member, flavorGet, { id: 'none' }).catch((e) => e)
    expect(foreign.toJSON()).toEqual(absent.toJSON())

    const access = { flavorId: flavor.id, projectId: project.id }
    await invoke(kernel, root, flavorAccessGrant, access)
    await invoke(kernel, root, flavorAccessGrant, access)
    expect(await invoke(kernel, root, flavorAccessList, { flavorId: flavor.id })).toHaveLength(1)
    expect(await list()).toEqual(['open', 'small'])
    expect((await invoke(kernel, member, flavorGet, { id: flavor.id })).id).toBe(flavor.id)

    await invoke(kernel, root, flavorAccessRevoke, access)
    await expect(invoke(kernel, root, flavorAccessRevoke, access)).rejects.toMatchObject({
      code: 'notFound',
    })
    expect(await list()).toEqual(['open'])
  })

  it('have no access list when public, and take it along when deleted', async () => {
    const { kernel, root } = world
    const open = await create({ name: 'open' })
    await expect(
      invoke(kernel, root, flavorAccessGrant, { flavorId: open.id, projectId: project.id }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'flavorId' })
    const flavor = await create({ isPublic: false })
    const access = { flavorId: flavor.id, projectId: project.id }
    await expect(
      invoke(kernel, root, flavorAccessGrant, { ...access, projectId: 'none' }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
    await invoke(kernel, root, flavorAccessGrant, access)
    await invoke(kernel, root, flavorDelete, { id: flavor.id })
    expect(await kernel.store.count(flavorAccessKind, {})).toBe(0)
  })

  it('granted and deleted at once leave no access behind', async () => {
    const { kernel, root } = world
    const flavor = await create({ isPublic: false })
    const access = { flavorId: flavor.id, projectId: project.id }
    await Promise.allSettled([
      invoke(kernel, root, flavorAccessGrant, access),
      invoke(kernel, root, flavorDelete, { id: flavor.id }),
    ])
    await invoke(kernel, root, flavorDelete, { id: flavor.id }).catch(() => undefined)
    expect(await kernel.store.count(flavorAccessKind, {})).toBe(0)
  })

  it('change in description and extra specs, nothing else', async () => {
    const { kernel, root } = world
    const { id } = await create({ extraSpecs: { 'trait:HW_CPU_X86_AVX2': 'required' } })
    const changed = await invoke(kernel, root, flavorUpdate, {
      id,
      description: 'fast',
      extraSpecs: { 'trait:HW_CPU_X86_AVX2': null, 'resources:CUSTOM_GPU': '2' },
    })
    expect(changed).toMatchObject({
      description: 'fast',
      extraSpecs: { 'resources:CUSTOM_GPU': '2' },
    })
    for (const field of ['vcpus', 'ramMb', 'name', 'isPublic']) {
      await expect(invoke(kernel, root, flavorUpdate, { id, [field]: 1 })).rejects.toMatchObject({
        code: 'invalid',
        field,
      })
    }
    await expect(
      invoke(kernel, root, flavorUpdate, { id, extraSpecs: { 'trait:numa': '1' } }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'extraSpecs.trait:numa' })
  })

  it('are for operators to make', async () => {
    await expect(
      invoke(world.kernel, actorOf(project, 'admin'), flavorCreate, small),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('page by id, with filters', async () => {
    for (let index = 0; index < 5; index++) {
      await create({ id: `f${index}`, name: `n${index}`, ramMb: 512 * (index + 1) })
    }
    const page = async (input: object) =>
      (await invoke(world.kernel, actorOf(project), flavorList, input)).map(({ id }) => id)
    expect(await page({ limit: 2 })).toEqual(['f0', 'f1'])
    expect(await page({ limit: 2, marker: 'f1' })).toEqual(['f2', 'f3'])
    expect(await page({ limit: 2, minRamMb: 2_048 })).toEqual(['f3', 'f4'])
  })

  it.each([
    [{ vcpus: 0 }, 'vcpus'],
    [{ vcpus: 1_025 }, 'vcpus'],
    [{ vcpus: 1.5 }, 'vcpus'],
    [{ ramMb: 0 }, 'ramMb'],
    [{ ramMb: 16 * 2 ** 20 + 1 }, 'ramMb'],
    [{ diskGb: -1 }, 'diskGb'],
    [{ id: 'a b' }, 'id'],
    [{ extraSpecs: { 'resources:VCPU': '0', 'resources:MEMORY_MB': '0' } }, 'extraSpecs'],
  ])('refuse %j', async (fields, field) => {
    await expect(create(fields)).rejects.toMatchObject({ code: 'invalid', field })
  })
})
