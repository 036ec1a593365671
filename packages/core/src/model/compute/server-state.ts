/**
 * The server's state machine, as tables. A server has a `vmState` (what it is) and a `task` (what
 * is being done to it, or null). An action is allowed from listed pairs only and sets a task; a
 * task ends in one of two listed states. The public status is computed from both (Nova's Compute
 * API reference, "Server status").
 */
export const vmStates = [
  'building',
  'active',
  'stopped',
  'paused',
  'suspended',
  'rescued',
  'shelved',
  'resized',
  'error',
] as const
export type VmState = (typeof vmStates)[number]

export const serverTasks = [
  'spawning',
  'starting',
  'stopping',
  'rebooting',
  'rebootingHard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
  'rescuing',
  'unrescuing',
  'shelving',
  'unshelving',
  'rebuilding',
  'resizing',
  'confirmingResize',
  'revertingResize',
  'migrating',
  'deleting',
] as const
export type ServerTask = (typeof serverTasks)[number]

export const serverActionNames = [
  'start',
  'stop',
  'reboot',
  'rebootHard',
  'pause',
  'unpause',
  'suspend',
  'resume',
  'rescue',
  'unrescue',
  'shelve',
  'unshelve',
  'rebuild',
  'resize',
  'migrate',
  'liveMigrate',
  'evacuate',
  'confirmResize',
  'revertResize',
  'delete',
  'forceDelete',
] as const
export type ServerActionName = (typeof serverActionNames)[number]

export const serverStatuses = [
  'BUILD',
  'ACTIVE',
  'SHUTOFF',
  'PAUSED',
  'SUSPENDED',
  'RESCUE',
  'SHELVED',
  'REBOOT',
  'HARD_REBOOT',
  'REBUILD',
  'RESIZE',
  'VERIFY_RESIZE',
  'REVERT_RESIZE',
  'MIGRATING',
  'ERROR',
  'DELETED',
] as const
export type ServerStatus = (typeof serverStatuses)[number]

interface ActionRule {
  readonly from: readonly VmState[]
  /** Tasks during which the action is allowed: `null` = no task under way. */
  readonly during: readonly (ServerTask | null)[]
  readonly task: ServerTask
}

const idle = [null] as const
const anyTaskButDeleting = [null, ...serverTasks.filter((task) => task !== 'deleting')]

/** What each action needs and begins. Everything not listed is refused with `conflict`. */
export const serverActions: Readonly<Record<ServerActionName, ActionRule>> = {
  start: { from: ['stopped'], during: idle, task: 'starting' },
  stop: { from: ['active', 'error'], during: idle, task: 'stopping' },
  reboot: { from: ['active'], during: idle, task: 'rebooting' },
  // A hard reboot is the way out of a soft one that hangs, and out of ERROR.
  rebootHard: {
    from: ['active', 'stopped', 'paused', 'suspended', 'error'],
    during: [null, 'rebooting', 'rebootingHard'],
    task: 'rebootingHard',
  },
  pause: { from: ['active'], during: idle, task: 'pausing' },
  unpause: { from: ['paused'], during: idle, task: 'unpausing' },
  suspend: { from: ['active'], during: idle, task: 'suspending' },
  resume: { from: ['suspended'], during: idle, task: 'resuming' },
  rescue: { from: ['active', 'stopped', 'error'], during: idle, task: 'rescuing' },
  unrescue: { from: ['rescued'], during: idle, task: 'unrescuing' },
  shelve: {
    from: ['active', 'stopped', 'paused', 'suspended'],
    during: idle,
    task: 'shelving',
  },
  unshelve: { from: ['shelved'], during: idle, task: 'unshelving' },
  rebuild: { from: ['active', 'stopped', 'error'], during: idle, task: 'rebuilding' },
  resize: { from: ['active', 'stopped'], during: idle, task: 'resizing' },
  // To another host with what it has: ends as a resize does.
  migrate: { from: ['active', 'stopped'], during: idle, task: 'resizing' },
  // Without a stop; where it does not succeed, the server stays as it is.
  liveMigrate: { from: ['active', 'paused'], during: idle, task: 'migrating' },
  // Its host is off: built anew on another one.
  evacuate: { from: ['active', 'stopped', 'error'], during: idle, task: 'rebuilding' },
  confirmResize: { from: ['resized'], during: idle, task: 'confirmingResize' },
  revertResize: { from: ['resized'], during: idle, task: 'revertingResize' },
  delete: { from: vmStates, during: anyTaskButDeleting, task: 'deleting' },
  forceDelete: { from: vmStates, during: [null, ...serverTasks], task: 'deleting' },
}

/**
 * Where each task ends. `done: 'power'` = the state that the desired power names; `gone` = the
 * server is removed.
 */
export const taskEnds: Readonly<
  Record<ServerTask, { readonly done: VmState | 'power' | 'gone'; readonly failed: VmState }>
> = {
  spawning: { done: 'active', failed: 'error' },
  starting: { done: 'active', failed: 'error' },
  stopping: { done: 'stopped', failed: 'error' },
  rebooting: { done: 'active', failed: 'error' },
  rebootingHard: { done: 'active', failed: 'error' },
  pausing: { done: 'paused', failed: 'error' },
  unpausing: { done: 'active', failed: 'error' },
  suspending: { done: 'suspended', failed: 'error' },
  resuming: { done: 'active', failed: 'error' },
  rescuing: { done: 'rescued', failed: 'error' },
  unrescuing: { done: 'active', failed: 'error' },
  shelving: { done: 'shelved', failed: 'error' },
  unshelving: { done: 'active', failed: 'error' },
  rebuilding: { done: 'power', failed: 'error' },
  resizing: { done: 'resized', failed: 'error' },
  confirmingResize: { done: 'power', failed: 'error' },
  revertingResize: { done: 'power', failed: 'error' },
  migrating: { done: 'power', failed: 'error' },
  deleting: { done: 'gone', failed: 'error' },
}

const taskStatus: Readonly<Partial<Record<ServerTask, ServerStatus>>> = {
  rebooting: 'REBOOT',
  rebootingHard: 'HARD_REBOOT',
  rebuilding: 'REBUILD',
  resizing: 'RESIZE',
  revertingResize: 'REVERT_RESIZE',
  migrating: 'MIGRATING',
}

const stateStatus: Readonly<Record<VmState, ServerStatus>> = {
  building: 'BUILD',
  active: 'ACTIVE',
  stopped: 'SHUTOFF',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  rescued: 'RESCUE',
  shelved: 'SHELVED',
  resized: 'VERIFY_RESIZE',
  error: 'ERROR',
}

/** The public status of a server in this state, with this task under way. */
export function serverStatus(vmState: VmState, task: ServerTask | null): ServerStatus {
  return (task && taskStatus[task]) ?? stateStatus[vmState]
}

/** What the history calls a rebuild that the cloud began of itself: the guest was gone. */
export const mendAction = 'mend'

/** What the history calls an operator's word on what state a server is in. */
export const resetAction = 'resetState'

/** True if a line of history with this name began a task (locking, say, does not). */
export function beginsTask(action: string): boolean {
  return action === mendAction || Object.hasOwn(serverActions, action)
}

/** True if the action may begin now. */
export function actionAllowed(
  action: ServerActionName,
  vmState: VmState,
  task: ServerTask | null,
): boolean {
  const rule = serverActions[action]
  return rule.from.includes(vmState) && rule.during.includes(task)
}

/** Where a server may be at rest, with nothing open. */
const restStates: ReadonlySet<VmState | 'gone'> = new Set([
  'active',
  'stopped',
  'paused',
  'suspended',
  'rescued',
  'shelved',
])

/**
 * Edges of the vmState graph: the only changes that may ever be written (checked by the audit of a
 * trace).
 */
export function edgeAllowed(from: VmState, to: VmState | 'gone', task: ServerTask): boolean {
  const end = taskEnds[task]
  if (to === 'error') return end.failed === 'error'
  // A resize that failed, or whose guest was lost, is open still: what brings the server up again
  // leads back to it.
  if (to === 'resized' && (from === 'error' || from === 'resized')) return true
  if (end.done === 'power') return restStates.has(to)
  return from === to || to === end.done
}
