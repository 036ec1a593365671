import { absent, type FeatureTable, partial, works } from './feature.ts'

export const image: FeatureTable = {
  service: 'Images',
  features: [
    works('I1', 'must', 'Create, show, update, list and delete images'),
    works('I2', 'must', 'Nine statuses, with the documented transitions'),
    works('I3', 'must', 'Disk and container formats'),
    works(
      'I4',
      'must',
      'Visibility public, private, shared and community; members that accept or reject',
    ),
    works('I5', 'must', 'Upload and download with checksums, sizes and quotas'),
    works('I6', 'must', 'Import: staged, from the web, copied between stores'),
    partial(
      'I7',
      'must',
      'Properties, tags, protected, hidden, least disk and memory, deactivation',
      'protection of properties from being read',
    ),
    partial('I8', 'should', 'Several stores, deletion per store, locations', 'locations'),
    partial(
      'I9',
      'should',
      'Tasks, caches, metadata definitions, signatures',
      'caches, signatures',
    ),
    absent('I10', 'must', 'A consistent set of images across sites'),
    absent('I11', 'should', 'Images brought to hosts before many servers boot from them'),
    works('I12', 'should', 'Format inspection before an image is accepted'),
  ],
}
