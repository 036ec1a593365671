import type { FleetOptions } from './api.ts'
import { checkInteger, checkList, checkObject } from './check.ts'
import { typicalOf } from './demand.ts'
import { fleetLimits } from './limits.ts'
import { checked } from './place.ts'
import type { FleetState } from './state.ts'

type Typical = NonNullable<FleetOptions['typical']>

/** Checks typical asks, but for the asks themselves. @throws EngineError naming the field. */
export function checkTypical(typical: Typical): void {
  checkList(typical, 'typical', fleetLimits.typical)
  for (const [index, each] of typical.entries()) {
    checkObject(each, `typical[${index}]`)
    checkInteger(each.weight, `typical[${index}].weight`, 1, 1_000_000)
  }
}

export function setTypical(state: FleetState, typical: Typical): void {
  checkTypical(typical)
  for (const { ask } of typical) checked(state, ask)
  state.demand.learning = typical.length === 0
  state.setTypical(
    typicalOf(
      typical.map(({ ask, weight }) => ({ template: state.templates.of(ask).bare, count: weight })),
    ),
  )
}
