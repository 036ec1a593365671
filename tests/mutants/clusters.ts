import type { Mutant } from './mutant.ts'

const identity = 'packages/core/src/services/identity'
const tokens = `${identity}/token.test.ts`
const bus = 'packages/drivers/test/nats-bells.test.ts'

/** What several processes share: rights that each remembers, and doorbells. */
export const clusterMutants: readonly Mutant[] = [
  {
    name: 'rights-remembered-for-ever',
    file: `${identity}/remembered.ts`,
    find: 'return version === this.#version ? this.#proofs.get(id) : undefined',
    replace: 'return version >= 0 ? this.#proofs.get(id) : undefined',
    why: 'A role that was taken, or a token that was revoked, goes on counting.',
    killers: [tokens],
    lane: 'fast',
  },
  {
    name: 'rights-version-read-late',
    file: `${identity}/token.ts`,
    find: 'if (!known) proofs.set(id, version, proof)',
    replace: 'if (!known) proofs.set(id, await rightsVersion(kernel.store), proof)',
    why: 'Rights that change while they are read are remembered as they were.',
    killers: [tokens],
    lane: 'fast',
  },
  {
    name: 'remembered-token-never-ends',
    file: `${identity}/token.ts`,
    find: 'if (seen.token.expiresAt <= now || (until !== null && until <= now)) throw refused()',
    replace:
      'if (!known && (seen.token.expiresAt <= now || (until ?? now + 1) <= now)) throw refused()',
    why: 'A token that is in use outlives its time.',
    killers: [tokens],
    lane: 'fast',
  },
  {
    name: 'rights-change-not-counted',
    file: 'packages/core/src/commit/rights-version.ts',
    find: "return kind.rights === 'written' ? writesAny(writes) : (writes.remove?.length ?? 0) > 0",
    replace: "return kind.rights === 'written' && writesAny(writes)",
    why: 'Who was removed acts on in every process that remembers him.',
    killers: [tokens],
    lane: 'fast',
  },
  {
    name: 'nats-rings-nobody',
    file: 'packages/drivers/src/bus/nats/nats.ts',
    find: 'this.#connection.publish(this.#subject, message)',
    replace: 'void [this.#connection, message]',
    why: 'Work accepted by one process waits for the next round of the others.',
    killers: [bus],
    lane: 'fast',
  },
  {
    name: 'nats-deaf-after-reconnect',
    file: 'packages/drivers/src/bus/nats/nats.ts',
    find: '      // What rang meanwhile was not heard.\n      this.#bells.ringAll()',
    replace: '      // What rang meanwhile was not heard.',
    why: 'What rang while the broker was away waits for the next round.',
    killers: [bus],
    lane: 'fast',
  },
]
