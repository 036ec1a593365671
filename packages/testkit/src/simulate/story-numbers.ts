import type { StoryPlan } from './story-types.ts'

/** Actions of different tenants are numbered this far apart. */
const tenantStride = 1_000

/** The number of a tenant's action, both counted from 0: what `skip` names. */
export function actionNumber(tenant: number, action: number): number {
  return tenant * tenantStride + action
}

/** The numbers of all actions of a story, in ascending order. */
export function actionNumbers(plan: Pick<StoryPlan, 'tenants' | 'actions'>): readonly number[] {
  return Array.from({ length: plan.tenants }, (_, tenant) =>
    Array.from({ length: plan.actions }, (__, action) => actionNumber(tenant, action)),
  ).flat()
}
