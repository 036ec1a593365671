/**
 * States of stacks and of their resources: what is or was last done, and how that stands. Heat's
 * names.
 */

export const stackActions = [
  'INIT',
  'CREATE',
  'UPDATE',
  'ROLLBACK',
  'DELETE',
  'SUSPEND',
  'RESUME',
  'CHECK',
  'ADOPT',
  'SNAPSHOT',
  'RESTORE',
] as const
export type StackAction = (typeof stackActions)[number]

export const stackStatuses = ['IN_PROGRESS', 'COMPLETE', 'FAILED'] as const
export type StackStatus = (typeof stackStatuses)[number]

/** What users ask of a stack that exists. */
export type StackRequest =
  | 'update'
  | 'rollback'
  | 'delete'
  | 'suspend'
  | 'resume'
  | 'check'
  | 'cancel'
  | 'snapshot'
  | 'restore'
  | 'abandon'

interface RequestRule {
  /**
   * Actions during which it may be asked for. A stack is never locked: an update may follow
   * another.
   */
  readonly during: readonly StackAction[]
  /** Actions after whose completion, or failure, it may be asked for. */
  readonly after: readonly StackAction[]
  readonly afterFailed: readonly StackAction[]
}

const settled = [
  ...['CREATE', 'ADOPT', 'UPDATE', 'ROLLBACK', 'RESUME', 'CHECK', 'SNAPSHOT', 'RESTORE'],
] as readonly StackAction[]

/** When each request is taken; otherwise it is refused with `conflict`. */
export const stackRequests: Readonly<Record<StackRequest, RequestRule>> = {
  update: {
    during: ['CREATE', 'ADOPT', 'UPDATE', 'ROLLBACK', 'CHECK', 'RESTORE'],
    after: settled,
    afterFailed: [...settled, 'SUSPEND'],
  },
  rollback: { during: ['UPDATE'], after: [], afterFailed: ['UPDATE', 'ROLLBACK'] },
  delete: { during: stackActions, after: stackActions, afterFailed: stackActions },
  suspend: { during: [], after: settled, afterFailed: ['SUSPEND', 'RESUME'] },
  resume: { during: [], after: ['SUSPEND'], afterFailed: ['SUSPEND', 'RESUME'] },
  check: { during: [], after: settled, afterFailed: settled },
  cancel: {
    during: ['CREATE', 'ADOPT', 'UPDATE', 'ROLLBACK', 'SUSPEND', 'RESUME', 'CHECK', 'RESTORE'],
    after: [],
    afterFailed: [],
  },
  snapshot: { during: [], after: settled, afterFailed: [] },
  restore: { during: [], after: settled, afterFailed: settled },
  abandon: {
    during: [],
    after: [...settled, 'SUSPEND'],
    afterFailed: [...settled, 'SUSPEND', 'DELETE'],
  },
}

/** True if a stack in this state takes the request. */
export function stackAllows(
  request: StackRequest,
  state: { readonly action: StackAction; readonly status: StackStatus },
): boolean {
  const rule = stackRequests[request]
  const from = { IN_PROGRESS: rule.during, COMPLETE: rule.after, FAILED: rule.afterFailed }
  return from[state.status].includes(state.action)
}

/** `CREATE_COMPLETE` and the like, as OpenStack spells it. */
export function stackStatusText(state: {
  readonly action: StackAction
  readonly status: StackStatus
}): string {
  return `${state.action}_${state.status}`
}
