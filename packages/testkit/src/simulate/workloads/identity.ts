import { projectGet, quotaGet, roleAssignmentList, userGet, userSetPassword } from '@nephos/core'
import type { Workload } from '../workload.ts'
import { catalogActions } from './identity-catalog.ts'
import { projectActions } from './identity-projects.ts'
import { groupAndRoleActions } from './identity-groups.ts'
import { lentActions } from './identity-lent.ts'
import { userActions } from './identity-users.ts'
import { probe, probing } from './probe.ts'

export const identityWorkload: Workload = {
  service: 'identity',
  actions: [
    ...projectActions,
    ...userActions,
    ...groupAndRoleActions,
    ...lentActions,
    ...catalogActions,
    probing('projects and users', 2, [
      probe('project', projectGet),
      probe('project', quotaGet, (projectId) => ({ projectId })),
      probe('project', roleAssignmentList, (projectId) => ({ projectId })),
      probe('user', userGet),
      probe('user', userSetPassword, (id) => ({ id, password: 'mine' })),
      probe('user', roleAssignmentList, (userId) => ({ userId })),
    ]),
  ],
}
