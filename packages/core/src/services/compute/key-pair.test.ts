import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { sshKeys } from '../../../test/ssh-keys.ts'
import type { Project } from '../../model/identity/project.ts'
import { invoke } from '../operation.ts'
import { keyPairCreate, keyPairDelete, keyPairGet, keyPairList } from './key-pair.ts'

let world: IdentityKernel
let project: Project
beforeEach(async () => {
  world = await identityKernel()
  project = await newProject(world, 'acme')
})

const actor = (userId: string, role = 'member', owner = project) => actorOf(owner, role, userId)
const create = (userId: string, name: string, owner = project) =>
  invoke(world.kernel, actor(userId, 'member', owner), keyPairCreate, {
    name,
    publicKey: sshKeys.ed25519.line,
  })

describe('C4: key pairs', () => {
  it('belong to their user: unique by name for him, unseen by others', async () => {
    const { kernel } = world
    const pair = await create('ann', 'laptop')
    expect(pair).toMatchObject({ userId: 'ann', fingerprint: sshKeys.ed25519.sha256 })
    await expect(create('ann', 'laptop')).rejects.toMatchObject({ code: 'conflict', field: 'name' })
    await create('bob', 'laptop')
    expect(await invoke(kernel, actor('ann', 'reader'), keyPairGet, { name: 'laptop' })).toEqual(
      pair,
    )
    for (const operation of [keyPairGet, keyPairDelete]) {
      await expect(
        invoke(kernel, actor('eve'), operation as typeof keyPairDelete, { name: 'laptop' }),
      ).rejects.toMatchObject({ code: 'notFound', field: 'name' })
    }
    expect(await invoke(kernel, actor('eve'), keyPairList, {})).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('are charged to the project in which they were imported, and given back to it', async () => {
    const { kernel } = world
    const other = await newProject(world, 'other')
    await create('ann', 'one')
    await create('ann', 'two')
    await expect(create('ann', 'three')).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'keyPairs',
      limit: 2,
    })
    await create('ann', 'three', other)
    await invoke(kernel, actor('ann', 'member', other), keyPairDelete, { name: 'one' })
    await create('ann', 'four')
    expect(await findings(kernel)).toEqual([])
  })

  it('imported at once stay within the quota', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const results = await Promise.allSettled(names.map((name) => create('ann', name)))
    const codes = results.map((r) => (r.status === 'fulfilled' ? 'made' : r.reason.code))
    expect(codes.filter((code) => code === 'made')).toHaveLength(2)
    expect(codes.filter((code) => code === 'quotaExceeded')).toHaveLength(3)
    expect(await findings(world.kernel)).toEqual([])
  })

  it('page by name', async () => {
    await create('ann', 'b')
    await create('ann', 'a')
    const [first] = await invoke(world.kernel, actor('ann'), keyPairList, { limit: 1 })
    expect(first?.name).toBe('a')
    const rest = await invoke(world.kernel, actor('ann'), keyPairList, { marker: first?.id })
    expect(rest.map(({ name }) => name)).toEqual(['b'])
  })

  it('are not imported by readers, nor outside of a project', async () => {
    const input = { name: 'x', publicKey: sshKeys.ed25519.line }
    for (const who of [actor('ann', 'reader'), world.root]) {
      await expect(invoke(world.kernel, who, keyPairCreate, input)).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
  })
})
