import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** Lowest and highest microversion. */
export const minors = Object.freeze({ min: 0, max: 70 })

const mediaType = 'application/vnd.openstack.volume+json;version=3'

function document(href: string): Readonly<Record<string, unknown>> {
  return {
    id: 'v3.0',
    status: 'CURRENT',
    version: `3.${minors.max}`,
    min_version: `3.${minors.min}`,
    updated: '2022-08-31T00:00:00Z',
    links: [
      { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
      { rel: 'self', href },
    ],
    'media-types': [{ base: 'application/json', type: mediaType }],
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#api-versions */
export const versions: readonly EndpointRow[] = ['', '/', '/v3', '/v3/'].map((path) =>
  endpoint({
    id: path.startsWith('/v3') ? 'volume.versions.get' : 'volume.versions.list',
    method: 'GET',
    path,
    summary: 'Tells of the versions of the interface.',
    access: 'open',
    operations: [],
    // The list of versions is a choice among them.
    status: path.startsWith('/v3') ? 200 : 300,
    run: (x) => json({ versions: [document(x.mountUrl('/v3/'))] }),
  }),
)
