import { candidatesFind } from '@nephos/core'
import { candidatesAsk, candidatesBody } from '../../wire/placement/candidate.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { fresh } from './shared.ts'

/** https://docs.openstack.org/api-ref/placement/#allocation-candidates */
export const candidates: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.candidates.list',
    method: 'GET',
    path: '/allocation_candidates',
    summary: 'Finds providers that could give resources.',
    since: 10,
    access: 'token',
    operations: [candidatesFind],
    status: 200,
    async run(x) {
      const ask = candidatesAsk(x.search, x.version)
      return fresh(x, candidatesBody(await x.invoke(candidatesFind, ask), ask, x.version))
    },
  }),
]
