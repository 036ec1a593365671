import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import type { StorageReport, StorageTarget } from '../../ports/volume-driver.ts'
import { planWork } from '../../work/plan.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'

/** A row with orders for the driver, each with a generation of its own. */
export interface Ordered extends Stored {
  readonly generation: number
  readonly updatedAt: number
}

/** Input of the workflows of block storage: rows, and the order of each to be seen through. */
export interface DriveInput {
  readonly ids: readonly string[]
  readonly generations: readonly number[]
  /** Servers that wait for these rows. */
  readonly serverIds?: readonly string[]
}

/** How an order ended. */
export interface DriveEnd<T> {
  readonly row: T
  readonly report: StorageReport | undefined
  /** Why it failed for good; undefined: it is done. */
  readonly failure: string | undefined
}

/** What tells the workflow of one kind of row from another. */
export interface Drive<T extends Ordered> {
  /** Name of the workflow. */
  readonly name: string
  readonly kind: Kind<T>
  isUnderWay(row: T): boolean
  /** What the driver must bring about, in the order of the rows; undefined: not to be told yet. */
  targets(kernel: Kernel, rows: readonly T[]): Promise<readonly (StorageTarget | undefined)[]>
  /** Adds what the ends mean to the commit, in a constant number of statements. */
  settle(
    kernel: Kernel,
    writes: Writes,
    ends: readonly DriveEnd<T>[],
    requestId: string,
  ): Promise<void>
}

const stepName = 'apply'

/** How often rows are looked for before they are believed to be gone, all of them. */
const looks = 6
/** Targets that one call of the driver carries. */
const driverSlice = 512

/** Plans the work that orders need, in the commit that gives them. */
export function planDrive<T extends Ordered>(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  drive: Pick<Drive<T>, 'name'>,
  rows: readonly Pick<T, 'id' | 'generation'>[],
  serverIds: readonly string[] = [],
): void {
  const { clock, ids, settings } = call.kernel
  const at = clock.now()
  for (let from = 0; from < rows.length; from += limits.workServers) {
    const slice = rows.slice(from, from + limits.workServers)
    const waiting = serverIds.slice(from, from + limits.workServers)
    const input: DriveInput = {
      ids: slice.map(({ id }) => id),
      generations: slice.map(({ generation }) => generation),
      ...(waiting.length > 0 && { serverIds: waiting }),
    }
    const order = { input, at, deadline: at + settings.buildDeadlineMs, requestId: call.requestId }
    planWork(writes, ids, { name: drive.name, steps: [{ name: stepName }] }, order)
  }
}

/**
 * Sees orders through to the driver and records what came of them. It reads the rows each time it
 * runs, so it is safe to run twice, late, or beside another: back-ends fence by generation, rows by
 * revision. An order that a later one overtook is left to the later one's work.
 */
export function driveProgram<T extends Ordered>(kernel: Kernel, drive: Drive<T>): Program {
  return {
    name: drive.name,
    steps: [
      {
        name: stepName,
        run: (context) => run(kernel, drive, context),
        undo: (context) => giveUp(kernel, drive, context),
      },
    ],
  }
}

async function run<T extends Ordered>(
  kernel: Kernel,
  drive: Drive<T>,
  context: WorkContext,
): Promise<Outcome> {
  const { rows, isWhole } = await ownRows(kernel, drive, context)
  const targets = await drive.targets(kernel, rows)
  const reports = await apply(
    kernel,
    targets.filter((target) => target !== undefined),
    context.signal,
  )
  const ends: DriveEnd<T>[] = []
  for (const [index, row] of rows.entries()) {
    const target = targets[index]
    const report = target && reports.get(row.id)
    if (!report) continue
    if (!report.fault && report.present !== target.present) continue
    if (report.fault?.retry === 'again') continue
    ends.push({ row, report, failure: report.fault?.message })
  }
  await record(kernel, drive, context, ends)
  if (ends.length < rows.length) return { type: 'retry', reason: 'targets not reached yet' }
  return isWhole ? { type: 'next' } : { type: 'retry', reason: 'rows were read too early' }
}

/** The deadline passed: what is still under way ends, visibly, and may be tried again. */
async function giveUp<T extends Ordered>(
  kernel: Kernel,
  drive: Drive<T>,
  context: WorkContext,
): Promise<Outcome> {
  const { rows, isWhole } = await ownRows(kernel, drive, context)
  const failure = 'It did not finish in time.'
  const ends = rows.map((row) => ({ row, report: undefined, failure }))
  await record(kernel, drive, context, ends)
  return isWhole ? { type: 'next' } : { type: 'retry', reason: 'rows were read too early' }
}

/** Rows whose order is still this work's to see through. */
async function ownRows<T extends Ordered>(
  kernel: Kernel,
  drive: Drive<T>,
  { work }: WorkContext,
): Promise<{ readonly rows: readonly T[]; readonly isWhole: boolean }> {
  const { ids, generations } = work.input as DriveInput
  const found = await kernel.store.get(drive.kind, ids)
  const rows: T[] = []
  // One of them there: the commit that ordered them all can be read.
  const isRead = found.some((row) => row) || work.attempt >= looks
  let isWhole = true
  for (const [index, row] of found.entries()) {
    const generation = generations[index] as number
    // Gone; or so new that a store which answers late has not got it.
    if (!row) isWhole &&= isRead
    else if (row.generation < generation) isWhole = false
    else if (row.generation === generation && drive.isUnderWay(row)) rows.push(row)
  }
  return { rows, isWhole }
}

async function apply(
  kernel: Kernel,
  targets: readonly StorageTarget[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StorageReport>> {
  const calls: Promise<readonly StorageReport[]>[] = []
  for (let from = 0; from < targets.length; from += driverSlice) {
    calls.push(kernel.volumes.apply(targets.slice(from, from + driverSlice), { signal }))
  }
  const reports = (await Promise.all(calls)).flat()
  return new Map(reports.map((report) => [report.id, report]))
}

async function record<T extends Ordered>(
  kernel: Kernel,
  drive: Drive<T>,
  context: WorkContext,
  ends: readonly DriveEnd<T>[],
): Promise<void> {
  if (ends.length === 0) return
  const writes = new Writes()
  await drive.settle(kernel, writes, ends, context.work.requestId)
  await context.commit(writes)
  const failed = ends.filter(({ failure }) => failure !== undefined).length
  if (failed > 0) kernel.telemetry.meter.count('volume_orders_failed', failed)
}
