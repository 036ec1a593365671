import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** Resources that the interface has: collections, each with the name of one of them. */
const collections: readonly (readonly [one: string, many: string])[] = [
  ['network', 'networks'],
  ['subnet', 'subnets'],
  ['port', 'ports'],
  ['router', 'routers'],
  ['floatingip', 'floatingips'],
  ['security_group', 'security-groups'],
  ['security_group_rule', 'security-group-rules'],
  ['address_group', 'address-groups'],
  ['subnetpool', 'subnetpools'],
  ['quota', 'quotas'],
  ['extension', 'extensions'],
]

/** The documents by which a client finds the interface and its resources. */
export const versions: readonly EndpointRow[] = ['', '/']
  .map((path) =>
    endpoint({
      id: 'network.versions.list',
      method: 'GET',
      path,
      summary: 'Lists the versions of the interface.',
      access: 'open',
      operations: [],
      status: 200,
      run: (x) =>
        json({
          versions: [
            {
              id: 'v2.0',
              status: 'CURRENT',
              links: [{ rel: 'self', href: x.mountUrl('/v2.0/') }],
            },
          ],
        }),
    }),
  )
  .concat(
    ['/v2.0', '/v2.0/'].map((path) =>
      endpoint({
        id: 'network.versions.get',
        method: 'GET',
        path,
        summary: 'Lists the resources of the interface.',
        access: 'open',
        operations: [],
        status: 200,
        run: (x) =>
          json({
            resources: collections.map(([name, collection]) => ({
              name,
              collection,
              links: [{ rel: 'self', href: x.mountUrl(`/v2.0/${collection}`) }],
            })),
          }),
      }),
    ),
  )
