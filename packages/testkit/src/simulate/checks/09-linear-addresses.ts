import { exclusiveHolder, type HolderInput, type HolderOutput } from '../../history/models.ts'
import type { Operation } from '../../history/operation.ts'
import type { Check, HistoryEntry, Watch } from '../check.ts'
import { type Deed, deedsOf, requireLinear } from './linear.ts'
import { membersOf } from './plain.ts'

/** Addresses go from port to port as if ports were made and deleted one after the other. */
export const linearAddresses: Check = {
  invariant: 9,
  title: 'Fixed addresses are linearizable.',
  watch: (scene) =>
    ({
      rest: () => {
        const operations = claimsAndReleases(deedsOf(scene.history), scene.history)
        requireLinear(scene, 'address', exclusiveHolder(), operations)
      },
    }) satisfies Watch,
}

type HolderOperation = Operation<HolderInput, HolderOutput>

/**
 * What callers were told that they hold, until they gave it back. Refusals are left out: servers
 * hold addresses too, and callers are not told which.
 */
function claimsAndReleases(
  deeds: readonly Deed[],
  history: readonly HistoryEntry[],
): readonly HolderOperation[] {
  const changed = new Set<unknown>()
  for (const { operation, input } of history) {
    const { id, fixedIps, portId } = membersOf(input)
    if (operation === 'network.port.update' && fixedIps !== undefined) changed.add(id)
    // It goes when the router lets go of it.
    if (operation === 'network.router.addInterface' && portId !== undefined) changed.add(portId)
  }
  const held = new Map<string, readonly string[]>()
  const operations: HolderOperation[] = []
  for (const { entry, end, span } of deeds) {
    if (end !== 'ok' || !creates.has(entry.operation)) continue
    for (const { id, items } of portsIn(entry.answer)) {
      if (changed.has(id)) continue
      held.set(id, items)
      for (const item of items) {
        const input = { type: 'claim', item, holder: id } as const
        operations.push({ process: entry.tenant, ...span, input, output: 'ok' })
      }
    }
  }
  for (const { entry, end, span } of deeds) {
    if (end === 'refused' || entry.operation !== 'network.port.delete') continue
    const { ids } = membersOf(entry.input)
    for (const holder of Array.isArray(ids) ? (ids as string[]) : []) {
      for (const item of held.get(holder) ?? []) {
        const input = { type: 'release', item, holder } as const
        const output = end === 'ok' ? 'ok' : undefined
        operations.push({ process: entry.tenant, ...span, input, output })
      }
    }
  }
  return operations
}

const creates: ReadonlySet<string> = new Set(['network.port.create', 'network.port.createMany'])

interface HeldPort {
  readonly id: string
  readonly items: readonly string[]
}

function portsIn(answer: unknown): readonly HeldPort[] {
  const ports: unknown[] = Array.isArray(answer) ? answer : [answer]
  return ports.flatMap((port) => {
    const { id, fixedIps } = membersOf(port)
    if (typeof id !== 'string' || !Array.isArray(fixedIps)) return []
    const items = fixedIps.map((one: unknown) => {
      const { subnetId, address } = membersOf(one)
      return `${String(subnetId)} ${String(address)}`
    })
    return [{ id, items }]
  })
}
