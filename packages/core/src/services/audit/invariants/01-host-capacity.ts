import { capacityOf, hostKind } from '../../../model/compute/host.ts'
import type { Invariant, Problem } from '../rule.ts'
import { hostTally } from '../tallies/compute.ts'

export const hostCapacity: Invariant = {
  number: 1,
  title: 'No host is over capacity in any resource class.',
  cause:
    'Allocations were written without charging the counter that guards the host, or its capacity ' +
    'was lowered past that guard. Its servers may starve each other: move some away.',
  rules: [
    {
      type: 'sum',
      name: 'host-capacity',
      tally: hostTally,
      judge: async (kernel, page) => {
        const used = page.filter(({ sums }) => sums?.has('#allocations'))
        if (used.length === 0) return []
        const hosts = await kernel.store.get(
          hostKind,
          used.map(({ id }) => id),
        )
        return used.flatMap(({ scope, id, sums }, index): Problem[] => {
          const host = hosts[index]
          if (!host) return []
          return [...(sums ?? [])].flatMap(([name, sum]): Problem[] => {
            const inventory = host.inventory[name]
            const capacity = inventory ? capacityOf(inventory) : 0
            if (name === '' || name.startsWith('#') || sum <= capacity) return []
            const message = `${name}: ${sum} allocated, capacity ${capacity}`
            return [{ of: scope, subject: `host:${id}`, message }]
          })
        })
      },
    },
  ],
}
