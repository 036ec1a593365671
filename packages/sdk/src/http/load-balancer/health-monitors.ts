import {
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
  healthMonitorList,
  healthMonitorUpdate,
} from '@nephos/core'
import {
  monitorBody,
  monitorChange,
  monitorCreateBody,
  monitorInput,
  monitorUpdateBody,
} from '../../wire/load-balancer/health-monitor.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'

const path = '/lbaas/healthmonitors'
const one = `${path}/{healthmonitor_id}`

/** https://docs.openstack.org/api-ref/load-balancer/v2/#health-monitors */
export const healthMonitors: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.health-monitors.list',
    method: 'GET',
    path,
    summary: 'Lists health monitors.',
    access: 'token',
    operations: [healthMonitorList],
    status: 200,
    run: (x) =>
      listed(x, {
        many: 'healthmonitors',
        path,
        page: (bounds) => call(x, healthMonitorList, bounds),
        rows: () => everything(x, healthMonitorList, {}),
        bodies: async (rows) => rows.map((row) => monitorBody(row)),
      }),
  }),
  endpoint({
    id: 'load-balancer.health-monitors.create',
    method: 'POST',
    path,
    summary: 'Has the members of a pool watched.',
    access: 'token',
    operations: [healthMonitorCreate],
    body: monitorCreateBody,
    status: 201,
    async run(x) {
      const { pool_id: poolId, ...fields } = x.body.healthmonitor
      const row = await call(x, healthMonitorCreate, { ...monitorInput(fields), poolId })
      return json({ healthmonitor: monitorBody(row) })
    },
  }),
  endpoint({
    id: 'load-balancer.health-monitors.get',
    method: 'GET',
    path: one,
    summary: 'Shows a health monitor.',
    access: 'token',
    operations: [healthMonitorGet],
    status: 200,
    async run(x) {
      const row = await call(x, healthMonitorGet, { id: x.param('healthmonitor_id') })
      return json({ healthmonitor: fieldsOf(monitorBody(row), x.query) })
    },
  }),
  endpoint({
    id: 'load-balancer.health-monitors.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a health monitor.',
    access: 'token',
    operations: [healthMonitorGet, healthMonitorUpdate],
    body: monitorUpdateBody,
    status: 200,
    async run(x) {
      const id = x.param('healthmonitor_id')
      const before = await call(x, healthMonitorGet, { id })
      const change = monitorChange(x.body.healthmonitor, before.request)
      return json({
        healthmonitor: monitorBody(await call(x, healthMonitorUpdate, { id, ...change })),
      })
    },
  }),
  endpoint({
    id: 'load-balancer.health-monitors.delete',
    method: 'DELETE',
    path: one,
    summary: 'Stops watching the members of a pool.',
    access: 'token',
    operations: [healthMonitorDelete],
    status: 204,
    async run(x) {
      await call(x, healthMonitorDelete, { id: x.param('healthmonitor_id') })
      return nothing
    },
  }),
]
