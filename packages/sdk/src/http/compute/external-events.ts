import { serverList, serverGet } from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json } from '../reply.ts'

/** Events, and the microversions since which they are taken. */
const since: Readonly<Record<string, number>> = {
  'network-changed': 1,
  'network-vif-plugged': 1,
  'network-vif-unplugged': 1,
  'network-vif-deleted': 1,
  'volume-extended': 51,
  'power-update': 76,
  'accelerator-request-bound': 82,
  'volume-reimaged': 93,
}

const body = z.strictObject({
  events: z
    .array(
      z.strictObject({
        name: z.string(),
        server_uuid: z.uuid(),
        status: z.enum(['failed', 'completed', 'in-progress']).default('completed'),
        tag: z.string().max(255).optional(),
      }),
    )
    .min(1)
    .max(1_000),
})

/**
 * What other services say of servers. Ports and volumes of this cloud are known to it without being
 * told, so an event about a server that is there is taken, and changes nothing
 * (https://docs.openstack.org/api-ref/compute/#create-external-events-os-server-external-events).
 */
export const externalEvents: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.externalEvents.create',
    method: 'POST',
    path: '/os-server-external-events',
    summary: 'Takes events about servers from other services.',
    access: 'token',
    operations: [serverGet, serverList],
    body,
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const { events } = x.body
      const odd = events.find(({ name }) => x.version < (since[name] ?? Infinity))
      if (odd) x.refuse(400, `${odd.name.slice(0, 64)} is no event of this version.`, 'name')
      const known = new Set<string>()
      for (const id of new Set(events.map((one) => one.server_uuid))) {
        const found = await x.invokeAs(operator, serverGet, { ids: [id] }).catch(() => undefined)
        if (found) known.add(id)
      }
      if (known.size === 0) {
        throw new HttpError(404, 'No instances found for any event', { field: 'server_uuid' })
      }
      const answers = events.map((one) => {
        const isKnown = known.has(one.server_uuid)
        return {
          ...one,
          status: isKnown ? one.status : 'failed',
          code: isKnown ? 200 : 404,
        }
      })
      const status = answers.every(({ code }) => code === 200) ? 200 : 207
      return json({ events: answers }, { status })
    },
  }),
]
