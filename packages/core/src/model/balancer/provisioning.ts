/**
 * Whether what was asked for has been brought about, as a table: every status against every event,
 * each pair decided. Statuses are Octavia's. Unlike there, a change is accepted while another is
 * under way, and whatever is pending ends by itself.
 */
export const provisioningStatuses = [
  'PENDING_CREATE',
  'ACTIVE',
  'PENDING_UPDATE',
  'PENDING_DELETE',
  'ERROR',
  'DELETED',
] as const
export type ProvisioningStatus = (typeof provisioningStatuses)[number]

export const provisioningEvents = [
  /** Anything in the tree was changed. */
  'edit',
  /** The newest configuration is in force. */
  'apply',
  /** The deadline has passed. */
  'giveUp',
  'delete',
  /** Nothing answers for it any more. */
  'remove',
] as const
export type ProvisioningEvent = (typeof provisioningEvents)[number]

type Row = Readonly<Record<ProvisioningEvent, ProvisioningStatus | null>>

/** What each event makes of each status; null: refused, or cannot happen. */
export const provisioningTransitions: Readonly<Record<ProvisioningStatus, Row>> = Object.freeze({
  PENDING_CREATE: {
    edit: 'PENDING_CREATE',
    apply: 'ACTIVE',
    giveUp: 'ERROR',
    delete: 'PENDING_DELETE',
    remove: null,
  },
  ACTIVE: {
    edit: 'PENDING_UPDATE',
    apply: 'ACTIVE',
    giveUp: null,
    delete: 'PENDING_DELETE',
    remove: null,
  },
  PENDING_UPDATE: {
    edit: 'PENDING_UPDATE',
    apply: 'ACTIVE',
    giveUp: 'ERROR',
    delete: 'PENDING_DELETE',
    remove: null,
  },
  PENDING_DELETE: {
    edit: null,
    apply: null,
    giveUp: 'ERROR',
    delete: 'PENDING_DELETE',
    remove: 'DELETED',
  },
  // Whatever was last asked for decides: a change, or the deletion that failed, again.
  ERROR: {
    edit: 'PENDING_UPDATE',
    apply: 'ACTIVE',
    giveUp: null,
    delete: 'PENDING_DELETE',
    remove: 'DELETED',
  },
  DELETED: { edit: null, apply: null, giveUp: null, delete: null, remove: null },
})

/** What the provisioning status of a load balancer follows from. */
export interface ProvisioningFacts {
  readonly deleting: boolean
  /** Changes made so far: the generation of what is wanted. */
  readonly edits: number
  /** The generation in force; 0 = none yet. */
  readonly applied: number
  /** Work under way, each with a deadline. */
  readonly open: number
}

/** The status of a load balancer. */
export function provisioningStatus(facts: ProvisioningFacts): ProvisioningStatus {
  if (facts.deleting) return facts.open > 0 ? 'PENDING_DELETE' : 'ERROR'
  if (facts.applied >= facts.edits) return 'ACTIVE'
  if (facts.open === 0) return 'ERROR'
  return facts.applied === 0 ? 'PENDING_CREATE' : 'PENDING_UPDATE'
}

/**
 * The status of a row below a load balancer, exactly: by the mark with which it is in force.
 *
 * @param applied undefined = it is not in force at all.
 */
export function childProvisioning(
  mark: number,
  applied: number | undefined,
  facts: ProvisioningFacts,
): ProvisioningStatus {
  if (applied === mark) return 'ACTIVE'
  if (facts.open === 0) return 'ERROR'
  return applied === undefined ? 'PENDING_CREATE' : 'PENDING_UPDATE'
}
