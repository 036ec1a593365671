import { type FeatureTable, partial, works } from './feature.ts'

export const block: FeatureTable = {
  service: 'Block storage',
  features: [
    works('B1', 'must', 'Create, show, update, delete and list volumes, with metadata; statuses'),
    works(
      'B2',
      'must',
      'From image, snapshot, volume; upload to an image; read-only, bootable; extend; revert',
    ),
    works('B3', 'must', 'Snapshots with metadata'),
    works(
      'B4',
      'must',
      'Attachments: reserve, connect, complete; nothing is left when a host crashes',
    ),
    works(
      'B5',
      'must',
      'Types with extra specs and access; filters and weighers of pools, also by their functions',
    ),
    partial(
      'B6',
      'should',
      'Multi-attach, QoS, encryption, thin provisioning, image cache',
      'keys of encrypted volumes, image cache',
    ),
    works(
      'B7',
      'must',
      'Backups, full and incremental, and restore; export and import of their records',
    ),
    works('B8', 'should', 'Transfer, retype, migration, groups and their snapshots'),
    works('B9', 'must', 'Quotas per project and per type'),
    works('B10', 'must', 'Messages that tell a user why something failed later'),
    partial('B11', 'should', 'Manage and unmanage, pools, services, replication', 'replication'),
    partial(
      'B12',
      'beyond',
      'Volumes in one decision with servers; nothing stays between states past its deadline',
      'copies between regions',
    ),
  ],
}
