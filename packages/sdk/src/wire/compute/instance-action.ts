import type { ServerAction, ServerDetails } from '@nephos/core'
import type { Body } from './server.ts'
import { microTime } from './time.ts'

/** Names of Nova's where they differ from ours. */
const actionNames: Readonly<Record<string, string>> = {
  rebootHard: 'reboot',
  resize: 'resize',
  confirmResize: 'confirmResize',
  revertResize: 'revertResize',
  createBackup: 'createBackup',
  forceDelete: 'delete',
  mend: 'rebuild',
  liveMigrate: 'live-migration',
}

/** Names of the events in which actions are carried out. */
const eventNames: Readonly<Record<string, string>> = {
  create: 'compute__do_build_and_run_instance',
  delete: 'compute_terminate_instance',
  reboot: 'compute_reboot_instance',
  start: 'compute_start_instance',
  stop: 'compute_stop_instance',
  pause: 'compute_pause_instance',
  unpause: 'compute_unpause_instance',
  suspend: 'compute_suspend_instance',
  resume: 'compute_resume_instance',
  rescue: 'compute_rescue_instance',
  unrescue: 'compute_unrescue_instance',
  shelve: 'compute_shelve_instance',
  unshelve: 'compute_unshelve_instance',
  rebuild: 'compute_rebuild_instance',
  resize: 'compute_finish_resize',
  migrate: 'compute_finish_resize',
  liveMigrate: 'compute_live_migration',
  evacuate: 'compute_rebuild_instance',
  confirmResize: 'compute_confirm_resize',
  revertResize: 'compute_finish_revert_resize',
  createImage: 'compute_snapshot_instance',
  createBackup: 'compute_backup_instance',
}

type Server = Pick<ServerDetails, 'id' | 'projectId' | 'hostToken' | 'hostName'>

/** A line of a server's history. */
export function actionBody(server: Server, action: ServerAction, version: number): Body {
  return {
    action: nameOf(action),
    instance_uuid: server.id,
    request_id: action.requestId,
    user_id: action.userId,
    project_id: server.projectId,
    start_time: microTime(action.at),
    message: action.failure === undefined ? null : 'Error',
    ...(version >= 58 && { updated_at: microTime(action.endedAt ?? action.at) }),
  }
}

/** A line of a server's history with what was done about it. */
export function actionDetailBody(
  server: Server,
  action: ServerAction,
  options: { readonly version: number; readonly isOperator: boolean },
): Body {
  const { version, isOperator } = options
  const body = actionBody(server, action, version)
  if (!isOperator && version < 51) return body
  return { ...body, events: eventsOf(server, action, options) }
}

function nameOf({ action }: ServerAction): string {
  return actionNames[action] ?? action
}

function eventsOf(
  server: Server,
  action: ServerAction,
  { version, isOperator }: { readonly version: number; readonly isOperator: boolean },
): readonly Body[] {
  const name = eventNames[nameOf(action)]
  if (name === undefined) return []
  const { endedAt, failure } = action
  const result = endedAt === undefined ? null : failure === undefined ? 'Success' : 'Error'
  return [
    {
      event: name,
      start_time: microTime(action.at),
      finish_time: endedAt === undefined ? null : microTime(endedAt),
      result,
      ...(isOperator && { traceback: null }),
      ...(version >= 62 && { hostId: server.hostToken }),
      ...(version >= 62 && isOperator && { host: server.hostName ?? '' }),
      ...(version >= 84 && { details: failure ?? null }),
    },
  ]
}
