import { attachmentKind, attachmentStatuses } from '../../../model/block/attachment.ts'
import { backupKind, backupStatuses } from '../../../model/block/backup.ts'
import { snapshotKind, snapshotStatuses } from '../../../model/block/snapshot.ts'
import { isAtRest, restStatus, volumeStatuses } from '../../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../../model/block/volume.ts'
import {
  serverActions,
  type ServerTask,
  serverTasks,
  type VmState,
  vmStates,
} from '../../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import { imageStatuses } from '../../../model/image/image-state.ts'
import { hasImageData, type Image, imageKind } from '../../../model/image/image.ts'
import { imageMemberKind, imageMemberStatuses } from '../../../model/image/member.ts'
import { networkKind, type NetworkStatus } from '../../../model/network/network.ts'
import { portKind, type PortStatus } from '../../../model/network/port.ts'
import { routingStates } from '../routing-rules.ts'
import { objectStateRules } from '../object-rules.ts'
import { stackStates } from '../stack-rules.ts'
import { balancerStates } from '../balancer-rules.ts'
import { shareStateRules } from '../share-rules.ts'
import { type Invariant, rowRule } from '../rule.ts'

const portStatuses: readonly PortStatus[] = ['DOWN', 'BUILD', 'ACTIVE', 'ERROR']
const networkStatuses: readonly NetworkStatus[] = ['ACTIVE', 'DOWN', 'BUILD', 'ERROR']

export const states: Invariant = {
  number: 16,
  title: 'Every state is a listed one, and goes with the rest of its row.',
  cause:
    'A row was written past its state machine, or by a newer version. Actions on it may all be ' +
    'refused.',
  rules: [
    ...objectStateRules,
    ...shareStateRules,
    rowRule('server-state', serverKind, checkServer),
    rowRule('image-state', imageKind, checkImage),
    rowRule('image-member-state', imageMemberKind, ({ status }) =>
      unlisted(imageMemberStatuses, status),
    ),
    rowRule('port-state', portKind, ({ status }) => unlisted(portStatuses, status)),
    rowRule('volume-state', volumeKind, checkVolume),
    rowRule('snapshot-state', snapshotKind, ({ status }) => unlisted(snapshotStatuses, status)),
    rowRule('backup-state', backupKind, ({ status }) => unlisted(backupStatuses, status)),
    rowRule('attachment-state', attachmentKind, ({ status }) =>
      unlisted(attachmentStatuses, status),
    ),
    rowRule('network-state', networkKind, ({ status }) => unlisted(networkStatuses, status)),
    ...balancerStates,
    ...routingStates,
    ...stackStates,
  ],
}

function unlisted<S>(all: readonly S[], state: S): string[] {
  return all.includes(state) ? [] : [`is ${String(state)}, which is no state`]
}

function* checkServer({ vmState, task, resize }: Server): Generator<string> {
  yield* unlisted(vmStates, vmState)
  if (task !== null) {
    yield* unlisted(serverTasks, task)
    if (!begins(vmState, task)) yield `is ${vmState}, from where ${task} does not begin`
  }
  if (vmState === 'resized' && !resize) yield 'is resized, but from where is not known'
}

/** States without an action that begins a rebuild, in which the cloud makes a lost guest anew. */
const mended: ReadonlySet<VmState> = new Set([
  'paused',
  'suspended',
  'rescued',
  'shelved',
  'resized',
])

/** True if some action begins this task in this state; whatever was up may be mended. */
function begins(vmState: VmState, task: ServerTask): boolean {
  if (task === 'spawning') return vmState === 'building'
  if (task === 'rebuilding' && mended.has(vmState)) return true
  return Object.values(serverActions).some(
    (rule) => rule.task === task && rule.from.includes(vmState),
  )
}

function* checkImage(image: Image): Generator<string> {
  yield* unlisted(imageStatuses, image.status)
  if (hasImageData(image) && !image.digests) yield `is ${image.status} without digests`
  const { status, upload, staged } = image
  const waits = status === 'uploading' && staged
  const uploads = status === 'saving' || (status === 'uploading' && !waits)
  if (uploads !== (upload !== null))
    yield upload ? `is ${status} with an upload` : `is ${status} without an upload`
  if (staged && !waits && status !== 'importing') yield `is ${status} with staged bytes`
}

function* checkVolume(volume: Volume): Generator<string> {
  const { status, attachments, order } = volume
  yield* unlisted(volumeStatuses, status)
  if (isAtRest(status) && restStatus(attachments) !== status) {
    yield `is ${status}, but its uses make it ${restStatus(attachments)}`
  }
  if (isAtRest(status) && order) yield `is ${status} with an order`
}
