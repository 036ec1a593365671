import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  domainActor,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
  operatorOf,
} from '../../../test/identity-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import { defaultDomainId } from '../../model/identity/domain.ts'
import { projectKind } from '../../model/identity/project.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { securityGroupKind } from '../../model/network/security-group.ts'
import { invoke } from '../operation.ts'
import { chargeQuota, quotaNames, quotaScope, unlimited } from '../quota.ts'
import { domainCreate, domainDelete, domainUpdate } from './domain.ts'
import {
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
} from './project.ts'
import { roleAssign } from './role.ts'

let world: IdentityKernel
beforeEach(async () => {
  world = await identityKernel()
})

describe('X1: projects', () => {
  it('are created with every quota counter at its default limit', async () => {
    const { kernel } = world
    const project = await newProject(world, 'acme')
    const counters = await kernel.store.counters([quotaScope(project.id)])
    expect(counters.map(({ name }) => name).sort()).toEqual([...quotaNames].sort())
    const limitOf = new Map(counters.map(({ name, limit }) => [name, limit]))
    expect(limitOf.get('images')).toBe(3)
    expect(limitOf.get('instances')).toBe(kernel.settings.defaultQuotas['instances'])
    expect(await findings(kernel)).toEqual([])
  })

  it('get no limit for a setting of -1', async () => {
    const { settings } = world.kernel
    const kernel = { ...world.kernel, settings: { ...settings, defaultQuotas: { cores: -1 } } }
    const project = await newProject({ ...world, kernel }, 'acme')
    const counters = await kernel.store.counters([quotaScope(project.id)])
    expect(counters.every(({ limit }) => limit === unlimited)).toBe(true)
  })

  it('have names unique in their domain only', async () => {
    const { kernel, root } = world
    await newProject(world, 'acme')
    await expect(newProject(world, 'acme')).rejects.toMatchObject({
      code: 'conflict',
      field: 'name',
    })
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    const project = await newProject(world, 'acme', { domainId: domain.id })
    expect(project.domainId).toBe(domain.id)
  })

  it('of one name, made at once: one wins and the rest are told', async () => {
    const attempts = Array.from({ length: 6 }, () => newProject(world, 'acme'))
    const results = await Promise.allSettled(attempts)
    const codes = results.map((r) => (r.status === 'fulfilled' ? 'made' : r.reason.code))
    expect(codes.filter((code) => code === 'made')).toHaveLength(1)
    expect(codes.filter((code) => code === 'conflict')).toHaveLength(5)
  })

  it('are ensured: one project however many ask at once', async () => {
    const { kernel, root } = world
    const ensure = () => invoke(kernel, root, projectEnsure, { name: 'acme' })
    const made = await Promise.all(Array.from({ length: 20 }, ensure))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect((await ensure()).id).toBe(made[0]?.id)
    expect(await kernel.store.count(projectKind, {})).toBe(1)
  })

  it('refuse a disabled domain', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'off', enabled: false })
    for (const operation of [projectCreate, projectEnsure]) {
      await expect(
        invoke(kernel, root, operation as typeof projectEnsure, { name: 'a', domainId: domain.id }),
      ).rejects.toMatchObject({ code: 'conflict', field: 'domainId' })
    }
  })

  it('form trees of at most five levels within one domain', async () => {
    const { kernel, root } = world
    let parentId: string | undefined
    for (let level = 1; level <= 5; level++) {
      const project = await newProject(world, `level-${level}`, parentId ? { parentId } : {})
      expect(project.ancestorIds).toHaveLength(level - 1)
      parentId = project.id
    }
    await expect(
      newProject(world, 'level-6', { parentId: parentId as string }),
    ).rejects.toMatchObject({
      code: 'invalid',
      field: 'parentId',
      limit: 5,
    })
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    await expect(
      newProject(world, 'far', { parentId: parentId as string, domainId: domain.id }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'parentId' })
    await expect(invoke(kernel, root, projectDelete, { id: parentId })).resolves.toBeUndefined()
    expect(await findings(kernel)).toEqual([])
  })

  it('are not enabled beneath a disabled one', async () => {
    const { kernel, root } = world
    const parent = await newProject(world, 'parent')
    const child = await newProject(world, 'child', { parentId: parent.id })
    await invoke(kernel, root, projectUpdate, { id: parent.id, enabled: false })
    await invoke(kernel, root, projectUpdate, { id: child.id, enabled: false })
    await expect(
      invoke(kernel, root, projectUpdate, { id: child.id, enabled: true }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'enabled' })
    await expect(newProject(world, 'late', { parentId: parent.id })).rejects.toMatchObject({
      code: 'conflict',
      field: 'parentId',
    })
  })

  it('are seen by operators, their domain and themselves only', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    const mine = await newProject(world, 'mine')
    const other = await newProject(world, 'theirs', { domainId: domain.id })
    const names = async (actor = root, input = {}) =>
      (await invoke(kernel, actor, projectList, input)).map(({ name }) => name)
    expect(await names()).toEqual(expect.arrayContaining(['mine', 'theirs']))
    expect(await names(actorOf(mine, 'reader'))).toEqual(['mine'])
    expect(await names(domainActor(domain.id, 'reader'))).toEqual(['theirs'])
    expect(await names(domainActor(domain.id, 'reader'), { domainId: defaultDomainId })).toEqual([])
    const foreign = await invoke(kernel, actorOf(mine), projectGet, { id: other.id }).catch(
      (e) => e,
    )
    const absent = await invoke(kernel, actorOf(mine), projectGet, { id: 'none' }).catch((e) => e)
    expect(foreign.toJSON()).toEqual(absent.toJSON())
  })

  it('page by name', async () => {
    const { kernel, root } = world
    for (const name of ['c', 'a', 'b']) await newProject(world, name)
    const first = await invoke(kernel, root, projectList, { limit: 2 })
    expect(first.map(({ name }) => name)).toEqual(['a', 'b'])
    const marker = first[1]?.id
    const rest = await invoke(kernel, root, projectList, { limit: 2, marker })
    expect(rest.map(({ name }) => name)).toEqual(['c'])
    await expect(invoke(kernel, root, projectList, { marker: 'none' })).rejects.toMatchObject({
      code: 'invalid',
      field: 'marker',
    })
  })

  it.each([
    ['member', () => actorOf({ id: 'p', domainId: 'default' } as never)],
    ['project admin', () => actorOf({ id: 'p', domainId: 'default' } as never, 'admin')],
    ['system reader', () => ({ ...operatorOf('u'), roles: ['reader'] })],
    ['domain member', () => domainActor('default', 'member')],
  ])('are not made by a %s', async (_name, actor) => {
    const refusal = invoke(world.kernel, actor(), projectCreate, { name: 'x' })
    await expect(refusal).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('are not made in a foreign domain by a domain manager', async () => {
    const domain = await invoke(world.kernel, world.root, domainCreate, { name: 'other' })
    const manager = domainActor(domain.id)
    const own = await invoke(world.kernel, manager, projectCreate, {
      name: 'x',
      domainId: domain.id,
    })
    expect(own.domainId).toBe(domain.id)
    await expect(invoke(world.kernel, manager, projectCreate, { name: 'x' })).rejects.toMatchObject(
      {
        code: 'notFound',
        field: 'domainId',
      },
    )
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'a'.repeat(256) }, 'name'],
    [{ name: 'a\u0000' }, 'name'],
    [{ name: 'x', id: 'chosen' }, 'id'],
    [{ name: 'x', enabled: 'yes' }, 'enabled'],
    [{ name: 'x', tags: ['a', 'a'] }, 'tags'],
    [{ name: 'x', parentId: 'a/b' }, 'parentId'],
  ])('refuse %j', async (input, field) => {
    const refusal = invoke(world.kernel, world.root, projectCreate, input)
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', field })
  })
})

describe('deleting a project', () => {
  it('removes its counters, assignments and default security group', async () => {
    const { kernel, root } = world
    const project = await newProject(world, 'acme')
    await invoke(kernel, root, roleAssign, {
      userId: root.userId,
      role: 'member',
      projectId: project.id,
    })
    expect(await kernel.store.count(securityGroupKind, {})).toBe(1)
    await invoke(kernel, root, projectDelete, { id: project.id })
    expect(await kernel.store.counters([quotaScope(project.id), `project:${project.id}`])).toEqual(
      [],
    )
    expect(await kernel.store.count(roleAssignmentKind, {})).toBe(1)
    expect(await kernel.store.count(securityGroupKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
    await expect(invoke(kernel, root, projectDelete, { id: project.id })).rejects.toMatchObject({
      code: 'notFound',
    })
  })

  it('is refused while it owns resources, and says which', async () => {
    const { kernel, root } = world
    const project = await newProject(world, 'acme')
    const writes = new Writes()
    chargeQuota(writes, project.id, { networks: 2 })
    await kernel.committer.commit(writes)
    await expect(invoke(kernel, root, projectDelete, { id: project.id })).rejects.toMatchObject({
      code: 'conflict',
      detail: { resources: { networks: 2 } },
    })
  })

  it('is refused while it has children', async () => {
    const { kernel, root } = world
    const parent = await newProject(world, 'parent')
    const child = await newProject(world, 'child', { parentId: parent.id })
    await expect(invoke(kernel, root, projectDelete, { id: parent.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await invoke(kernel, root, projectDelete, { id: child.id })
    await invoke(kernel, root, projectDelete, { id: parent.id })
  })

  it('loses to a charge, a child or a role that commits after its reads', async () => {
    const { kernel, root } = world
    const rivals = [
      (id: string) => kernel.committer.commit(charged(id)),
      (id: string) => newProject(world, `child of ${id}`, { parentId: id }),
      (id: string) =>
        invoke(kernel, root, roleAssign, { userId: root.userId, role: 'reader', projectId: id }),
    ]
    const outcomes: string[] = []
    for (const [index, rival] of rivals.entries()) {
      const project = await newProject(world, `p${index}`)
      let raced = false
      const store = new Proxy(kernel.store, {
        get(target, name) {
          const member = Reflect.get(target, name, target) as unknown
          if (typeof member !== 'function') return member
          // The read of the assignments is the last before the commit.
          if (name !== 'query') return member.bind(target)
          return async (kind: { name: string }, query: { index?: string }) => {
            const rows = await target.query(kind as never, query as never)
            if (kind.name === 'roleAssignment' && query.index === 'byTarget' && !raced) {
              raced = true
              await rival(project.id)
            }
            return rows
          }
        },
      })
      const deleting = invoke({ ...kernel, store }, root, projectDelete, { id: project.id })
      outcomes.push(
        await deleting.then(
          () => 'deleted',
          (error) => error.code,
        ),
      )
      expect(raced).toBe(true)
    }
    // The first two are refused on the second look; the third removes the new role as well.
    expect(outcomes).toEqual(['conflict', 'conflict', 'deleted'])
    expect((await findings(kernel)).filter(({ subject }) => !subject.includes('quota:'))).toEqual(
      [],
    )
  })
})

function charged(projectId: string): Writes {
  const writes = new Writes()
  chargeQuota(writes, projectId, { ports: 1 })
  return writes
}

describe('X1: domains', () => {
  it('are deleted only disabled and empty', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    const project = await newProject(world, 'acme', { domainId: domain.id })
    const remove = () => invoke(kernel, root, domainDelete, { id: domain.id })
    await expect(remove()).rejects.toMatchObject({ code: 'conflict', field: 'enabled' })
    await invoke(kernel, root, domainUpdate, { id: domain.id, enabled: false })
    await expect(remove()).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    await invoke(kernel, root, projectDelete, { id: project.id })
    await remove()
    expect(await findings(kernel)).toEqual([])
  })

  it('keep the default one enabled, and names unique', async () => {
    const { kernel, root } = world
    await expect(
      invoke(kernel, root, domainUpdate, { id: defaultDomainId, enabled: false }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await invoke(kernel, root, domainCreate, { name: 'other' })
    await expect(invoke(kernel, root, domainCreate, { name: 'other' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'name',
    })
    await expect(
      invoke(kernel, root, domainUpdate, { id: defaultDomainId, name: 'other' }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'name' })
  })
})
