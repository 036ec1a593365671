import { faultNames } from '../world/faults.ts'

/** A rare path that a run over many seeds must take: what was never tried was never tested. */
export interface Probe {
  readonly path: string
  /** What would go untested without it. */
  readonly why: string
  /** A run of so many small stories must take it. */
  readonly seeds: number
}

/** Small stories after which a path is due: one that most runs take, and one that few do. */
const often = 2_000
const seldom = 20_000

const always: readonly Omit<Probe, 'seeds'>[] = [
  { path: 'a commit lost: revision', why: 'two writers of one row' },
  { path: 'a call was judged for its wait', why: 'invariant 34 has something to look at' },
  { path: 'a commit lost: unique', why: 'two claims of one name, address or key' },
  { path: 'a commit lost: counter', why: 'a claim that finds no room any more, at the commit' },
  { path: 'commit_conflicts', why: 'operations that run again on fresh reads' },
  { path: 'commit_merge_lost', why: 'group commits in which one member loses' },
  { path: 'placement_claim_lost', why: 'placement that was wrong about the room of a host' },
  { path: 'placement_host_gone', why: 'placement on a host that was just deleted or disabled' },
  { path: 'idempotency_replayed', why: 'answers that are given again' },
  { path: 'idempotency_race_lost', why: 'one key at two processes at once' },
  { path: 'two calls with one key at once', why: 'one key at two processes at once' },
  { path: 'a call was repeated twice', why: 'answers that come at the third attempt' },
  { path: 'a caller ran out of patience', why: 'calls that are abandoned half-way' },
  { path: 'a request was lost', why: 'partitions before the effect' },
  { path: 'an answer was lost', why: 'partitions after the effect' },
  { path: 'an order arrived after it was given up', why: 'fences of hosts against late orders' },
  { path: 'a process crashed', why: 'recovery of what it had begun' },
  { path: 'a process crashed while it started', why: 'recovery that is interrupted itself' },
  { path: 'a dead process is still heard', why: 'a write that arrives after its writer died' },
  { path: 'a write outlived its process', why: 'a write of the last life that meets the next' },
  { path: 'a process failed to start', why: 'a start while the store is away' },
  { path: 'bus_publish_failed', why: 'work that nobody was told of' },
  { path: 'work_taken_over', why: 'work whose worker died or stood still' },
  { path: 'work_lease_lost', why: 'workers that stood still and come back' },
  { path: 'work_race_lost', why: 'two workers that want one row' },
  { path: 'work_step_failed', why: 'steps that are tried again' },
  { path: 'work_deadline_passed', why: 'work that is given up' },
  { path: 'work_undone', why: 'steps that are taken back' },
  { path: 'port_changes_failed', why: 'a network that takes no change of a port, for a while' },
  { path: 'servers_moved', why: 'builds that a host declines' },
  { path: 'guests_mended', why: 'guests that a host lost or stopped' },
  { path: 'orphans_destroyed', why: 'guests that no server stands for' },
  { path: 'servers_unstuck', why: 'servers between two states whose work is gone' },
  { path: 'reconciler_failed', why: 'a walk that breaks off and begins again' },
  { path: 'image_upload_undo_failed', why: 'bytes without an image, for the janitor to find' },
  { path: 'an upload was abandoned', why: 'bytes that come to an end in the middle' },
  { path: 'downloaded bytes were compared', why: 'images that are whole' },
  { path: 'a foreign id was probed', why: "other tenants' ids, which must look like absent ones" },
  { path: 'a quota was lowered below its use', why: 'a project over its quota' },
]

const rarely: readonly Omit<Probe, 'seeds'>[] = [
  { path: 'port_changes_overdue', why: 'changes of ports that are given up, and begun again' },
  { path: 'image_scrub_failed', why: 'bytes of a deleted image that stay for the janitor' },
]

/** Every path that must be taken, faults first. */
export const probes: readonly Probe[] = [
  ...faultNames.map((name) => ({
    path: `fault: ${name}`,
    why: 'a fault that never strikes',
    seeds: often,
  })),
  ...always.map((probe) => ({ ...probe, seeds: often })),
  ...rarely.map((probe) => ({ ...probe, seeds: seldom })),
]

/** The paths that a run of so many stories should have taken and never took. */
export function neverTaken(taken: ReadonlyMap<string, number>, stories: number): readonly Probe[] {
  return probes.filter(({ path, seeds }) => stories >= seeds && (taken.get(path) ?? 0) === 0)
}
