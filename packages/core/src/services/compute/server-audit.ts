import type { Kernel } from '../../kernel.ts'
import {
  type Allocation,
  allocationKind,
  resizeAllocationId,
} from '../../model/compute/allocation.ts'
import { batchOutcomes, batchScope, serverBatchKind } from '../../model/compute/server-batch.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { workKind } from '../../model/work/work.ts'
import type { Finding, UsageCount } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import type { ConvergeInput } from './converge-plan.ts'
import { chargedFlavor } from './server-resize.ts'

/** Servers' own invariants: allocations, tasks, batches. */
export async function* auditServers(kernel: Kernel): AsyncGenerator<Finding> {
  const worked = await serversWithWork(kernel)
  for await (const servers of everyRow(kernel, serverKind)) {
    const ids = servers.flatMap((server) => [server.id, resizeAllocationId(server.id)])
    const rows = await kernel.store.get(allocationKind, ids)
    for (const [index, server] of servers.entries()) {
      yield* checkAllocations(server, rows[2 * index], rows[2 * index + 1])
      if (server.task !== null && !worked.has(server.id)) {
        yield {
          invariant: 17,
          subject: `server:${server.id}`,
          message: `${server.task}, but no work is under way`,
        }
      }
    }
  }
  yield* checkConsumers(kernel)
  yield* checkBatches(kernel)
}

async function serversWithWork(kernel: Kernel): Promise<Set<string>> {
  const ids = new Set<string>()
  for await (const rows of everyRow(kernel, workKind)) {
    for (const work of rows)
      for (const id of (work.input as ConvergeInput).serverIds ?? []) ids.add(id)
  }
  return ids
}

function* checkAllocations(
  server: Server,
  own: Allocation | undefined,
  other: Allocation | undefined,
): Generator<Finding> {
  const subject = `server:${server.id}`
  if (!own) yield { invariant: 2, subject, message: 'has no allocation' }
  else if (own.hostId !== server.hostId) {
    yield {
      invariant: 2,
      subject,
      message: `is on ${server.hostId}, its allocation on ${own.hostId}`,
    }
  }
  if (server.resize && other?.hostId !== server.resize.hostId) {
    yield { invariant: 2, subject, message: 'its open resize has no allocation where it should' }
  }
  if (!server.resize && other)
    yield { invariant: 2, subject, message: 'has a second allocation without a resize' }
}

/** Every allocation has a live consumer. */
async function* checkConsumers(kernel: Kernel): AsyncGenerator<Finding> {
  for await (const rows of everyRow(kernel, allocationKind)) {
    const servers = await kernel.store.get(
      serverKind,
      rows.map((row) => row.id.split(':', 1)[0] as string),
    )
    for (const [index, row] of rows.entries()) {
      if (servers[index]) continue
      yield {
        invariant: 2,
        subject: `allocation:${row.id}`,
        message: 'its consumer does not exist',
      }
    }
  }
}

/**
 * A batch has no more members than it was given, at least min or none were made, and outcomes never
 * exceed them.
 */
async function* checkBatches(kernel: Kernel): AsyncGenerator<Finding> {
  for await (const batches of everyRow(kernel, serverBatchKind)) {
    const counters = await kernel.store.counters(batches.map((batch) => batchScope(batch.id)))
    const settled = new Map<string, number>()
    for (const { scope, value } of counters) settled.set(scope, (settled.get(scope) ?? 0) + value)
    const members = await kernel.store.lookup(
      serverKind,
      'byBatch',
      batches.map((batch) => [batch.id]),
    )
    const alive = new Map<string, { members: number; building: number }>()
    for (const server of members) {
      const count = alive.get(server.batchId) ?? { members: 0, building: 0 }
      count.members++
      if (server.vmState === 'building') count.building++
      alive.set(server.batchId, count)
    }
    for (const batch of batches) {
      const subject = `serverBatch:${batch.id}`
      const now = alive.get(batch.id) ?? { members: 0, building: 0 }
      const outcomes = settled.get(batchScope(batch.id)) ?? 0
      if (
        batch.count < batch.minCount ||
        batch.count > batch.maxCount ||
        now.members > batch.count
      ) {
        yield { invariant: 5, subject, message: `${now.members} members, ${batch.count} made` }
      }
      if (outcomes + now.building !== batch.count) {
        const names = batchOutcomes.join(' + ')
        yield {
          invariant: 5,
          subject,
          message: `${names} = ${outcomes}, building ${now.building}, made ${batch.count}`,
        }
      }
    }
  }
}

/** What servers use of their projects' quotas. */
export const countServerUsage: UsageCount = async (kernel, add) => {
  for await (const servers of everyRow(kernel, serverKind)) {
    for (const server of servers) {
      const { vcpus, ramMb } = chargedFlavor(server)
      add(server.projectId, 'instances', 1)
      add(server.projectId, 'cores', vcpus)
      add(server.projectId, 'ram', ramMb)
    }
  }
}
