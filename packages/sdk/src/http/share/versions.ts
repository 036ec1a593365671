import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** The documents by which a client finds the versions of the interface. */
export const versions: readonly EndpointRow[] = [
  ['', 300],
  ['/', 300],
  ['/v2', 200],
  ['/v2/', 200],
].map(([path, status]) =>
  endpoint({
    id: 'share.versions.list',
    method: 'GET',
    path: String(path),
    summary: 'Lists the versions of the interface.',
    access: 'open',
    operations: [],
    status: Number(status),
    run: (x) =>
      json({
        versions: [
          {
            id: 'v2.0',
            status: 'CURRENT',
            version: '2.51',
            min_version: '2.0',
            updated: '2015-08-27T11:33:21Z',
            links: [{ rel: 'self', href: x.mountUrl('/v2/') }],
            'media-types': [
              {
                base: 'application/json',
                type: 'application/vnd.openstack.share+json;version=1',
              },
            ],
          },
        ],
      }),
  }),
)
