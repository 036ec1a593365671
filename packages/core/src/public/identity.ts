export { defaultDomainId } from '../model/identity/domain.ts'
export type { Project } from '../model/identity/project.ts'
export { resolveActor } from '../services/identity/actor.ts'
export type { ActorScope } from '../services/identity/actor.ts'
export { authenticatePassword } from '../services/identity/authenticate.ts'
export type { UserRef } from '../services/identity/authenticate.ts'
export { scopeOf } from '../services/identity/named.ts'
export type { DomainRef, ProjectRef, ScopeRef } from '../services/identity/named.ts'
export { authenticateToken, issueToken, revokeToken } from '../services/identity/token.ts'
export type { AuthenticatedToken, IssuedToken, TokenRequest } from '../services/identity/token.ts'
export type { Token, TokenMethod, TokenScope } from '../model/identity/token.ts'
export {
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
} from '../services/identity/domain.ts'
export {
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
} from '../services/identity/project.ts'
export { quotaDefaults, quotaGet, quotaList, quotaSet } from '../services/identity/quota.ts'
export { catalogGet, readCatalog } from '../services/identity/catalog.ts'
export { regionCreate, regionDelete, regionUpdate } from '../services/identity/region.ts'
export {
  catalogServiceCreate,
  catalogServiceDelete,
  catalogServiceUpdate,
} from '../services/identity/catalog-service.ts'
export {
  catalogEndpointCreate,
  catalogEndpointDelete,
  catalogEndpointUpdate,
} from '../services/identity/catalog-endpoint.ts'
export {
  builtInRegionId,
  type CatalogEndpoint,
  type CatalogRegion,
  type CatalogService,
} from '../model/identity/catalog.ts'
export { roleAssign, roleAssignmentList, roleUnassign } from '../services/identity/role.ts'
export {
  roleCreate,
  roleDelete,
  roleGet,
  roleImply,
  roleList,
  roleUnimply,
  roleUpdate,
} from '../services/identity/role-catalog.ts'
export {
  groupCreate,
  groupDelete,
  groupGet,
  groupList,
  groupUpdate,
} from '../services/identity/group.ts'
export {
  groupAddUser,
  groupCheckUser,
  groupListUsers,
  groupRemoveUser,
  userListGroups,
} from '../services/identity/group-member.ts'
export type { Group, Membership } from '../model/identity/group.ts'
export type { RoleRef, RoleRule } from '../services/identity/role-rules.ts'
export {
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
} from '../services/identity/user.ts'
export type { Domain } from '../model/identity/domain.ts'
export type { RoleAssignment } from '../model/identity/role-assignment.ts'
export type { ProjectQuota, QuotaView } from '../services/identity/quota.ts'
export type { UserView } from '../services/identity/user.ts'
export {
  applicationCredentialCreate,
  applicationCredentialDelete,
  applicationCredentialGet,
  applicationCredentialList,
} from '../services/identity/application-credential.ts'
export type {
  ApplicationCredentialView,
  NewApplicationCredential,
} from '../services/identity/application-credential.ts'
export {
  type AccessedCall,
  accessRuleDelete,
  accessRuleGet,
  accessRuleList,
  isAccessAllowed,
} from '../services/identity/access-rule.ts'
export type { AccessRule, HeldRule } from '../model/identity/application-credential.ts'
export {
  accessKeyCreate,
  authenticateAccessKey,
  credentialCreate,
  credentialDelete,
  credentialGet,
  credentialList,
  credentialUpdate,
} from '../services/identity/credential.ts'
export type { SignedBy } from '../services/identity/credential.ts'
export type { Credential } from '../model/identity/credential.ts'
export { trustCreate, trustDelete, trustGet, trustList } from '../services/identity/trust.ts'
export type { TrustView } from '../services/identity/trust.ts'
export { authenticateApplicationCredential, useTrust } from '../services/identity/lent.ts'
export type { ApplicationCredentialRef, ProvenCredential } from '../services/identity/lent.ts'
export type { Trust } from '../model/identity/trust.ts'
export { placesOf, roleListEffective, userListProjects } from '../services/identity/effective.ts'
export type { EffectiveRole, UserPlaces } from '../services/identity/effective.ts'
