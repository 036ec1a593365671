import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** Minor versions say what is there: each adds to the one before. */
const latest = 26

/** The document by which a client finds the versions of the interface. */
export const versions: readonly EndpointRow[] = ['', '/'].map((path) =>
  endpoint({
    id: 'load-balancer.versions.list',
    method: 'GET',
    path,
    summary: 'Lists the versions of the interface.',
    access: 'open',
    operations: [],
    status: 200,
    run: (x) =>
      json({
        versions: Array.from({ length: latest + 1 }, (_, minor) => ({
          id: `v2.${minor}`,
          status: minor === latest ? 'CURRENT' : 'SUPPORTED',
          updated: '2022-08-29T00:00:00Z',
          links: [{ rel: 'self', href: x.mountUrl('/v2') }],
        })),
      }),
  }),
)
