import { limits } from '../../../base/limits.ts'
import { backupKind } from '../../../model/block/backup.ts'
import { snapshotKind } from '../../../model/block/snapshot.ts'
import { volumeKind } from '../../../model/block/volume.ts'
import { hostKind } from '../../../model/compute/host.ts'
import { serverBatchKind } from '../../../model/compute/server-batch.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { projectKind } from '../../../model/identity/project.ts'
import { imageKind } from '../../../model/image/image.ts'
import { metadefKind, metadefLimits, metadefSize } from '../../../model/image/metadef.ts'
import type { Kind, Stored } from '../../../model/kind.ts'
import { networkKind } from '../../../model/network/network.ts'
import { portKind } from '../../../model/network/port.ts'
import { serviceTypesMax, subnetKind } from '../../../model/network/subnet.ts'
import { stackResourceKind } from '../../../model/stack/resource.ts'
import { stackKind } from '../../../model/stack/stack.ts'
import { workKind } from '../../../model/work/work.ts'
import type { DriveInput } from '../../block/drive.ts'
import type { ConvergeInput } from '../../compute/converge-plan.ts'
import { buildAttempts } from '../../compute/server-settle.ts'
import { routingLimits } from '../routing-rules.ts'
import { objectLimitRules } from '../object-rules.ts'
import { balancerLimits } from '../balancer-rules.ts'
import { placementLimits } from '../placement-rules.ts'
import { type Invariant, type RowRule, rowRule } from '../rule.ts'

/** A field, how large it is, and how large it may be. */
type Size = readonly [field: string, size: number, limit: number]

const sized = <T extends Stored>(kind: Kind<T>, sizes: (row: T) => readonly Size[]): RowRule =>
  rowRule(`${kind.name}-limits`, kind, function* (row) {
    for (const [field, size, limit] of sizes(row)) {
      if (size > limit) yield `${field} has ${size} of at most ${limit}`
    }
  })

const named = ({ name }: { readonly name: string }): Size => [
  'name',
  name.length,
  limits.nameLength,
]
const tagged = ({ tags }: { readonly tags: readonly string[] }): Size => [
  'tags',
  tags.length,
  limits.tags,
]

export const rowLimits: Invariant = {
  number: 32,
  title: 'No row grows beyond its limits.',
  cause:
    'A list was added to past the check of its limit. Reading and writing the row costs all who ' +
    'touch it more than was planned for.',
  rules: [
    ...objectLimitRules,
    sized(serverKind, (row) => [
      // A batch adds a number to the name that was asked for.
      ['name', row.name.length, limits.nameLength + `-${limits.batchServers}`.length],
      tagged(row),
      ['metadata', Object.keys(row.metadata).length, limits.metadataItems],
      ['actions', row.actions.length, limits.serverActions],
      ['attachmentIds', row.attachmentIds?.length ?? 0, limits.serverVolumes],
      ['failedHostIds', row.failedHostIds.length, buildAttempts],
    ]),
    sized(serverBatchKind, (row) => [
      named(row),
      ['count', row.count, limits.batchServers],
      ['userData', row.userData?.length ?? 0, limits.userDataLength],
    ]),
    sized(hostKind, (row) => [
      named(row),
      ['aggregateIds', row.aggregateIds.length, limits.hostAggregates],
      ['traits', row.traits.length, limits.traits],
      ['inventory', Object.keys(row.inventory).length, limits.resourceClasses],
    ]),
    sized(projectKind, (row) => [
      named(row),
      ['ancestorIds', row.ancestorIds.length, limits.projectDepth - 1],
    ]),
    sized(metadefKind, (row) => [['definitions', metadefSize(row), metadefLimits.length]]),
    sized(imageKind, (row) => [
      named(row),
      tagged(row),
      ['attempt', row.attempt, limits.imageUploadAttempts],
    ]),
    sized(stackKind, (row) => [named(row), tagged(row)]),
    sized(stackResourceKind, (row) => [['requires', row.requires.length, limits.stackResources]]),
    sized(networkKind, (row) => [
      named(row),
      ['subnetIds', row.subnetIds.length, limits.networkSubnets],
    ]),
    sized(subnetKind, (row) => [
      ['allocationPools', row.allocationPools.length, limits.subnetPools],
      ['dnsNameservers', row.dnsNameservers.length, limits.subnetDnsServers],
      ['hostRoutes', row.hostRoutes.length, limits.subnetHostRoutes],
      ['serviceTypes', row.serviceTypes?.length ?? 0, serviceTypesMax],
    ]),
    sized(portKind, (row) => [
      ['fixedIps', row.fixedIps.length, limits.portAddresses],
      ['leaving', row.leaving?.length ?? 0, limits.portAddresses],
      ['floatingIpIds', row.floatingIpIds?.length ?? 0, limits.portFloatingIps],
      ['securityGroupIds', row.securityGroupIds.length, limits.portSecurityGroups],
      ['allowedAddressPairs', row.allowedAddressPairs.length, limits.portAddressPairs],
    ]),
    sized(volumeKind, (row) => [
      ['name', row.name.length, limits.nameLength + `-${limits.bulkVolumes}`.length],
      ['metadata', Object.keys(row.metadata).length, limits.metadataItems],
      ['attachments', row.attachments.length, limits.volumeAttachments],
      ['imageMetadata', Object.keys(row.imageMetadata ?? {}).length, limits.metadataItems],
    ]),
    sized(snapshotKind, (row) => [
      named(row),
      ['metadata', Object.keys(row.metadata).length, limits.metadataItems],
    ]),
    sized(backupKind, (row) => [
      named(row),
      ['metadata', Object.keys(row.metadata).length, limits.metadataItems],
    ]),
    ...routingLimits,
    ...balancerLimits,
    ...placementLimits,
    sized(workKind, (row) => [
      ['ids', (row.input as Partial<DriveInput>).ids?.length ?? 0, limits.workServers],
      [
        'serverIds',
        (row.input as Partial<ConvergeInput>).serverIds?.length ?? 0,
        limits.workServers,
      ],
    ]),
  ],
}
