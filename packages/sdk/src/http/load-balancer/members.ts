import {
  balancerPoolGet,
  type ChildView,
  CloudError,
  type Member,
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
  poolMemberUpdate,
} from '@nephos/core'
import {
  memberBody,
  memberChange,
  memberCreateBody,
  memberInput,
  membersBody,
  memberUpdateBody,
} from '../../wire/load-balancer/member.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { flag, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'

const path = '/lbaas/pools/{pool_id}/members'
const one = `${path}/{member_id}`

/** A pool has few enough to be read whole: they are kept by address, and told by age. */
async function oldestFirst(
  x: Exchange<RawQuery, undefined>,
  poolId: string,
): Promise<ChildView<Member>[]> {
  const rows: ChildView<Member>[] = await everything(x, poolMemberList, { poolId })
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#members */
export const members: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.members.list',
    method: 'GET',
    path,
    summary: 'Lists the members of a pool.',
    access: 'token',
    operations: [balancerPoolGet, poolMemberList],
    status: 200,
    async run(x) {
      const poolId = x.param('pool_id')
      await call(x, balancerPoolGet, { id: poolId })
      return listed(x, {
        many: 'members',
        path: `/lbaas/pools/${poolId}/members`,
        page: async ({ limit, marker }) => {
          const rows = await oldestFirst(x, poolId)
          const from = marker === undefined ? 0 : rows.findIndex(({ id }) => id === marker) + 1
          if (marker !== undefined && from === 0) x.refuse(400, 'The marker names no member.')
          return rows.slice(from, limit === undefined ? undefined : from + limit)
        },
        rows: () => oldestFirst(x, poolId),
        bodies: async (rows) => rows.map((row) => memberBody(row)),
      })
    },
  }),
  endpoint({
    id: 'load-balancer.members.create',
    method: 'POST',
    path,
    summary: 'Adds a member to a pool.',
    access: 'token',
    operations: [poolMemberCreate],
    body: memberCreateBody,
    status: 201,
    async run(x) {
      const asked = [memberInput(x.body.member)]
      const [row] = await call(x, poolMemberCreate, { poolId: x.param('pool_id'), members: asked })
      return json({ member: memberBody(row as ChildView<Member>) })
    },
  }),
  endpoint({
    id: 'load-balancer.members.replace',
    method: 'PUT',
    path,
    summary: 'Makes the members of a pool those that are named.',
    access: 'token',
    operations: [poolMemberList, poolMemberReplace],
    body: membersBody,
    status: 202,
    async run(x) {
      const poolId = x.param('pool_id')
      const before = await everything(x, poolMemberList, { poolId })
      const known = new Map(before.map((row) => [`${row.address} ${row.protocolPort}`, row]))
      const asked = x.body.members.map((member) =>
        memberInput(member, known.get(`${member.address} ${member.protocol_port}`)),
      )
      const additiveOnly = flag(x.query, 'additive_only') ?? false
      await call(x, poolMemberReplace, { poolId, members: asked, additiveOnly })
      return nothing
    },
  }),
  endpoint({
    id: 'load-balancer.members.get',
    method: 'GET',
    path: one,
    summary: 'Shows a member.',
    access: 'token',
    operations: [poolMemberGet],
    status: 200,
    run: async (x) => json({ member: fieldsOf(memberBody(await memberOf(x)), x.query) }),
  }),
  endpoint({
    id: 'load-balancer.members.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a member.',
    access: 'token',
    operations: [poolMemberGet, poolMemberUpdate],
    body: memberUpdateBody,
    status: 200,
    async run(x) {
      const { id } = await memberOf(x)
      const row = await call(x, poolMemberUpdate, { id, ...memberChange(x.body.member) })
      return json({ member: memberBody(row) })
    },
  }),
  endpoint({
    id: 'load-balancer.members.delete',
    method: 'DELETE',
    path: one,
    summary: 'Removes a member from a pool.',
    access: 'token',
    operations: [poolMemberGet, poolMemberDelete],
    status: 204,
    async run(x) {
      const { id } = await memberOf(x)
      await call(x, poolMemberDelete, { ids: [id] })
      return nothing
    },
  }),
]

/** @throws CloudError `notFound` also for a member of another pool. */
async function memberOf(x: Exchange<unknown, unknown>): Promise<ChildView<Member>> {
  const row = await call(x, poolMemberGet, { id: x.param('member_id') })
  if (row.poolId === x.param('pool_id')) return row
  throw new CloudError('notFound', 'There is no such member of the pool.', { field: 'member_id' })
}
