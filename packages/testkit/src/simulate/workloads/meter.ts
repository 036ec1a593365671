import {
  auditChainVerify,
  auditRecordList,
  capacityTrend,
  eventList,
  usageGet,
  usageList,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { walk } from './pages.ts'
import { probe, probing } from './probe.ts'

const span = { from: 0, to: 8_640_000_000_000_000 }

const readUsage: Action = {
  name: 'read usage',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const outcome = await tenant.call(usageGet, span)
    if (outcome.end === 'ok') {
      for (const { resource, unitMs } of outcome.answer.usage) {
        if (BigInt(unitMs) < 0n) tenant.report(3, `usage:${resource}`, `is ${unitMs}`)
      }
    }
    await walk(tenant, usageList, span, { byId: false })
    if (chance.happens(0.3)) await tenant.call(usageGet, { ...span, projectId }, { as: operator })
    if (chance.happens(0.2)) await tenant.call(capacityTrend, {}, { as: operator })
  },
}

/** Goes on where this tenant, or another of its strands, was; sometimes from the beginning. */
const followEvents: Action = {
  name: 'follow events',
  weight: 3,
  run: async (tenant) => {
    const { chance, known } = tenant
    let after = chance.happens(0.8) ? known.pick('cursor', chance) : undefined
    for (let page = chance.between(1, 4); page > 0; page--) {
      const from = after === undefined ? {} : { after }
      const limit = chance.pick([1, 3, 50, 1_000])
      const outcome = await tenant.call(eventList, { ...from, limit })
      if (outcome.end !== 'ok') return
      requireOwn(tenant, outcome.answer.events)
      after = outcome.answer.cursor
      known.add('cursor', after, ...outcome.answer.events.slice(0, 2).map(({ cursor }) => cursor))
      if (chance.happens(0.3)) await tenant.rest(chance.between(0, 2_000))
    }
    if (chance.happens(0.1)) await tenant.call(eventList, {}, { as: tenant.operator })
  },
}

function requireOwn(
  tenant: Tenant,
  events: readonly { readonly id: string; readonly projectId: string | null }[],
): void {
  for (const { id, projectId } of events) {
    if (projectId !== tenant.projectId) tenant.report(21, id, 'is an event of another project')
  }
}

const readAuditLog: Action = {
  name: 'read the audit log',
  weight: 1,
  run: async (tenant) => {
    await walk(tenant, auditRecordList)
    if (tenant.chance.happens(0.7)) return
    const outcome = await tenant.call(auditChainVerify, {}, { as: tenant.operator })
    if (outcome.end !== 'ok') return
    const { head } = outcome.answer
    // It may have been read of old; what it tells of must stay.
    await tenant.call(auditChainVerify, { known: head }, { as: tenant.operator })
  },
}

export const meterWorkload: Workload = {
  service: 'meter',
  actions: [
    readUsage,
    followEvents,
    readAuditLog,
    probing('usage', 1, [
      probe('project', usageGet, (projectId) => ({ ...span, projectId })),
      probe('project', usageList, (projectId) => ({ ...span, projectId, limit: 1 })),
      probe('project', auditRecordList, (projectId) => ({ projectId, limit: 1 })),
    ]),
  ],
}
