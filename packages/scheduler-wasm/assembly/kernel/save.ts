import { restoreRecords, saveRecords } from './allocation'
import { restoreClasses, saveClasses } from './classes'
import { restoreFootprints, saveFootprints } from './footprint'
import { hostHigh, setHosts } from './host'
import { kinds, setKinds } from './kind'
import { restoreMarks, saveMarks } from './marks'
import { locate, SAVED } from './memory'
import { restoreShapes, saveShapes } from './shape'
import { forgetPrices } from './rollout/prices'
import { restoreTypical, typicals } from './typical'
import { resizeValues } from './value'

/** Writes the globals where they are part of the memory: all of it can be copied then. */
export function save(): void {
  let at = SAVED
  store<i32>(at, kinds, 0)
  store<i32>(at, hostHigh, 4)
  store<i32>(at, typicals, 8)
  at = saveClasses(at + 12)
  at = saveRecords(at)
  at = saveFootprints(at)
  at = saveShapes(at)
  saveMarks(at)
}

/** Reads them from there, after the memory was written. The frame must be set. */
export function restore(): void {
  locate()

  let at = SAVED
  setKinds(load<i32>(at, 0))
  setHosts(load<i32>(at, 4))
  forgetPrices()
  resizeValues()
  restoreTypical(load<i32>(at, 8))
  at = restoreClasses(at + 12)
  at = restoreRecords(at)
  at = restoreFootprints(at)
  at = restoreShapes(at)
  restoreMarks(at)
}
