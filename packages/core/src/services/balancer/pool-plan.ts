import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import {
  persistenceTypes,
  type Pool,
  poolAlgorithms,
  poolKind,
  poolScope,
} from '../../model/balancer/pool.ts'
import { poolProtocols } from '../../model/balancer/protocols.ts'
import { openCounter, requireAtMost } from '../network/counters.ts'
import { addressField } from '../network/fields.ts'
import { unlimited } from '../quota.ts'
import type { TreeEdit } from './edit.ts'
import { describedFields, poolTlsField, tokenField } from './fields.ts'
import { rowOf, type Under } from './listener-plan.ts'

export const persistenceField = z.strictObject({
  type: z.enum(persistenceTypes),
  cookieName: tokenField.nullable().default(null),
  timeoutS: z.int().min(1).max(86_400).nullable().default(null),
  granularity: addressField.nullable().default(null),
})

export const poolFields = {
  ...describedFields,
  protocol: z.enum(poolProtocols),
  algorithm: z.enum(poolAlgorithms),
  persistence: persistenceField.nullable().default(null),
  tls: poolTlsField.prefault({}),
}

const poolShape = z.strictObject(poolFields)
export type PoolInput = z.infer<typeof poolShape>

/** Writes a pool and its counters. */
export function planPool(edit: TreeEdit, under: Under, input: PoolInput): Pool {
  const row = edit.insert(poolKind, { ...rowOf(under), ...input })
  const scope = poolScope(row.id)
  openCounter(edit.writes, scope, 'members', limits.poolMembers)
  openCounter(edit.writes, scope, 'monitors', 1)
  openCounter(edit.writes, scope, 'references')
  return row
}

/** Counts that a listener or policy refers to another pool than before; null = to none. */
export function countReference(writes: Writes, before: string | null, after: string | null): void {
  if (before === after) return
  if (before !== null) writes.add({ scope: poolScope(before), name: 'references', add: -1 })
  if (after !== null) writes.add({ scope: poolScope(after), name: 'references', add: 1 })
}

/** What a pool that goes is used by, as it was read. */
export interface PoolUse {
  readonly members: number
  readonly monitors: number
  readonly references: number
}

/** Drops the counters of a pool that goes: fails if it is used by more than this. */
export function closePool(writes: Writes, poolId: string, use: PoolUse): void {
  const scope = poolScope(poolId)
  requireAtMost(writes, { scope, name: 'members', limit: limits.poolMembers }, use.members)
  requireAtMost(writes, { scope, name: 'monitors', limit: 1 }, use.monitors)
  requireAtMost(writes, { scope, name: 'references', limit: unlimited }, use.references)
  writes.drop(scope)
}
