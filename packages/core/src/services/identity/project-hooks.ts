import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { planTypeQuotaRemoval } from '../block/charges.ts'
import { planObjectAccount, planObjectAccountRemoval } from '../object/account-hooks.ts'
import {
  planDefaultSecurityGroup,
  planDefaultSecurityGroupRemoval,
} from '../network/default-group.ts'

/**
 * Takes part in the commit that creates or deletes a project: adds to `writes`, or throws to
 * refuse.
 */
export type ProjectHook = (
  kernel: Kernel,
  writes: Writes,
  projectId: string,
) => void | Promise<void>

/** What other services do when a project comes and goes. */
export interface ProjectHooks {
  readonly created: readonly ProjectHook[]
  /** Remove what the services themselves made in the project, and give its quota back. */
  readonly deleted: readonly ProjectHook[]
}

export const projectHooks: ProjectHooks = {
  created: [planDefaultSecurityGroup, planObjectAccount],
  deleted: [planDefaultSecurityGroupRemoval, planObjectAccountRemoval, planTypeQuotaRemoval],
}
