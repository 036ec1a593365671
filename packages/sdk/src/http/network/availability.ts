import { type NetworkAddresses, networkAddressesGet, networkAddressesList } from '@nephos/core'
import type { Body } from '../../wire/network/fields.ts'
import { availabilityBody } from '../../wire/network/availability.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { all, type RawQuery } from '../paging.ts'
import { json } from '../reply.ts'
import { ask } from './calls.ts'
import { answerList, type Collection } from './collection.ts'

const noun: Collection<NetworkAddresses> = {
  one: 'network_ip_availability',
  many: 'network_ip_availabilities',
  path: '/network-ip-availabilities',
  attributes: ['network_id', 'network_name', 'tenant_id', 'project_id', 'ip_version'],
  read: (x, page) => ask(x, networkAddressesList, page),
  bodies: (x, rows) =>
    rows.flatMap((row) => {
      const shown = ofVersion(row, all(x.query as RawQuery, 'ip_version'))
      return shown ? [{ ...availabilityBody(shown), ip_version: versionsOf(shown) }] : []
    }),
}

/** Asked for a version, subnets of the other one do not count. */
function ofVersion(row: NetworkAddresses, asked: readonly string[]): NetworkAddresses | undefined {
  if (asked.length === 0) return row
  const subnets = row.subnets.filter(({ subnet }) => asked.includes(String(subnet.version)))
  return subnets.length > 0 ? { ...row, subnets } : undefined
}

function versionsOf({ subnets }: NetworkAddresses): number[] {
  return [...new Set(subnets.map(({ subnet }) => subnet.version))]
}

/** What only filters and pages need is not shown. */
function shownBody(body: Body): Body {
  const { id: _, ip_version: __, ...rest } = body
  return rest
}

const common = { method: 'GET', access: 'token', status: 200 } as const

/**
 * How many addresses of networks are held: for administrators
 * (https://docs.openstack.org/api-ref/network/v2/#network-ip-availability-and-usage-stats).
 */
export const availability: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'network.availability.list',
    path: noun.path,
    summary: 'Tells how many addresses of each network are held.',
    operations: [networkAddressesList],
    run: async (x) => {
      const { json: body } = await answerList(x, noun)
      const answer = body as Readonly<Record<string, readonly Body[]>>
      return json({ ...answer, [noun.many]: answer[noun.many]?.map(shownBody) })
    },
  }),
  endpoint({
    ...common,
    id: 'network.availability.get',
    path: `${noun.path}/{id}`,
    summary: 'Tells how many addresses of a network are held.',
    operations: [networkAddressesGet],
    run: async (x) => {
      const row = await ask(x, networkAddressesGet, { id: x.param('id') })
      return json({ [noun.one]: shownBody(availabilityBody(row)) })
    },
  }),
]
