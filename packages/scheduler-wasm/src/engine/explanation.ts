import type { Ask, Constraint } from '../fleet/api.ts'
import { explainAsk } from '../fleet/explain.ts'
import type { FleetState } from '../fleet/state.ts'
import type { Template } from '../fleet/template.ts'
import { type Explanation, refusalReasons, type RefusalReason } from '../types.ts'

/** Why not, in the words of the port: nobody isolates tenants there. */
export function explanationOf(
  state: FleetState,
  template: Template,
  ask: Ask,
  nearest: number,
): Explanation {
  const { ruledOut, alone, ...why } = explainAsk(state, template, ask, nearest)
  return { ...why, ruledOut: byReason(ruledOut), alone: byReason(alone) }
}

function byReason(counts: Readonly<Record<Constraint, number>>): Record<RefusalReason, number> {
  const rows = refusalReasons.map((reason) => [reason, counts[reason]] as const)
  return Object.fromEntries(rows) as Record<RefusalReason, number>
}
