import type { Kernel } from '../../../kernel.ts'
import { type Network, networkKind } from '../../../model/network/network.ts'
import { type QosPolicy, qosPolicyKind } from '../../../model/network/qos-policy.ts'
import { configuredType, type Reading } from '../configure/configured.ts'

/** Their rows do not tell what the data plane has: nothing of them waits for it. */
const unsettled = { settle: async (): Promise<void> => undefined, overdue: (): void => undefined }

/** QoS policies, as the data plane is told of them. */
export const qosPolicyConfigured = configuredType<QosPolicy | null>({
  read: async (kernel: Kernel, refs) => {
    const rows = await kernel.store.get(
      qosPolicyKind,
      refs.map(({ id }) => id),
    )
    return refs.map(({ id, removed, revision }, index): Reading<QosPolicy | null> => {
      if (removed) return { target: { type: 'qosPolicy', id, revision, config: null }, row: null }
      const row = rows[index]
      if (!row) return 'gone'
      if (row.generation < revision) return 'late'
      const config = { rules: row.rules }
      return { target: { type: 'qosPolicy', id, revision: row.generation, config }, row }
    })
  },
  ...unsettled,
})

/** What ports without a policy of their own go by. */
export const networkConfigured = configuredType<Network | null>({
  read: async (kernel: Kernel, refs) => {
    const rows = await kernel.store.get(
      networkKind,
      refs.map(({ id }) => id),
    )
    return refs.map(({ id, removed, revision }, index): Reading<Network | null> => {
      const row = rows[index]
      const target = { type: 'network', id, revision, config: null } as const
      // The policy went; the network with it, or later, when it had none to be taken from it.
      if (!row) return removed ? { target, row: null } : 'gone'
      if (row.rev < revision) return 'late'
      const { qosPolicyId } = row
      const config = qosPolicyId === undefined ? null : { qosPolicyId }
      return { target: { type: 'network', id, revision: row.rev, config }, row }
    })
  },
  ...unsettled,
})
