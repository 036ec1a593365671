import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { gib, qcow2Image } from '../../../test/disk-headers.ts'
import { streamOf, textStream } from '../../../test/streams.ts'
import type { Project } from '../../model/identity/project.ts'
import { imageKind } from '../../model/image/image.ts'
import { imageMemberKind } from '../../model/image/member.ts'
import { Call } from '../call.ts'
import { invoke } from '../operation.ts'
import { imageDelete } from './delete.ts'
import { imageCreate, imageDeactivate, imageGet, imageReactivate, imageUpdate } from './image.ts'
import { imageList } from './list.ts'
import {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
} from './member.ts'
import { uploadImage } from './upload.ts'
import { requireUsableImage } from './usable.ts'

let world: IdentityKernel
let owner: Project
let other: Project
beforeEach(async () => {
  world = await identityKernel()
  owner = await newProject(world, 'owner')
  other = await newProject(world, 'other')
})

const create = (fields: object = {}, actor = actorOf(owner)) =>
  invoke(world.kernel, actor, imageCreate, { name: 'debian', ...fields })
const asRoot = (fields: object) => create({ projectId: owner.id, ...fields }, world.root)
const names = async (actor: ReturnType<typeof actorOf>, input: object = {}) =>
  (await invoke(world.kernel, actor, imageList, input)).map(({ name }) => name).sort()

describe('I1, I3, I7: images', () => {
  it('begin queued, without bytes, charged to their project', async () => {
    const image = await create({ tags: ['base'], properties: { os_type: 'linux' } })
    expect(image).toMatchObject({
      status: 'queued',
      visibility: 'shared',
      size: null,
      checksum: null,
      projectId: owner.id,
    })
    await create({ name: 'b' })
    await create({ name: 'c' })
    await expect(create({ name: 'd' })).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'images',
      limit: 3,
    })
    expect(await findings(world.kernel)).toEqual([])
  })

  it('are made public by operators only', async () => {
    await expect(create({ visibility: 'public' })).rejects.toMatchObject({
      code: 'forbidden',
      field: 'visibility',
    })
    const image = await create()
    await expect(
      invoke(world.kernel, actorOf(owner, 'admin'), imageUpdate, {
        id: image.id,
        visibility: 'public',
      }),
    ).rejects.toMatchObject({ code: 'forbidden', field: 'visibility' })
    const update = { id: image.id, visibility: 'public' }
    await invoke(world.kernel, world.root, imageUpdate, update)
    expect(await names(actorOf(other))).toEqual(['debian'])
    // The owner may still change what is public already.
    await invoke(world.kernel, actorOf(owner), imageUpdate, { ...update, name: 'renamed' })
  })

  it('of operators name their owner; others own what they make', async () => {
    await expect(create({}, world.root)).rejects.toMatchObject({
      code: 'invalid',
      field: 'projectId',
    })
    expect((await asRoot({})).projectId).toBe(owner.id)
    await expect(create({ projectId: other.id })).rejects.toMatchObject({
      code: 'forbidden',
      field: 'projectId',
    })
  })

  it('keep their formats once they have bytes', async () => {
    const { id } = await create()
    const update = (fields: object) =>
      invoke(world.kernel, actorOf(owner), imageUpdate, { id, ...fields })
    expect((await update({ diskFormat: 'qcow2' })).diskFormat).toBe('qcow2')
    await uploadImage(world.kernel, actorOf(owner), { id }, streamOf(qcow2Image()))
    await expect(update({ diskFormat: 'raw' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'diskFormat',
    })
    expect((await update({ diskFormat: 'qcow2', minRamMb: 64 })).minRamMb).toBe(64)
  })

  it('that are foreign are not told from absent ones, whatever is tried', async () => {
    const { id } = await create({ visibility: 'private' })
    const stranger = actorOf(other)
    const attempts = (target: string) => [
      invoke(world.kernel, stranger, imageGet, { id: target }),
      invoke(world.kernel, stranger, imageUpdate, { id: target, name: 'x' }),
      invoke(world.kernel, stranger, imageDelete, { id: target }),
      invoke(world.kernel, stranger, imageMemberList, { imageId: target }),
      invoke(world.kernel, stranger, imageMemberCreate, { imageId: target, projectId: other.id }),
      uploadImage(world.kernel, stranger, { id: target }, textStream('x')),
    ]
    const errors = async (target: string) =>
      Promise.all(
        attempts(target).map((attempt) => (attempt as Promise<unknown>).catch((e) => e.toJSON())),
      )
    const foreign = await errors(id)
    expect(foreign).toEqual(await errors('none'))
    for (const error of foreign) expect(error).toMatchObject({ code: 'notFound' })
  })

  it('are deactivated and reactivated by operators and owners only, repeatably', async () => {
    const { kernel, root } = world
    const { id } = await create()
    await expect(invoke(kernel, root, imageDeactivate, { id })).rejects.toMatchObject({
      code: 'conflict',
      detail: { status: 'queued' },
    })
    await uploadImage(kernel, actorOf(owner), { id }, textStream('x'))
    await expect(
      invoke(kernel, actorOf(other, 'admin'), imageDeactivate, { id }),
    ).rejects.toMatchObject({ code: 'notFound' })
    expect((await invoke(kernel, actorOf(owner), imageDeactivate, { id })).status).toBe(
      'deactivated',
    )
    expect((await invoke(kernel, root, imageDeactivate, { id })).status).toBe('deactivated')
    expect((await invoke(kernel, root, imageDeactivate, { id })).status).toBe('deactivated')
    expect((await invoke(kernel, root, imageReactivate, { id })).status).toBe('active')
  })

  it('that are protected are not deleted', async () => {
    const { id } = await create({ protected: true })
    const remove = () => invoke(world.kernel, actorOf(owner), imageDelete, { id })
    await expect(remove()).rejects.toMatchObject({ code: 'conflict', field: 'protected' })
    await invoke(world.kernel, actorOf(owner), imageUpdate, { id, protected: false })
    await remove()
    await expect(remove()).rejects.toMatchObject({ code: 'notFound' })
  })

  it('are gone with bytes, members and quota when deleted', async () => {
    const { kernel, images } = world
    const { id } = await create()
    await invoke(kernel, actorOf(owner), imageMemberCreate, { imageId: id, projectId: other.id })
    await uploadImage(kernel, actorOf(owner), { id }, textStream('bytes'))
    expect(await images.size(`${id}-1`)).toBe(5)
    await invoke(kernel, actorOf(owner), imageDelete, { id })
    expect(await images.size(`${id}-1`)).toBeUndefined()
    expect(await kernel.store.count(imageKind, {})).toBe(0)
    expect(await kernel.store.count(imageMemberKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
  })

  it.each([
    [{ name: ' x' }, 'name'],
    [{ id: 'mine' }, 'id'],
    [{ diskFormat: 'floppy' }, 'diskFormat'],
    [{ containerFormat: 'box' }, 'containerFormat'],
    [{ visibility: 'secret' }, 'visibility'],
    [{ minDiskGb: -1 }, 'minDiskGb'],
    [{ properties: { a: 1 } }, 'properties.a'],
    [{ status: 'active' }, 'status'],
    [{ digests: {} }, 'digests'],
  ])('refuse %j', async (fields, field) => {
    await expect(create(fields)).rejects.toMatchObject({ code: 'invalid', field })
  })
})

describe('I1: lists of images', () => {
  it('show own, public and accepted ones; community ones when asked', async () => {
    const { kernel } = world
    await create({ name: 'own-private', visibility: 'private' })
    const shared = await create({ name: 'shared' })
    await create({ name: 'community', visibility: 'community' })
    const quota = { projectId: other.id }
    await create({ name: 'public', visibility: 'public', ...quota }, world.root)
    await create({ name: 'hidden', hidden: true, visibility: 'public', ...quota }, world.root)
    const stranger = actorOf(other)
    expect(await names(actorOf(owner))).toEqual(['community', 'own-private', 'public', 'shared'])
    expect(await names(stranger)).toEqual(['public'])
    expect(await names(stranger, { visibility: 'community' })).toEqual(['community'])
    expect(await names(stranger, { hidden: true })).toEqual(['hidden'])

    const member = { imageId: shared.id, projectId: other.id }
    await invoke(kernel, actorOf(owner), imageMemberCreate, member)
    expect(await names(stranger)).toEqual(['public'])
    expect(await names(stranger, { visibility: 'shared', memberStatus: 'pending' })).toEqual([
      'shared',
    ])
    await invoke(kernel, stranger, imageMemberUpdate, { ...member, status: 'accepted' })
    expect(await names(stranger)).toEqual(['public', 'shared'])
    await invoke(kernel, stranger, imageMemberUpdate, { ...member, status: 'rejected' })
    expect(await names(stranger)).toEqual(['public'])
    expect(await names(world.root)).toHaveLength(4)
  })

  it('page in order of creation, each image once, whichever sources it is in', async () => {
    const ids: string[] = []
    for (let index = 0; index < 3; index++) {
      ids.push((await asRoot({ name: `n${index}`, visibility: 'public' })).id)
      const theirs = await create({ name: `t${index}` }, actorOf(other))
      const member = { imageId: theirs.id, projectId: owner.id }
      await invoke(world.kernel, actorOf(other), imageMemberCreate, member)
      await invoke(world.kernel, actorOf(owner), imageMemberUpdate, {
        ...member,
        status: 'accepted',
      })
      ids.push(theirs.id)
    }
    for (const limit of [1, 2, 4, 6, 100]) {
      const seen: string[] = []
      for (let marker: string | undefined; ; marker = seen.at(-1)) {
        const page = await invoke(world.kernel, actorOf(owner), imageList, { limit, marker })
        seen.push(...page.map(({ id }) => id))
        if (page.length < limit) break
      }
      expect(seen, `pages of ${limit}`).toEqual(ids)
    }
  })
})

describe('I4: sharing', () => {
  const member = (imageId: string) => ({ imageId, projectId: other.id })

  it('is for shared images, by their owner, with a project that exists, once', async () => {
    const { kernel } = world
    const priv = await create({ visibility: 'private' })
    const share = (input: object, actor = actorOf(owner)) =>
      invoke(kernel, actor, imageMemberCreate, input)
    await expect(share(member(priv.id))).rejects.toMatchObject({
      code: 'conflict',
      field: 'imageId',
    })
    const { id } = await create({ name: 'shared' })
    await expect(share({ imageId: id, projectId: 'none' })).rejects.toMatchObject({
      code: 'notFound',
    })
    await share(member(id))
    await expect(share(member(id))).rejects.toMatchObject({ code: 'conflict', field: 'projectId' })
    const third = await newProject(world, 'third')
    await expect(share({ imageId: id, projectId: third.id }, actorOf(other))).rejects.toMatchObject(
      {
        code: 'notFound',
      },
    )
  })

  it('lets the member see and answer, and only the owner see all and stop it', async () => {
    const { kernel } = world
    const third = await newProject(world, 'third')
    const { id } = await create()
    for (const projectId of [other.id, third.id]) {
      await invoke(kernel, actorOf(owner), imageMemberCreate, { imageId: id, projectId })
    }
    const members = async (actor: ReturnType<typeof actorOf>) =>
      (await invoke(kernel, actor, imageMemberList, { imageId: id })).map(
        ({ projectId }) => projectId,
      )
    expect((await members(actorOf(owner))).sort()).toEqual([other.id, third.id].sort())
    expect(await members(actorOf(other))).toEqual([other.id])
    await expect(
      invoke(kernel, actorOf(other), imageMemberGet, { imageId: id, projectId: third.id }),
    ).rejects.toMatchObject({ code: 'notFound' })
    const answer = { ...member(id), status: 'accepted' }
    await expect(invoke(kernel, actorOf(owner), imageMemberUpdate, answer)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(invoke(kernel, actorOf(third), imageMemberUpdate, answer)).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(
      invoke(kernel, actorOf(other), imageMemberDelete, member(id)),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    await invoke(kernel, actorOf(owner), imageMemberDelete, member(id))
    await expect(invoke(kernel, actorOf(other), imageGet, { id })).rejects.toMatchObject({
      code: 'notFound',
    })
  })

  it('and deleting at once leave no member behind', async () => {
    const { kernel } = world
    const { id } = await create()
    await Promise.allSettled([
      invoke(kernel, actorOf(owner), imageMemberCreate, member(id)),
      invoke(kernel, actorOf(owner), imageDelete, { id }),
    ])
    await invoke(kernel, actorOf(owner), imageDelete, { id }).catch(() => undefined)
    expect(await kernel.store.count(imageMemberKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('requireUsableImage', () => {
  const call = (project: Project) =>
    new Call(world.kernel, actorOf(project), 'test', { requestId: 'req' })
  const room = { ramMb: 512, diskGb: 1 }

  it('wants an active image that the project may see and the flavor can hold', async () => {
    const { kernel, root } = world
    const { id } = await create({ minRamMb: 512, minDiskGb: 1, visibility: 'private' })
    const use = (flavor = room, project = owner) => requireUsableImage(call(project), id, flavor)
    await expect(use()).rejects.toMatchObject({ code: 'conflict', field: 'imageId' })
    await uploadImage(kernel, actorOf(owner), { id }, textStream('x'))
    expect((await use()).id).toBe(id)
    await expect(use(room, other)).rejects.toMatchObject({ code: 'notFound', field: 'imageId' })
    await expect(use({ ...room, ramMb: 511 })).rejects.toMatchObject({
      code: 'invalid',
      field: 'flavorId',
      limit: 512,
    })
    await invoke(kernel, actorOf(owner), imageUpdate, { id, minDiskGb: 2 })
    await expect(use()).rejects.toMatchObject({ code: 'invalid', field: 'flavorId', limit: 2 })
    expect((await use({ ramMb: 512, diskGb: 0 })).id).toBe(id)
    await invoke(kernel, root, imageDeactivate, { id })
    await expect(use()).rejects.toMatchObject({ code: 'conflict' })
  })

  it('counts the unpacked size', async () => {
    const { id } = await create({ diskFormat: 'qcow2' })
    const bytes = streamOf(qcow2Image(5 * gib + 1))
    const { virtualSize } = await uploadImage(world.kernel, actorOf(owner), { id }, bytes)
    expect(virtualSize).toBe(5 * gib + 1)
    await expect(
      requireUsableImage(call(owner), id, { ramMb: 1, diskGb: 5 }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'flavorId', limit: 6 })
    expect((await requireUsableImage(call(owner), id, { ramMb: 1, diskGb: 6 })).id).toBe(id)
  })

  it('looks only at sizes for a server that runs it already', async () => {
    const keep = { keep: true } as const
    const { id } = await create({ minRamMb: 512 })
    expect((await requireUsableImage(call(other), id, room, keep))?.id).toBe(id)
    await expect(
      requireUsableImage(call(owner), id, { ramMb: 1, diskGb: 1 }, keep),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await requireUsableImage(call(owner), 'gone', room, keep)).toBeUndefined()
  })
})
