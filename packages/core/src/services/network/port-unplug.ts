import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import { planNamedWork } from '../../work/plan.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { loadServerPorts } from './port-plan.ts'
import { planAddressRelease, planPortRemoval } from './port-release.ts'
import { newestGeneration, portTarget, readTogether } from './port-target.ts'

/** Input of the `port.unplug` workflow: a port that its server gives up. */
export interface UnplugInput {
  readonly serverId: string
  readonly portId: string
}

const plan = { name: 'port.unplug', steps: [{ name: 'apply' }] } as const

/** How often a port is looked for before it is believed to be gone. */
const looks = 8

/**
 * Writes that a server gives up a port: a new generation, which fences off what was ordered before,
 * and the work that sees it through.
 */
export function planUnplug(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  server: Server,
  port: Port,
): void {
  const at = call.kernel.clock.now()
  const generation = server.generation + 1
  writes.update(serverKind, { ...server, generation, portsGeneration: generation })
  writes.update(portKind, { ...port, unplugging: true, generation, updatedAt: at })
  const input: UnplugInput = { serverId: server.id, portId: port.id }
  const deadline = at + call.kernel.settings.buildDeadlineMs
  const order = { input, at, deadline, requestId: call.requestId }
  planNamedWork(writes, `${plan.name}:${port.id}`, plan, order)
}

/**
 * Unplugs a port and lets it go: one made for its server is deleted, one that a user made is free.
 * Safe to run twice, late, or beside the deletion of the server, which takes the port along.
 */
export function unplugProgram(kernel: Kernel): Program {
  return {
    name: plan.name,
    steps: [
      {
        name: plan.steps[0].name,
        run: (context) => unplug(kernel, context),
        // What was promised is not taken back: the data plane must come to it.
        undo: (context) => {
          kernel.telemetry.meter.count('port_changes_overdue')
          return unplug(kernel, context)
        },
      },
    ],
  }
}

async function unplug(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { serverId, portId } = context.work.input as UnplugInput
  const [server] = await kernel.store.get(serverKind, [serverId])
  const own = (await loadServerPorts(kernel, [serverId])).get(serverId) ?? []
  const port = own.find(({ id }) => id === portId)
  if (!server || !port) {
    // Gone with each other; unless they are so new that a store that is late has not got them.
    const isGone = context.work.attempt >= looks
    return isGone ? { type: 'next' } : { type: 'retry', reason: 'the port cannot be read yet' }
  }
  if (!readTogether(server, own)) {
    return { type: 'retry', reason: 'rows of different times were read' }
  }
  if (!port.unplugging) return { type: 'next' }
  const target = portTarget(port, server)
  const [report] = await kernel.network.apply([target], { signal: context.signal })
  if (!report || report.fault) {
    return { type: 'retry', reason: report?.fault?.message ?? 'no report' }
  }
  const writes = new Writes()
  const left = own.filter(({ id }) => id !== portId)
  writes.update(serverKind, { ...server, portsGeneration: newestGeneration(left) })
  await letGo(kernel, writes, port, context.work.requestId)
  return { type: 'next', writes }
}

async function letGo(
  kernel: Kernel,
  writes: Writes,
  before: Port,
  requestId: string,
): Promise<void> {
  if (before.deleteWithDevice) return planPortRemoval(kernel, writes, [before], requestId)
  const { leaving = [], unplugging: _, ...port } = before
  const free = { deviceId: null, deviceOwner: '', hostId: null, status: 'DOWN' as const }
  writes.update(portKind, { ...port, ...free, updatedAt: kernel.clock.now() })
  await planAddressRelease(kernel, writes, [{ id: port.id, fixedIps: leaving }])
}
