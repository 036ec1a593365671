import { absent, type FeatureTable, partial, works } from './feature.ts'

export const compute: FeatureTable = {
  service: 'Compute',
  features: [
    works(
      'C1',
      'must',
      'Create, show, update, delete and list servers, with filters, order and pages',
    ),
    partial(
      'C2',
      'must',
      'Twenty statuses, from state, task and power; what a state does not allow is refused',
      'offloading of shelved servers, migration, soft deletion, deleted servers in lists',
    ),
    works('C3', 'must', 'Many servers in one request, trimmed to the quota, with names numbered'),
    partial(
      'C4',
      'must',
      'Reboot, start, stop, resize, rebuild, lock, image, metadata, key pairs, actions, volumes',
      'images of servers that boot from volumes, actions of deleted servers',
    ),
    partial(
      'C5',
      'should',
      'Pause, suspend, rescue, shelve, soft delete, backups, password, console, interfaces',
      'soft delete, password, remote consoles, offloading of shelved servers',
    ),
    partial(
      'C6',
      'must',
      'Cold and live migration, evacuation, reset of a state, records of migrations',
      'forced ends of live migrations; a drain is planned, not carried out',
    ),
    works('C7', 'must', 'Flavors with access lists and extra specs'),
    works(
      'C8',
      'must',
      'Server groups: together, apart, and their soft forms, strict under concurrent requests',
    ),
    works(
      'C9',
      'must',
      'Availability zones, aggregates with metadata, hosts enabled and disabled, statistics',
    ),
    partial(
      'C10',
      'must',
      'Inventories with reserve and ratio, traits, allocations guarded by generations, usage',
      'providers that share through aggregates',
    ),
    works(
      'C11',
      'must',
      'Candidates by required, any-of and forbidden traits and aggregates, bounded',
    ),
    works('C12', 'should', 'Granular groups of resources, subtrees, reshaping, consumer types'),
    partial(
      'C13',
      'must',
      'Filters and weighers of placement; packing or spreading',
      'weights by aggregate; weighing instances, builds that failed, I/O under way, soft affinity',
    ),
    works('C14', 'must', 'Another host when one declines a build; failures stay visible'),
    works('C15', 'must', 'Quotas per project, with defaults; guarded at the commit'),
    partial(
      'C16',
      'must',
      'Boot from volume, config drive, user data, device tags, ports with resources',
      'device tags, several disks',
    ),
    absent('C17', 'should', 'NUMA, pinning, huge pages, PCI devices, trusted images'),
    absent('C18', 'must', 'Cells behind one endpoint, with partial answers when one is down'),
    works('C19', 'must', 'Microversions'),
    works(
      'C20',
      'beyond',
      'One decision for all of a request: servers, ports, addresses, volumes, quota',
    ),
    works(
      'C21',
      'beyond',
      'An idempotency key on every create; a batch with an outcome per server',
    ),
    works(
      'C22',
      'beyond',
      'Refusals that say what ruled out how many hosts, and how many would fit',
    ),
    absent('C23', 'beyond', 'Counts, deletion of many, events instead of polling'),
    absent('C24', 'beyond', 'Moves across cells'),
    absent('C25', 'beyond', 'Soft grouping by image or licence, reservations, preemptible servers'),
  ],
}
