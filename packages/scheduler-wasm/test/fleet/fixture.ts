import {
  type Accepted,
  type Answer,
  EngineError,
  Fleet,
  type FleetExplanation,
  type FleetTier,
  type HostSpec,
} from '../../src/index.ts'

export const fleetTiers: readonly FleetTier[] = ['simd', 'plain', 'typescript']

/** Hosts of 8 VCPU and 32 GiB in three zones and six racks. */
export function hosts(count: number, given: Partial<HostSpec> = {}, prefix = 'h'): HostSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    zone: `z${index % 3}`,
    rack: `r${index % 6}`,
    capacity: { VCPU: 8, MEMORY_MB: 32_768 },
    ...given,
  }))
}

export function fleetOf(tier: FleetTier, specs: readonly HostSpec[]): Fleet {
  const fleet = new Fleet({ tier })
  fleet.putHosts(specs)
  return fleet
}

export const small = { VCPU: 2, MEMORY_MB: 8_192 } as const

export function accepted(answer: Answer): Accepted {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.explanation)}`)
  return answer
}

export function refused(answer: Answer): FleetExplanation {
  if (answer.ok) throw new Error(`accepted: ${JSON.stringify(answer.assignments)}`)
  return answer.explanation
}

/** Counts by host, in the order of ids. */
export function byHost({ assignments }: Accepted): Record<string, number> {
  const rows = assignments.toSorted((one, other) => (one.hostId < other.hostId ? -1 : 1))
  return Object.fromEntries(rows.map(({ hostId, count }) => [hostId, count] as const))
}

/** Least first. */
export function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((one, other) => one - other)
}

export function errorOf(run: () => unknown): EngineError {
  try {
    run()
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('no error')
}

/** Numbers from a seed: 0 … below. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
