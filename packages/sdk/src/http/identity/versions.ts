import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

const mediaType = { base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }

/** The documents by which a client finds the version of the interface. */
export const versions: readonly EndpointRow[] = [
  ...['', '/'].map((path) =>
    endpoint({
      id: 'identity.versions.list',
      method: 'GET',
      path,
      summary: 'Lists the versions of the interface.',
      access: 'open',
      operations: [],
      status: 300,
      run: (x) => json({ versions: { values: [version(x.mountUrl('/v3/'))] } }),
    }),
  ),
  ...['/v3', '/v3/'].map((path) =>
    endpoint({
      id: 'identity.versions.get',
      method: 'GET',
      path,
      summary: 'Tells about the version of the interface.',
      access: 'open',
      operations: [],
      status: 200,
      run: (x) => json({ version: version(x.mountUrl('/v3/')) }),
    }),
  ),
]

function version(href: string): Readonly<Record<string, unknown>> {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href }],
    'media-types': [mediaType],
  }
}
