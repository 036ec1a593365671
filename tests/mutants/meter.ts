import type { Mutant } from './mutant.ts'

const usage = 'packages/core/src/commit/usage-notes.ts'
const event = 'packages/core/src/services/event'
const meter = 'packages/core/src/services/meter'

const derived = ['packages/core/src/commit/derive.test.ts']
const chain = ['packages/core/src/services/event/chain.test.ts']
const events = ['packages/core/src/services/event/event.test.ts']
const sums = ['packages/core/src/services/meter/usage.test.ts']

/** What follows from rows: usage, events, the chain of the audit log. */
export const meterMutants: readonly Mutant[] = [
  {
    name: 'usage-of-a-changed-row-goes-on',
    file: usage,
    find: '    this.#close(kind, row)\n    // A clock',
    replace: '    // A clock',
    why: 'What was used before a resize is forgotten.',
    killers: derived,
    lane: 'fast',
  },
  {
    name: 'usage-counted-again-by-a-clock-that-is-behind',
    file: usage,
    find: 'return marked(row, Math.max(this.#at, row.metered?.[0] ?? 0), now)',
    replace: 'return marked(row, this.#at, now)',
    why: 'A project pays twice for a time in which a clock was set back.',
    killers: derived,
    lane: 'fast',
  },
  {
    name: 'usage-that-ends-during-the-read-counted-twice',
    file: `${meter}/read.ts`,
    find: 'if ((after?.rev ?? 0) === rev) return sums',
    replace: 'if (rev >= 0) return sums',
    why: 'A sum that is moved into days while it is read is missed or counted twice.',
    killers: sums,
    lane: 'fast',
  },
  {
    name: 'events-forgotten-in-silence',
    file: `${event}/read.ts`,
    find: 'if (horizon && reader.misses(horizon.seq)) throw tooOld(horizon.seq)',
    replace: 'if (horizon && reader.misses(0)) throw tooOld(horizon.seq)',
    why: 'Who comes back after a long time goes on behind a gap and does not know.',
    killers: events,
    lane: 'fast',
  },
  {
    name: 'event-that-cannot-be-read-passed-over',
    file: `${event}/read.ts`,
    find: 'if (rows.includes(undefined)) return false',
    replace: 'if (rows.includes(undefined)) continue',
    why: 'A follower at an old replica misses what the replica does not have yet.',
    killers: events,
    lane: 'fast',
  },
  {
    name: 'record-that-cannot-be-read-left-unsealed',
    file: `${event}/seal.ts`,
    find: 'if (found.length < own.length) break',
    replace: 'if (found.length < 0) break',
    why: 'A record that a replica does not have yet is never sealed, and may be changed.',
    killers: chain,
    lane: 'fast',
  },
  {
    name: 'chain-without-the-record',
    file: `${event}/seal.ts`,
    find: 'canonicalJson({ number, previous, record })',
    replace: 'canonicalJson({ number, previous, record: record.id })',
    why: 'A record that was changed looks as it was sealed.',
    killers: chain,
    lane: 'fast',
  },
]
