import { absent, type FeatureTable, partial, works } from './feature.ts'

export const object: FeatureTable = {
  service: 'Objects and shares',
  features: [
    works(
      'O1',
      'must',
      'Accounts, containers and objects; listings with prefix, delimiter and markers',
    ),
    works('O2', 'must', 'Limits of metadata, names and sizes'),
    works('O3', 'must', 'Copies, ranges, conditional requests'),
    works('O4', 'must', 'Dynamic and static large objects'),
    partial('O5', 'must', 'Temporary URLs and forms', 'ranges of addresses, digests by SHA-1'),
    partial(
      'O6',
      'must',
      'Access lists, quotas of accounts and containers, rate limits',
      'access lists of accounts, read-only accounts, rate limits',
    ),
    partial('O7', 'must', 'Versions', 'the older form with a history'),
    partial(
      'O8',
      'must',
      'Expiry; bulk operations, static sites, symbolic links',
      'symbolic links, synchronisation of containers, archives by bzip2',
    ),
    absent('O9', 'should', 'Storage policies, rings, sharded containers, encryption'),
    works('O10', 'must', 'The S3 form: objects, copies, multipart uploads, versions'),
    partial(
      'O11',
      'must',
      'Shares: access rules, export locations, extend, shrink, snapshots',
      'share types, share networks, a driver for real storage',
    ),
    absent('O12', 'should', 'Share groups, replicas, migration, backups'),
  ],
}
