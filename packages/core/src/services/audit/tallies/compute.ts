import { aggregateKind } from '../../../model/compute/aggregate.ts'
import { allocationKind, hostScope } from '../../../model/compute/allocation.ts'
import { hostKind } from '../../../model/compute/host.ts'
import { batchScope, serverBatchKind } from '../../../model/compute/server-batch.ts'
import { groupScope, serverGroupKind } from '../../../model/compute/server-group.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { providerAllocationKind } from '../../../model/placement/consumer.ts'
import {
  aggregateHostsScope,
  aggregateScope,
  zoneEnabledScope,
  zoneHostsScope,
} from '../../compute/host-counters.ts'
import { groupMembersScope } from '../../compute/server-group.ts'
import { hostsOf } from '../../compute/server-remove.ts'
import { byField, opened, type Tally, tallyPart } from '../rule.ts'

const itself = { name: '', keys: (id: string) => [id] }

/** What servers and other consumers take from a host, per resource class. */
export const hostTally: Tally = {
  prefix: 'host:',
  parts: [
    tallyPart(hostKind, ({ id }) => opened(hostScope(id)), itself),
    tallyPart(
      allocationKind,
      ({ hostId, resources }) => {
        const scope = hostScope(hostId)
        const used = Object.entries(resources).filter(([, amount]) => amount !== 0)
        return [
          { scope, name: '#allocations', amount: 1 },
          ...used.map(([name, amount]) => ({ scope, name, amount })),
        ]
      },
      byField('byHost'),
    ),
    tallyPart(
      providerAllocationKind,
      ({ onHost, providerId, resources }) => {
        if (!onHost) return []
        const scope = hostScope(providerId)
        return [
          { scope, name: '#allocations', amount: 1 },
          ...Object.entries(resources).map(([name, amount]) => ({ scope, name, amount })),
        ]
      },
      byField('byProvider'),
    ),
  ],
}

/** Members of a server group per host: on two hosts while a resize is open. */
export const groupTally: Tally = {
  prefix: 'group:',
  parts: [
    tallyPart(serverGroupKind, ({ id }) => opened(groupScope(id)), itself),
    tallyPart(serverKind, (server) => {
      if (server.groupId === null) return []
      const scope = groupScope(server.groupId)
      return [
        { scope, name: '#servers', amount: 1 },
        ...hostsOf(server).map((name) => ({ scope, name, amount: 1 })),
      ]
    }),
  ],
}

/** Members of a server group on all hosts. */
export const groupMembersTally: Tally = {
  prefix: 'groupMembers:',
  parts: [
    tallyPart(serverGroupKind, ({ id }) => opened(groupMembersScope(id), 'members'), itself),
    tallyPart(serverKind, (server) => {
      if (server.groupId === null) return []
      const scope = groupMembersScope(server.groupId)
      return [{ scope, name: 'members', amount: hostsOf(server).length }]
    }),
  ],
}

/** Members of a batch, and those that have not settled yet. */
export const batchTally: Tally = {
  prefix: 'batch:',
  parts: [
    tallyPart(serverBatchKind, ({ id }) => opened(batchScope(id)), itself),
    tallyPart(
      serverKind,
      ({ batchId, vmState }) => {
        const scope = batchScope(batchId)
        const member = { scope, name: '#members', amount: 1 }
        return vmState === 'building' ? [member, { ...member, name: '#building' }] : [member]
      },
      byField('byBatch'),
    ),
  ],
}

/** Hosts, and enabled hosts, per zone. */
export const zoneTally: Tally = {
  prefix: 'zone:',
  parts: [
    tallyPart(hostKind, ({ zone, enabled }) => {
      const host = { scope: zoneHostsScope, name: zone, amount: 1 }
      return enabled ? [host, { ...host, scope: zoneEnabledScope }] : [host]
    }),
  ],
}

/** Hosts of an aggregate. */
export const aggregateTally: Tally = {
  prefix: 'aggregate:',
  parts: [
    tallyPart(aggregateKind, ({ id }) => opened(aggregateScope(id), 'hosts')),
    tallyPart(hostKind, ({ aggregateIds }) =>
      aggregateIds.map((id) => ({ scope: aggregateScope(id), name: 'hosts', amount: 1 })),
    ),
  ],
}

/** Which hosts an aggregate has. */
export const aggregateHostsTally: Tally = {
  prefix: 'aggregateHosts:',
  parts: [
    tallyPart(hostKind, ({ id: name, aggregateIds }) =>
      aggregateIds.map((id) => ({ scope: aggregateHostsScope(id), name, amount: 1 })),
    ),
  ],
}
