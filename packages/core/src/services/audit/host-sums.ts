import { limits } from '../../base/limits.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import type { Counter } from '../../ports/store.ts'
import { hostCounters } from '../compute/host-counters.ts'
import { hostNotes } from '../compute/host-room.ts'
import type { AuditKernel, Problem, ScopeSums } from './rule.ts'

/** The use and the limits of hosts are counted right. Room that a note withholds counts as used. */
export async function judgeHosts(
  kernel: AuditKernel,
  page: readonly ScopeSums[],
): Promise<Problem[]> {
  const hosts = await kernel.store.get(
    hostKind,
    page.map(({ id }) => id),
  )
  const problems: Problem[] = []
  for (const [index, entry] of page.entries()) {
    const host = hosts[index]
    if (host) problems.push(...(await judgeHost(kernel, host, entry)))
    else if (entry.counters.length > 0) {
      const message = 'does not exist, but its counters do'
      problems.push({ of: entry.scope, subject: `host:${entry.id}`, message })
    }
  }
  return problems
}

async function judgeHost(kernel: AuditKernel, host: Host, entry: ScopeSums): Promise<Problem[]> {
  const first = compare(host, entry, new Map())
  if (first.length === 0) return []
  // Changing a host withholds room for a moment: looked for only where something does not add up.
  const withheld = new Map<string, number>()
  const notes = await kernel.store.scan(hostNotes(host.id), { limit: limits.pageRows })
  for (const { name, value } of notes) withheld.set(name, (withheld.get(name) ?? 0) + value)
  return withheld.size === 0 ? first : compare(host, entry, withheld)
}

function compare(
  host: Host,
  { scope, sums, counters }: ScopeSums,
  withheld: ReadonlyMap<string, number>,
): Problem[] {
  const own = hostCounters(host, counters)
  const used = [...(sums?.keys() ?? [])].filter((name) => name !== '' && !name.startsWith('#'))
  const problems: Problem[] = []
  const problem = (message: string): void => {
    problems.push({ of: scope, subject: `host:${host.id}`, message })
  }
  for (const name of new Set([...own.keys(), ...used])) {
    const counter = own.get(name)
    const sum = sums?.get(name) ?? 0
    const held = withheld.get(name) ?? 0
    if ((counter?.value ?? 0) !== sum + held) {
      const noted = held > 0 ? `, ${held} withheld` : ''
      const value = counter?.value ?? 'absent'
      problem(`${name}: counter ${value}, allocations add up to ${sum}${noted}`)
    }
    const inventory = host.inventory[name]
    const capacity = inventory ? capacityOf(inventory) : 0
    if (!limitFits(counter, capacity, held))
      problem(`${name}: counter limit ${counter?.limit ?? 'absent'}, capacity ${capacity}`)
  }
  return problems
}

/** While room is withheld, the limit is still the old one: no more than capacity is left of it. */
function limitFits(counter: Counter | undefined, capacity: number, held: number): boolean {
  const limit = counter?.limit ?? 0
  return held > 0 ? limit - held <= capacity : limit === capacity
}
