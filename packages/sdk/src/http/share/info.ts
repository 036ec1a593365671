import { quotaGet } from '@nephos/core'
import { shareType, shareZone } from '../../wire/share/share.ts'
import { shareLimits } from '../../wire/share/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json } from '../reply.ts'

const specs = {
  driver_handles_share_servers: 'False',
  snapshot_support: 'True',
  create_share_from_snapshot_support: 'True',
  revert_to_snapshot_support: 'False',
  mount_snapshot_support: 'False',
} as const

/** The one type, which every project may use. */
function typeBody(version: number): Readonly<Record<string, unknown>> {
  const { driver_handles_share_servers: servers } = specs
  return {
    ...shareType,
    ...(version >= 7
      ? { 'share_type_access:is_public': true }
      : { 'os-share-type-access:is_public': true }),
    extra_specs: version >= 24 ? { driver_handles_share_servers: servers } : specs,
    required_extra_specs: { driver_handles_share_servers: servers },
    ...(version >= 41 && { description: null }),
    ...(version >= 46 && { is_default: true }),
  }
}

/** Types, zones and limits of shares. */
export const shareInfo: readonly EndpointRow[] = [
  endpoint({
    id: 'share.types.list',
    method: 'GET',
    path: '/types',
    summary: 'Lists the types of shares.',
    access: 'token',
    operations: [],
    status: 200,
    run: (x) => json({ share_types: [typeBody(x.version)], volume_types: [typeBody(x.version)] }),
  }),
  ...['/types/default', '/types/{share_type_id}'].map((path) =>
    endpoint({
      id: path.endsWith('default') ? 'share.types.default' : 'share.types.show',
      method: 'GET',
      path,
      summary: 'Shows a type of shares.',
      access: 'token',
      operations: [],
      status: 200,
      run(x) {
        const isOther = !path.endsWith('default') && x.param('share_type_id') !== shareType.id
        if (isOther) throw new HttpError(404, 'There is no such share type.')
        return json({ share_type: typeBody(x.version), volume_type: typeBody(x.version) })
      },
    }),
  ),
  ...[
    { path: '/os-availability-zone', until: 6 },
    { path: '/availability-zones', since: 7 },
  ].map((at) =>
    endpoint({
      id: 'share.zones.list',
      method: 'GET',
      ...at,
      summary: 'Lists the zones of shares.',
      access: 'token',
      operations: [],
      status: 200,
      run: () =>
        json({
          availability_zones: [
            {
              id: '5ea5e0de-0000-4000-8000-000000000002',
              name: shareZone,
              created_at: null,
              updated_at: null,
            },
          ],
        }),
    }),
  ),
  endpoint({
    id: 'share.limits.show',
    method: 'GET',
    path: '/limits',
    summary: 'Shows the limits of the project, and what it uses of them.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const { quotas } = await x.invoke(quotaGet, {})
      return json({ limits: { rate: [], absolute: shareLimits(quotas) } })
    },
  }),
]
