import { isCloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import type { Json, JsonMap } from '../../../model/stack/json.ts'
import { domainCreate, domainDelete, domainGet, domainUpdate } from '../../identity/domain.ts'
import { groupAddUser, groupRemoveUser } from '../../identity/group-member.ts'
import { groupCreate, groupDelete, groupGet, groupUpdate } from '../../identity/group.ts'
import { projectCreate, projectDelete, projectGet, projectUpdate } from '../../identity/project.ts'
import { roleCreate, roleDelete, roleGet, roleUpdate } from '../../identity/role-catalog.ts'
import { roleAssign, roleUnassign } from '../../identity/role.ts'
import {
  userCreate,
  userDelete,
  userGet,
  userSetPassword,
  userUpdate,
} from '../../identity/user.ts'
import { templateError } from '../template/error.ts'
import { madeType } from './made.ts'
import { flagOf, listOf, present, type PropertySpec, textOf, textsOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const text = { type: 'string' } as const
const name = { ...text, min: 1, max: limits.nameLength, updatable: true } as const
const description = { ...text, max: limits.descriptionLength, updatable: true } as const
const enabled = { type: 'boolean', default: true, updatable: true } as const

/** A name for what the template gives none. */
function nameOf(work: ResourceWork, given: JsonMap, key: string): string {
  return textOf(given, 'name') ?? `${work.stack.name}-${key.slice(0, 12)}`
}

/** One key for each of several calls of a verb. */
function part(key: string, index: number): string {
  return `${key.slice(0, 58)}-${index}`
}

export const keystoneProject: ResourceType = madeType(
  {
    name: 'OS::Keystone::Project',
    summary: 'A project, made by an administrator.',
    properties: {
      name,
      domain: { ...text, default: 'default' },
      description,
      enabled,
      parent: text,
      tags: { type: 'list', items: text, default: [], max: limits.tags, updatable: true },
    },
    attributes: {
      name: 'Its name.',
      parent_id: 'The project above it, or empty.',
      domain_id: 'Its domain.',
      enabled_flag: 'Whether it may be used.',
    },
  },
  {
    make: (work, given, key) =>
      work.call(
        projectCreate,
        present({
          name: nameOf(work, given, key),
          domainId: textOf(given, 'domain'),
          parentId: textOf(given, 'parent'),
          description: textOf(given, 'description'),
          enabled: flagOf(given, 'enabled'),
          tags: textsOf(given, 'tags'),
        }),
        key,
      ),
    change: (work, id, { to }, key) =>
      work.call(
        projectUpdate,
        present({
          id,
          name: textOf(to, 'name'),
          description: textOf(to, 'description') ?? '',
          enabled: flagOf(to, 'enabled'),
          tags: textsOf(to, 'tags'),
        }),
        key,
      ),
    look: (work, id) => work.call(projectGet, { id }),
    drop: (work, id, _, key) => work.call(projectDelete, { id }, key),
    idOf: ({ id }) => id,
    told: (project) => ({
      name: project.name,
      parent_id: project.parentId ?? '',
      domain_id: project.domainId,
      enabled_flag: project.enabled,
    }),
  },
)

export const keystoneDomain: ResourceType = madeType(
  {
    name: 'OS::Keystone::Domain',
    summary: 'A domain, made by an administrator.',
    properties: { name, description, enabled },
    attributes: { name: 'Its name.', enabled_flag: 'Whether it may be used.' },
  },
  {
    make: (work, given, key) =>
      work.call(
        domainCreate,
        present({
          name: nameOf(work, given, key),
          description: textOf(given, 'description'),
          enabled: flagOf(given, 'enabled'),
        }),
        key,
      ),
    change: (work, id, { to }, key) =>
      work.call(
        domainUpdate,
        present({
          id,
          name: textOf(to, 'name'),
          description: textOf(to, 'description') ?? '',
          enabled: flagOf(to, 'enabled'),
        }),
        key,
      ),
    look: (work, id) => work.call(domainGet, { id }),
    // One that is in use by anybody cannot go: it is closed first, as operators do.
    drop: async (work, id, _, key) => {
      await work.call(domainUpdate, { id, enabled: false }, part(key, 1))
      await work.call(domainDelete, { id }, key)
    },
    idOf: ({ id }) => id,
    told: (domain) => ({ name: domain.name, enabled_flag: domain.enabled }),
  },
)

export const keystoneRole: ResourceType = madeType(
  {
    name: 'OS::Keystone::Role',
    summary: 'A role of one’s own, made by an administrator.',
    properties: { name, domain: text },
    attributes: {},
  },
  {
    make: (work, given, key) =>
      work.call(
        roleCreate,
        present({ name: nameOf(work, given, key), domainId: textOf(given, 'domain') }),
        key,
      ),
    change: (work, id, { to }, key) =>
      work.call(roleUpdate, present({ id, name: textOf(to, 'name') }), key),
    look: (work, id) => work.call(roleGet, { id }),
    drop: (work, id, _, key) => work.call(roleDelete, { id }, key),
    idOf: ({ id }) => id,
    told: () => ({}),
  },
)

const rolesProperty: PropertySpec = {
  type: 'list',
  default: [],
  max: 64,
  updatable: true,
  items: {
    type: 'map',
    members: { role: { ...text, required: true }, project: text, domain: text },
  },
}

function checkRoles(given: JsonMap, path: string): void {
  for (const item of listOf(given, 'roles') ?? []) {
    const { project, domain } = item as JsonMap
    if ((project === undefined) !== (domain === undefined)) continue
    throw templateError(`${path}.roles`, 'names one of project, domain in each.')
  }
}

type Holder = { readonly userId: string } | { readonly groupId: string }

/** Gives what is new and takes what is gone. Both may be done again, and change nothing then. */
async function assign(
  work: ResourceWork,
  holder: Holder,
  from: JsonMap,
  to: JsonMap,
): Promise<void> {
  const [before, after] = [from, to].map(
    (given) => new Map((listOf(given, 'roles') ?? []).map((one) => [JSON.stringify(one), one])),
  ) as [Map<string, Json>, Map<string, Json>]
  for (const [key, one] of before) {
    if (after.has(key)) continue
    try {
      await work.call(roleUnassign, { ...holder, ...roleOf(one as JsonMap) })
    } catch (error) {
      // Taken already, or gone with what it was on.
      if (!isCloudError(error) || error.code !== 'notFound') throw error
    }
  }
  for (const one of after.values()) {
    await work.call(roleAssign, { ...holder, ...roleOf(one as JsonMap) })
  }
}

function roleOf(given: JsonMap) {
  return present({
    role: textOf(given, 'role') as string,
    projectId: textOf(given, 'project'),
    domainId: textOf(given, 'domain'),
  })
}

export const keystoneGroup: ResourceType = madeType(
  {
    name: 'OS::Keystone::Group',
    summary: 'A group of users, made by an administrator.',
    properties: {
      name,
      domain: { ...text, default: 'default' },
      description,
      roles: rolesProperty,
    },
    attributes: {},
    check: checkRoles,
  },
  {
    make: async (work, given, key) => {
      const group = await work.call(
        groupCreate,
        present({
          name: nameOf(work, given, key),
          domainId: textOf(given, 'domain'),
          description: textOf(given, 'description'),
        }),
        key,
      )
      await assign(work, { groupId: group.id }, {}, given)
      return group
    },
    change: async (work, id, { to, from }, key) => {
      const fields = { name: textOf(to, 'name'), description: textOf(to, 'description') ?? '' }
      const group = await work.call(groupUpdate, present({ id, ...fields }), key)
      await assign(work, { groupId: id }, from, to)
      return group
    },
    look: (work, id) => work.call(groupGet, { id }),
    drop: (work, id, _, key) => work.call(groupDelete, { id }, key),
    idOf: ({ id }) => id,
    told: () => ({}),
  },
)

async function join(work: ResourceWork, userId: string, from: JsonMap, to: JsonMap): Promise<void> {
  const [before, after] = [textsOf(from, 'groups') ?? [], textsOf(to, 'groups') ?? []]
  for (const groupId of before) {
    if (!after.includes(groupId)) await work.call(groupRemoveUser, { userId, groupId })
  }
  for (const groupId of after) {
    if (!before.includes(groupId)) await work.call(groupAddUser, { userId, groupId })
  }
}

function userFields(given: JsonMap) {
  return present({
    description: textOf(given, 'description') ?? '',
    email: textOf(given, 'email') ?? null,
    enabled: flagOf(given, 'enabled'),
    defaultProjectId: textOf(given, 'default_project') ?? null,
  })
}

export const keystoneUser: ResourceType = madeType(
  {
    name: 'OS::Keystone::User',
    summary: 'A user, made by an administrator.',
    properties: {
      name,
      domain: { ...text, default: 'default' },
      description,
      email: { ...text, updatable: true },
      password: { ...text, updatable: true, min: 1, max: limits.passwordBytes },
      enabled,
      default_project: { ...text, updatable: true },
      groups: { type: 'list', items: text, default: [], max: 64, updatable: true },
      roles: rolesProperty,
    },
    attributes: {
      name: 'His name.',
      domain_id: 'His domain.',
      default_project_id: 'Where he acts when he names no project, or empty.',
      enabled_flag: 'Whether he may sign in.',
    },
    check: checkRoles,
  },
  {
    make: async (work, given, key) => {
      const user = await work.call(
        userCreate,
        present({
          ...userFields(given),
          name: nameOf(work, given, key),
          domainId: textOf(given, 'domain'),
          password: textOf(given, 'password'),
        }),
        key,
      )
      await join(work, user.id, {}, given)
      await assign(work, { userId: user.id }, {}, given)
      return user
    },
    change: async (work, id, { to, from }, key) => {
      const user = await work.call(
        userUpdate,
        present({ id, name: textOf(to, 'name'), ...userFields(to) }),
        key,
      )
      const password = textOf(to, 'password') ?? null
      if (password !== (textOf(from, 'password') ?? null)) {
        await work.call(userSetPassword, { id, password }, part(key, 1))
      }
      await join(work, id, from, to)
      await assign(work, { userId: id }, from, to)
      return user
    },
    look: (work, id) => work.call(userGet, { id }),
    drop: (work, id, _, key) => work.call(userDelete, { id }, key),
    idOf: ({ id }) => id,
    told: (user) => ({
      name: user.name,
      domain_id: user.domainId,
      default_project_id: user.defaultProjectId ?? '',
      enabled_flag: user.enabled,
    }),
  },
)

/** Roles of a user or a group that others have made. */
function assignmentType(what: 'User' | 'Group', holderOf: (id: string) => Holder): ResourceType {
  const holder = what.toLowerCase()
  const idIn = (given: JsonMap): string => textOf(given, holder) as string
  return madeType(
    {
      name: `OS::Keystone::${what}RoleAssignment`,
      summary: `Roles that a ${holder} is given.`,
      properties: {
        [holder]: { ...text, required: true },
        roles: { ...rolesProperty, required: true },
      },
      attributes: {},
      check: checkRoles,
    },
    {
      make: async (work, given) => {
        await assign(work, holderOf(idIn(given)), {}, given)
        return idIn(given)
      },
      change: async (work, id, { to, from }) => {
        await assign(work, holderOf(id), from, to)
        return id
      },
      drop: (work, id, given) => assign(work, holderOf(id), given, {}),
      idOf: (id) => id,
      told: () => ({}),
    },
  )
}

export const keystoneUserRoles = assignmentType('User', (userId) => ({ userId }))
export const keystoneGroupRoles = assignmentType('Group', (groupId) => ({ groupId }))
