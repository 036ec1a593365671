import type { TopologyHosts, TopologyRequest, TopologyRequests } from '../load/huawei.ts'
import { cellShare } from './copies.ts'

/** What a group has used so far. */
interface Used {
  readonly hosts: Set<number>
  /** By fault domain, 0 with affinity. */
  readonly racks: Map<number, number>
}

/**
 * The plain way, to compare with: every request on its own, on the first host that fits, or on the
 * one with the least free. The first member of a group, or of a fault domain, so chooses the rack
 * for those to come.
 *
 * @returns Requests placed.
 */
export function placedOneByOne(
  hosts: TopologyHosts,
  { requests, shapes }: TopologyRequests,
  policy: 'first-fit' | 'best-fit',
): number {
  const vcpus = hosts.vcpus.slice()
  const memory = hosts.memory.slice()
  const shares = shapes.map((shape) => ({ ...cellShare(shape), cells: shape.cells }))
  const groups = new Map<number, Used>()
  const scale = {
    vcpus: 1 / Math.max(1, ...hosts.vcpus),
    memory: 1 / Math.max(1, ...hosts.memory),
  }
  let placed = 0
  for (const request of requests) {
    const share = shares[request.shape]
    if (!share) continue
    const used = usedBy(groups, request)
    const allowed = rule(request, used, hosts.rackOf)
    let best = -1
    let least = Infinity
    for (let host = 0; host < hosts.rackOf.length; host++) {
      if (!allowed(host)) continue
      const at = cellsFor(vcpus, memory, host, share)
      if (at.length < share.cells) continue
      const free =
        scale.vcpus * ((vcpus[2 * host] ?? 0) + (vcpus[2 * host + 1] ?? 0)) +
        scale.memory * ((memory[2 * host] ?? 0) + (memory[2 * host + 1] ?? 0))
      if (free >= least) continue
      best = host
      least = free
      if (policy === 'first-fit') break
    }
    if (best < 0) continue
    placed++
    for (const at of cellsFor(vcpus, memory, best, share).slice(0, share.cells)) {
      vcpus[at] = (vcpus[at] ?? 0) - share.vcpus
      memory[at] = (memory[at] ?? 0) - share.memory
    }
    used.hosts.add(best)
    used.racks.set(request.domain, hosts.rackOf[best] ?? 0)
  }
  return placed
}

function usedBy(groups: Map<number, Used>, { group }: TopologyRequest): Used {
  const known = groups.get(group)
  if (known) return known
  const fresh: Used = { hosts: new Set(), racks: new Map() }
  groups.set(group, fresh)
  return fresh
}

function rule(
  { strategy, domain }: TopologyRequest,
  used: Used,
  rackOf: Int32Array,
): (host: number) => boolean {
  const rack = used.racks.get(domain)
  if (strategy === 'anti-affinity') return (host) => !used.hosts.has(host)
  if (strategy === '' || (strategy === 'affinity' && rack === undefined)) return () => true
  if (rack !== undefined) return (host) => rackOf[host] === rack
  const others = new Set(used.racks.values())
  return (host) => !others.has(rackOf[host] ?? 0)
}

/** Cells of a host with room for a share, in order. */
function cellsFor(
  vcpus: Int32Array,
  memory: Int32Array,
  host: number,
  share: { readonly vcpus: number; readonly memory: number },
): number[] {
  const at = 2 * host
  const fits = (cell: number): boolean =>
    (vcpus[cell] ?? 0) >= share.vcpus && (memory[cell] ?? 0) >= share.memory
  return [at, at + 1].filter(fits)
}
