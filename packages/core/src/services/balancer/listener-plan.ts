import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { type Listener, listenerKind, listenerScope } from '../../model/balancer/listener.ts'
import { listenerProtocols, transports } from '../../model/balancer/protocols.ts'
import type { Kernel } from '../../kernel.ts'
import type { Writes } from '../../commit/writes.ts'
import { openCounter, requireAtMost } from '../network/counters.ts'
import type { TreeEdit } from './edit.ts'
import {
  cidrsField,
  describedFields,
  headersField,
  listenerTlsField,
  portNumberField,
  timeoutsField,
} from './fields.ts'

/** −1, or at most what a 31-bit number holds. */
export const connectionLimitField = z
  .int()
  .min(-1)
  .max(2 ** 31 - 1)

export const listenerFields = {
  ...describedFields,
  protocol: z.enum(listenerProtocols),
  protocolPort: portNumberField,
  connectionLimit: connectionLimitField.default(-1),
  allowedCidrs: cidrsField.default([]),
  insertHeaders: headersField.default([]),
  timeouts: timeoutsField.prefault({}),
  tls: listenerTlsField.prefault({}),
}

const listenerShape = z.strictObject(listenerFields)
export type ListenerInput = z.infer<typeof listenerShape>

/** Whose a new row is, and when it is made. */
export interface Under {
  readonly kernel: Kernel
  readonly projectId: string
  readonly balancerId: string
  readonly at: number
}

/** Fields of every new row below a load balancer. */
export function rowOf(
  under: Under,
): Pick<Listener, 'id' | 'projectId' | 'balancerId' | 'createdAt' | 'updatedAt'> {
  const { kernel, projectId, balancerId, at } = under
  return { id: kernel.ids.next(), projectId, balancerId, createdAt: at, updatedAt: at }
}

export function portKeyOf({
  protocol,
  protocolPort,
}: Pick<Listener, 'protocol' | 'protocolPort'>): string {
  return `${transports[protocol]} ${protocolPort}`
}

/** Writes a listener and its counters. */
export function planListener(
  edit: TreeEdit,
  under: Under,
  input: ListenerInput & { readonly defaultPoolId: string | null },
): Listener {
  const row = edit.insert(listenerKind, {
    ...rowOf(under),
    ...input,
    portKey: portKeyOf(input),
  })
  openCounter(edit.writes, listenerScope(row.id), 'policies', limits.listenerPolicies)
  return row
}

/** Drops the counters of a listener that goes with its policies: fails if it has more of them. */
export function closeListener(writes: Writes, listenerId: string, policies: number): void {
  const scope = listenerScope(listenerId)
  requireAtMost(writes, { scope, name: 'policies', limit: limits.listenerPolicies }, policies)
  writes.drop(scope)
}
