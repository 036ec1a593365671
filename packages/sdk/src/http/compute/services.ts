import { CloudError, type Host, hostDelete, hostGet, hostList, hostUpdate } from '@nephos/core'
import {
  computeBinary,
  serviceBody,
  serviceChange,
  serviceForcedDown,
  serviceNamed,
  serviceReason,
} from '../../wire/compute/service.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { everyHost } from './aggregates.ts'

type Asking = Exchange<unknown, unknown>

async function hostNamed(
  x: Asking,
  { host: name, binary }: { readonly host: string; readonly binary: string },
): Promise<Host> {
  const [host] = binary === computeBinary ? await x.invoke(hostList, { name, limit: 1 }) : []
  if (host) return host
  throw new CloudError('notFound', `Could not find binary ${binary} on host ${name}.`, {
    field: 'host',
  })
}

async function listed(x: Exchange<RawQuery, unknown>): Promise<Host[]> {
  x.requireOperator()
  const binary = first(x.query, 'binary')
  if (binary !== undefined && binary !== computeBinary) return []
  const name = first(x.query, 'host')
  return name === undefined ? everyHost(x) : x.invoke(hostList, { name, limit: 1 })
}

/** The host of the path: by its id since 2.53, by its number before. @throws CloudError */
async function readHost(x: Asking): Promise<Host> {
  const text = x.param('service_id')
  x.requireOperator()
  const byId = x.version >= 53
  if (byId ? !/^[0-9a-f-]{36}$/.test(text) : !/^\d{1,10}$/.test(text)) {
    throw new CloudError('invalid', 'Invalid id of a service.', { field: 'service_id' })
  }
  const number = Number(text)
  const [host] = byId
    ? await x.invoke(hostGet, { ids: [text] })
    : number > 0
      ? await x.invoke(hostList, { number, limit: 1 })
      : []
  if (host) return host
  throw new CloudError('notFound', `Service ${text} could not be found.`, { field: 'service_id' })
}

/** Before 2.53, services were named in the body. */
const older: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.services.enable',
    method: 'PUT',
    path: '/os-services/enable',
    summary: 'Lets a host take servers.',
    until: 52,
    access: 'token',
    operations: [hostList, hostUpdate],
    body: serviceNamed,
    status: 200,
    async run(x) {
      const { id } = await hostNamed(x, x.body)
      await x.invoke(hostUpdate, { id, enabled: true })
      return json({ service: { ...x.body, status: 'enabled' } })
    },
  }),
  endpoint({
    id: 'compute.services.disable',
    method: 'PUT',
    path: '/os-services/disable',
    summary: 'Lets a host take no more servers.',
    until: 52,
    access: 'token',
    operations: [hostList, hostUpdate],
    body: serviceNamed,
    status: 200,
    async run(x) {
      const { id } = await hostNamed(x, x.body)
      await x.invoke(hostUpdate, { id, enabled: false })
      return json({ service: { ...x.body, status: 'disabled' } })
    },
  }),
  endpoint({
    id: 'compute.services.disableWithReason',
    method: 'PUT',
    path: '/os-services/disable-log-reason',
    summary: 'Lets a host take no more servers, and says why.',
    until: 52,
    access: 'token',
    operations: [hostList, hostUpdate],
    body: serviceReason,
    status: 200,
    async run(x) {
      const { id } = await hostNamed(x, x.body)
      const { disabled_reason: disabledReason } = x.body
      await x.invoke(hostUpdate, { id, enabled: false, disabledReason })
      return json({ service: { ...x.body, status: 'disabled' } })
    },
  }),
  endpoint({
    id: 'compute.services.forceDown',
    method: 'PUT',
    path: '/os-services/force-down',
    summary: 'Says that a host is off, or on again.',
    since: 11,
    until: 52,
    access: 'token',
    operations: [hostList, hostUpdate],
    body: serviceForcedDown,
    status: 200,
    async run(x) {
      const { id } = await hostNamed(x, x.body)
      const { forced_down: forcedDown } = x.body
      await x.invoke(hostUpdate, { id, forcedDown })
      return json({ service: x.body })
    },
  }),
]

/** https://docs.openstack.org/api-ref/compute/#compute-services-os-services */
export const services: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.services.list',
    method: 'GET',
    path: '/os-services',
    summary: 'Lists the services of hosts.',
    access: 'token',
    operations: [hostList],
    status: 200,
    async run(x) {
      const hosts = await listed(x)
      return json({ services: hosts.map((host) => serviceBody(host, x.version)) })
    },
  }),
  ...older,
  endpoint({
    id: 'compute.services.update',
    method: 'PUT',
    path: '/os-services/{service_id}',
    summary: 'Lets a host take servers, or no more.',
    since: 53,
    access: 'token',
    operations: [hostGet, hostUpdate],
    body: serviceChange,
    status: 200,
    async run(x) {
      const { status, disabled_reason: reason, forced_down: forced } = x.body
      if (reason !== undefined && status !== 'disabled') {
        throw new CloudError('invalid', "Specifying 'disabled_reason' needs 'disabled'.", {
          field: 'disabled_reason',
        })
      }
      const host = await readHost(x)
      const changed = await x.invoke(hostUpdate, {
        id: host.id,
        ...(status !== undefined && { enabled: status === 'enabled' }),
        ...(forced !== undefined && { forcedDown: forced }),
        ...(reason !== undefined && { disabledReason: reason }),
      })
      return json({ service: serviceBody(changed, x.version) })
    },
  }),
  endpoint({
    id: 'compute.services.delete',
    method: 'DELETE',
    path: '/os-services/{service_id}',
    summary: 'Removes a host that holds no servers.',
    access: 'token',
    operations: [hostGet, hostList, hostDelete],
    status: 204,
    async run(x) {
      const { id } = await readHost(x)
      await x.invoke(hostDelete, { ids: [id] })
      return nothing
    },
  }),
]
