import { type Change, changeBody, type WriteBatch } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'

/** The feed tells of every commit, once, in order, and of nothing else. */
export const changeFeed: Check = {
  invariant: 27,
  title: 'The change feed has every commit, without gaps, and nothing that was not committed.',
  watch: (scene) => {
    const batches: WriteBatch[] = []
    let first = 0
    return {
      commit: ({ seq, batch }) => {
        if (batches.length === 0) first = seq
        const due = first + batches.length
        if (seq !== due) scene.report(`change:${seq}`, `follows ${due - 1}`)
        batches.push(batch)
      },
      rest: () => checkFeed(scene, batches, first),
    } satisfies Watch
  },
}

/** A follower that stops after each page and resumes. */
const pageRows = 97

async function checkFeed(
  { report, world }: Scene,
  batches: readonly WriteBatch[],
  first: number,
): Promise<void> {
  const { truth } = world.store
  let cursor = first - 1
  let trimmed = true
  for (;;) {
    const page = await truth.changes(cursor, pageRows)
    for (const change of page) {
      // What is forgotten is missed by nobody; after that, no gap.
      if (change.seq !== cursor + 1 && !trimmed) report(`change:${change.seq}`, `follows ${cursor}`)
      trimmed = false
      cursor = change.seq
      const batch = batches[change.seq - first]
      if (!batch) report(`change:${change.seq}`, 'tells of what was not committed')
      else if (!tells(change, batch))
        report(`change:${change.seq}`, 'does not tell what was written')
    }
    if (page.length < pageRows) break
  }
  const last = first + batches.length - 1
  if (batches.length > 0 && cursor < last) report(`change:${last}`, `the feed ends at ${cursor}`)
}

function tells(change: Change, batch: WriteBatch): boolean {
  const { topics, put, removed, scopes } = changeBody(batch)
  return (
    change.origin === batch.origin &&
    change.at === batch.at &&
    isSame(change.topics, topics) &&
    isSame(change.scopes, scopes) &&
    isSameTable(change.put, put) &&
    isSameTable(change.removed, removed)
  )
}

type Table = Readonly<Record<string, readonly string[]>>

function isSameTable(a: Table, b: Table): boolean {
  for (const name in b) if (!isSame(a[name] ?? [], b[name] ?? [])) return false
  for (const name in a) if (!(name in b)) return false
  return true
}

/** The same texts, in whatever order. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  if (a.every((text, index) => text === b[index])) return true
  const all = new Set(a)
  return b.every((text) => all.has(text))
}
