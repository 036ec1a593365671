import { CLASS_RAW, CLASS_STATE, classAt, classKind, hashOf, isEmptyClass } from './classes'
import { amountsOf, apply, deltaOf, devicesAsked, sortDevices } from './footprint'
import { lifetimes, untilColumn } from './frame'
import { capacityOf, kindAt } from './kind'
import { AFTER } from './memory'
import { fits, score, timeScore } from './score'
import { footprintOf, isPlainShape } from './shape'
import { copyState, equalStates, stir, subtract } from './state'

/** Of the state tried last: its score and the hash that orders equals. */
export let trialScore: u32 = 0
export let trialTie: u32 = 0

/**
 * Looks at a class as it is after `given` instances of a shape. Answers whether one more fits; if
 * so `trialScore` and `trialTie` are set.
 */
export function tryAfter(shape: usize, index: i32, given: i32, until: i32): bool {
  const at = classAt(index)
  const number = classKind(at)
  const kind = kindAt(number)
  if (given == 0) {
    return judge(shape, at + CLASS_STATE, number, load<u32>(at, CLASS_RAW), isEmptyClass(at))
  }
  const footprint = footprintOf(shape)
  if (isPlainShape(shape) && !lifetimes) {
    subtract(AFTER, at + CLASS_STATE, amountsOf(footprint), given)
    const raw = load<u32>(at, CLASS_RAW) - <u32>given * deltaOf(footprint)
    return judge(shape, AFTER, number, raw, equalStates(AFTER, capacityOf(kind)))
  }
  copyState(AFTER, at + CLASS_STATE)
  for (let each = 0; each < given; each++) {
    apply(footprint, AFTER, kind)
    if (devicesAsked(footprint) > 0) sortDevices(AFTER)
  }
  const column = AFTER + (<usize>untilColumn << 2)
  if (lifetimes && load<i32>(column) < until) store<i32>(column, until)
  return judge(shape, AFTER, number, hashOf(number, AFTER), equalStates(AFTER, capacityOf(kind)))
}

function judge(shape: usize, state: usize, number: i32, raw: u32, empty: bool): bool {
  const kind = kindAt(number)
  if (!fits(shape, state, kind)) return false
  trialScore = score(shape, state, number, kind, raw, empty) + timeScore(shape, state)
  trialTie = stir(raw)
  return true
}
