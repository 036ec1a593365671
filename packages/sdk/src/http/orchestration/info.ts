import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** https://docs.openstack.org/api-ref/orchestration/v1/#build-info and #services */
export const info: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.build.get',
    method: 'GET',
    path: '/build_info',
    summary: 'Shows what is running: nothing is told of it.',
    access: 'token',
    operations: [],
    status: 200,
    run: () => json({ api: { revision: 'unknown' }, engine: { revision: 'unknown' } }),
  }),
  endpoint({
    id: 'orchestration.services.list',
    method: 'GET',
    path: '/services',
    summary: 'Lists engines: there are none apart from the processes of the cloud.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      x.requireOperator()
      return json({ services: [] })
    },
  }),
]
