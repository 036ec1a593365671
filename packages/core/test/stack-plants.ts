import { Writes } from '../src/commit/writes.ts'
import { stackResourceKind, stackResourceScope } from '../src/model/stack/resource.ts'
import { softwareConfigScope, softwareDeploymentKind } from '../src/model/stack/software.ts'
import {
  stackDefinitionKind,
  stackKind,
  stackSignalKind,
  stackSignalScope,
  stackSnapshotKind,
} from '../src/model/stack/stack.ts'
import { workKind } from '../src/model/work/work.ts'
import { stackWorkId } from '../src/services/stack/order.ts'
import { edit, gone, move, overcount, type Plant } from './plants.ts'
import { handleScope } from './stack-rows.ts'

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`)

/** How to break each rule about stacks, and no other invariant. */
export const stackPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'stackResources-counters': overcount(({ stackId }) => stackResourceScope(stackId), 'resources'),
    'stackSignals-counters': overcount(() => handleScope, 'signals'),
    'softwareConfig-counters': overcount(
      ({ softwareConfigId }) => softwareConfigScope(softwareConfigId),
      'deployments',
    ),
  },
  14: {
    'stack-stackDefinition': edit(stackKind, () => ({ completeId: gone })),
    'stackDefinition-stack': async ({ kernel }) => {
      const [row] = await kernel.store.query(stackDefinitionKind, { limit: 1 })
      if (!row) return []
      const { rev: _, ...draft } = row
      return [new Writes().insert(stackDefinitionKind, { ...draft, id: 'd9', stackId: gone })]
    },
    'stackSnapshot-stack': edit(stackSnapshotKind, () => ({ stackId: gone })),
    'stackSnapshot-stackDefinition': edit(stackSnapshotKind, () => ({ definitionId: gone })),
    'stackResource-stack': edit(
      stackResourceKind,
      () => ({ stackId: gone }),
      (writes, { stackId }) =>
        move(writes, stackResourceScope(stackId), stackResourceScope(gone), 'resources'),
      ({ signals }) => !signals,
    ),
    'stackSignal-stackResource': edit(
      stackSignalKind,
      () => ({ resourceId: gone }),
      (writes) => move(writes, handleScope, stackSignalScope(gone), 'signals'),
    ),
    'softwareDeployment-softwareConfig': edit(
      softwareDeploymentKind,
      () => ({ configId: gone }),
      (writes, { configId }) =>
        move(writes, softwareConfigScope(configId), softwareConfigScope(gone), 'deployments'),
    ),
  },
  16: {
    'stack-state': edit(stackKind, () => ({ action: 'DREAM' as never })),
    'software-deployment-state': edit(softwareDeploymentKind, () => ({ status: 'DREAM' as never })),
    'stack-resource-state': edit(stackResourceKind, () => ({ liveName: 'other' })),
  },
  17: {
    'stack-work': async ({ kernel, stackId }) => {
      const [row] = await kernel.store.get(workKind, [stackWorkId(stackId)])
      return row ? [new Writes().remove(workKind, row)] : []
    },
  },
  32: {
    'stack-limits': edit(stackKind, () => ({ tags: many(51) })),
    'stackResource-limits': edit(stackResourceKind, () => ({ requires: many(10_001) })),
  },
}
