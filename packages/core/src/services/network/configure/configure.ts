import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { NetworkObject, NetworkObjectType } from '../../../ports/network-object.ts'
import type { Outcome, Program, WorkContext } from '../../../work/program.ts'
import { floatingIpConfigured } from '../floating-ip/configured.ts'
import { routerConfigured } from '../router/configured.ts'
import { networkConfigured, qosPolicyConfigured } from '../qos/configured.ts'
import { addressGroupConfigured, securityGroupConfigured } from './groups.ts'
import type { ConfiguredType, ObjectRef } from './configured.ts'
import { type ConfigureInput, configureProgramName, configureStepName } from './plan-configure.ts'

/** How often a row is looked for before it is believed to be gone. */
const looks = 8

const types: Readonly<Record<NetworkObjectType, ConfiguredType>> = {
  router: routerConfigured,
  floatingIp: floatingIpConfigured,
  securityGroup: securityGroupConfigured,
  addressGroup: addressGroupConfigured,
  qosPolicy: qosPolicyConfigured,
  network: networkConfigured,
}

interface Order {
  readonly type: NetworkObjectType
  readonly target: NetworkObject
  readonly row: unknown
}

/**
 * Tells the data plane what rows say of routers, floating IPs and the like, until it confirms. It
 * reads the rows each time it runs, and each order carries their generation: so it is safe to run
 * twice, late, or beside other work for the same objects.
 */
export function configureProgram(kernel: Kernel): Program {
  return {
    name: configureProgramName,
    steps: [
      {
        name: configureStepName,
        run: (context) => configure(kernel, context),
        undo: (context) => configureLate(kernel, context),
      },
    ],
  }
}

async function configure(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { orders, isWhole } = await readOrders(kernel, context)
  const failed = await applyOrders(kernel, context, orders)
  if (failed !== undefined) return { type: 'retry', reason: failed }
  return isWhole ? { type: 'next' } : { type: 'retry', reason: 'rows were read too early' }
}

/**
 * Past the deadline. What was promised to the user is not taken back: the data plane must come to
 * it, however long that takes; the user and operators see that it does not.
 */
async function configureLate(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { work } = context
  const { objects } = work.input as ConfigureInput
  kernel.telemetry.meter.count('network_changes_overdue', objects.length)
  kernel.telemetry.logger.log('error', 'network: a change is long overdue', {
    work: work.id,
    objectId: objects[0]?.id ?? '',
    attempt: work.attempt,
  })
  const outcome = await configure(kernel, context)
  if (outcome.type === 'retry') await markOverdue(kernel, context)
  return outcome
}

async function markOverdue(kernel: Kernel, context: WorkContext): Promise<void> {
  const { orders } = await readOrders(kernel, context)
  const writes = new Writes()
  for (const [type, own] of byType(orders)) {
    types[type].overdue(
      writes,
      own.map(({ row }) => row),
    )
  }
  if (!writes.empty) await context.commit(writes)
}

/** A constant number of statements for each type. */
async function readOrders(
  kernel: Kernel,
  { work }: WorkContext,
): Promise<{ readonly orders: readonly Order[]; readonly isWhole: boolean }> {
  const { objects } = work.input as ConfigureInput
  const orders: Order[] = []
  let isWhole = true
  for (const [type, refs] of byType(objects)) {
    const readings = await types[type].read(kernel, refs)
    for (const reading of readings) {
      // Gone in a later change; or so new that a store which answers late has not got it.
      if (reading === 'gone') isWhole &&= work.attempt >= looks
      else if (reading === 'late') isWhole = false
      else orders.push({ type, ...reading })
    }
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
  const targets = orders.map(({ target }) => target)
  const reports = await kernel.network.configure(targets, { signal: context.signal })
  const found = new Map(reports.map((report) => [`${report.type}/${report.id}`, report]))
  const isConfirmed = ({ target: { type, id, revision, config } }: Order): boolean => {
    const report = found.get(`${type}/${id}`)
    if (!report || report.fault) return false
    return config === null ? report.revision === null : (report.revision ?? -1) >= revision
  }
  const confirmed = orders.filter(isConfirmed)
  await settle(kernel, context, confirmed)
  const failed = orders.length - confirmed.length
  if (failed === 0) return undefined
  const reason = reports.find(({ fault }) => fault)?.fault?.message ?? 'not as told'
  kernel.telemetry.meter.count('network_changes_failed', failed)
  kernel.telemetry.logger.log('warn', 'network: a change was not applied', {
    work: context.work.id,
    objects: failed,
    reason,
  })
  return reason
}

async function settle(
  kernel: Kernel,
  context: WorkContext,
  confirmed: readonly Order[],
): Promise<void> {
  const writes = new Writes()
  for (const [type, own] of byType(confirmed)) {
    await types[type].settle(
      kernel,
      writes,
      own.map(({ row }) => row),
    )
  }
  if (!writes.empty) await context.commit(writes)
}

function byType<T extends Pick<ObjectRef, 'type'>>(
  items: readonly T[],
): ReadonlyMap<NetworkObjectType, readonly T[]> {
  const groups = new Map<NetworkObjectType, T[]>()
  for (const item of items) {
    const group = groups.get(item.type)
    if (group) group.push(item)
    else groups.set(item.type, [item])
  }
  return groups
}
