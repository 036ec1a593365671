import {
  accessRuleKind,
  applicationCredentialKind,
} from '../src/model/identity/application-credential.ts'
import { credentialKind } from '../src/model/identity/credential.ts'
import { groupKind, membershipKind } from '../src/model/identity/group.ts'
import { globalRoles, roleKind } from '../src/model/identity/role.ts'
import { roleAssignmentKind } from '../src/model/identity/role-assignment.ts'
import { trustKind } from '../src/model/identity/trust.ts'
import type { Kind, Stored } from '../src/model/kind.ts'
import { edit, gone, move, overcount, type Plant, references } from './plants.ts'

/** Points a field to what does not exist, counted as if it did. */
function astray<T extends Stored>(
  kind: Kind<T>,
  field: keyof T & string,
  prefix: string,
  fits?: (row: T) => boolean,
): Plant {
  return edit(
    kind,
    () => ({ [field]: gone }) as unknown as Partial<T>,
    (writes, row) => move(writes, `${prefix}:${String(row[field])}`, `${prefix}:gone`, references),
    fits,
  )
}

/** Breaks of what holds of rights, by invariant and rule. */
export const identityPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'userGroup-counters': overcount(({ userGroupId }) => `userGroup:${userGroupId}`, references),
    'role-counters': overcount(({ roleId }) => `role:${roleId}`, references),
  },
  14: {
    'group-domain': astray(groupKind, 'domainId', 'domain'),
    'membership-group': astray(membershipKind, 'groupId', 'userGroup'),
    'membership-user': astray(membershipKind, 'userId', 'user'),
    'roleAssignment-group': astray(
      roleAssignmentKind,
      'groupId',
      'userGroup',
      ({ userId }) => userId === null,
    ),
    'roleAssignment-role': astray(
      roleAssignmentKind,
      'role',
      'role',
      ({ userId }) => userId === null,
    ),
    'role-implied': edit(roleKind, () => ({ implies: [gone] })),
    'role-domain': edit(
      roleKind,
      () => ({ scope: gone }),
      (writes) => move(writes, 'domain:default', 'domain:gone', references),
      ({ scope }) => scope !== globalRoles,
    ),
    'accessRule-user': astray(accessRuleKind, 'userId', 'user'),
    'applicationCredential-user': astray(applicationCredentialKind, 'userId', 'user'),
    'applicationCredential-project': astray(applicationCredentialKind, 'projectId', 'project'),
    'applicationCredential-accessRule': edit(applicationCredentialKind, () => ({
      accessRules: [{ id: gone, service: 'image', method: 'GET', path: '/' }],
    })),
    'credential-user': astray(credentialKind, 'userId', 'user'),
    'credential-project': astray(credentialKind, 'projectId', 'project'),
    'trust-trustor': astray(trustKind, 'trustorId', 'user'),
    'trust-trustee': astray(trustKind, 'trusteeId', 'user'),
    'trust-project': astray(trustKind, 'projectId', 'project'),
  },
}
