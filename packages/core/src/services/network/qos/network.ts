import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Network } from '../../../model/network/network.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import { countPolicy } from './use.ts'

type Caller = { readonly kernel: Kernel; readonly requestId: string }

/** Writes what it means that a network has the QoS policy that it has, instead of another one. */
export function planQos(
  call: Caller,
  writes: Writes,
  before: string | undefined,
  { id, qosPolicyId, rev: revision }: Network,
): void {
  if (before === qosPolicyId) return
  countPolicy(writes, before, qosPolicyId)
  const removed = qosPolicyId === undefined
  planConfigure(call, writes, [{ type: 'network', id, revision, ...(removed && { removed }) }])
}

/** Writes that a network that is deleted has no QoS policy any more. */
export function planQosEnd(call: Caller, writes: Writes, network: Network): void {
  const { id, qosPolicyId, rev } = network
  if (qosPolicyId === undefined) return
  countPolicy(writes, qosPolicyId, undefined)
  planConfigure(call, writes, [{ type: 'network', id, revision: rev + 1, removed: true }])
}
