import {
  actionAllowed,
  edgeAllowed,
  type FloatingIp,
  floatingIpKind,
  type Image,
  imageKind,
  imageTransitions,
  type Port,
  portKind,
  type Router,
  routerKind,
  type Server,
  type ServerActionName,
  serverActions,
  serverBatchKind,
  serverKind,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { visit } from './rows.ts'

/** Every change of state is one that the tables of the model list. */
export const edges: Check = {
  invariant: 16,
  title: 'State machines take listed edges only.',
  watch: (scene) =>
    ({
      commit: (commit) => {
        checkServers(scene, commit)
        checkImages(scene, commit)
        checkOthers(scene, commit)
        checkRouting(scene, commit)
      },
    }) satisfies Watch,
}

function checkServers({ before, report }: Scene, commit: Commit): void {
  visit(commit, serverKind, {
    insert: ({ id, vmState, task }) => {
      if (vmState === 'building' && task === 'spawning') return
      report(`server:${id}`, `begins as ${vmState} and ${task ?? 'idle'}`)
    },
    update: (server) => {
      const was = before(serverKind.name, server.id) as Server | undefined
      if (!was || isEdge(was, server)) return
      report(`server:${server.id}`, `goes from ${stateOf(was)} to ${stateOf(server)}`)
    },
    remove: ({ id }) => {
      const was = before(serverKind.name, id) as Server | undefined
      if (was && was.task !== 'deleting') report(`server:${id}`, `ends from ${stateOf(was)}`)
    },
  })
}

const halts: ReadonlySet<Server['vmState']> = new Set(['active', 'paused', 'suspended', 'rescued'])

function stateOf({ vmState, task }: Server): string {
  return `${vmState} and ${task ?? 'idle'}`
}

function isEdge(was: Server, now: Server): boolean {
  const isNewAction = now.actions.at(-1) !== undefined && newest(was) !== newest(now)
  if (now.task !== null && (now.task !== was.task || isNewAction)) return isBegun(was, now)
  // An operator says what it is, whatever it was.
  if (isNewAction && newest(now).endsWith(' resetState')) return now.task === null
  if (was.task === now.task) {
    if (was.vmState === now.vmState) return true
    // A guest that halted by itself is seen, and recorded.
    return was.task === null && halts.has(was.vmState) && now.vmState === 'stopped'
  }
  return was.task !== null && edgeAllowed(was.vmState, now.vmState, was.task)
}

function newest({ actions }: Server): string {
  const last = actions.at(-1)
  return `${last?.requestId ?? ''} ${last?.action ?? ''}`
}

/** True if some action leads there; or the cloud mends a server at rest whose guest is gone. */
function isBegun(was: Server, now: Server): boolean {
  if (was.vmState !== now.vmState) return false
  const last = now.actions.at(-1)?.action ?? ''
  if (last === 'mend') return was.task === null && was.vmState !== 'error'
  // Locking and the like are no actions of the table: they may come in between.
  if (!Object.hasOwn(serverActions, last)) return was.task === now.task
  const action = last as ServerActionName
  return serverActions[action].task === now.task && actionAllowed(action, was.vmState, was.task)
}

function checkImages({ before, report }: Scene, commit: Commit): void {
  const check = (id: string, to: Image['status']): void => {
    const was = (before(imageKind.name, id) as Image | undefined)?.status
    if (was === undefined || was === to) return
    const row = imageTransitions[was]
    if (!Object.values(row).includes(to)) report(`image:${id}`, `goes from ${was} to ${to}`)
  }
  visit(commit, imageKind, {
    insert: ({ id, status }) => {
      if (status !== 'queued') report(`image:${id}`, `begins as ${status}`)
    },
    update: ({ id, status }) => check(id, status),
    remove: ({ id }) => check(id, 'deleted'),
  })
}

/** What is being deleted stays so until it is gone; it goes only when nothing answers for it. */
function checkRouting({ before, report }: Scene, commit: Commit): void {
  const check = (kind: 'router' | 'floatingIp', id: string, to: string): void => {
    const was = (before(kind, id) as Router | FloatingIp | undefined)?.status
    const isKept = was !== 'DELETING' || to === 'DELETING' || to === 'gone'
    const isIdle = was === 'DELETING' || was === 'DOWN' || to !== 'gone'
    if (!isKept || !isIdle) report(`${kind}:${id}`, `goes from ${was ?? 'nothing'} to ${to}`)
  }
  visit(commit, routerKind, {
    update: ({ id, status }) => check('router', id, status),
    remove: ({ id }) => check('router', id, 'gone'),
  })
  visit(commit, floatingIpKind, {
    update: ({ id, status }) => check('floatingIp', id, status),
    remove: ({ id }) => check('floatingIp', id, 'gone'),
  })
}

/** Requests for servers never change; a port works only for a server that is placed. */
function checkOthers({ before, report }: Scene, commit: Commit): void {
  visit(commit, serverBatchKind, {
    update: ({ id }) => report(`serverBatch:${id}`, 'was changed'),
  })
  const check = (port: Omit<Port, 'rev'>): void => {
    const { deviceOwner } = port
    // Those of load balancers have no server.
    if (deviceOwner !== '' && deviceOwner !== 'compute:nova') return
    const { id, status, deviceId, hostId } = port
    const isRouted = port.deviceOwner.startsWith('network:router')
    if (isRouted && hostId === null && (status === 'BUILD' || status === 'ACTIVE')) return
    const isFree = deviceId === null
    if (isFree === (status === 'DOWN') && isFree === (hostId === null)) return
    const was = (before(portKind.name, id) as Port | undefined)?.status
    report(`port:${id}`, `goes from ${was ?? 'nothing'} to ${status} with server ${deviceId}`)
  }
  visit(commit, portKind, { insert: check, update: check })
}
