import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** Minor versions, newest first; those between are of features that are off here. */
const minors = [15, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]

/** The documents by which a client finds the versions of the interface. */
export const versions: readonly EndpointRow[] = [
  ['', 300],
  ['/', 300],
  ['/versions', 200],
  ['/v2', 200],
  ['/v2/', 200],
].map(([path, status]) =>
  endpoint({
    id: 'image.versions.list',
    method: 'GET',
    path: String(path),
    summary: 'Lists the versions of the interface.',
    access: 'open',
    operations: [],
    status: Number(status),
    run: (x) =>
      json({
        versions: minors.map((minor, at) => ({
          id: `v2.${minor}`,
          status: at === 0 ? 'CURRENT' : 'SUPPORTED',
          links: [{ rel: 'self', href: x.mountUrl('/v2/') }],
        })),
      }),
  }),
)
