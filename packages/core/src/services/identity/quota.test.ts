import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Project } from '../../model/identity/project.ts'
import { invoke } from '../operation.ts'
import { chargeQuota, quotaNames, quotaScope, unlimited } from '../quota.ts'
import { projectDelete } from './project.ts'
import { quotaDefaults, quotaGet, quotaSet } from './quota.ts'

let world: IdentityKernel
let project: Project
beforeEach(async () => {
  world = await identityKernel()
  project = await newProject(world, 'acme')
})

const set = (limits: object, projectId = project.id) =>
  invoke(world.kernel, world.root, quotaSet, { projectId, limits })

describe('C15: quotas', () => {
  it('show limits and usage of the own project; operators name any', async () => {
    const { kernel, root } = world
    const writes = new Writes()
    chargeQuota(writes, project.id, { images: 2 })
    await kernel.committer.commit(writes)
    const own = await invoke(kernel, actorOf(project, 'reader'), quotaGet, {})
    expect(own.quotas.images).toEqual({ limit: 3, used: 2 })
    expect(Object.keys(own.quotas).sort()).toEqual([...quotaNames].sort())
    expect(await invoke(kernel, root, quotaGet, { projectId: project.id })).toEqual(own)
    await expect(invoke(kernel, root, quotaGet, {})).rejects.toMatchObject({ field: 'projectId' })
    const other = await newProject(world, 'other')
    await expect(
      invoke(kernel, actorOf(project), quotaGet, { projectId: other.id }),
    ).rejects.toMatchObject({ code: 'notFound' })
  })

  it('are set one by one; -1 is no limit', async () => {
    const answer = await set({ cores: 7, ram: -1 })
    expect(answer.quotas.cores.limit).toBe(7)
    expect(answer.quotas.ram.limit).toBe(-1)
    const counters = await world.kernel.store.counters([quotaScope(project.id)])
    const limits = new Map(counters.map(({ name, limit }) => [name, limit]))
    expect([limits.get('cores'), limits.get('ram')]).toEqual([7, unlimited])
    expect(await invoke(world.kernel, world.root, quotaGet, { projectId: project.id })).toEqual(
      answer,
    )
  })

  it('lowered below the usage stop growth only', async () => {
    const { kernel } = world
    const change = (amount: number, sign: 1 | -1 = 1) => {
      const writes = new Writes()
      chargeQuota(writes, project.id, { ports: amount }, sign)
      return kernel.committer.commit(writes)
    }
    await change(5)
    await set({ ports: 2 })
    await expect(change(1)).rejects.toMatchObject({ conflict: { type: 'counter' } })
    await change(1, -1)
    const { quotas } = await invoke(kernel, actorOf(project), quotaGet, {})
    expect(quotas.ports).toEqual({ limit: 2, used: 4 })
  })

  it('are for operators to set', async () => {
    const input = { projectId: project.id, limits: { cores: 1 } }
    for (const role of ['admin', 'manager', 'member', 'reader']) {
      await expect(
        invoke(world.kernel, actorOf(project, role), quotaSet, input),
      ).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it.each([
    [{}, 'limits'],
    [{ cores: -2 }, 'limits.cores'],
    [{ cores: 1.5 }, 'limits.cores'],
    [{ cores: 2 ** 53 }, 'limits.cores'],
    [{ planets: 1 }, 'limits.planets'],
    [{ cores: '1' }, 'limits.cores'],
  ])('refuse %j', async (limits, field) => {
    await expect(set(limits)).rejects.toMatchObject({ code: 'invalid', field })
  })

  it('are not made for a project that goes between the reads and the commit', async () => {
    const { kernel, root } = world
    let raced = false
    const store = new Proxy(kernel.store, {
      get(target, name) {
        const member = Reflect.get(target, name, target) as unknown
        if (typeof member !== 'function') return member
        if (name !== 'counters') return member.bind(target) as unknown
        return async (scopes: readonly string[]) => {
          const counters = await target.counters(scopes)
          if (!raced) {
            raced = true
            await invoke(kernel, root, projectDelete, { id: project.id })
          }
          return counters
        }
      },
    })
    await expect(
      invoke({ ...kernel, store }, root, quotaSet, {
        projectId: project.id,
        limits: { cores: 1 },
      }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
    expect(raced).toBe(true)
    expect(await kernel.store.counters([quotaScope(project.id)])).toEqual([])
  })

  it('have defaults that every project may see', async () => {
    const defaults = await invoke(world.kernel, actorOf(project, 'reader'), quotaDefaults, {})
    expect(defaults.images).toBe(3)
    expect(defaults.imageBytes).toBe(1_000)
  })
})
