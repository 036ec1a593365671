import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { aggregates } from './aggregates.ts'
import { extensions } from './extensions.ts'
import { externalEvents } from './external-events.ts'
import { flavorSpecs } from './flavor-specs.ts'
import { flavors } from './flavors.ts'
import { hypervisors } from './hypervisors.ts'
import { images } from './images.ts'
import { floatingIps } from './floating-ips.ts'
import { securityGroups } from './security-groups.ts'
import { hostViews } from './host-views.ts'
import { usageAudit } from './usage-audit.ts'
import { volumes } from './volumes.ts'
import { migrations } from './migrations.ts'
import { networks } from './networks.ts'
import { keyPairs } from './key-pairs.ts'
import { quotas } from './quotas.ts'
import { serverGroups } from './server-groups.ts'
import { services } from './services.ts'
import { tenantUsage } from './tenant-usage.ts'
import { instanceActions } from './instance-actions.ts'
import { serverActions } from './server-actions.ts'
import { groupsOfServer } from './server-groups-of.ts'
import { serverInterfaces } from './server-interfaces.ts'
import { serverMetadata } from './server-metadata.ts'
import { serverMore } from './server-more.ts'
import { serverTags } from './server-tags.ts'
import { serverVolumes } from './server-volumes.ts'
import { servers } from './servers.ts'
import { zones } from './zones.ts'
import { versions } from './versions.ts'

/** Nova (https://docs.openstack.org/api-ref/compute/). */
export const compute: Api = {
  name: 'compute',
  type: 'compute',
  title: 'Compute',
  service: 'nova',
  mount: '/compute',
  bases: ['/v2.1', '/v2'],
  catalogPath: () => '/v2.1',
  microversions: {
    type: 'compute',
    header: 'x-openstack-nova-api-version',
    major: 2,
    min: 1,
    max: 96,
  },
  requestIdHeader: 'x-compute-request-id',
  fault: computeFault,
  discovery: versions,
  endpoints: [
    ...servers,
    ...serverActions,
    ...serverMetadata,
    ...serverTags,
    ...serverVolumes,
    ...serverInterfaces,
    ...serverMore,
    ...groupsOfServer,
    ...instanceActions,
    ...migrations,
    ...images,
    ...zones,
    ...flavors,
    ...flavorSpecs,
    ...keyPairs,
    ...networks,
    ...volumes,
    ...hostViews,
    ...usageAudit,
    ...floatingIps,
    ...securityGroups,
    ...quotas,
    ...aggregates,
    ...hypervisors,
    ...services,
    ...serverGroups,
    ...tenantUsage,
    ...externalEvents,
    ...extensions,
  ],
}

const faultNames: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
}

function computeFault({ status, message }: Fault): unknown {
  return { [faultNames[status] ?? 'computeFault']: { code: status, message } }
}
