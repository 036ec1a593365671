import type { Mutant } from './mutant.ts'

const compute = 'packages/core/src/services/compute'

/** What servers take of hosts, groups and quotas, and give back. */
export const claimMutants: readonly Mutant[] = [
  {
    name: 'claim-without-capacity-check',
    file: `${compute}/claim.ts`,
    find: 'writes.add({ scope: hostScope(hostId), name, add: amount * count })',
    replace: 'void writes.add({ scope: hostScope(hostId), name, add: amount * count * 0 })',
    why: 'A stale engine overfills hosts.',
    killers: [{ file: 'tests/e2e/races.test.ts', test: 'never exceed what there is: hosts' }],
    lane: 'fast',
  },
  {
    name: 'claim-counts-one-of-many',
    file: `${compute}/claim.ts`,
    find: 'name, add: amount * count })',
    replace: 'name, add: amount })',
    why: 'Of several servers put on one host, only the first is counted.',
    killers: [{ file: 'tests/e2e/atomic.test.ts', test: 'quota of instances' }],
    lane: 'fast',
  },
  {
    name: 'host-use-never-given-back',
    file: `${compute}/claim.ts`,
    find: 'writes.add({ scope: hostScope(hostId), name, add: -amount })',
    replace: 'void [writes, hostId, name, amount]',
    why: 'Deleted servers go on filling hosts.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused while another is under way; a deletion is not',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'disabled-host-assigned',
    file: `${compute}/claim.ts`,
    find: 'if (!isAsAsked(room, hosts)) {',
    replace: 'if (!isAsAsked(room, hosts.map((host) => host && { ...host, enabled: true }))) {',
    why: 'Servers are put on a host that an operator has just disabled.',
    killers: ['packages/core/src/services/compute/claim.test.ts'],
    lane: 'fast',
  },
  {
    name: 'lost-claim-not-reread',
    file: `${compute}/claim.ts`,
    find: 'await kernel.fleet.reload([...new Set(hostIds)])',
    replace: 'void hostIds',
    why: 'After a lost race the same wrong host is tried until the request fails.',
    killers: ['packages/core/src/services/compute/claim.test.ts'],
    lane: 'fast',
  },
  {
    name: 'failed-request-keeps-room',
    file: `${compute}/server-create.ts`,
    find: 'room?.release(error)',
    replace: 'void room',
    why: 'Every refused request makes the fleet look fuller.',
    killers: [
      {
        file: 'tests/e2e/atomic.test.ts',
        test: 'a request that the store failed sets no room aside',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'failed-request-keeps-addresses',
    file: `${compute}/server-create.ts`,
    find: 'ports.release()',
    replace: 'void ports',
    why: 'Every refused request uses up addresses.',
    killers: [
      {
        file: 'tests/e2e/atomic.test.ts',
        test: 'nothing that was set aside for it is missing afterwards',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'quota-not-charged-for-servers',
    file: `${compute}/server-create.ts`,
    find: 'chargeQuota(writes, call.projectId, times(serverUsage(plan), servers.length))',
    replace: '',
    why: 'A project makes as many servers as it likes.',
    killers: [{ file: 'tests/e2e/atomic.test.ts', test: 'quota of instances' }],
    lane: 'fast',
  },
  {
    name: 'minimum-ignored',
    file: `${compute}/server-create.ts`,
    find: 'min: input.minCount,',
    replace: 'min: 1,',
    why: 'Who asks for all or none gets some.',
    killers: [{ file: 'tests/e2e/atomic.test.ts', test: 'capacity' }],
    lane: 'fast',
  },
  {
    name: 'group-not-charged',
    file: `${compute}/server-create.ts`,
    find: 'if (plan.group) chargeGroup(writes, plan.group, room.assignments, 1)',
    replace: '',
    why: 'Servers that must stay apart end up on one host.',
    killers: [{ file: 'tests/e2e/races.test.ts', test: 'keep a group apart' }],
    lane: 'fast',
  },
  {
    name: 'group-rule-ignored-at-the-commit',
    file: `${compute}/server-group.ts`,
    find: "const limit = group.policy === 'anti-affinity' ? group.maxServerPerHost : unlimited",
    replace: 'const limit = unlimited',
    why: 'Two requests at once put two members of an anti-affinity group on one host.',
    killers: [{ file: 'tests/e2e/races.test.ts', test: 'keep a group apart' }],
    lane: 'fast',
  },
  {
    name: 'affinity-race-not-seen',
    file: `${compute}/server-group.ts`,
    find: "if (sign === 1 && group.policy === 'affinity') writes.update(serverGroupKind, group)",
    replace: '',
    why: 'Two first requests at once split an affinity group.',
    killers: [
      {
        file: 'packages/core/src/services/compute/server-group.test.ts',
        test: 'two first placements of a strict affinity group cannot both commit',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'group-deleted-under-a-server',
    file: `${compute}/server-group.ts`,
    find: ".add({ scope, name: 'members', add: unlimited })",
    replace: '',
    why: 'A server ends in a group that is gone.',
    killers: [
      {
        file: 'packages/core/src/services/compute/server-group.test.ts',
        test: 'a server that joins while its group is removed wins or loses, never both',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-leaves-the-allocation',
    file: `${compute}/server-remove.ts`,
    find: 'writes.remove(allocationKind, ...allocations)',
    replace: '',
    why: 'Hosts look used by servers that are gone, and cannot be deleted.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused while another is under way; a deletion is not',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-leaves-the-quota',
    file: `${compute}/server-remove.ts`,
    find: '{ instances: 1, cores: vcpus, ram: ramMb }, -1)',
    replace: '{ instances: 0 * vcpus * ramMb }, -1)',
    why: 'A project runs out of quota by creating and deleting.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused while another is under way; a deletion is not',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-leaves-the-ports',
    file: `${compute}/server-remove.ts`,
    find: 'servers.flatMap((server) => ports.get(server.id) ?? []),',
    replace: '[],',
    why: 'Addresses of deleted servers are never free again.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused while another is under way; a deletion is not',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-leaves-the-group',
    file: `${compute}/server-remove.ts`,
    find: 'await leaveGroups(kernel, writes, servers)',
    replace: 'void leaveGroups',
    why: 'A group stays full of servers that are gone.',
    killers: [{ file: 'tests/e2e/lifecycle.test.ts', test: 'leave room in a group' }],
    lane: 'fast',
  },
  {
    name: 'move-leaves-the-old-claim',
    file: `${compute}/server-move.ts`,
    find: 'unclaimHost(writes, server.hostId, resources)',
    replace: 'void unclaimHost',
    why: 'Every failed build makes a host smaller for ever.',
    killers: [
      {
        file: 'tests/e2e/failures.test.ts',
        test: 'are left for another host, and nothing stays on them',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'move-without-a-new-generation',
    file: `${compute}/server-move.ts`,
    find: 'generation: server.generation + 1,',
    replace: 'generation: server.generation,',
    why: 'A late order of the first host brings the server up twice.',
    killers: [
      {
        file: 'tests/e2e/failures.test.ts',
        test: 'are left for another host, and nothing stays on them',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'moved-to-a-host-that-failed',
    file: `${compute}/server-move.ts`,
    find: 'excludedHostIds: [...server.failedHostIds, server.hostId] })',
    replace: 'excludedHostIds: [server.hostId] })',
    why: 'A server goes to and fro between two hosts that cannot build it.',
    killers: [
      { file: 'tests/e2e/failures.test.ts', test: 'end in ERROR when no other host is left' },
    ],
    lane: 'fast',
  },
  {
    name: 'resize-leaves-the-old-allocation',
    file: `${compute}/server-resize.ts`,
    find: 'writes.remove(allocationKind, allocation)',
    replace: '',
    why: 'A confirmed resize takes room on two hosts for ever.',
    killers: [
      {
        file: 'tests/e2e/lifecycle-resize.test.ts',
        test: 'on its own host, then confirming, keeps the new flavor',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'resize-charges-the-smaller-flavor',
    file: `${compute}/server-resize.ts`,
    find: 'vcpus: Math.max(flavor.vcpus, resize.flavor.vcpus),',
    replace: 'vcpus: Math.min(flavor.vcpus, resize.flavor.vcpus),',
    why: 'Reverting a resize goes beyond the quota.',
    killers: [
      {
        file: 'tests/e2e/lifecycle-resize.test.ts',
        test: 'on its own host, then confirming, keeps the new flavor',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'old-guest-runs-beside-the-new-one',
    file: `${compute}/guest-plan.ts`,
    find: `// The old guest stops before the new one starts: never two of one server executing.
      return phases(there('stopped'), [here(server.desired.power)])`,
    replace: "return [[...there('stopped'), here(server.desired.power)]]",
    why: 'For a while, one server runs twice on the same data.',
    killers: [
      {
        file: 'tests/e2e/lifecycle-resize.test.ts',
        test: 'that failed is finished or reverted after a hard reboot, never running twice',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-forgets-the-other-host',
    file: `${compute}/guest-plan.ts`,
    find: "return [[here('absent'), ...there('absent')]]",
    replace: "return [[here('absent')]]",
    why: 'A server deleted while it was resized goes on running on its old host.',
    killers: [
      {
        file: 'tests/e2e/lifecycle-resize.test.ts',
        test: 'is undone wholly by a deletion at any point of it',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'deletion-gives-up-on-a-host',
    file: `${compute}/server-settle.ts`,
    find: "if (server.task === 'deleting') return { type: 'again' }",
    replace: "if (server.task === 'deleting') return { type: 'gone', server }",
    why: 'Addresses are given to others while the host may still run the server.',
    killers: [
      {
        file: 'tests/e2e/failures.test.ts',
        test: 'for ever reach the deadline: ERROR, then deletable once the host is back',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'one-build-attempt-too-many',
    file: `${compute}/server-settle.ts`,
    find: 'server.failedHostIds.length + 1 < buildAttempts',
    replace: 'server.failedHostIds.length < buildAttempts',
    why: 'A server that no host can build visits more of them than is promised.',
    killers: [
      {
        file: 'tests/e2e/failures.test.ts',
        test: 'three times end a server in ERROR that says why, and can be deleted',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'action-without-a-new-generation',
    file: `${compute}/server-actions.ts`,
    find: 'generation: server.generation + 1,',
    replace: 'generation: server.generation,',
    why: 'A late order undoes what was asked after it.',
    killers: [{ file: 'tests/e2e/lifecycle.test.ts', test: 'raise the generation' }],
    lane: 'fast',
  },
  {
    name: 'action-in-any-state',
    file: `${compute}/server-actions.ts`,
    find: 'if (!actionAllowed(action, server.vmState, server.task)) {',
    replace: "if (action === 'rebuild' && !actionAllowed(action, server.vmState, server.task)) {",
    why: 'Two tasks work on one server at once.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused in states that forbid them, and leave the server as it was',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'locked-server-changed',
    file: `${compute}/server-actions.ts`,
    find: 'requireUnlocked(call, server)',
    replace: 'void requireUnlocked',
    why: 'A lock does not keep anybody from deleting.',
    killers: [
      {
        file: 'tests/e2e/lifecycle.test.ts',
        test: 'are refused on a locked server, also its deletion',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'orphan-of-a-resize-destroyed',
    file: `${compute}/reconcilers/guests.ts`,
    find: `!rightful.has(key(serverId, hostId)) &&
      !rightful.has(key(resizeAllocationId(serverId), hostId)),`,
    replace: '!rightful.has(key(serverId, hostId)),',
    why: 'The guest that a resize could go back to is destroyed.',
    killers: [
      { file: 'tests/e2e/lifecycle-resize.test.ts', test: 'to another host, then reverting' },
    ],
    lane: 'fast',
  },
  {
    name: 'busy-host-deleted',
    file: `${compute}/host.ts`,
    find: 'withhold(writes, own, new Map())',
    replace: 'void withhold',
    why: 'A host is deleted while a server is being put on it.',
    killers: [
      {
        file: 'packages/core/src/services/compute/host-race.test.ts',
        test: 'whatever races, no host is over capacity and every counter is right',
      },
    ],
    lane: 'fast',
  },
]
