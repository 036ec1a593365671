import { provider } from '../../wire/load-balancer/load-balancer.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import type { RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'
import { fieldsOf } from './listing.ts'

type Body = Readonly<Record<string, unknown>>

/** Lists of what there is beside load balancers; some of them are empty here. */
const lists: readonly {
  readonly many: string
  readonly path: string
  readonly summary: string
  readonly rows: readonly Body[]
  readonly isForOperators?: boolean
}[] = [
  {
    many: 'providers',
    path: '/lbaas/providers',
    summary: 'Lists what can carry load balancers.',
    rows: [{ name: provider, description: 'The load balancers of the cloud itself.' }],
  },
  {
    many: 'flavors',
    path: '/lbaas/flavors',
    summary: 'Lists flavors: there are none.',
    rows: [],
  },
  {
    many: 'flavorprofiles',
    path: '/lbaas/flavorprofiles',
    summary: 'Lists profiles of flavors: there are none.',
    rows: [],
    isForOperators: true,
  },
  {
    many: 'availability_zones',
    path: '/lbaas/availabilityzones',
    summary: 'Lists availability zones of load balancers: there are none.',
    rows: [],
  },
  {
    many: 'availability_zone_profiles',
    path: '/lbaas/availabilityzoneprofiles',
    summary: 'Lists profiles of availability zones: there are none.',
    rows: [],
    isForOperators: true,
  },
  {
    many: 'amphorae',
    path: '/octavia/amphorae',
    summary: 'Lists servers that carry load balancers: there are none, hosts do.',
    rows: [],
    isForOperators: true,
  },
]

const capabilities = ['flavor_capabilities', 'availability_zone_capabilities']

/** https://docs.openstack.org/api-ref/load-balancer/v2/#providers and what follows there */
export const catalogues: readonly EndpointRow[] = [
  ...lists.map(({ many, path, summary, rows, isForOperators }) =>
    endpoint({
      id: `load-balancer.${many.replaceAll('_', '-')}.list`,
      method: 'GET',
      path,
      summary,
      access: 'token',
      operations: [],
      status: 200,
      run(x) {
        if (isForOperators) x.requireOperator()
        return json({ [many]: rows.map((row) => fieldsOf(row, x.query)), [`${many}_links`]: [] })
      },
    }),
  ),
  ...capabilities.map((many) =>
    endpoint({
      id: `load-balancer.providers.${many.replaceAll('_', '-')}`,
      method: 'GET',
      path: `/lbaas/providers/{provider}/${many}`,
      summary: 'Lists what a provider can be told by a profile: nothing.',
      access: 'token',
      operations: [],
      status: 200,
      run: (x) => capabilitiesOf(x, many),
    }),
  ),
]

function capabilitiesOf(x: Exchange<RawQuery, undefined>, many: string): Reply {
  x.requireOperator()
  const name = x.param('provider')
  if (name !== provider)
    x.refuse(400, `Provider '${name.slice(0, 100)}' is not enabled.`, 'provider')
  return json({ [many]: [], [`${many}_links`]: [] })
}
