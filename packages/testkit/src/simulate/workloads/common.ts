import { projectEnsure } from '@nephos/core'
import type { Tenant } from '../workload.ts'

/** A project of the operator's, to which belongs what everybody uses. */
export async function commonProject(tenant: Tenant): Promise<string | undefined> {
  const outcome = await tenant.call(projectEnsure, { name: 'common' }, { as: tenant.operator })
  return outcome.end === 'ok' ? outcome.answer.id : undefined
}
