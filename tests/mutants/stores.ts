import type { Mutant } from './mutant.ts'

const memory = 'packages/core/src/reference'
const sqlite = 'packages/drivers/src/storage/sqlite'

/** The stores, in memory and in a file. */
export const storeMutants: readonly Mutant[] = [
  {
    name: 'memory-revision-not-compared',
    file: `${memory}/memory-table.ts`,
    find: 'return again || this.#rows.get(row.id)?.rev !== row.rev',
    replace: 'return again || !this.#rows.has(row.id)',
    why: 'The second of two writers overwrites the first.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: of transactions begun together, each is applied on the others',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-unique-key-not-checked',
    file: `${memory}/memory-table.ts`,
    find: 'return again || (holder !== undefined && !own.has(holder))',
    replace: 'return again',
    why: 'Two ports have one address.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: of several batches one may fail: those around it are applied',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-counter-negative',
    file: `${memory}/memory-counters.ts`,
    find: 'value >= 0 && (add.add <= 0 || value <= limit)',
    replace: '(add.add <= 0 || value <= limit)',
    why: 'What is given back twice lets a host be overfilled.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: an add beyond the limit, or below 0, is a conflict; all are told',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-counter-beyond-its-limit',
    file: `${memory}/memory-counters.ts`,
    find: 'value >= 0 && (add.add <= 0 || value <= limit)',
    replace: 'value >= 0',
    why: 'Hosts are overfilled and quotas exceeded.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: a batch that fails leaves nothing of itself',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-counter-one-beyond',
    file: `${memory}/memory-counters.ts`,
    find: '(add.add <= 0 || value <= limit)) return undefined',
    replace: '(add.add <= 0 || value <= limit + 1)) return undefined',
    why: 'Every host and quota takes one more than it has.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: a batch that fails leaves nothing of itself',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-conflict-leaves-rows',
    file: `${memory}/memory-store.ts`,
    find: 'for (const step of undo.reverse()) step()',
    replace: 'void undo',
    why: 'Half of a refused request stays.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: a batch that fails leaves nothing of itself',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-undo-in-order',
    file: `${memory}/memory-store.ts`,
    find: 'for (const step of undo.reverse()) step()',
    replace: 'for (const step of undo) step()',
    why: 'A refused request leaves older values behind.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: what one batch wrote twice is undone in turn when it fails',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'memory-counter-undo-dropped',
    file: `${memory}/memory-counters.ts`,
    find: 'undo.push(() => this.#write(scope, name, before))',
    replace: 'void undo',
    why: 'A refused request is charged all the same.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: a batch that fails leaves nothing of itself',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'feed-not-written',
    file: `${memory}/memory-feed.ts`,
    find: 'this.#changes.push(frozenCopy({ seq, at, origin, ...changeBody(batch) }) as Change)',
    replace: 'void [frozenCopy, changeBody, at, origin]',
    why: 'Other processes place on hosts as they were when they started.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: nothing to write is no transaction; an empty batch is one in the feed',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'feed-without-counters',
    file: 'packages/core/src/ports/store-batch.ts',
    find: 'for (const { scope } of batch.add ?? []) scopes.add(scope)',
    replace: '',
    why: 'A scheduler never hears what others put on its hosts.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: the feed tells what a batch wrote: ids of fed kinds, scopes, topics',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'feed-tells-removed-as-put',
    file: 'packages/core/src/ports/store-batch.ts',
    find: 'for (const row of writes.remove ?? []) ids.set(row.id, false)',
    replace: 'for (const row of writes.remove ?? []) ids.set(row.id, true)',
    why: 'Followers keep what was deleted.',
    killers: [
      {
        file: 'packages/testkit/test/store-memory.test.ts',
        test: 'store: a kind named twice in one batch is written twice, in order',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-revision-not-compared',
    file: `${sqlite}/write.ts`,
    find: "WHERE ${table}.id = k.value ->> 'id' AND ${table}.rev = (k.value ->> 'rev') - 1`",
    replace: "WHERE ${table}.id = k.value ->> 'id'`",
    why: 'The second of two writers overwrites the first.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: of transactions begun together, each is applied on the others',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-removes-what-changed',
    file: `${sqlite}/write.ts`,
    find: 't.id = k.value ->> 0 AND t.rev = k.value ->> 1)`',
    replace: 't.id = k.value ->> 0)`',
    why: 'A deletion takes a newer state with it than its caller has seen.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: a lone stale record is told too',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-counter-negative',
    file: `${sqlite}/counters.ts`,
    find: '    AND counter.value + (k.value ->> 2) >= 0\n',
    replace: '',
    why: 'What is given back twice lets a host be overfilled.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: in a batch limits come first, then adds, then drops',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-counter-beyond-its-limit',
    file: `${sqlite}/counters.ts`,
    find: '\n    AND (k.value ->> 2 <= 0 OR counter.value + (k.value ->> 2) <= counter."limit")`',
    replace: '`',
    why: 'Hosts are overfilled and quotas exceeded.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: a batch that fails leaves nothing of itself',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-refused-batch-stays',
    file: `${sqlite}/transaction.ts`,
    find: "connection.control('ROLLBACK TO batch')",
    replace: '',
    why: 'Half of a refused request stays.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'of several batches one may fail',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-acknowledges-before-commit',
    file: `${sqlite}/transaction.ts`,
    find: 'if (applied.length > 0) commit(connection)',
    replace: 'if (applied.length > 1) commit(connection)',
    why: 'What was acknowledged is lost with the process.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: close finishes what was accepted',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'sqlite-feed-not-written',
    file: `${sqlite}/transaction.ts`,
    find: 'const seqs = applied.length === 0 ? [] : announce(connection, applied)',
    replace: 'const seqs = applied.length === 0 ? [] : announce(connection, applied.slice(0, 1))',
    why: 'Followers miss what was committed together with something else.',
    killers: [
      {
        file: 'packages/drivers/test/sqlite-store.test.ts',
        test: 'store: sequence numbers grow in the order of the batches; the refused have none',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'uploaded-file-not-in-place',
    file: 'packages/drivers/src/image/fs/fs-images.ts',
    find: "await guarded('rename', () => rename(path, join(this.#data, name)))",
    replace: "await guarded('rename', () => rename(path, join(this.#temporary, name)))",
    why: 'An uploaded image is not there.',
    killers: [
      {
        file: 'packages/drivers/test/fs-images.test.ts',
        test: 'image store: gives back what was put, in whatever chunks it came',
      },
    ],
    lane: 'fast',
  },
]
