import { canonicalJson } from '../../base/canonical.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  everyProject,
  type Lent,
  type RbacAction,
  type RbacObjectType,
  type RbacPolicy,
  rbacPolicyKind,
} from '../../model/network/rbac-policy.ts'
import { chargeQuota } from '../quota.ts'
import { requireRoom } from './access.ts'

/** What may be lent. */
export interface Lendable extends Lent {
  readonly id: string
  readonly projectId: string
  /** Of networks: true if they lead out. */
  readonly external?: boolean
  /** Absent: everyone's way out, or nobody's. */
  readonly externalTo?: readonly string[]
}

/** Who is lent something, as its row tells it. */
export interface Lending {
  readonly shared: boolean
  readonly sharedWith: readonly string[]
  readonly external: boolean
  /** Undefined: everyone. */
  readonly externalTo: readonly string[] | undefined
}

/**
 * The policies of a thing: in one statement, as there is a bound of them.
 *
 * @param object its row as it was read: it tells of each of them.
 * @throws CommitConflict if these are of another time than the row: look again.
 */
export async function policiesOf(kernel: Kernel, object: Lendable): Promise<RbacPolicy[]> {
  const policies = await kernel.store.query(rbacPolicyKind, {
    index: 'byObject',
    equals: [object.id],
    limit: limits.rbacPolicies,
  })
  if (isToldBy(object, lendingOf(policies))) return policies
  throw new CommitConflict({ type: 'revision', kind: rbacPolicyKind.name, ids: [object.id] })
}

function isToldBy(row: Lendable, { shared, sharedWith, external, externalTo }: Lending): boolean {
  const told = [row.shared ?? false, row.sharedWith ?? [], row.external ?? false]
  const due = [shared, sharedWith, external]
  const to = external ? (externalTo ?? []) : []
  return canonicalJson([...told, row.externalTo ?? []]) === canonicalJson([...due, to])
}

/** What a row says that has these policies. */
export function lendingOf(policies: readonly Pick<RbacPolicy, 'action' | 'target'>[]): Lending {
  const targetsOf = (action: RbacAction): string[] =>
    policies
      .filter((policy) => policy.action === action)
      .map(({ target }) => target)
      .sort()
  const [shared, external] = [targetsOf('accessAsShared'), targetsOf('accessAsExternal')]
  return {
    shared: shared.includes(everyProject),
    sharedWith: shared.filter((target) => target !== everyProject),
    external: external.length > 0,
    externalTo: external.includes(everyProject) ? undefined : external,
  }
}

/** A row without what it says of sharing, and with that which it is to say. */
export function withSharing<T extends Lent>(row: T, { sharedWith }: Lending): T {
  const { sharedWith: _, ...rest } = row
  return { ...rest, ...(sharedWith.length > 0 && { sharedWith }) } as T
}

/** Writes a new policy, charged to whose the thing is. */
export function planPolicy(
  kernel: Kernel,
  writes: Writes,
  object: Pick<Lendable, 'id' | 'projectId'>,
  what: Pick<RbacPolicy, 'objectType' | 'action' | 'target'>,
): RbacPolicy {
  const policy = {
    ...{ id: kernel.ids.next(), projectId: object.projectId, objectId: object.id },
    ...{ ...what, createdAt: kernel.clock.now() },
  }
  writes.insert(rbacPolicyKind, policy)
  chargeQuota(writes, object.projectId, { rbacPolicies: 1 })
  return { ...policy, rev: 1 }
}

/** Writes the end of policies. */
export function planPolicyRemoval(writes: Writes, policies: readonly RbacPolicy[]): void {
  writes.remove(rbacPolicyKind, ...policies)
  for (const { projectId } of policies) chargeQuota(writes, projectId, { rbacPolicies: 1 }, -1)
}

/** Writes the end of everything that a thing which is deleted was lent by. */
export async function planLendingEnd(
  kernel: Kernel,
  writes: Writes,
  object: Lendable,
): Promise<void> {
  planPolicyRemoval(writes, await policiesOf(kernel, object))
}

/** Writes the policies of something that is made lent to everyone. */
export async function planEveryone(
  kernel: Kernel,
  writes: Writes,
  object: Pick<Lendable, 'id' | 'projectId'>,
  objectType: RbacObjectType,
  actions: readonly RbacAction[],
): Promise<void> {
  if (actions.length === 0) return
  await requireRoom(kernel, object.projectId, { rbacPolicies: actions.length })
  for (const action of actions) {
    planPolicy(kernel, writes, object, { objectType, action, target: everyProject })
  }
}

/**
 * Writes that a thing is lent to everyone from now on, or no longer, if that changes.
 *
 * @returns what it is lent to then.
 */
export async function planWildcard(
  kernel: Kernel,
  writes: Writes,
  object: Lendable,
  objectType: RbacObjectType,
  wanted: Readonly<Partial<Record<RbacAction, boolean>>>,
): Promise<Lending> {
  let policies = await policiesOf(kernel, object)
  for (const action of ['accessAsShared', 'accessAsExternal'] as const) {
    const found = policies.find((one) => one.action === action && one.target === everyProject)
    if (wanted[action] === undefined || wanted[action] === (found !== undefined)) continue
    if (found) {
      planPolicyRemoval(writes, [found])
      policies = policies.filter((policy) => policy !== found)
    } else {
      requireFew(policies)
      await requireRoom(kernel, object.projectId, { rbacPolicies: 1 })
      const what = { objectType, action, target: everyProject }
      policies = [...policies, planPolicy(kernel, writes, object, what)]
    }
  }
  return lendingOf(policies)
}

/** @throws CloudError `conflict` when a thing has as many policies as it may. */
export function requireFew(policies: readonly RbacPolicy[]): void {
  if (policies.length < limits.rbacPolicies) return
  throw new CloudError('conflict', 'objectId: has as many policies as it may.', {
    field: 'objectId',
    limit: limits.rbacPolicies,
  })
}
