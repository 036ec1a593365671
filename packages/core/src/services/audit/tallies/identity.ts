import { domainKind } from '../../../model/identity/domain.ts'
import { groupKind } from '../../../model/identity/group.ts'
import { projectKind } from '../../../model/identity/project.ts'
import { globalRoles, roleKind } from '../../../model/identity/role.ts'
import { userKind } from '../../../model/identity/user.ts'
import { dependences } from '../../identity/dependents.ts'
import {
  domainReferences,
  groupReferences,
  projectReferences,
  roleReferences,
  userReferences,
} from '../../identity/references.ts'
import { byField, type Charge, opened, type Tally, tallyPart, type TallyPart } from '../rule.ts'

const name = 'references'
const one = (scope: string): Charge => ({ scope, name, amount: 1 })
const itself = { name: '', keys: (id: string) => [id] }

/** What depends on something, as identity's table of dependences has it. */
function dependents(prefix: string): TallyPart[] {
  return dependences
    .filter((dependence) => dependence.prefix === prefix)
    .map(({ kind, scope, index }) =>
      tallyPart(
        kind,
        (row) => {
          const counted = scope(row)
          return counted === undefined ? [] : [one(counted)]
        },
        index,
      ),
    )
}

/** What refers to a domain: its projects, users and groups, role assignments on it. */
export const domainTally: Tally = {
  prefix: 'domain:',
  parts: [
    tallyPart(domainKind, ({ id }) => opened(domainReferences(id), name), itself),
    tallyPart(projectKind, (row) => [one(domainReferences(row.domainId))], byField('byName')),
    tallyPart(userKind, (row) => [one(domainReferences(row.domainId))], byField('byName')),
    tallyPart(groupKind, (row) => [one(domainReferences(row.domainId))], byField('byName')),
    tallyPart(
      roleKind,
      ({ scope }) => (scope === globalRoles ? [] : [one(domainReferences(scope))]),
      byField('byName'),
    ),
    ...dependents('domain:'),
  ],
}

/** What refers to a project: those beneath it, what gives rights in it. */
export const projectTally: Tally = {
  prefix: 'project:',
  parts: [
    tallyPart(projectKind, ({ id }) => opened(projectReferences(id), name), itself),
    tallyPart(
      projectKind,
      ({ parentId }) => (parentId === null ? [] : [one(projectReferences(parentId))]),
      byField('byParent'),
    ),
    ...dependents('project:'),
  ],
}

/** What refers to a user: his roles, memberships, credentials and trusts. */
export const userTally: Tally = {
  prefix: 'user:',
  parts: [
    tallyPart(userKind, ({ id }) => opened(userReferences(id), name), itself),
    ...dependents('user:'),
  ],
}

/** What refers to a group: its members and roles. */
export const userGroupTally: Tally = {
  prefix: 'userGroup:',
  parts: [
    tallyPart(groupKind, ({ id }) => opened(groupReferences(id), name), itself),
    ...dependents('userGroup:'),
  ],
}

/** What refers to a role: its assignments. */
export const roleTally: Tally = {
  prefix: 'role:',
  parts: [
    tallyPart(
      roleKind,
      ({ id }) => {
        const scope = roleReferences(id)
        return scope === undefined ? [] : opened(scope, name)
      },
      itself,
    ),
    ...dependents('role:'),
  ],
}
