import {
  accessRuleKind,
  applicationCredentialKind,
} from '../../model/identity/application-credential.ts'
import { credentialKind } from '../../model/identity/credential.ts'
import { groupKind, membershipKind } from '../../model/identity/group.ts'
import { catalogKind } from '../../model/identity/catalog.ts'
import { roleKind } from '../../model/identity/role.ts'
import { trustKind } from '../../model/identity/trust.ts'
import { domainKind } from '../../model/identity/domain.ts'
import { projectKind } from '../../model/identity/project.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { tokenKind } from '../../model/identity/token.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Service } from '../service.ts'
import { accessRuleDelete, accessRuleGet, accessRuleList } from './access-rule.ts'
import {
  applicationCredentialCreate,
  applicationCredentialDelete,
  applicationCredentialGet,
  applicationCredentialList,
} from './application-credential.ts'
import {
  accessKeyCreate,
  credentialCreate,
  credentialDelete,
  credentialGet,
  credentialList,
  credentialUpdate,
} from './credential.ts'
import { trustCreate, trustDelete, trustGet, trustList } from './trust.ts'
import { domainCreate, domainDelete, domainGet, domainList, domainUpdate } from './domain.ts'
import {
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
} from './project.ts'
import { quotaDefaults, quotaGet, quotaList, quotaSet } from './quota.ts'
import { roleListEffective, userListProjects } from './effective.ts'
import { groupCreate, groupDelete, groupGet, groupList, groupUpdate } from './group.ts'
import {
  groupAddUser,
  groupCheckUser,
  groupListUsers,
  groupRemoveUser,
  userListGroups,
} from './group-member.ts'
import { roleAssign, roleAssignmentList, roleUnassign } from './role.ts'
import {
  roleCreate,
  roleDelete,
  roleGet,
  roleImply,
  roleList,
  roleUnimply,
  roleUpdate,
} from './role-catalog.ts'
import { catalogGet } from './catalog.ts'
import {
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
} from './catalog-endpoint.ts'
import {
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
} from './catalog-service.ts'
import { regionCreate, regionDelete, regionUpdate } from './region.ts'
import { tokenSweep } from './token-sweep.ts'
import { userCreate, userDelete, userGet, userList, userSetPassword, userUpdate } from './user.ts'

/** Domains, projects, users, roles and quotas. */
export const identity: Service = {
  name: 'identity',
  kinds: [
    accessRuleKind,
    applicationCredentialKind,
    catalogKind,
    credentialKind,
    domainKind,
    groupKind,
    membershipKind,
    projectKind,
    roleAssignmentKind,
    roleKind,
    tokenKind,
    trustKind,
    userKind,
  ],
  operations: [
    catalogGet,
    regionCreate,
    regionUpdate,
    regionDelete,
    catalogServiceCreate,
    catalogServiceUpdate,
    catalogServiceDelete,
    catalogEndpointCreate,
    catalogEndpointUpdate,
    catalogEndpointDelete,
    domainCreate,
    domainGet,
    domainList,
    domainUpdate,
    domainDelete,
    projectCreate,
    projectEnsure,
    projectGet,
    projectList,
    projectUpdate,
    projectDelete,
    quotaGet,
    quotaSet,
    quotaDefaults,
    quotaList,
    groupCreate,
    groupGet,
    groupList,
    groupUpdate,
    groupDelete,
    groupAddUser,
    groupRemoveUser,
    groupCheckUser,
    groupListUsers,
    userListGroups,
    roleCreate,
    roleGet,
    roleList,
    roleUpdate,
    roleDelete,
    roleImply,
    roleUnimply,
    roleAssign,
    roleUnassign,
    roleAssignmentList,
    roleListEffective,
    userListProjects,
    accessRuleGet,
    accessRuleList,
    accessRuleDelete,
    applicationCredentialCreate,
    applicationCredentialGet,
    applicationCredentialList,
    applicationCredentialDelete,
    accessKeyCreate,
    credentialCreate,
    credentialGet,
    credentialList,
    credentialUpdate,
    credentialDelete,
    trustCreate,
    trustGet,
    trustList,
    trustDelete,
    userCreate,
    userGet,
    userList,
    userUpdate,
    userSetPassword,
    userDelete,
  ],
  reconcilers: (kernel) => [tokenSweep(kernel)],
}
