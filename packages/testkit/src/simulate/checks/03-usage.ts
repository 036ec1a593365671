import { type Draft, type Kind, type Stored, type UsageMeter, usagePeriodKind } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'

/** What a commit does to one resource whose use is metered. */
interface Step {
  readonly kind: Kind
  readonly id: string
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Amounts of the row as it will be; empty when nothing is counted. */
  readonly amounts: readonly number[]
}

/** Fields of rows that are nobody else's business. */
const marks = /"(?:metered|announced)":/

/** Each instant of a resource's life is counted once, with what it was then. */
export const usage: Check = {
  invariant: 3,
  title:
    'Usage has no gap and no overlap: what one commit ends, it counts, and goes on from there.',
  watch: (scene) => {
    return {
      commit: (commit) => checkCommit(scene, commit),
      answer: ({ operation, answer }) => {
        if (!marks.test(JSON.stringify(answer ?? null))) return
        scene.report(`answer:${operation}`, 'shows what the committer keeps in rows for itself')
      },
    } satisfies Watch
  },
}

function checkCommit(scene: Scene, commit: Commit): void {
  const ended = endedIn(commit)
  for (const step of stepsOf(scene, commit)) {
    const { kind, id, before, after, amounts } = step
    const subject = `${kind.name}:${id}`
    if (after.slice(1).join() !== amounts.join()) {
      scene.report(subject, `is metered as ${after.slice(1).join()}, and is ${amounts.join()}`)
    }
    if (before.join() === after.join()) continue
    const [since] = before
    if (since === undefined) continue
    const key = `${kind.name}:${id}:${since}`
    const to = ended.get(key)
    ended.delete(key)
    // Usage is counted in whole milliseconds; virtual time has smaller parts.
    if (to === undefined && Math.floor(commit.batch.at) > since && after[0] !== since) {
      scene.report(subject, `was used since ${since}, which nothing counts`)
    }
    if (to !== undefined && after[0] !== undefined && after[0] !== to) {
      scene.report(subject, `was used until ${to}, and from ${after[0]} on`)
    }
  }
  for (const key of ended.keys()) scene.report(`usagePeriod:${key}`, 'counts what did not end')
}

/** When periods end, by their ids. */
function endedIn({ batch }: Commit): Map<string, number> {
  const rows = batch.kinds.flatMap(({ kind, writes }) =>
    kind.name === usagePeriodKind.name ? (writes.insert ?? []) : [],
  )
  return new Map(rows.map((row) => [row.id, (row as unknown as { readonly to: number }).to]))
}

function* stepsOf({ before }: Scene, { batch }: Commit): Generator<Step> {
  for (const { kind, writes } of batch.kinds) {
    const { meter } = kind
    if (!meter) continue
    const was = (id: string): readonly number[] => before(kind.name, id)?.metered ?? []
    for (const row of [...(writes.insert ?? []), ...(writes.update ?? [])] as Draft<Stored>[]) {
      const { id, metered = [] } = row
      yield { kind, id, before: was(id), after: metered, amounts: amountsOf(meter, row) }
    }
    for (const { id } of writes.remove ?? []) {
      yield { kind, id, before: was(id), after: [], amounts: [] }
    }
  }
}

function amountsOf(meter: UsageMeter, row: Draft<Stored>): readonly number[] {
  const amounts = meter.amounts(row)
  return amounts.some((amount) => amount !== 0) ? amounts : []
}
