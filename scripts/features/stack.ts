import { absent, type FeatureTable, partial, works } from './feature.ts'

export const stack: FeatureTable = {
  service: 'Stacks',
  features: [
    partial(
      'H1',
      'must',
      'Create, preview, update, delete, list; suspend, resume, check, cancel, adopt, snapshot',
      'the data of volumes and servers in snapshots',
    ),
    works('H2', 'must', 'A state per stack and per resource: an action and how it stands'),
    partial('H3', 'must', 'HOT versions and their intrinsic functions', 'yaql'),
    works('H4', 'must', 'Parameters with constraints, conditions, outputs, environments, registry'),
    works('H5', 'must', 'Dependencies, policies of update and deletion, replacement, rollback'),
    partial(
      'H6',
      'must',
      'Resource groups, auto-scaling groups, signals',
      'min_in_service, batch_create',
    ),
    partial(
      'H7',
      'must',
      'Wait conditions, software configuration and deployment',
      'Swift signals, structured configurations, multipart',
    ),
    partial('H8', 'must', 'Nested stacks', 'stacks in other regions'),
    works('H9', 'must', 'Events, hooks, tags, marking unhealthy, lists of types, validation'),
    works(
      'H10',
      'must',
      'Concurrent updates; no lock of the stack; survives the death of its engine',
    ),
    works('H11', 'beyond', '10,000 resources in one stack'),
    absent('H12', 'beyond', 'A registry of bundles; stacks written in TypeScript'),
  ],
}
