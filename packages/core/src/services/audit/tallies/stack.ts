import { stackResourceKind, stackResourceScope } from '../../../model/stack/resource.ts'
import {
  softwareConfigKind,
  softwareConfigScope,
  softwareDeploymentKind,
} from '../../../model/stack/software.ts'
import { stackKind, stackSignalKind, stackSignalScope } from '../../../model/stack/stack.ts'
import { byField, opened, type Tally, tallyPart } from '../rule.ts'

/** Rows of resources that a stack has. */
export const stackResourceTally: Tally = {
  prefix: 'stackResources:',
  parts: [
    tallyPart(stackKind, ({ id }) => opened(stackResourceScope(id), 'resources'), {
      name: '',
      keys: (id) => [id],
    }),
    tallyPart(
      stackResourceKind,
      ({ stackId }) => [{ scope: stackResourceScope(stackId), name: 'resources', amount: 1 }],
      byField('byStack'),
    ),
  ],
}

/** Signals that a resource has had; it has a counter if it takes any. */
export const stackSignalTally: Tally = {
  prefix: 'stackSignals:',
  parts: [
    tallyPart(stackResourceKind, ({ id, signals }) =>
      signals ? opened(stackSignalScope(id), 'signals') : [],
    ),
    tallyPart(
      stackSignalKind,
      ({ resourceId }) => [{ scope: stackSignalScope(resourceId), name: 'signals', amount: 1 }],
      byField('byResource'),
    ),
  ],
}

/** Deployments of each configuration. */
export const softwareConfigTally: Tally = {
  prefix: 'softwareConfig:',
  parts: [
    tallyPart(softwareConfigKind, ({ id }) => opened(softwareConfigScope(id), 'deployments'), {
      name: '',
      keys: (id) => [id],
    }),
    tallyPart(
      softwareDeploymentKind,
      ({ configId }) => [{ scope: softwareConfigScope(configId), name: 'deployments', amount: 1 }],
      byField('byConfig'),
    ),
  ],
}
