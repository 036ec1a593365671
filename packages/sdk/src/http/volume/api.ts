import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { attachments } from './attachments.ts'
import { backups } from './backups.ts'
import { encryption } from './encryption.ts'
import { groupSnapshots } from './group-snapshots.ts'
import { groupTypes } from './group-types.ts'
import { groups } from './groups.ts'
import { info } from './info.ts'
import { manageable } from './manageable.ts'
import { messages } from './messages.ts'
import { qos } from './qos.ts'
import { quotas } from './quotas.ts'
import { services } from './services.ts'
import { snapshots } from './snapshots.ts'
import { transfers } from './transfers.ts'
import { typeSpecs } from './type-specs.ts'
import { types } from './types.ts'
import { minors, versions } from './versions.ts'
import { volumeActions } from './volume-actions.ts'
import { metadata } from './volume-metadata.ts'
import { volumes } from './volumes.ts'

/** Cinder (https://docs.openstack.org/api-ref/block-storage/v3/). */
export const volume: Api = {
  name: 'volume',
  type: 'volumev3',
  title: 'Block storage',
  service: 'cinderv3',
  mount: '/volume',
  bases: ['/v3/{project_id}', '/v3'],
  catalogPath: (projectId) => `/v3/${projectId ?? '%(project_id)s'}`,
  microversions: { type: 'volume', major: 3, ...minors },
  // What the state of a thing forbids is a bad request here, and a full quota too large a one.
  statuses: { conflict: 400, quotaExceeded: 413, noValidHost: 400 },
  fault: volumeFault,
  discovery: versions,
  endpoints: [
    ...volumes,
    ...metadata,
    ...encryption,
    ...volumeActions,
    ...snapshots,
    ...manageable,
    ...types,
    ...typeSpecs,
    ...qos,
    ...attachments,
    ...backups,
    ...groups,
    ...groupTypes,
    ...groupSnapshots,
    ...transfers,
    ...messages,
    ...quotas,
    ...services,
    ...info,
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

function volumeFault({ status, message }: Fault): unknown {
  return { [faultNames[status] ?? 'computeFault']: { code: status, message } }
}
