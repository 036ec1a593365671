import type { Mutant } from './mutant.ts'

const engine = 'packages/scheduler-wasm/src'
const fleet = 'packages/core/src/placement/fleet.ts'
const fleetTests = 'packages/core/src/placement/fleet.test.ts'

/** The placement engine, and the core's view of it. */
export const placementMutants: readonly Mutant[] = [
  {
    name: 'zone-ignored',
    file: `${engine}/fleet/filter.ts`,
    find: 'if (zones && !zones.has(host.zone)) bits |= filterBits.zone',
    replace: '',
    why: 'Servers are placed outside of the zones asked for.',
    killers: [
      {
        file: 'packages/scheduler-wasm/test/fleet/placing.test.ts',
        test: 'heeds labels of every sort, and says which ruled out what',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'aggregate-ignored',
    file: `${engine}/fleet/filter.ts`,
    find: 'if (!inAll || intersects(notMemberOf, host.aggregates)) bits |= filterBits.aggregate',
    replace: 'void inAll',
    why: 'Servers are placed on hosts reserved for others.',
    killers: [
      {
        file: 'packages/scheduler-wasm/test/fleet/placing.test.ts',
        test: 'heeds labels of every sort, and says which ruled out what',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'required-trait-ignored',
    file: `${engine}/fleet/filter.ts`,
    find: 'if (!hasAll) bits |= filterBits.requiredTrait',
    replace: '',
    why: 'Servers are placed on hosts that lack what they need.',
    killers: ['packages/scheduler-wasm/test/engine.test.ts'],
    lane: 'fast',
  },
  {
    name: 'forbidden-trait-ignored',
    file: `${engine}/fleet/filter.ts`,
    find: 'if (intersects(forbidden, host.traits)) bits |= filterBits.forbiddenTrait',
    replace: '',
    why: 'Servers are placed on hosts that they must not be on.',
    killers: [
      {
        file: 'packages/scheduler-wasm/test/fleet/placing.test.ts',
        test: 'heeds labels of every sort, and says which ruled out what',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'disabled-host-used',
    file: `${engine}/fleet/filter.ts`,
    find: 'let bits = host.enabled ? 0 : filterBits.disabled',
    replace: 'let bits = 0',
    why: 'A host that is to be repaired gets new servers.',
    killers: [
      {
        file: 'packages/scheduler-wasm/test/fleet/placing.test.ts',
        test: 'heeds labels of every sort, and says which ruled out what',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'tenant-isolation-ignored',
    file: `${engine}/fleet/filter.ts`,
    find: 'if (isolation.size > 0 && !admits(host, ask.tenant, isolation)) bits |=',
    replace: 'if (isolation.size < 0 && !admits(host, ask.tenant, isolation)) bits |=',
    why: 'Hosts bought for one tenant take the servers of all.',
    killers: [
      {
        file: 'packages/scheduler-wasm/test/fleet/placing.test.ts',
        test: 'lets isolated aggregates take only their tenants',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'preview-reserves',
    file: `${engine}/engine/scheduler.ts`,
    find: 'return this.#guard.run(() => this.#decide(ask, 0))',
    replace: 'return this.#guard.run(() => this.#decide(ask, 1))',
    why: 'Asking what would fit uses up the room.',
    killers: [
      {
        file: 'packages/testkit/test/scheduler.test.ts',
        test: 'scheduler: preview answers as place does, and reserves nothing',
      },
    ],
    lane: 'fast',
  },
  {
    name: 'oracle-ignores-cells',
    file: `${engine}/oracle/seat.ts`,
    find: 'fittingCells(layout, kind, asked, state).length >= asked.cells &&',
    replace: 'fittingCells !== undefined &&',
    why: 'The reference that the compiled engine is compared with puts servers across cells.',
    killers: ['packages/scheduler-wasm/test/kernel/parts.test.ts'],
    lane: 'fast',
  },
  {
    name: 'oracle-tie-by-order',
    file: `${engine}/oracle/candidates.ts`,
    find: 'oldestFirst ? a.entered - b.entered : b.entered - a.entered',
    replace: 'oldestFirst ? 0 : a.slot - b.slot',
    why: 'Equal hosts are chosen by the order of a map.',
    killers: ['packages/scheduler-wasm/test/kernel/decisions.test.ts'],
    lane: 'fast',
  },
  {
    name: 'reserved-capacity-ignored',
    file: 'packages/core/src/model/compute/host.ts',
    find: '(inventory.total - inventory.reserved) * inventory.ratio',
    replace: 'inventory.total * inventory.ratio',
    why: 'The memory of the host itself is given to servers.',
    killers: ['packages/core/src/services/compute/host.test.ts'],
    lane: 'fast',
  },
  {
    name: 'kept-reservation-given-back',
    file: fleet,
    find: `if (!this.#pending.end(pending)) return
        this.#giveBack(claims)
        if (mayBeMade`,
    replace: `this.#pending.end(pending)
        this.#giveBack(claims)
        if (mayBeMade`,
    why: 'The engine counts a release twice and overfills hosts until it learns better.',
    killers: [fleetTests],
    lane: 'fast',
  },
  {
    name: 'feed-of-others-ignored',
    file: fleet,
    find: 'if (used.size > 0) await this.reload([...used])',
    replace: 'void used',
    why: 'A process never learns what others placed.',
    killers: [fleetTests],
    lane: 'fast',
  },
  {
    name: 'refused-without-a-second-look',
    file: fleet,
    find: 'if (this.#cursor === known) throw error',
    replace: 'if (this.#cursor >= known) throw error',
    why: 'Room that another process has just freed is refused.',
    killers: [fleetTests],
    lane: 'fast',
  },
  {
    name: 'open-reservations-forgotten',
    file: 'packages/core/src/placement/pending.ts',
    find: 'yield { claim, sign }',
    replace: 'void [claim, sign]',
    why: 'What is reserved and not yet committed is given to another request as well.',
    killers: [fleetTests],
    lane: 'fast',
  },
  {
    name: 'removed-host-kept',
    file: fleet,
    find: 'this.#scheduler.removeHosts(ids.filter((_, index) => hosts[index] === undefined))',
    replace: 'void hosts',
    why: 'Deleted hosts are chosen again and again.',
    killers: [fleetTests],
    lane: 'fast',
  },
]
