import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Share,
  type ShareAccess,
  shareAccessKind,
  type ShareChildren,
  shareKind,
  type ShareSnapshot,
  shareSnapshotKind,
} from '../../model/share/share.ts'
import { type ShareEvent, shareTransition, unsettledShare } from '../../model/share/share-state.ts'
import type { ShareReport, ShareTarget } from '../../ports/share-driver.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { chargeQuota } from '../quota.ts'
import { type ShareInput, shareProgram, shareUsage } from './plan.ts'

/** A share, and what hangs on it. */
interface Whole {
  readonly share: Share
  readonly snapshots: readonly ShareSnapshot[]
  readonly rules: readonly ShareAccess[]
}

/** How often a share is looked for before it is believed to be gone. */
const looks = 8

/**
 * Tells the storage what a share shall be, and writes what came of it. It reads the rows each time
 * it runs, so it is safe to run twice, late, or beside other work for the same share: the
 * generation of the share fences off what is old.
 */
export function convergeShare(kernel: Kernel): Program {
  return {
    name: shareProgram.name,
    steps: [
      {
        name: 'apply',
        run: (context) => apply(kernel, context),
        undo: (context) => giveUp(kernel, context),
      },
    ],
  }
}

async function apply(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { shareId, generation } = context.work.input as ShareInput
  const whole = await readWhole(kernel, shareId)
  if (!whole) {
    const isGone = context.work.attempt >= looks
    return isGone ? { type: 'next' } : { type: 'retry', reason: 'the share is not to be read' }
  }
  if (whole.share.generation < generation) {
    return { type: 'retry', reason: 'the share was read too early' }
  }
  if (!isOneTime(whole)) return { type: 'retry', reason: 'rows of different times were read' }
  if (!isUnsettled(whole)) return { type: 'next' }
  const target = targetOf(whole)
  const reports = await kernel.shares.apply([target], { signal: context.signal })
  const report = reports.find((one) => one.shareId === shareId)
  if (!report || report.generation !== target.generation) {
    return { type: 'retry', reason: 'the storage has seen another order' }
  }
  const writes = record(whole, report)
  if (writes) return { type: 'next', writes }
  return { type: 'retry', reason: report.fault?.message ?? 'the storage is not there yet' }
}

/** The share last: what hangs on it belongs to this generation of it, or an older one. */
async function readWhole(kernel: Kernel, shareId: string): Promise<Whole | undefined> {
  const { store } = kernel
  const [share] = await store.get(shareKind, [shareId])
  if (!share) return undefined
  const [snapshots, rules] = await Promise.all([
    store.lookup(shareSnapshotKind, 'byShare', [[shareId]]),
    store.lookup(shareAccessKind, 'byShare', [[shareId]]),
  ])
  return { share, snapshots, rules }
}

/** False if what hangs on the share was read as it was at another time than the share itself. */
function isOneTime({ share, snapshots, rules }: Whole): boolean {
  const agrees = (known: ShareChildren, read: readonly { readonly askedAt: number }[]): boolean =>
    known.count === read.length && known.askedAt === latest(read)
  return agrees(share.snapshots, snapshots) && agrees(share.rules, rules)
}

function latest(children: readonly { readonly askedAt: number }[]): number {
  return children.reduce((last, { askedAt }) => Math.max(last, askedAt), 0)
}

function childrenOf(left: readonly { readonly askedAt: number }[]): ShareChildren {
  return { count: left.length, askedAt: latest(left) }
}

function isUnsettled({ share, snapshots, rules }: Whole): boolean {
  return (
    unsettledShare.has(share.status) ||
    snapshots.some(({ status }) => unsettledShare.has(status)) ||
    rules.some(({ state }) => unsettledShare.has(state))
  )
}

function targetOf({ share, snapshots, rules }: Whole): ShareTarget {
  const { originId, snapshotId } = share
  return {
    shareId: share.id,
    generation: share.generation,
    present: share.status !== 'deleting',
    protocol: share.protocol,
    sizeGb: share.targetGb ?? share.sizeGb,
    origin: originId !== null && snapshotId !== null ? { shareId: originId, snapshotId } : null,
    snapshotIds: snapshots.filter(isWanted).map(({ id }) => id),
    access: rules
      .filter(({ state }) => state === 'queued_to_apply' || state === 'active')
      .map(({ id, type, to, level }) => ({ id, type, to, level })),
  }
}

function isWanted({ status }: ShareSnapshot): boolean {
  return status === 'creating' || status === 'available'
}

/** @returns what to write, or undefined while something of it is not there yet. */
function record(whole: Whole, report: ShareReport): Writes | undefined {
  const { share } = whole
  const writes = new Writes()
  if (share.status === 'deleting') {
    return report.present ? undefined : planGone(writes, whole)
  }
  if (report.fault?.reason === 'tooFull' && share.status === 'shrinking') {
    return planSettled(writes, share, 'tooFull', share.sizeGb)
  }
  const size = share.targetGb ?? share.sizeGb
  if (report.fault || !report.present || report.sizeGb !== size) return undefined
  const snapshots = planSnapshots(writes, whole, new Set(report.snapshotIds))
  const rules = planRules(writes, whole, new Set(report.accessIds))
  if (!snapshots || !rules) return undefined
  const { exportLocations } = report
  return planSettled(writes, { ...share, exportLocations, snapshots, rules }, 'done', size)
}

/** @returns those left; undefined while the storage has not done what was asked for. */
function planSnapshots(
  writes: Writes,
  { snapshots }: Whole,
  there: ReadonlySet<string>,
): ShareChildren | undefined {
  const left: ShareSnapshot[] = []
  for (const snapshot of snapshots) {
    const { status, id } = snapshot
    if (status === 'creating' && !there.has(id)) return undefined
    if (status === 'deleting' && there.has(id)) return undefined
    if (status === 'creating')
      writes.update(shareSnapshotKind, { ...snapshot, status: 'available' })
    if (status === 'deleting') {
      writes.remove(shareSnapshotKind, snapshot)
      chargeQuota(writes, snapshot.projectId, { shareSnapshots: 1 }, -1)
    } else left.push(snapshot)
  }
  return childrenOf(left)
}

/** @returns those left; undefined while the storage has not done what was asked for. */
function planRules(
  writes: Writes,
  { rules }: Whole,
  there: ReadonlySet<string>,
): ShareChildren | undefined {
  const left: ShareAccess[] = []
  for (const rule of rules) {
    const { state, id } = rule
    if (state === 'queued_to_apply' && !there.has(id)) return undefined
    if (state === 'queued_to_deny' && there.has(id)) return undefined
    if (state === 'queued_to_apply') writes.update(shareAccessKind, { ...rule, state: 'active' })
    if (state === 'queued_to_deny') writes.remove(shareAccessKind, rule)
    else left.push(rule)
  }
  return childrenOf(left)
}

/** The share comes to rest at this size; what was charged for more is given back. */
function planSettled(writes: Writes, share: Share, event: ShareEvent, sizeGb: number): Writes {
  const status = shareTransition(share.status, event) ?? share.status
  const back = shareUsage({ sizeGb, targetGb: null }).shareGigabytes
  const change = back - shareUsage(share).shareGigabytes
  chargeQuota(writes, share.projectId, { shareGigabytes: change })
  return writes.update(shareKind, { ...share, status, sizeGb, targetGb: null })
}

function planGone(writes: Writes, { share, rules }: Whole): Writes {
  writes.remove(shareAccessKind, ...rules)
  chargeQuota(writes, share.projectId, shareUsage(share), -1)
  return writes.remove(shareKind, share)
}

/** Past the deadline: what this work was to bring about is in error, and can be asked for anew. */
async function giveUp(kernel: Kernel, { work }: WorkContext): Promise<Outcome> {
  const { shareId, generation } = work.input as ShareInput
  const whole = await readWhole(kernel, shareId)
  // A deadline that a clock which is behind has set is past before the rows can be read everywhere.
  if (!whole && work.attempt < looks) return { type: 'retry', reason: 'it cannot be read yet' }
  if (!whole) return { type: 'next' }
  if (whole.share.generation < generation || !isOneTime(whole)) {
    return { type: 'retry', reason: 'rows of different times were read' }
  }
  const { share, snapshots, rules } = whole
  const writes = new Writes()
  const isMine = ({ askedAt }: { readonly askedAt: number }): boolean => askedAt <= generation
  for (const snapshot of snapshots.filter(isMine)) {
    if (!unsettledShare.has(snapshot.status)) continue
    const status = snapshot.status === 'creating' ? 'error' : 'error_deleting'
    writes.update(shareSnapshotKind, { ...snapshot, status })
  }
  for (const rule of rules.filter(isMine)) {
    if (unsettledShare.has(rule.state)) writes.update(shareAccessKind, { ...rule, state: 'error' })
  }
  if (isMine(share) && unsettledShare.has(share.status)) {
    planSettled(writes, share, 'fail', share.sizeGb)
  }
  kernel.telemetry.meter.count('share_work_given_up')
  return { type: 'next', writes }
}
