import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** The interface as it was before it had microversions, and as it is. */
interface Version {
  readonly id: string
  readonly status: string
  readonly path: string
  readonly range: { readonly version: string; readonly min_version: string }
  readonly updated: string
  readonly type: string
}

const known: readonly Version[] = [
  {
    id: 'v2.0',
    status: 'SUPPORTED',
    path: '/v2',
    range: { version: '', min_version: '' },
    updated: '2011-01-21T11:33:21Z',
    type: 'application/vnd.openstack.compute+json;version=2',
  },
  {
    id: 'v2.1',
    status: 'CURRENT',
    path: '/v2.1',
    range: { version: '2.96', min_version: '2.1' },
    updated: '2013-07-23T11:33:21Z',
    type: 'application/vnd.openstack.compute+json;version=2.1',
  },
]

function versionBody(version: Version, url: (path: string) => string): object {
  const { id, status, path, range, updated } = version
  return { id, status, ...range, updated, links: [{ rel: 'self', href: url(`${path}/`) }] }
}

const list = ['', '/'].map((path) =>
  endpoint({
    id: 'compute.versions.list',
    method: 'GET',
    path,
    summary: 'Lists the versions of the interface.',
    access: 'open',
    operations: [],
    status: 200,
    run: (x) => json({ versions: known.map((one) => versionBody(one, (at) => x.mountUrl(at))) }),
  }),
)

const single = known.flatMap((version) =>
  [version.path, `${version.path}/`].map((path) =>
    endpoint({
      id: 'compute.versions.get',
      method: 'GET',
      path,
      summary: 'Tells about one version of the interface.',
      access: 'open',
      operations: [],
      status: 200,
      run: (x) =>
        json({
          version: {
            ...versionBody(version, (at) => x.mountUrl(at)),
            'media-types': [{ base: 'application/json', type: version.type }],
          },
        }),
    }),
  ),
)

/** The documents by which a client finds the versions of the interface. */
export const versions: readonly EndpointRow[] = [...list, ...single]
