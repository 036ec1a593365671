import { keystoneFault } from '../../wire/identity/fault.ts'
import type { Api } from '../endpoint.ts'
import { accessRules, applicationCredentials } from './application-credentials.ts'
import { authScopes } from './auth-scopes.ts'
import { accessKeys, credentials } from './credentials.ts'
import { catalog } from './catalog.ts'
import { domains } from './domains.ts'
import { grants } from './grants.ts'
import { groups } from './groups.ts'
import { projectTags } from './project-tags.ts'
import { projects } from './projects.ts'
import { roleAssignments } from './role-assignments.ts'
import { impliedRoles, roles } from './roles.ts'
import { signedTokens } from './signed-tokens.ts'
import { tokens } from './tokens.ts'
import { trusts } from './trusts.ts'
import { users } from './users.ts'
import { versions } from './versions.ts'

/** Keystone v3 (https://docs.openstack.org/api-ref/identity/v3/). */
export const identity: Api = {
  name: 'identity',
  type: 'identity',
  title: 'Identity',
  service: 'keystone',
  mount: '/identity',
  bases: ['/v3'],
  catalogPath: () => '/v3',
  fault: keystoneFault,
  discovery: versions,
  endpoints: [
    ...tokens,
    ...signedTokens,
    ...authScopes,
    ...domains,
    ...projects,
    ...projectTags,
    ...users,
    ...groups,
    ...roles,
    ...impliedRoles,
    ...grants,
    ...roleAssignments,
    ...applicationCredentials,
    ...accessRules,
    ...credentials,
    ...accessKeys,
    ...trusts,
    ...catalog,
  ],
}
