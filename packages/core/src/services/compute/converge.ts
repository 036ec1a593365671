import pLimit from 'p-limit'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import { beginsTask } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Port } from '../../model/network/port.ts'
import type { GuestReport, GuestTarget } from '../../ports/hypervisor.ts'
import { lostLease } from '../../work/lease.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { connectDisks, disksReady } from '../block/server-connect.ts'
import { type Disk, loadDisks } from '../block/server-disks.ts'
import { loadServerPorts } from '../network/port-plan.ts'
import { configDriveOf } from './guest-metadata/config-drive.ts'
import { portTarget, readTogether } from '../network/port-target.ts'
import { type ConvergeInput, convergeProgramName, convergeStepName } from './converge-plan.ts'
import { Recorder } from './converge-record.ts'
import { guestPlan } from './guest-plan.ts'
import { moveBack } from './server-swap.ts'
import { moveElsewhere } from './server-move.ts'
import { type Settlement, settleDone, settleFailed, settleFault } from './server-settle.ts'

/** Targets that one driver call carries: bounds its memory and lets several calls run at once. */
const driverSlice = 512

/**
 * Brings servers from their actual to their desired state. It reads the rows each time it runs, so
 * it is safe to run twice, late, or beside another run for the same servers: hosts fence by
 * generation, rows by revision.
 */
export function convergeProgram(kernel: Kernel): Program {
  return {
    name: convergeProgramName,
    steps: [
      {
        name: convergeStepName,
        run: (context) => converge(kernel, context),
        undo: (context) => giveUp(kernel, context),
      },
    ],
  }
}

async function waitingServers(kernel: Kernel, context: WorkContext): Promise<Server[]> {
  const { serverIds } = context.work.input as ConvergeInput
  const rows = await kernel.store.get(serverKind, serverIds)
  return rows.filter((server): server is Server => server !== undefined && server.task !== null)
}

async function converge(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const servers = await waitingServers(kernel, context)
  if (servers.length === 0) return { type: 'next' }
  const ports = await loadServerPorts(
    kernel,
    servers.map((server) => server.id),
  )
  const disks = await loadDisks(kernel, servers)
  const sound = servers.filter(
    (server) => readTogether(server, ports.get(server.id) ?? []) && disks.has(server.id),
  )
  const run = new Run(kernel, context, sound, { ports, disks })
  run.again = sound.length < servers.length
  await run.plug()
  await run.apply()
  await run.finish()
  if (run.lost) return { type: 'retry', reason: 'rows changed meanwhile' }
  return run.again ? { type: 'retry', reason: 'targets not reached yet' } : { type: 'next' }
}

/** What servers have, by server. */
interface ServerParts {
  readonly ports: ReadonlyMap<string, readonly Port[]>
  readonly disks: ReadonlyMap<string, readonly Disk[]>
}

/** One pass over the servers of a work row. */
class Run {
  again = false
  lost = false
  readonly #kernel: Kernel
  readonly #context: WorkContext
  readonly #servers: ReadonlyMap<string, Server>
  readonly #ports: ReadonlyMap<string, readonly Port[]>
  readonly #disks: ReadonlyMap<string, readonly Disk[]>
  readonly #recorder: Recorder
  readonly #elsewhere: { server: Server; reason: string }[] = []
  readonly #back: { server: Server; reason: string }[] = []
  /** Servers whose ports or volumes are not as they should be. */
  readonly #unplugged = new Set<string>()

  constructor(
    kernel: Kernel,
    context: WorkContext,
    servers: readonly Server[],
    parts: ServerParts,
  ) {
    this.#kernel = kernel
    this.#context = context
    this.#servers = new Map(servers.map((server) => [server.id, server]))
    this.#ports = parts.ports
    this.#disks = parts.disks
    this.#recorder = new Recorder(kernel, context, parts)
  }

  /**
   * Plugs the ports of servers that will run, unplugs those of servers that go: before their rows
   * do, so that nothing stays plugged in whatever happens in between. A server whose ports do not
   * obey waits for another pass.
   */
  async plug(): Promise<void> {
    const all = [...this.#servers.values()]
    await this.#plugPorts(all.filter((server) => server.desired.power === 'running'))
    const going = all.filter((server) => server.task === 'deleting')
    await this.#plugPorts(going)
    await this.#connect(going)
  }

  /**
   * Applies phase after phase; a server whose phase is not reached drops out with what its report
   * says. One whose reports the driver left out is asked about again.
   */
  async apply(): Promise<void> {
    const ready = [...this.#servers.values()].filter((server) => !this.#unplugged.has(server.id))
    let left = ready.map((server) => ({
      server,
      plan: guestPlan(server, this.#ports.get(server.id) ?? [], this.#disks.get(server.id)),
    }))
    for (let phase = 0; left.length > 0; phase++) {
      await this.#connect(
        left.flatMap(({ server, plan }) =>
          connectsAt(server, plan.length) === phase && server.desired.power !== 'absent'
            ? [server]
            : [],
        ),
      )
      left = left.filter(({ server }) => !this.#unplugged.has(server.id))
      const targets = left.flatMap(({ plan }) => plan[phase] ?? [])
      const waiting = new Map(left.map(({ server, plan }) => [server.id, plan[phase]?.length ?? 0]))
      const dropped = new Set<string>()
      const last = new Set(
        left.filter(({ plan }) => phase >= plan.length - 1).map(({ server }) => server.id),
      )
      await this.#applyTargets(targets, (reports) => {
        for (const report of reports) this.#hear(report, waiting, dropped, last)
      })
      for (const [id, count] of waiting) {
        if (count <= 0 || dropped.has(id)) continue
        dropped.add(id)
        this.again = true
      }
      left = left.filter(({ server }) => !last.has(server.id) && !dropped.has(server.id))
    }
  }

  /** Waits for what is being written; moves servers whose host failed. */
  async finish(): Promise<void> {
    try {
      await this.#recorder.flush()
      if (this.#elsewhere.length > 0) {
        await moveElsewhere(this.#kernel, this.#context, this.#elsewhere)
        this.lost = true
      }
      if (this.#back.length > 0) {
        await moveBack(this.#kernel, this.#context, this.#back)
        this.lost = true
      }
    } catch (error) {
      if (lostLease(error) || !(error instanceof CommitConflict)) throw error
      this.lost = true
    }
  }

  #hear(
    report: GuestReport,
    waiting: Map<string, number>,
    dropped: Set<string>,
    last: ReadonlySet<string>,
  ): void {
    const server = this.#servers.get(report.serverId)
    if (!server || dropped.has(server.id)) return
    const at = this.#kernel.clock.now()
    const fault = settleFault(server, report, at)
    if (fault) {
      dropped.add(server.id)
      return this.#settle(fault)
    }
    const left = (waiting.get(server.id) ?? 0) - 1
    waiting.set(server.id, left)
    if (left <= 0 && last.has(server.id)) this.#settle(settleDone(server, at))
  }

  #settle(settlement: Settlement): void {
    if (settlement.type === 'again') this.again = true
    else if (settlement.type === 'elsewhere') this.#elsewhere.push(settlement)
    else if (settlement.type === 'back') this.#back.push(settlement)
    else this.#recorder.add(settlement)
  }

  async #applyTargets(
    targets: readonly GuestTarget[],
    hear: (reports: readonly GuestReport[]) => void,
  ): Promise<void> {
    const limit = pLimit(limits.driverConcurrency)
    const { signal } = this.#context
    const options = { signal, configDriveOf: (id: string) => configDriveOf(this.#kernel, id) }
    const calls: Promise<void>[] = []
    for (let i = 0; i < targets.length; i += driverSlice) {
      const slice = targets.slice(i, i + driverSlice)
      calls.push(
        limit(async () => {
          for await (const reports of this.#kernel.hypervisor.apply(slice, options)) hear(reports)
        }),
      )
    }
    const failed = (await Promise.allSettled(calls)).find((call) => call.status === 'rejected')
    if (!failed) return
    // Nothing may still be written once the step has ended. What could not be is seen next time.
    await this.#recorder.flush().catch(() => undefined)
    throw failed.reason
  }

  /** Connects the volumes of servers, or disconnects them; who is not ready waits. */
  async #connect(servers: readonly Server[]): Promise<void> {
    const waiting = servers.flatMap((server) => {
      const disks = this.#disks.get(server.id) ?? []
      return disks.length === 0 ? [] : [{ server, disks }]
    })
    if (waiting.length === 0) return
    const at = this.#kernel.clock.now()
    const ready = waiting.filter(({ server, disks }) => {
      const state = disksReady(server, disks)
      if (state.isReady) return true
      this.#unplugged.add(server.id)
      if (state.failure === undefined) this.again = true
      else this.#settle(settleFailed(server, state.failure, at))
      return false
    })
    for (const id of await connectDisks(this.#kernel, ready, this.#context.signal)) {
      this.#unplugged.add(id)
      this.again = true
    }
  }

  async #plugPorts(servers: readonly Server[]): Promise<void> {
    const targets = servers.flatMap((server) =>
      (this.#ports.get(server.id) ?? []).map((port) => portTarget(port, server)),
    )
    if (targets.length === 0) return
    const reports = await this.#kernel.network.apply(targets, { signal: this.#context.signal })
    const failed = new Set(targets.map((target) => target.portId))
    for (const report of reports) if (!report.fault) failed.delete(report.portId)
    if (failed.size === 0) return
    this.again = true
    for (const server of servers) {
      const ports = this.#ports.get(server.id) ?? []
      if (ports.some((port) => failed.has(port.id))) this.#unplugged.add(server.id)
    }
  }
}

/**
 * The phase before which volumes are connected where a server is to be: the last one, when nothing
 * of it executes elsewhere, since two hosts must never write to one volume. A guest that comes
 * while it executes needs them there first; it stops writing there as it begins to here.
 */
function connectsAt({ task }: Server, phases: number): number {
  return task === 'migrating' ? 0 : phases - 1
}

/** The deadline passed: what is still under way ends in ERROR, visibly, and may be deleted. */
async function giveUp(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const waiting = await waitingServers(kernel, context)
  const servers = waiting.filter((server) => isOwn(server, context.work.requestId))
  const recorder = new Recorder(kernel, context, { ports: new Map(), disks: new Map() })
  const at = kernel.clock.now()
  for (const server of servers) {
    const settlement = settleFailed(server, `${server.task} did not finish in time`, at)
    if (settlement.type === 'settled') recorder.add(settlement)
  }
  await recorder.flush()
  return { type: 'next' }
}

/**
 * False if the task came later, with work and a deadline of its own: as when a deletion overtakes a
 * build. No clock decides: those of two processes may differ by more than a deadline.
 */
function isOwn(server: Server, requestId: string): boolean {
  const begun = server.actions.findLast(({ action }) => beginsTask(action))
  return begun === undefined || begun.requestId === requestId
}
