import {
  accessRuleKind,
  applicationCredentialKind,
} from '../../model/identity/application-credential.ts'
import { credentialKind } from '../../model/identity/credential.ts'
import { domainKind } from '../../model/identity/domain.ts'
import { groupKind, membershipKind } from '../../model/identity/group.ts'
import { projectKind } from '../../model/identity/project.ts'
import { globalRoles, roleKind } from '../../model/identity/role.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { trustKind } from '../../model/identity/trust.ts'
import { userKind } from '../../model/identity/user.ts'
import { isBuiltIn } from '../identity/role-rules.ts'
import { pointerRule } from './pointer.ts'
import type { Rule } from './rule.ts'

/** 14: what gives rights to somebody, in something, exists only with both. */
export const identityPointers: readonly Rule[] = [
  pointerRule(groupKind, domainKind, (row) => row.domainId),
  pointerRule(membershipKind, groupKind, (row) => row.groupId),
  pointerRule(membershipKind, userKind, (row) => row.userId),
  pointerRule(roleAssignmentKind, groupKind, (row) => row.groupId ?? null),
  pointerRule(roleAssignmentKind, roleKind, (row) => (isBuiltIn(row.role) ? null : row.role)),
  pointerRule(roleKind, roleKind, (row) => row.implies.filter((id) => !isBuiltIn(id)), {
    place: 'implied',
  }),
  pointerRule(roleKind, domainKind, (row) => (row.scope === globalRoles ? null : row.scope)),
  pointerRule(accessRuleKind, userKind, (row) => row.userId),
  pointerRule(applicationCredentialKind, userKind, (row) => row.userId),
  pointerRule(applicationCredentialKind, projectKind, (row) => row.projectId),
  pointerRule(
    applicationCredentialKind,
    accessRuleKind,
    (row) => row.accessRules?.map(({ id }) => id) ?? [],
  ),
  pointerRule(credentialKind, userKind, (row) => row.userId),
  pointerRule(credentialKind, projectKind, (row) => row.projectId),
  pointerRule(trustKind, userKind, (row) => row.trustorId, { place: 'trustor' }),
  pointerRule(trustKind, userKind, (row) => row.trusteeId, { place: 'trustee' }),
  pointerRule(trustKind, projectKind, (row) => row.projectId),
]
