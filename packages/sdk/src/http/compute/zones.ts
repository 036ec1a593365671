import { hostList, zoneList } from '@nephos/core'
import { zoneBody, zoneDetail } from '../../wire/compute/zone.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { everyHost } from './aggregates.ts'

/**
 * Availability zones
 * (https://docs.openstack.org/api-ref/compute/#availability-zones-os-availability-zone).
 */
export const zones: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.zones.list',
    method: 'GET',
    path: '/os-availability-zone',
    summary: 'Lists the availability zones.',
    access: 'token',
    operations: [zoneList],
    status: 200,
    async run(x) {
      const { zones: rows } = await x.invokeAs(x.operator ?? x.actor, zoneList, {})
      return json({ availabilityZoneInfo: rows.map((row) => zoneBody(row)) })
    },
  }),
  endpoint({
    id: 'compute.zones.detail',
    method: 'GET',
    path: '/os-availability-zone/detail',
    summary: 'Lists the availability zones with their hosts.',
    access: 'token',
    operations: [zoneList, hostList],
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const { zones: rows } = await x.invokeAs(operator, zoneList, {})
      const hosts = await everyHost(x)
      const bodies = rows.map((row) => {
        const own = hosts.filter(({ zone }) => zone === row.name)
        return zoneDetail(row, own)
      })
      return json({ availabilityZoneInfo: bodies })
    },
  }),
]
