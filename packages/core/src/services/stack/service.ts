import { stackKinds } from '../../model/stack/kinds.ts'
import type { Service } from '../service.ts'
import { stackCancel, stackCheck, stackDelete, stackResume, stackSuspend } from './actions.ts'
import { stackTypeGet, stackTypeList, stackValidate, stackVersionList } from './catalog.ts'
import { stackProgram } from './converge/program.ts'
import { stackCreate } from './create.ts'
import { stackAbandon, stackExport } from './export.ts'
import { stackPreview, stackPreviewUpdate } from './preview.ts'
import {
  stackEventGet,
  stackEventList,
  stackFind,
  stackGet,
  stackList,
  stackSource,
  stackTemplate,
} from './read.ts'
import {
  stackResourceGet,
  stackResourceList,
  stackResourceMark,
  stackResourceSignal,
} from './resource.ts'
import {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigGet,
  softwareConfigList,
} from './software/config.ts'
import {
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentGet,
  softwareDeploymentList,
  softwareDeploymentUpdate,
} from './software/deployment.ts'
import { softwareDeploymentMetadata } from './software/metadata.ts'
import { softwareDeploymentSignal } from './software/signal.ts'
import {
  stackRestore,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotGet,
  stackSnapshotList,
} from './snapshot.ts'
import { stackEvents } from './sweep.ts'
import { stackUpdate } from './update.ts'

/** Stacks: sets of resources of any service, made from templates. */
export const stack: Service = {
  name: 'stack',
  kinds: [...stackKinds],
  operations: [
    stackCreate,
    stackGet,
    stackFind,
    stackList,
    stackUpdate,
    stackPreview,
    stackPreviewUpdate,
    stackDelete,
    stackSuspend,
    stackResume,
    stackCheck,
    stackCancel,
    stackTemplate,
    stackSource,
    stackResourceList,
    stackResourceGet,
    stackResourceSignal,
    stackResourceMark,
    stackEventList,
    stackEventGet,
    stackTypeList,
    stackTypeGet,
    stackVersionList,
    stackValidate,
    stackExport,
    stackAbandon,
    stackSnapshotCreate,
    stackSnapshotGet,
    stackSnapshotList,
    stackSnapshotDelete,
    stackRestore,
    softwareConfigCreate,
    softwareConfigGet,
    softwareConfigList,
    softwareConfigDelete,
    softwareDeploymentCreate,
    softwareDeploymentGet,
    softwareDeploymentList,
    softwareDeploymentUpdate,
    softwareDeploymentDelete,
    softwareDeploymentSignal,
    softwareDeploymentMetadata,
  ],
  programs: (kernel) => [stackProgram(kernel)],
  reconcilers: (kernel) => [stackEvents(kernel)],
}
