import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { globalRoles, type Role as RoleRow, roleKind } from '../../model/identity/role.ts'
import { notFound } from '../fetch.ts'
import { type Role, roles } from '../policy.ts'

/** A role, built-in or not. */
export interface RoleRule {
  readonly id: string
  readonly name: string
  /** The domain whose role it is; null: of all. */
  readonly domainId: string | null
  readonly description: string
  /** Ids of the roles that come with it directly. */
  readonly implies: readonly string[]
}

/** True for the roles that every cloud has. */
export function isBuiltIn(id: string): id is Role {
  return (roles as readonly string[]).includes(id)
}

/** A role as its row, if it has one, and as what is built in say. */
export function ruleOf(id: string, row: RoleRow | undefined): RoleRule | undefined {
  if (!isBuiltIn(id)) {
    if (!row) return undefined
    const { name, description, implies, scope } = row
    return { id, name, domainId: scope === globalRoles ? null : scope, description, implies }
  }
  const below = roles.slice(roles.indexOf(id) + 1, roles.indexOf(id) + 2)
  return {
    id,
    name: id,
    domainId: null,
    description: row?.description ?? '',
    implies: [...below, ...(row?.implies ?? [])],
  }
}

/** What was added to the built-in roles: read while something else is. */
export function builtInRows(kernel: Kernel): Promise<(RoleRow | undefined)[]> {
  return kernel.store.get(roleKind, roles)
}

/**
 * The roles with these ids and all that they imply, built-in ones first and strongest first; ids of
 * none are passed over. Roles of a domain only count by what they imply, and are left out.
 *
 * @param added what `builtInRows` read.
 */
export async function withImplied(
  kernel: Kernel,
  ids: readonly string[],
  added: readonly (RoleRow | undefined)[],
): Promise<readonly RoleRule[]> {
  const found = new Map<string, RoleRule>()
  let next = [...new Set(ids)]
  while (next.length > 0) {
    const own = next.filter((id) => !isBuiltIn(id))
    const rows = own.length === 0 ? [] : await kernel.store.get(roleKind, own)
    const rules = next.flatMap((id) => {
      const row = isBuiltIn(id) ? added[roles.indexOf(id)] : rows[own.indexOf(id)]
      return ruleOf(id, row) ?? []
    })
    for (const rule of rules) found.set(rule.id, rule)
    next = [...new Set(rules.flatMap(({ implies }) => implies))].filter((id) => !found.has(id))
  }
  return [...found.values()].filter(({ domainId }) => domainId === null).sort(byStrength)
}

function byStrength(one: RoleRule, two: RoleRule): number {
  const rank = ({ id }: RoleRule): number => (isBuiltIn(id) ? roles.indexOf(id) : roles.length)
  return rank(one) - rank(two) || (one.name < two.name ? -1 : 1)
}

/** @throws CloudError `notFound`. */
export async function fetchRole(kernel: Kernel, id: string, field = 'id'): Promise<RoleRule> {
  const [row] = await kernel.store.get(roleKind, [id])
  const rule = ruleOf(id, row)
  if (!rule) throw notFound('role', field)
  return rule
}

/** Roles by their ids; those that are gone are left out. */
export async function rolesById(
  kernel: Kernel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RoleRule>> {
  const all = [...new Set(ids)]
  const rows = all.length === 0 ? [] : await kernel.store.get(roleKind, all)
  return new Map(
    all.flatMap((id, at) => {
      const rule = ruleOf(id, rows[at])
      return rule ? [[id, rule] as const] : []
    }),
  )
}

/** A role by its id, or by the name of one that belongs to no domain. */
export type RoleRef = { readonly id: string } | { readonly name: string }

/** @throws CloudError `notFound` with the place in the list. */
export async function fetchRoles(
  kernel: Kernel,
  refs: readonly RoleRef[],
  field: string,
): Promise<readonly RoleRule[]> {
  const names = refs.flatMap((ref) => ('id' in ref || isBuiltIn(ref.name) ? [] : ref.name))
  const ids = refs.flatMap((ref) => ('id' in ref ? ref.id : isBuiltIn(ref.name) ? ref.name : []))
  const [byId, byName] = await Promise.all([
    ids.length === 0 ? [] : kernel.store.get(roleKind, ids),
    names.length === 0
      ? []
      : kernel.store.lookup(
          roleKind,
          'byName',
          names.map((name) => [globalRoles, name]),
        ),
  ])
  return refs.map((ref, at) => {
    const id = 'id' in ref ? ref.id : isBuiltIn(ref.name) ? ref.name : undefined
    const row =
      id === undefined
        ? byName.find((one) => 'name' in ref && one.name === ref.name)
        : byId[ids.indexOf(id)]
    const rule = ruleOf(id ?? row?.id ?? '', row)
    if (!rule) throw notFound('role', `${field}[${at}]`)
    return rule
  })
}

/**
 * Nobody gives more than he has: an operator gives anything; others what they have themselves, and
 * never `admin`, which is a right beyond any project or domain.
 *
 * @throws CloudError `forbidden`.
 */
export async function requireGivable(
  kernel: Kernel,
  actor: { readonly roles: readonly string[]; readonly system: boolean },
  roleIds: readonly string[],
  field: string,
): Promise<void> {
  if (actor.system && actor.roles.includes('admin')) return
  const given = await withImplied(kernel, roleIds, await builtInRows(kernel))
  const isWithin = given.every(({ name }) => name !== 'admin' && holds(actor.roles, name))
  if (isWithin) return
  throw new CloudError('forbidden', 'The role is beyond those of the caller.', { field })
}

/** True if the names include the role, or a built-in one that always implies it. */
function holds(names: readonly string[], wanted: string): boolean {
  if (!isBuiltIn(wanted)) return names.includes(wanted)
  return roles.slice(0, roles.indexOf(wanted) + 1).some((name) => names.includes(name))
}
