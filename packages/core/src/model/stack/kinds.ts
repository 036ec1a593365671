import { stackResourceKind } from './resource.ts'
import { softwareConfigKind, softwareDeploymentKind } from './software.ts'
import {
  stackDefinitionKind,
  stackEventKind,
  stackKind,
  stackSignalKind,
  stackSnapshotKind,
} from './stack.ts'

/** Every kind of record of stacks. */
export const stackKinds = [
  stackKind,
  stackDefinitionKind,
  stackResourceKind,
  stackEventKind,
  stackSignalKind,
  stackSnapshotKind,
  softwareConfigKind,
  softwareDeploymentKind,
] as const
