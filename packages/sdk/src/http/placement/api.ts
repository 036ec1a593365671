import type { Api } from '../endpoint.ts'
import { placementFault } from '../../wire/placement/fault.ts'
import { allocations } from './allocations.ts'
import { candidates } from './candidates.ts'
import { inventories } from './inventories.ts'
import { marks } from './marks.ts'
import { names } from './names.ts'
import { providers } from './providers.ts'
import { usages } from './usages.ts'
import { root } from './root.ts'

/** Placement (https://docs.openstack.org/api-ref/placement/). */
export const placement: Api = {
  name: 'placement',
  type: 'placement',
  title: 'Placement',
  service: 'placement',
  mount: '/placement',
  bases: [''],
  catalogPath: () => '',
  microversions: { type: 'placement', major: 1, min: 0, max: 39 },
  fault: placementFault,
  discovery: root,
  endpoints: [
    ...providers,
    ...inventories,
    ...marks,
    ...names,
    ...allocations,
    ...candidates,
    ...usages,
  ],
}
