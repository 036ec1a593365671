import type { Kernel } from '../src/kernel.ts'
import type { Actor } from '../src/services/call.ts'
import { applicationCredentialCreate } from '../src/services/identity/application-credential.ts'
import { accessKeyCreate } from '../src/services/identity/credential.ts'
import { groupAddUser } from '../src/services/identity/group-member.ts'
import { groupCreate } from '../src/services/identity/group.ts'
import { roleCreate, roleImply } from '../src/services/identity/role-catalog.ts'
import { roleAssign } from '../src/services/identity/role.ts'
import { trustCreate } from '../src/services/identity/trust.ts'
import { invoke } from '../src/services/operation.ts'

/** A group with a role of its own, and whatever else gives a user rights. */
export async function makeRights(
  kernel: Kernel,
  root: Actor,
  actor: Actor,
): Promise<{ readonly userGroupId: string; readonly roleId: string }> {
  const { userId } = actor
  const projectId = actor.projectId as string
  const role = await invoke(kernel, root, roleCreate, { name: 'auditor' })
  const wider = await invoke(kernel, root, roleCreate, { name: 'wider', domainId: 'default' })
  await invoke(kernel, root, roleImply, { id: wider.id, impliedId: role.id })
  const group = await invoke(kernel, root, groupCreate, { name: 'staff' })
  await invoke(kernel, root, groupAddUser, { groupId: group.id, userId })
  await invoke(kernel, root, roleAssign, { groupId: group.id, role: role.id, projectId })
  await invoke(kernel, actor, applicationCredentialCreate, {
    name: 'robot',
    accessRules: [{ service: 'image', method: 'GET', path: '/v2/images' }],
  })
  await invoke(kernel, actor, accessKeyCreate, { projectId })
  const trust = { trusteeId: root.userId, roles: [{ name: 'reader' }], impersonation: false }
  await invoke(kernel, { ...actor, roles: ['member', 'reader'] }, trustCreate, trust)
  return { userGroupId: group.id, roleId: role.id }
}
