import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** The document by which a client finds the version of the interface. */
export const versions: readonly EndpointRow[] = ['', '/', '/v1', '/v1/'].map((path) =>
  endpoint({
    id: 'orchestration.versions.list',
    method: 'GET',
    path,
    summary: 'Lists the versions of the interface.',
    access: 'open',
    operations: [],
    status: path.startsWith('/v1') ? 200 : 300,
    run: (x) =>
      json({
        versions: [
          { id: 'v1.0', status: 'CURRENT', links: [{ rel: 'self', href: x.mountUrl('/v1/') }] },
        ],
      }),
  }),
)
