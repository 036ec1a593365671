import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, type Door, openDoor, origin } from '../door.ts'

let door: Door
const v3 = '/identity/v3'
const self = (path: string) => ({ links: { self: `${origin}${v3}${path}` } })

beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const newUser = async (name: string, more: object = {}) => {
  const user = { name, password: 'secret', ...more }
  return (await door.admin.post(`${v3}/users`, { user })).string('user.id')
}
const newProject = async (name: string, more: object = {}) =>
  (await door.admin.post(`${v3}/projects`, { project: { name, ...more } })).string('project.id')

describe('X1: domains over HTTP', () => {
  it('are made, found, changed, and deleted with their users and groups', async () => {
    const made = await door.admin.post(`${v3}/domains`, { domain: { name: 'acme' } })
    const id = made.string('domain.id')
    expect([made.status, made.at('domain')]).toEqual([
      201,
      {
        id,
        name: 'acme',
        description: '',
        enabled: true,
        tags: [],
        options: {},
        ...self(`/domains/${id}`),
      },
    ])
    expect((await door.admin.get(`${v3}/domains?name=acme`)).list('domains')).toEqual([
      made.at('domain'),
    ])
    expect((await door.admin.get(`${v3}/domains?name__contains=cm`)).list('domains')).toHaveLength(
      1,
    )
    expect((await door.admin.post(`${v3}/domains`, { domain: { name: 'acme' } })).status).toBe(409)
    const user = await newUser('inside', { domain_id: id })
    await door.admin.post(`${v3}/groups`, { group: { name: 'crew', domain_id: id } })
    expect((await door.admin.delete(`${v3}/domains/${id}`)).status).toBe(403)
    const change = { domain: { enabled: false, description: 'gone soon' } }
    const changed = await door.admin.patch(`${v3}/domains/${id}`, change)
    expect(changed.at('domain')).toMatchObject(change.domain)
    expect((await door.admin.delete(`${v3}/domains/${id}`)).status).toBe(204)
    expect((await door.admin.get(`${v3}/domains/${id}`)).status).toBe(404)
    expect((await door.admin.get(`${v3}/users/${user}`)).status).toBe(404)
    expect((await door.demo.get(`${v3}/domains/default`)).status).toBe(200)
    expect((await door.demo.get(`${v3}/domains`)).status).toBe(403)
    expect((await door.demo.post(`${v3}/domains`, { domain: { name: 'x' } })).status).toBe(403)
  })

  it.each([{}, { name: '' }, { name: 'a'.repeat(65) }, { name: 'x', colour: 'blue' }])(
    'are refused: %j',
    async (domain) => {
      const answer = await door.admin.post(`${v3}/domains`, { domain })
      expect([answer.status, answer.at('error.code')]).toEqual([400, 400])
    },
  )
})

describe('X1: projects over HTTP', () => {
  it('are made with tags and whatever else, shown in their tree, and deleted', async () => {
    const body = { name: 'tree', tags: ['a', 'b'], colour: 'green', description: null }
    const made = await door.admin.post(`${v3}/projects`, { project: body })
    const id = made.string('project.id')
    expect([made.status, made.at('project')]).toEqual([
      201,
      {
        id,
        name: 'tree',
        description: '',
        domain_id: 'default',
        parent_id: 'default',
        enabled: true,
        is_domain: false,
        tags: ['a', 'b'],
        options: {},
        colour: 'green',
        ...self(`/projects/${id}`),
      },
    ])
    const child = await newProject('child', { parent_id: id })
    const grand = await newProject('grand', { parent_id: child })
    const path = `${v3}/projects/${child}`
    const up = await door.admin.get(`${path}?parents_as_list&subtree_as_list`)
    expect(up.list('project.parents')).toMatchObject([{ project: { id } }])
    expect(up.list('project.subtree')).toMatchObject([{ project: { id: grand } }])
    const ids = await door.admin.get(`${path}?parents_as_ids&subtree_as_ids`)
    expect(ids.at('project.parents')).toEqual({ [id]: { default: null } })
    expect(ids.at('project.subtree')).toEqual({ [grand]: null })
    expect((await door.admin.get(`${v3}/projects?parent_id=${id}`)).list('projects')).toHaveLength(
      1,
    )
    expect((await door.admin.get(`${v3}/projects?tags=a,b`)).list('projects')).toHaveLength(1)
    expect((await door.admin.get(`${v3}/projects?tags=a,c`)).list('projects')).toEqual([])
    expect((await door.admin.get(`${v3}/projects?not-tags=a`)).list('projects').length).toBe(4)
    const patch = { project: { name: 'wood', colour: 'brown' } }
    expect((await door.admin.patch(`${v3}/projects/${id}`, patch)).at('project')).toMatchObject(
      patch.project,
    )
    const moved = { project: { parent_id: 'default' } }
    expect((await door.admin.patch(path, moved)).status).toBe(403)
    expect((await door.admin.delete(`${v3}/projects/${id}`)).status).toBe(409)
    expect((await door.admin.delete(`${v3}/projects/${id}?cascade=true`)).status).toBe(403)
    for (const one of [grand, child, id]) {
      await door.admin.patch(`${v3}/projects/${one}`, { project: { enabled: false } })
    }
    expect((await door.admin.delete(`${v3}/projects/${id}?cascade=true`)).status).toBe(204)
    expect((await door.admin.get(path)).status).toBe(404)
  })

  it('may be domains', async () => {
    const made = await door.admin.post(`${v3}/projects`, {
      project: { name: 'whole', is_domain: true },
    })
    const id = made.string('project.id')
    expect(made.at('project')).toMatchObject({ is_domain: true, domain_id: null, parent_id: null })
    expect((await door.admin.get(`${v3}/domains/${id}`)).status).toBe(200)
    expect((await door.admin.get(`${v3}/projects/${id}`)).json).toEqual(made.json)
    const list = await door.admin.get(`${v3}/projects?is_domain=True`)
    expect(list.list('projects')).toContainEqual(made.at('project'))
    await door.admin.patch(`${v3}/projects/${id}`, { project: { enabled: false } })
    expect((await door.admin.delete(`${v3}/projects/${id}`)).status).toBe(204)
  })

  it('have tags of their own paths', async () => {
    const path = `${v3}/projects/${await newProject('tagged')}/tags`
    expect((await door.admin.put(`${path}/blue`)).status).toBe(201)
    expect((await door.admin.get(`${path}/blue`)).status).toBe(204)
    expect((await door.admin.get(`${path}/red`)).status).toBe(404)
    expect((await door.admin.put(path, { tags: ['x', 'y'] })).json).toEqual({ tags: ['x', 'y'] })
    expect((await door.admin.delete(`${path}/x`)).status).toBe(204)
    expect((await door.admin.get(path)).json).toEqual({ tags: ['y'] })
    expect((await door.admin.delete(path)).status).toBe(204)
    expect((await door.admin.get(path)).json).toEqual({ tags: [] })
  })

  it('are administrators’ to list, make and delete', async () => {
    const id = await newProject('kept')
    expect((await door.demo.get(`${v3}/projects`)).status).toBe(403)
    expect((await door.demo.post(`${v3}/projects`, { project: { name: 'x' } })).status).toBe(403)
    expect((await door.demo.delete(`${v3}/projects/${id}`)).status).toBe(403)
    expect((await door.demo.get(`${v3}/projects/${id}`)).status).toBe(404)
    expect((await door.demo.get(`${v3}/projects/${door.demo.projectId}`)).status).toBe(200)
  })
})

describe('X1: users and groups over HTTP', () => {
  it('are made, shown, changed and deleted', async () => {
    const project = await newProject('home')
    const user = {
      name: 'ann',
      email: 'ann@acme.test',
      description: 'First',
      password: 'secret',
      default_project_id: project,
      desk: 12,
    }
    const made = await door.admin.post(`${v3}/users`, { user })
    const id = made.string('user.id')
    const { password: _, ...shown } = user
    expect([made.status, made.at('user')]).toEqual([
      201,
      {
        id,
        ...shown,
        domain_id: 'default',
        enabled: true,
        password_expires_at: null,
        options: {},
        ...self(`/users/${id}`),
      },
    ])
    expect(made.text).not.toContain('secret')
    expect((await door.admin.get(`${v3}/users?name=ann`)).list('users')).toEqual([made.at('user')])
    const changed = await door.admin.patch(`${v3}/users/${id}`, {
      user: { email: null, desk: 13, password: 'other' },
    })
    expect(changed.at('user')).toMatchObject({ email: null, desk: 13 })
    await door.admin.put(`${v3}/projects/${project}/users/${id}/roles/member`)
    const auth = { methods: ['password'], password: { user: { id, password: 'other' } } }
    const signed = await door.nobody.post(`${v3}/auth/tokens`, { auth: { identity: auth } })
    expect(signed.at('token.project')).toMatchObject({ id: project })
    const ann = new Client(door.handler, signed.headers.get('x-subject-token') ?? '', project)
    expect((await ann.get(`${v3}/auth/projects`)).list('projects')).toMatchObject([{ id: project }])
    expect((await ann.get(`${v3}/auth/domains`)).list('domains')).toEqual([])
    expect((await ann.get(`${v3}/auth/system`)).at('system')).toEqual([])
    expect((await ann.get(`${v3}/auth/catalog`)).list('catalog').length).toBeGreaterThan(3)
    expect((await ann.get(`${v3}/users/${id}/projects`)).list('projects')).toHaveLength(1)
    expect((await ann.get(`${v3}/users/${id}`)).status).toBe(200)
    expect((await door.demo.get(`${v3}/users/${id}`)).status).toBe(404)
    const change = (original: string) =>
      ann.post(`${v3}/users/${id}/password`, {
        user: { original_password: original, password: 'third' },
      })
    expect((await change('wrong')).status).toBe(401)
    expect((await change('other')).status).toBe(204)
    expect((await ann.get(`${v3}/users/${id}`)).status).toBe(401)
    expect((await door.admin.delete(`${v3}/users/${id}`)).status).toBe(204)
    expect((await door.admin.get(`${v3}/users/${id}`)).status).toBe(404)
  })

  it('are refused with the field', async () => {
    for (const user of [{}, { name: '' }, { name: 'x', enabled: 'yes' }, { name: 'x', a: {} }]) {
      expect((await door.admin.post(`${v3}/users`, { user })).status).toBe(400)
    }
    const far = { user: { name: 'x', domain_id: 'absent' } }
    expect((await door.admin.post(`${v3}/users`, far)).status).toBe(404)
  })

  it('gather in groups, which have roles', async () => {
    const userId = await newUser('member')
    const made = await door.admin.post(`${v3}/groups`, { group: { name: 'staff' } })
    const id = made.string('group.id')
    expect([made.status, made.at('group')]).toEqual([
      201,
      { id, name: 'staff', description: '', domain_id: 'default', ...self(`/groups/${id}`) },
    ])
    const path = `${v3}/groups/${id}`
    expect((await door.admin.get(path)).json).toEqual(made.json)
    expect((await door.admin.get(`${v3}/groups?name=staff`)).list('groups')).toHaveLength(1)
    expect(
      (await door.admin.patch(path, { group: { description: 'All' } })).at('group'),
    ).toMatchObject({ description: 'All' })
    const member = `${path}/users/${userId}`
    expect((await door.admin.get(member)).status).toBe(404)
    expect((await door.admin.put(member)).status).toBe(204)
    expect((await door.admin.request('HEAD', member)).status).toBe(204)
    expect((await door.admin.get(member)).status).toBe(204)
    expect((await door.admin.get(`${path}/users`)).list('users')).toMatchObject([{ id: userId }])
    const groups = await door.admin.get(`${v3}/users/${userId}/groups`)
    expect(groups.list('groups')).toMatchObject([{ id, membership_expires_at: null }])
    expect((await door.admin.delete(member)).status).toBe(204)
    expect((await door.admin.delete(path)).status).toBe(204)
    expect((await door.admin.get(path)).status).toBe(404)
  })
})

describe('X1: roles over HTTP', () => {
  it('are made, changed and imply others', async () => {
    const made = await door.admin.post(`${v3}/roles`, { role: { name: 'auditor' } })
    const id = made.string('role.id')
    expect([made.status, made.at('role')]).toEqual([
      201,
      {
        id,
        name: 'auditor',
        description: '',
        domain_id: null,
        options: {},
        ...self(`/roles/${id}`),
      },
    ])
    const path = `${v3}/roles/${id}`
    const patch = { role: { description: 'Looks' } }
    expect((await door.admin.patch(path, patch)).at('role')).toMatchObject(patch.role)
    const implied = `${path}/implies/reader`
    expect((await door.admin.get(implied)).status).toBe(404)
    const rule = await door.admin.put(implied)
    expect([rule.status, rule.at('role_inference')]).toMatchObject([
      201,
      { prior_role: { id }, implies: { id: 'reader', name: 'reader' } },
    ])
    expect((await door.admin.request('HEAD', implied)).status).toBe(204)
    expect((await door.admin.get(implied)).at('role_inference')).toEqual(rule.at('role_inference'))
    expect((await door.admin.get(path)).at('role')).toMatchObject({ id, ...patch.role })
    expect((await door.admin.get(`${path}/implies`)).list('role_inference.implies')).toHaveLength(1)
    expect((await door.admin.get(`${v3}/role_inferences`)).list('role_inferences')).toHaveLength(9)
    expect((await door.admin.put(`${path}/implies/admin`)).status).toBe(403)
    expect((await door.admin.delete(implied)).status).toBe(204)
    expect((await door.admin.get(`${v3}/roles?name=auditor`)).list('roles')).toHaveLength(1)
    expect((await door.demo.post(`${v3}/roles`, { role: { name: 'x' } })).status).toBe(403)
    expect((await door.admin.delete(`${v3}/roles/member`)).status).toBe(403)
    expect((await door.admin.delete(path)).status).toBe(204)
    expect((await door.admin.get(path)).status).toBe(404)
  })

  it.each(['project', 'domain', 'system'])(
    'are given on a %s to users and groups',
    async (target) => {
      const userId = await newUser(`user-${target}`)
      const group = await door.admin.post(`${v3}/groups`, { group: { name: `group-${target}` } })
      const place = {
        project: `/projects/${door.demo.projectId}`,
        domain: '/domains/default',
        system: '/system',
      }[target]
      const subjects = [`/users/${userId}`, `/groups/${group.string('group.id')}`]
      const paths = subjects.flatMap((subject) => [
        [`${v3}${place}${subject}/roles`, ''],
        ...(target === 'system'
          ? []
          : [[`${v3}/OS-INHERIT${place}${subject}/roles`, '/inherited_to_projects']]),
      ])
      for (const [path = '', end = ''] of paths) {
        const one = `${path}/reader${end}`
        expect((await door.admin.get(one)).status).toBe(404)
        expect((await door.admin.put(one)).status).toBe(204)
        expect((await door.admin.request('HEAD', one)).status).toBe(204)
        expect((await door.admin.get(one)).status).toBe(204)
        const list = await door.admin.get(`${path}${end}`)
        expect(list.list('roles')).toMatchObject([{ id: 'reader', name: 'reader' }])
        expect((await door.demo.put(one)).status).toBe(403)
        expect((await door.admin.delete(one)).status).toBe(204)
        expect((await door.admin.delete(one)).status).toBe(404)
      }
    },
  )

  it('are listed as assignments, and as what comes of them', async () => {
    const userId = await newUser('many')
    const group = await door.admin.post(`${v3}/groups`, { group: { name: 'listed' } })
    const groupId = group.string('group.id')
    const parent = await newProject('above')
    const child = await newProject('below', { parent_id: parent })
    await door.admin.put(`${v3}/groups/${groupId}/users/${userId}`)
    await door.admin.put(`${v3}/projects/${child}/groups/${groupId}/roles/reader`)
    const grant = `projects/${parent}/users/${userId}/roles/manager/inherited_to_projects`
    await door.admin.put(`${v3}/OS-INHERIT/${grant}`)
    const path = `${v3}/role_assignments`
    const raw = await door.admin.get(`${path}?user.id=${userId}`)
    expect(raw.list('role_assignments')).toEqual([
      {
        role: { id: 'manager' },
        user: { id: userId },
        scope: { project: { id: parent }, 'OS-INHERIT:inherited_to': 'projects' },
        links: {
          assignment: `${origin}${v3}/OS-INHERIT/${grant}`,
        },
      },
    ])
    const effective = await door.admin.get(`${path}?user.id=${userId}&effective`)
    const rolesIn = effective
      .list('role_assignments')
      .map((one) => one as { role: { id: string }; scope: object })
    expect(rolesIn.map(({ role }) => role.id).toSorted()).toEqual(['manager', 'member', 'reader'])
    expect(rolesIn.every(({ scope }) => JSON.stringify(scope).includes(child))).toBe(true)
    const named = await door.admin.get(`${path}?group.id=${groupId}&include_names=true`)
    expect(named.list('role_assignments')).toMatchObject([
      {
        role: { id: 'reader', name: 'reader' },
        group: { id: groupId, name: 'listed', domain: { id: 'default', name: 'Default' } },
        scope: { project: { id: child, name: 'below', domain: { id: 'default' } } },
      },
    ])
    const tree = await door.admin.get(`${path}?scope.project.id=${parent}&include_subtree=true`)
    expect(tree.list('role_assignments')).toHaveLength(2)
    expect(
      (await door.admin.get(`${path}?scope.system=all`)).list('role_assignments'),
    ).toHaveLength(1)
    expect((await door.admin.get(`${path}?user.id=absent`)).list('role_assignments')).toEqual([])
    const both = await door.admin.get(`${path}?user.id=a&group.id=b`)
    expect(both.status).toBe(400)
    expect((await door.demo.get(`${path}?effective`)).status).toBe(403)
  })
})
