import { writeSync } from 'node:fs'
import { defineKind, type Kind, type WriteBatch } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'

/**
 * Started by the crash test: writes batch after batch to the file named on its command line, and
 * says the number of each on its output once the store has acknowledged it. It never ends by
 * itself.
 */
export const left: Kind = defineKind('left', { byNumber: { fields: ['number'] } }, { feed: true })
export const right: Kind = defineKind('right', { byPair: { fields: ['pair'], unique: true } })

/** Batch `number`: three rows, one replaced row, one counter; all of it or nothing. */
function batchOf(number: number): WriteBatch {
  const row = { id: `l-${number}`, number, pad: 'x'.repeat((number * 37) % 4_000) }
  const turn = { id: 'turn', number: number + 1 }
  return {
    kinds: [
      {
        kind: left,
        writes: {
          insert: [row, ...(number === 0 ? [turn] : [])],
          update: number === 0 ? [] : [{ ...turn, rev: number }],
        },
      },
      { kind: right, writes: { insert: ['a', 'b'].map((side) => rightOf(number, side)) } },
    ],
    add: [{ scope: 'batches', name: 'written', add: 1, limit: 1_000_000 }],
    topics: [`${number}`],
    origin: 'writer',
    at: number,
  }
}

function rightOf(number: number, side: string): { readonly id: string; readonly pair: string } {
  return { id: `r-${number}-${side}`, pair: `${side}${number}` }
}

async function main(file: string): Promise<void> {
  const store = sqlite({ file, busyTimeoutMs: 10_000 })
  await store.open([left, right])
  for (let number = (await store.count(left, {})) - 1; ;) {
    number = Math.max(number, 0)
    // Sometimes a transaction has one batch, sometimes several.
    const batches = Array.from({ length: 1 + (number % 3) }, (_, at) => batchOf(number + at))
    for (const result of await store.transact(batches)) {
      if (!result.ok) throw new Error(JSON.stringify(result))
      writeSync(1, `${number++}\n`)
    }
  }
}

const [, program = '', file] = process.argv
if (program.endsWith('sqlite-writer.ts') && file !== undefined) await main(file)
