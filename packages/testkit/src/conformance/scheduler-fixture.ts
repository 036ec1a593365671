import type {
  Assignment,
  Explanation,
  HostView,
  PlacementAnswer,
  PlacementAsk,
  RefusalReason,
  Scheduler,
} from '@nephos/core'
import { assert, ConformanceError } from '../assert.ts'
import type { SuiteOptions } from './suite.ts'

/** A new, empty scheduler for each test. */
export type SchedulerSuiteOptions = SuiteOptions<Scheduler>

/** An enabled host of 8 VCPU and 32 GiB in one zone, but for what is given. */
export function host(id: string, given: Partial<HostView> = {}): HostView {
  const capacity = { VCPU: 8, MEMORY_MB: 32_768 }
  return { id, zone: 'a', capacity, traits: [], aggregates: [], enabled: true, ...given }
}

/** `host-0`, `host-1`, … */
export function hosts(count: number, given: Partial<HostView> = {}): HostView[] {
  return Array.from({ length: count }, (_, index) => host(`host-${index}`, given))
}

/** Exactly `count` instances of 2 VCPU and 8 GiB, but for what is given. */
export function ask(count: number, given: Partial<PlacementAsk> = {}): PlacementAsk {
  const resources = { VCPU: 2, MEMORY_MB: 8_192 }
  return { resources, min: count, max: count, policy: 'pack', seed: 1, ...given }
}

export function accepted(answer: PlacementAnswer): readonly Assignment[] {
  if (!answer.ok) throw new ConformanceError(`refused: ${JSON.stringify(answer.explanation)}`)
  const sum = answer.assignments.reduce((total, { count }) => total + count, 0)
  assert(sum === answer.placed, `placed says ${answer.placed}, the assignments sum to ${sum}`)
  const ids = new Set(answer.assignments.map(({ hostId }) => hostId))
  assert(ids.size === answer.assignments.length, 'a host is named twice')
  assert(
    answer.assignments.every(({ count }) => count > 0),
    'an assignment of nothing',
  )
  return answer.assignments
}

export function refused(answer: PlacementAnswer): Explanation {
  if (answer.ok) throw new ConformanceError(`accepted: ${JSON.stringify(answer.assignments)}`)
  const { hosts: all, ruledOut, feasibleHosts } = answer.explanation
  const out = Object.values(ruledOut).reduce((total, count) => total + count, 0)
  assert(out + feasibleHosts === all, 'every host is counted once')
  return answer.explanation
}

/** Counts by host, in the order of their ids. */
export function byHost(assignments: readonly Assignment[]): Record<string, number> {
  const sorted = [...assignments].sort((a, b) => (a.hostId < b.hostId ? -1 : 1))
  return Object.fromEntries(sorted.map(({ hostId, count }) => [hostId, count]))
}

/** All reasons at 0 but those given. */
export function reasons(
  given: Partial<Record<RefusalReason, number>>,
): Record<RefusalReason, number> {
  return {
    disabled: 0,
    notListed: 0,
    zone: 0,
    aggregate: 0,
    requiredTrait: 0,
    forbiddenTrait: 0,
    group: 0,
    resources: 0,
    ...given,
  }
}

/** The call must throw an error that says `invalid`, and of which input. */
export function refusesInput(call: () => unknown, what: string): void {
  try {
    call()
  } catch (error) {
    const { code, field } = error as { code?: unknown; field?: unknown }
    assert(code === 'invalid', `${what}: the code is ${String(code)}`)
    assert(typeof field === 'string' && field !== '', `${what}: no field`)
    return
  }
  throw new ConformanceError(`${what}: accepted`)
}
