import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import type { Call } from '../call.ts'
import { idField, idsField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { fetchAggregate } from './aggregate.ts'
import { aggregateHostsScope, countHost } from './host-counters.ts'
import { fetchHosts, followHosts } from './host.ts'

const admin = { scope: 'system', role: 'admin' } as const
const membersInput = z.strictObject({ id: idField, hostIds: idsField })

/** How many of the hosts named were not in, or not out, before. */
export interface MembershipAnswer {
  readonly changed: number
}

/** Hosts that are in already stay in: a repeat changes nothing. */
export const aggregateAddHosts = defineOperation({
  id: 'compute.aggregate.addHosts',
  summary: 'Puts hosts into an aggregate, all or none.',
  policy: admin,
  input: membersInput,
  mutates: true,
  run: async (call, input): Promise<MembershipAnswer> => {
    const hosts = await fetchHosts(call.kernel, input.hostIds, 'hostIds')
    const full = hosts.findIndex(
      (host) =>
        host.aggregateIds.length >= limits.hostAggregates && !host.aggregateIds.includes(input.id),
    )
    if (full >= 0) {
      throw new CloudError('conflict', `The host is in ${limits.hostAggregates} aggregates.`, {
        field: `hostIds[${full}]`,
        limit: limits.hostAggregates,
      })
    }
    const changed = hosts.filter((host) => !host.aggregateIds.includes(input.id))
    return commitMembers(call, input.id, changed, (ids) => [...ids, input.id])
  },
})

/** Hosts that are not in stay out: a repeat changes nothing. */
export const aggregateRemoveHosts = defineOperation({
  id: 'compute.aggregate.removeHosts',
  summary: 'Takes hosts out of an aggregate, all or none.',
  policy: admin,
  input: membersInput,
  mutates: true,
  run: async (call, input): Promise<MembershipAnswer> => {
    const hosts = await fetchHosts(call.kernel, input.hostIds, 'hostIds')
    const changed = hosts.filter((host) => host.aggregateIds.includes(input.id))
    return commitMembers(call, input.id, changed, (ids) => ids.filter((id) => id !== input.id))
  },
})

async function commitMembers(
  call: Call,
  aggregateId: string,
  hosts: readonly Host[],
  change: (ids: readonly string[]) => readonly string[],
): Promise<MembershipAnswer> {
  await fetchAggregate(call, aggregateId)
  const at = call.kernel.clock.now()
  const writes = new Writes()
  for (const host of hosts) {
    const next = { ...host, aggregateIds: change(host.aggregateIds), updatedAt: at }
    writes.update(hostKind, next)
    countHost(writes, host, next)
  }
  const answer = { changed: hosts.length }
  await call.commit(writes, [aggregateId, ...hosts.map((host) => host.id)], answer)
  await followHosts(call.kernel)
  return answer
}

/** Members are counters: one statement for the whole set, from which the page is cut. */
export const aggregateHosts = defineOperation({
  id: 'compute.aggregate.hosts',
  summary: 'One page of the ids of the hosts of an aggregate.',
  policy: { scope: 'system', role: 'reader' },
  input: z.strictObject({ ...pageFields, id: idField }),
  mutates: false,
  run: async (call, input): Promise<string[]> => {
    await fetchAggregate(call, input.id)
    const counters = await call.kernel.store.counters([aggregateHostsScope(input.id)])
    const ids = counters.map(({ name }) => name).sort()
    const { marker, limit } = input
    const rest = marker === undefined ? ids : ids.filter((id) => id > marker)
    return rest.slice(0, limit)
  },
})
