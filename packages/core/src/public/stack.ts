export type { Json, JsonMap } from '../model/stack/json.ts'
export type { StackEvent } from '../model/stack/stack.ts'
export {
  stackCancel,
  stackCheck,
  stackDelete,
  stackResume,
  stackSuspend,
} from '../services/stack/actions.ts'
export {
  stackTypeGet,
  stackTypeList,
  stackValidate,
  stackVersionList,
} from '../services/stack/catalog.ts'
export type {
  NestedTemplateView,
  ParameterView,
  ResourceTypeView,
  TemplateVersionView,
  TemplateView,
} from '../services/stack/catalog.ts'
export { stackCreate } from '../services/stack/create.ts'
export { stackPreview, stackPreviewUpdate } from '../services/stack/preview.ts'
export type {
  PreviewedResource,
  StackCreationPreview,
  StackPreview,
} from '../services/stack/preview.ts'
export {
  stackEventGet,
  stackEventList,
  stackFind,
  stackGet,
  stackList,
  stackSource,
  stackTemplate,
} from '../services/stack/read.ts'
export type { StackSource } from '../services/stack/read.ts'
export {
  stackResourceGet,
  stackResourceList,
  stackResourceMark,
  stackResourceSignal,
} from '../services/stack/resource.ts'
export { stackUpdate } from '../services/stack/update.ts'
export type {
  StackDetail,
  StackOutput,
  StackResourceView,
  StackView,
} from '../services/stack/view.ts'
export { watchStack } from '../services/stack/watch.ts'
export { stackKind } from '../model/stack/stack.ts'
export type { SoftwareField } from '../model/stack/software.ts'
export {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigGet,
  softwareConfigList,
} from '../services/stack/software/config.ts'
export type { SoftwareConfigView } from '../services/stack/software/config.ts'
export {
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentGet,
  softwareDeploymentList,
  softwareDeploymentUpdate,
} from '../services/stack/software/deployment.ts'
export { signalInputName } from '../services/stack/software/derived.ts'
export type { DerivedConfig, DerivedInput } from '../services/stack/software/derived.ts'
export { softwareDeploymentMetadata } from '../services/stack/software/metadata.ts'
export { softwareDeploymentSignal } from '../services/stack/software/signal.ts'
export type { SoftwareDeploymentView } from '../services/stack/software/view.ts'
export { stackAbandon, stackExport } from '../services/stack/export.ts'
export type { StackExport } from '../services/stack/export.ts'
export {
  stackRestore,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotGet,
  stackSnapshotList,
} from '../services/stack/snapshot.ts'
export type { StackSnapshotView } from '../services/stack/snapshot.ts'
