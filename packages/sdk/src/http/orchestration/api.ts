import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { heatFault } from '../../wire/orchestration/fault.ts'
import { actions } from './actions.ts'
import { events } from './events.ts'
import { info } from './info.ts'
import { lookups } from './lookups.ts'
import { outputs } from './outputs.ts'
import { resources } from './resources.ts'
import { softwareConfigs } from './software-configs.ts'
import { softwareDeployments } from './software-deployments.ts'
import { snapshots } from './snapshots.ts'
import { stackChanges } from './stack-changes.ts'
import { stacks } from './stacks.ts'
import { templates } from './templates.ts'
import { versions } from './versions.ts'

/** Heat (https://docs.openstack.org/api-ref/orchestration/v1/). */
export const orchestration: Api = {
  name: 'orchestration',
  type: 'orchestration',
  title: 'Orchestration',
  service: 'heat',
  mount: '/orchestration',
  bases: ['/v1/{project_id}'],
  catalogPath: (projectId) => `/v1/${projectId ?? '%(project_id)s'}`,
  foreignProject: 403,
  fault: (fault: Fault) => heatFault(fault),
  discovery: versions,
  endpoints: [
    ...stacks,
    ...stackChanges,
    ...lookups,
    ...actions,
    ...snapshots,
    ...outputs,
    ...resources,
    ...events,
    ...templates,
    ...softwareConfigs,
    ...softwareDeployments,
    ...info,
  ],
}
