import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import { planWorkOnce } from '../../work/plan.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { loadServerPorts } from './port-plan.ts'
import { planAddressRelease } from './port-release.ts'
import { portTarget, readTogether } from './port-target.ts'

/** Input of the `port.plug` workflow: servers some of whose ports changed. */
export interface PlugInput {
  readonly serverIds: readonly string[]
  /** Of each server as of the change: what is older was read too early. */
  readonly generations: readonly number[]
}

export const plugProgramName = 'port.plug'
const plugStepName = 'apply'

/** How often a server is looked for before it is believed to be gone. */
const looks = 8

interface Order {
  readonly server: Server
  readonly port: Port
}

/**
 * Writes that a port of this server changes: a new generation, which fences off what was ordered
 * before, and the work that tells the data plane.
 *
 * @returns the generation, for the port's row.
 * @throws CommitConflict if the server is gone: so is the port, or it is about to be seen as free.
 */
export async function planPlug(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  serverId: string,
): Promise<number> {
  const { store } = call.kernel
  const [server] = await store.get(serverKind, [serverId])
  if (!server) {
    throw new CommitConflict({ type: 'revision', kind: serverKind.name, ids: [serverId] })
  }
  const generation = server.generation + 1
  writes.update(serverKind, { ...server, generation, portsGeneration: generation })
  await planPlugWork(call, writes, serverId, generation)
  return generation
}

/** Adds the work that tells the data plane of ports of this generation. */
export async function planPlugWork(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  serverId: string,
  generation: number,
): Promise<void> {
  const { clock, settings, store } = call.kernel
  const input: PlugInput = { serverIds: [serverId], generations: [generation] }
  const at = clock.now()
  // One row for each server: it looks at every port that changed since the first of its orders.
  await planWorkOnce(
    store,
    writes,
    `${plugProgramName}:${serverId}`,
    { name: plugProgramName, steps: [{ name: plugStepName }] },
    { input, at, deadline: at + settings.buildDeadlineMs, requestId: call.requestId },
  )
}

/**
 * Tells the data plane what changed on ports of servers, whatever else is under way on these, until
 * it confirms. Only then are the addresses free that the ports gave up. It reads the rows each time
 * it runs, so it is safe to run twice, late, or beside other work for the same servers.
 */
export function plugProgram(kernel: Kernel): Program {
  return {
    name: plugProgramName,
    steps: [
      {
        name: plugStepName,
        run: (context) => plug(kernel, context),
        undo: (context) => plugLate(kernel, context),
      },
    ],
  }
}

async function plug(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { orders, isWhole } = await readOrders(kernel, context)
  const failed = await applyOrders(kernel, context, orders)
  if (failed !== undefined) return { type: 'retry', reason: failed }
  return isWhole ? { type: 'next' } : { type: 'retry', reason: 'rows of different times were read' }
}

/**
 * Past the deadline. What was promised to the user is not taken back: the data plane must come to
 * it, however long that takes, and operators must see that it does not.
 */
async function plugLate(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { serverIds } = context.work.input as PlugInput
  kernel.telemetry.meter.count('port_changes_overdue', serverIds.length)
  kernel.telemetry.logger.log('error', 'network: a change of ports is long overdue', {
    work: context.work.id,
    serverId: serverIds[0] ?? '',
    attempt: context.work.attempt,
  })
  return plug(kernel, context)
}

/** Servers first, ports after: two statements, whatever their number. */
async function readOrders(
  kernel: Kernel,
  { work }: WorkContext,
): Promise<{ readonly orders: readonly Order[]; readonly isWhole: boolean }> {
  const { serverIds, generations } = work.input as PlugInput
  const servers = await kernel.store.get(serverKind, serverIds)
  const ports = await loadServerPorts(kernel, serverIds)
  const orders: Order[] = []
  let isWhole = true
  for (const [index, server] of servers.entries()) {
    if (!server) {
      // Its ports went with it; unless it is so new that a store which answers late has not got it.
      isWhole &&= work.attempt >= looks
      continue
    }
    const own = ports.get(server.id) ?? []
    const since = generations[index] as number
    if (server.generation < since || !readTogether(server, own)) {
      isWhole = false
      continue
    }
    const changed = own.filter(({ generation = 0 }) => generation >= since)
    orders.push(...changed.map((port) => ({ server, port })))
  }
  return { orders, isWhole }
}

/** @returns why some of them are not confirmed, if that is so. */
async function applyOrders(
  kernel: Kernel,
  context: WorkContext,
  orders: readonly Order[],
): Promise<string | undefined> {
  if (orders.length === 0) return undefined
  const targets = orders.map(({ port, server }) => portTarget(port, server))
  const reports = await kernel.network.apply(targets, { signal: context.signal })
  const confirmed = new Set(reports.filter(({ fault }) => !fault).map(({ portId }) => portId))
  await recordPlugged(
    kernel,
    context,
    orders.filter(({ port }) => confirmed.has(port.id)),
  )
  const failed = orders.filter(({ port }) => !confirmed.has(port.id))
  if (failed.length === 0) return undefined
  const reason = reports.find(({ fault }) => fault)?.fault?.message ?? 'no report'
  kernel.telemetry.meter.count('port_changes_failed', failed.length)
  kernel.telemetry.logger.log('warn', 'network: a change of ports was not applied', {
    work: context.work.id,
    ports: failed.length,
    reason,
  })
  return reason
}

/**
 * Ports of servers that are there already work now; and nothing answers to the addresses any more
 * that these ports gave up: they are free.
 */
async function recordPlugged(
  kernel: Kernel,
  context: WorkContext,
  orders: readonly Order[],
): Promise<void> {
  const writes = new Writes()
  const left: { readonly id: string; readonly fixedIps: NonNullable<Port['leaving']> }[] = []
  let isChanged = false
  for (const { port: before, server } of orders) {
    const { leaving, ...port } = before
    // Those of a server that is being built are marked with it.
    const isNew = port.status === 'BUILD' && server.vmState !== 'building'
    if (!leaving && !isNew) continue
    isChanged = true
    writes.update(portKind, isNew ? { ...port, status: 'ACTIVE' } : port)
    if (leaving) left.push({ id: port.id, fixedIps: leaving })
  }
  if (!isChanged) return
  await planAddressRelease(kernel, writes, left)
  await context.commit(writes)
}
