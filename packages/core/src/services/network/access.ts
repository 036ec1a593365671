import { CloudError } from '../../base/errors.ts'
import type { Network } from '../../model/network/network.ts'
import type { Lent } from '../../model/network/rbac-policy.ts'
import type { Kernel } from '../../kernel.ts'
import type { Call } from '../call.ts'
import { notFound, type Owned } from '../fetch.ts'
import { readQuota, requireQuota, type Usage } from '../quota.ts'

/**
 * The project that will own a new resource.
 *
 * @throws CloudError `forbidden` when it is another's and the caller is no operator, `invalid` when
 *   there is none.
 */
export function ownerOf(call: Call, projectId: string | undefined): string {
  const { actor } = call
  const owner = projectId ?? actor.projectId
  if (owner === null) {
    throw new CloudError('invalid', 'projectId: is needed outside of a project.', {
      field: 'projectId',
    })
  }
  if (owner !== actor.projectId && !actor.system) {
    throw new CloudError('forbidden', 'Only an operator acts for another project.', {
      field: 'projectId',
    })
  }
  return owner
}

/**
 * @throws CloudError `quotaExceeded`; `notFound` when there is no such project.
 */
export async function requireRoom(kernel: Kernel, projectId: string, usage: Usage): Promise<void> {
  const quota = await readQuota(kernel, projectId)
  if (quota.size === 0) throw notFound('project', 'projectId')
  requireQuota(quota, usage)
}

/** True if a thing is lent to a project. */
export function isLentTo({ shared, sharedWith }: Lent, projectId: string | null): boolean {
  return shared === true || (projectId !== null && sharedWith?.includes(projectId) === true)
}

/** Tells whether a thing is lent to the caller. */
export function lentTo({ actor }: Call): (record: Lent) => boolean {
  return (record) => isLentTo(record, actor.projectId)
}

/** True if the caller may see a network of others, if only to get out through it. */
export function seenBy({ actor }: Call): (network: Network) => boolean {
  const { projectId } = actor
  return (network) => isLentTo(network, projectId) || leadsOut(network, projectId)
}

function leadsOut({ external, externalTo }: Network, projectId: string | null): boolean {
  if (!external || !externalTo) return external
  return projectId !== null && externalTo.includes(projectId)
}

export function owns(call: Call, record: Pick<Owned, 'projectId'>): boolean {
  return call.actor.system || record.projectId === call.actor.projectId
}

/**
 * What only its owner may change, although others see it.
 *
 * @throws CloudError `forbidden`.
 */
export function requireOwner(call: Call, record: Owned, noun: string): void {
  if (owns(call, record)) return
  throw new CloudError('forbidden', `The ${noun} belongs to another project.`, { field: 'id' })
}

/** @throws CloudError `forbidden` with `field`. */
export function requireOperator(call: Call, field: string): void {
  if (call.actor.system) return
  throw new CloudError('forbidden', `${field}: is for operators.`, { field })
}

/** @throws CloudError `stale` when the caller has seen another revision than the stored one. */
export function requireRev(record: { readonly rev: number }, expected: number | undefined): void {
  if (expected === undefined || expected === record.rev) return
  throw new CloudError('stale', 'The resource was changed since it was read.', {
    field: 'expectedRev',
    limit: record.rev,
  })
}
