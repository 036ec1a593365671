import { type MonitorType, monitorTypes } from '../../../model/balancer/protocols.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
} from '../../balancer/health-monitor.ts'
import { each, removal } from './each.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, numberOf, present, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const seconds = { type: 'integer', required: true, min: 1, max: 2_147_483 } as const

export const octaviaHealthMonitor: ResourceType = {
  name: 'OS::Octavia::HealthMonitor',
  summary: 'Watches the members of a pool.',
  properties: {
    pool: { type: 'string', required: true },
    type: { type: 'string', required: true, allowed: monitorTypes },
    delay: seconds,
    timeout: seconds,
    max_retries: { type: 'integer', required: true, min: 1, max: 10 },
    admin_state_up: { type: 'boolean', default: true },
  },
  attributes: {},
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const input = present({
      poolId: textOf(properties, 'pool') as string,
      type: textOf(properties, 'type') as MonitorType,
      delayS: numberOf(properties, 'delay') as number,
      timeoutS: numberOf(properties, 'timeout') as number,
      maxRetries: numberOf(properties, 'max_retries') as number,
      adminStateUp: flagOf(properties, 'admin_state_up'),
    })
    return balancerStanding(await work.call(healthMonitorCreate, input, work.keyOf(row, 'create')))
  }),
  poll: each(async (work, row) =>
    balancerStanding(await work.call(healthMonitorGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(healthMonitorDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}
