import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { shareAccess } from './access.ts'
import { shareActions } from './actions.ts'
import { shareInfo } from './info.ts'
import { shareMetadata } from './metadata.ts'
import { shareQuotas } from './quotas.ts'
import { shares } from './shares.ts'
import { shareSnapshots } from './snapshots.ts'
import { versions } from './versions.ts'

/** Manila (https://docs.openstack.org/api-ref/shared-file-system/). */
export const share: Api = {
  name: 'share',
  type: 'sharev2',
  title: 'Shared file systems',
  service: 'manilav2',
  mount: '/share',
  bases: ['/v2', '/v2/{project_id}'],
  catalogPath: () => '/v2',
  microversions: {
    type: 'shared-file-system',
    header: 'x-openstack-manila-api-version',
    major: 2,
    min: 0,
    max: 51,
  },
  statuses: { quotaExceeded: 413 },
  requestIdHeader: 'x-compute-request-id',
  fault: shareFault,
  discovery: versions,
  endpoints: [
    ...shares,
    ...shareActions,
    ...shareMetadata,
    ...shareSnapshots,
    ...shareAccess,
    ...shareInfo,
    ...shareQuotas,
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

function shareFault({ status, message }: Fault): unknown {
  return { [faultNames[status] ?? 'computeFault']: { code: status, message } }
}
