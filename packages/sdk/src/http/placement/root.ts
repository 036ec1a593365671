import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** The document of versions: open to everybody. */
export const root: readonly EndpointRow[] = ['', '/'].map((path) =>
  endpoint({
    id: 'placement.versions.list',
    method: 'GET',
    path,
    summary: 'Tells of the versions of the interface.',
    access: 'open',
    operations: [],
    status: 200,
    run: () =>
      json({
        versions: [
          {
            id: 'v1.0',
            max_version: '1.39',
            min_version: '1.0',
            status: 'CURRENT',
            links: [{ rel: 'self', href: '' }],
          },
        ],
      }),
  }),
)
