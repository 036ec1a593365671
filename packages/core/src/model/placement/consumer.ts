import { defineKind, type Stored } from '../kind.ts'

/**
 * What takes resources and is no server of this cloud: servers have allocations of their own, which
 * compute writes. A consumer exists as long as it takes anything.
 */
export interface Consumer extends Stored {
  /** Of whoever runs the consumer: not checked, as in OpenStack Placement. */
  readonly projectId: string
  readonly userId: string
  /** `INSTANCE`, `VOLUME`, … as its owner calls it; null: not said. */
  readonly type: string | null
  /** Grows with each change of its allocations. */
  readonly generation: number
  readonly providerIds: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a consumer takes of one provider, or of one host. */
export interface ProviderAllocation extends Stored {
  readonly consumerId: string
  readonly providerId: string
  /** True: the provider is a host, whose counters are charged. */
  readonly onHost: boolean
  readonly resources: Readonly<Record<string, number>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const consumerKind = defineKind<Consumer>('consumer', {
  byProject: { fields: ['projectId'] },
})

export const providerAllocationKind = defineKind<ProviderAllocation>('providerAllocation', {
  byProvider: { fields: ['providerId'] },
})

export function providerAllocationId(consumerId: string, providerId: string): string {
  return `${consumerId}:${providerId}`
}
