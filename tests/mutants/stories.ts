import type { Mutant, SimulateKiller } from './mutant.ts'

const compute = 'packages/core/src/services/compute'
const reference = 'packages/core/src/reference'
const services = 'packages/core/src/services'
const work = 'packages/core/src/work'

/** Stories under these seeds, as they are drawn but for what the plan names. */
function stories(seeds: string, plan?: Readonly<Record<string, unknown>>): SimulateKiller {
  return { simulate: ['--seeds', seeds, ...(plan ? ['--plan', JSON.stringify(plan)] : [])] }
}

// Few different ones: each is run without a mutant, too.
const drawn = stories('1..20')
// What only some seeds come across: the first that does ends the run.
const longer = stories('1..150')
const silent = stories('1..40', {
  faults: { hostHang: 0.4, hostSilent: 0.4 },
  hosts: 3,
  minutes: 20,
  actions: 25,
})
const busy = stories('1..15', { faults: { hostBusy: 0.95 }, minutes: 20 })
const declined = stories('1..15', {
  faults: { hostElsewhere: 0.4, hostTwice: 0.4, hostLate: 0.2 },
  minutes: 20,
})
const wrongClocks = stories('1..8', { faults: { clockJump: 120 }, minutes: 60, actions: 60 })
const oldReads = stories('1..100', { faults: { storeStale: 0.1 }, minutes: 10, actions: 40 })
const calm = stories('1..30', { faults: {}, minutes: 20, actions: 25 })
const halfDone = stories('1..40', {
  faults: { storeLosesAnswer: 0.2, imagesFail: 0.1, hostBusy: 0.4 },
  minutes: 20,
  actions: 25,
})

/** Defects that stories must notice: whole clouds under a seed, held against the invariants. */
export const storyMutants: readonly Mutant[] = [
  {
    name: 'capacity-lifted-by-the-claim',
    file: `${compute}/claim.ts`,
    find: 'writes.add({ scope: hostScope(hostId), name, add: amount * count })',
    replace: `writes
        .limit({ scope: hostScope(hostId), name, limit: 1e9 })
        .add({ scope: hostScope(hostId), name, add: amount * count })`,
    why: 'A claim takes what it wants, whatever the host has.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'claim-not-counted-in-a-story',
    file: `${compute}/claim.ts`,
    find: 'writes.add({ scope: hostScope(hostId), name, add: amount * count })',
    replace: 'void [writes, hostScope(hostId), name, amount * count]',
    why: 'No claim is held against what a host has.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'revision-not-compared-in-a-story',
    file: `${reference}/memory-table.ts`,
    find: 'return again || this.#rows.get(row.id)?.rev !== row.rev',
    replace: 'return again || (this.#rows.get(row.id)?.rev ?? 0) < row.rev',
    why: 'Whoever comes late writes over what is newer.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'lease-without-a-fence',
    file: `${reference}/memory-table.ts`,
    find: 'return again || this.#rows.get(row.id)?.rev !== row.rev',
    replace: `const isSame = this.#rows.get(row.id)?.rev === row.rev
      return again || !this.#rows.has(row.id) || !(isSame || this.#kind.name === 'work')`,
    why: 'Two workers hold one row, and each writes what it has done.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'host-obeys-older-orders',
    file: `${reference}/simulated-hosts.ts`,
    find: 'if (generation < this.#seen(serverId, hostId)) {',
    replace: 'if (generation < this.#seen(serverId, hostId) - 1_000) {',
    why: 'An order that comes late undoes what was ordered after it.',
    killers: [longer],
    lane: 'fast',
  },
  {
    name: 'move-at-the-same-generation',
    file: `${compute}/server-move.ts`,
    find: 'generation: server.generation + 1,',
    replace: 'generation: server.generation + 0,',
    why: 'The host that was left cannot tell the order of the one that came after it.',
    killers: [declined],
    lane: 'fast',
  },
  {
    name: 'decline-forgotten-by-hosts',
    file: `${reference}/fences.ts`,
    find: 'this.#kept.set(key, { newest, removed, declined, at })',
    replace: 'this.#kept.set(key, { newest, removed, at })',
    why: 'A host that declined builds the server after all, and so does another.',
    killers: [declined],
    lane: 'fast',
  },
  {
    name: 'acknowledged-as-it-is-sent',
    file: 'packages/core/src/commit/committer.ts',
    find: `    let results: readonly WriteResult[]
`,
    replace: `    let results: readonly WriteResult[]
    for (const waiting of group) waiting.resolve(0)
`,
    why: 'What the store then refuses, or loses, was answered as done.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'claim-in-a-commit-of-its-own',
    file: `${compute}/server-create.ts`,
    find: 'claimHosts(writes, room.assignments, plan.demand.resources)',
    replace: `const claim = new Writes()
  claimHosts(claim, room.assignments, plan.demand.resources)
  await call.kernel.committer.commit(claim)`,
    why: 'A request that is refused, or dies half-way, keeps its room for ever.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'work-in-a-commit-of-its-own',
    file: `${compute}/server-create.ts`,
    find: `else
    planConvergence(
      call,
      writes,
      servers.map((server) => server.id),
    )
  const view = viewBatch(batch)
  await call.commit(
    writes,
    [batch.id, ...servers.slice(0, limits.serverActions).map((server) => server.id)],
    view,
  )`,
    replace: `const view = viewBatch(batch)
  await call.commit(
    writes,
    [batch.id, ...servers.slice(0, limits.serverActions).map((server) => server.id)],
    view,
  )
  if (taken.boot) return view
  const later = new Writes()
  planConvergence(
    call,
    later,
    servers.map((server) => server.id),
  )
  await call.kernel.committer.commit(later)`,
    why: 'Servers are accepted, and nobody ever builds them.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'work-cleared-before-its-effect',
    file: `${work}/worker.ts`,
    find: 'return await step.run(lease)',
    replace: `await this.#ports.committer.commit(new Writes().remove(workKind, work))
      return await step.run(lease)`,
    why: 'Work that is interrupted is never taken up again.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'undo-of-builds-removed',
    file: `${compute}/converge.ts`,
    find: 'undo: (context) => giveUp(kernel, context),',
    replace: "undo: () => Promise.resolve({ type: 'next' }),",
    why: 'A server that cannot be built is building for ever, and nobody works on it.',
    killers: [busy],
    lane: 'fast',
  },
  {
    name: 'silent-host-taken-for-an-empty-one',
    file: `${compute}/server-settle.ts`,
    find: '  if (!fault) return undefined\n',
    replace: `  if (!fault) return undefined
  if (report.power === 'unknown' && server.task === 'deleting') return { type: 'gone', server }
`,
    why: 'A server that could not be looked at counts as gone, and goes on running.',
    killers: [silent],
    lane: 'fast',
  },
  {
    name: 'orphan-destroyed-without-reading-allocations',
    file: `${compute}/reconcilers/guests.ts`,
    find: 'const rightful = new Set(allocations.map((row) => key(row.id, row.hostId)))',
    replace: 'const rightful = new Set<string>(allocations.length < 0 ? [key("", "")] : [])',
    why: 'Every server is destroyed, with what is on it, and made again.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'orphan-of-a-resize-destroyed-in-a-story',
    file: `${compute}/reconcilers/guests.ts`,
    find: '!rightful.has(key(resizeAllocationId(serverId), hostId)),',
    replace: 'resizeAllocationId(serverId) !== hostId,',
    why: 'A resize cannot be taken back: what it would go back to is destroyed.',
    killers: [calm],
    lane: 'full',
  },
  {
    name: 'keys-forgotten-by-one-look-at-the-clock',
    file: `${services}/upkeep/horizon.ts`,
    find: 'return Math.min(this.#before, before)',
    replace: 'return before',
    why: 'A clock that is ahead for a minute makes repeated requests be refused, or done twice.',
    killers: [wrongClocks],
    lane: 'fast',
  },
  {
    name: 'far-work-not-recalled',
    file: `${work}/recover.ts`,
    find: "index: 'byDue',",
    replace: "index: 'byDue', to: 0,",
    why: 'Work that a clock which is ahead has dated is taken up by nobody.',
    killers: [{ simulate: ['--regressions'] }],
    lane: 'fast',
  },
  {
    name: 'far-upload-not-ended',
    file: `${services}/image/interrupted.ts`,
    find: 'return at - since >= limits.imageStallMs',
    replace: 'return at - since < 0',
    why: 'An upload that a clock which is ahead has dated is under way for a year.',
    killers: [{ simulate: ['--regressions'] }],
    lane: 'full',
  },
  {
    name: 'list-of-all-projects',
    file: `${compute}/server-query.ts`,
    find: "return projectId === null ? {} : { index: 'byProject', equals: [projectId] }",
    replace: 'return {}',
    why: 'Everybody sees the servers of everybody in one list.',
    killers: [longer],
    lane: 'fast',
  },
  {
    name: 'idempotency-row-not-written-in-a-story',
    file: `${services}/call.ts`,
    find: 'if (this.#key) {',
    replace: 'if (this.#key?.id === null) {',
    why: 'A request whose answer was lost is done again when it is repeated.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'room-of-a-failed-request-kept-in-a-story',
    file: `${compute}/server-create.ts`,
    find: 'room?.release(error)',
    replace: 'void [room, error]',
    why: 'Placement believes in room taken by requests that failed.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'others-not-followed-in-a-story',
    file: 'packages/core/src/placement/fleet.ts',
    find: 'if (used.size > 0) await this.reload([...used])',
    replace: 'void used.size',
    why: 'Processes drift apart in what they believe about hosts.',
    killers: [drawn],
    lane: 'fast',
  },
  {
    name: 'old-read-ends-work',
    file: `${services}/network/port-plug.ts`,
    find: `!readTogether(server, own)) {
      isWhole = false
`,
    replace: `!readTogether(server, own)) {
`,
    why: 'A change of a port is dropped because a read did not show it yet.',
    killers: [oldReads],
    lane: 'fast',
  },
  {
    name: 'ports-apart-from-their-server-in-a-story',
    file: `${services}/network/port-target.ts`,
    find: 'return newestGeneration(ports) === (server.portsGeneration ?? 0)',
    replace: 'return newestGeneration(ports) >= 0 || server.portsGeneration === 0',
    why: 'Servers run that nothing reaches, or that answer to what others have.',
    killers: [oldReads],
    lane: 'fast',
  },
  {
    name: 'old-guest-beside-the-new-one-in-a-story',
    file: `${compute}/guest-plan.ts`,
    find: `// The old guest stops before the new one starts: never two of one server executing.
      return phases(there('stopped'), [here(server.desired.power)])`,
    replace: "return [[here(server.desired.power), ...there('stopped')]]",
    why: 'A resize whose old host is busy leaves the server running twice.',
    killers: [halfDone],
    lane: 'full',
  },
  {
    name: 'image-without-bytes',
    file: `${services}/image/unowned-bytes.ts`,
    find: 'if (ownsImageData(current, { attempt, ...place })) continue',
    replace: 'if (attempt < 0) continue',
    why: 'An upload whose answer was lost is an image, and its bytes are deleted.',
    killers: [halfDone],
    lane: 'full',
  },
  {
    name: 'volume-released-by-an-old-read',
    file: `${services}/block/backup-drive.ts`,
    find: 'writes.update(volumeKind, isHeld ? free : volume)',
    replace: 'if (isHeld) writes.update(volumeKind, free)',
    why: 'A volume is backed up for ever, after its backup was made.',
    killers: [oldReads],
    lane: 'fast',
  },
  {
    name: 'nothing-to-do-keeps-no-key',
    file: `${services}/call.ts`,
    find: 'if (this.#key && !this.#isKept)',
    replace: 'if (this.#key && this.#isKept)',
    why: 'A repeat of a call that found nothing to do has an effect after all.',
    killers: ['tests/e2e/idempotency.test.ts'],
    lane: 'fast',
  },
  {
    name: 'no-record-of-nothing-to-do',
    file: `${services}/unchanged.ts`,
    find: 'await call.commit(new Writes().update(kind, row), targets, answer)',
    replace: 'void [call, kind, targets, new Writes()]',
    why: 'What was accepted is on no record, and may have been undone before.',
    killers: ['packages/core/src/services/identity/role.test.ts'],
    lane: 'fast',
  },
  {
    name: 'rescue-image-not-compared',
    file: `${compute}/reconcilers/guests.ts`,
    find: "return guest?.power !== 'running' || guest.rescueImageId === desired.rescueImageId",
    replace: 'return true',
    why: 'A server that is said to be well goes on running from its rescue image.',
    killers: ['tests/e2e/lifecycle-rescue.test.ts', { simulate: ['--regressions'] }],
    lane: 'fast',
  },
  {
    name: 'use-of-a-host-never-doubted',
    file: `${services}/placement/allocation.ts`,
    find: 'if (hostIds.length > 0) call.kernel.fleet.doubt(hostIds)',
    replace: 'void hostIds.length',
    why: 'Placement misses room that is taken, or believes in room that is free.',
    killers: ['packages/core/src/services/placement/allocation.test.ts'],
    lane: 'fast',
  },
]
