import type { SecurityGroup } from '@nephos/core'
import type { Body } from './server.ts'

/** A security group as Nova tells of it; its rules are for the network service to show. */
export function securityGroupBody(group: SecurityGroup): Body {
  const { id, name, description, projectId } = group
  return { id, name, description, tenant_id: projectId, rules: [] }
}
