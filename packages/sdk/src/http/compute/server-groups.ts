import {
  CloudError,
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembersOf,
} from '@nephos/core'
import { serverGroupBody, serverGroupNew } from '../../wire/compute/server-group.ts'
import { requireVersions } from '../../wire/compute/version.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { readerOf } from './server-shape.ts'

/** Groups that one list shows. */
const most = 1_000

/** https://docs.openstack.org/api-ref/compute/#server-groups-os-server-groups */
export const serverGroups: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverGroups.list',
    method: 'GET',
    path: '/os-server-groups',
    summary: 'Lists server groups with their members.',
    access: 'token',
    operations: [serverGroupList, serverGroupMembersOf],
    status: 200,
    async run(x) {
      const isAll = flag(x.query, 'all_projects') === true && x.operator !== undefined
      const actor = isAll ? readerOf(x) : x.actor
      const limit = bounded(first(x.query, 'limit'), 'limit', most)
      const offset = bounded(first(x.query, 'offset'), 'offset', 0)
      const rows = await x.invokeAs(actor, serverGroupList, { limit: most })
      const groups = rows.slice(offset, offset + limit)
      const ids = groups.map(({ id }) => id)
      const members = ids.length === 0 ? [] : await x.invokeAs(actor, serverGroupMembersOf, { ids })
      return json({
        server_groups: groups.map((group, at) =>
          serverGroupBody(group, members[at]?.serverIds ?? [], x.version),
        ),
      })
    },
  }),
  endpoint({
    id: 'compute.serverGroups.create',
    method: 'POST',
    path: '/os-server-groups',
    summary: 'Creates a group whose servers are placed together, or apart.',
    access: 'token',
    operations: [serverGroupCreate],
    body: serverGroupNew,
    status: 200,
    async run(x) {
      const asked = x.body.server_group
      requireVersions(
        asked,
        { policies: { until: 63 }, policy: { since: 64 }, rules: { since: 64 } },
        x.version,
      )
      const policy = asked.policy ?? asked.policies?.[0]
      if (!policy || (policy.startsWith('soft-') && x.version < 15)) {
        throw new CloudError('invalid', 'policies: is not one of this version.', {
          field: x.version >= 64 ? 'policy' : 'policies',
        })
      }
      const perHost = asked.rules?.max_server_per_host
      const group = await x.invoke(serverGroupCreate, {
        name: asked.name,
        policy,
        ...(perHost !== undefined && { maxServerPerHost: perHost }),
      })
      return json({ server_group: serverGroupBody(group, [], x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverGroups.show',
    method: 'GET',
    path: '/os-server-groups/{server_group_id}',
    summary: 'Shows a server group with its members.',
    access: 'token',
    operations: [serverGroupGet, serverGroupMembersOf],
    status: 200,
    async run(x) {
      const id = x.param('server_group_id')
      const group = await x.invokeAny(serverGroupGet, { id })
      const [members] = await x.invokeAny(serverGroupMembersOf, { ids: [id] })
      return json({ server_group: serverGroupBody(group, members?.serverIds ?? [], x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverGroups.delete',
    method: 'DELETE',
    path: '/os-server-groups/{server_group_id}',
    summary: 'Removes a server group that has no members.',
    access: 'token',
    operations: [serverGroupDelete],
    status: 204,
    async run(x) {
      await x.invokeAny(serverGroupDelete, { id: x.param('server_group_id') })
      return nothing
    },
  }),
]

/** @throws CloudError `invalid`. */
function bounded(text: string | undefined, field: string, absent: number): number {
  if (text === undefined) return absent
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CloudError('invalid', `${field}: is no whole number from 0 on.`, { field })
}
