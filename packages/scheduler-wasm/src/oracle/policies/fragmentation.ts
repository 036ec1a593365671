import { word } from '../layout.ts'
import { pack } from './pack.ts'
import type { Policy } from './view.ts'

/** Scores of hosts with an outlook begin here; those without come first. */
const withOutlook = 2 ** 23
/** That a host has the better an outlook for what it takes counts so far. */
const margin = 7 * 2 ** 20
const most = 3 * 2 ** 23 - 2

/**
 * Least loss of outlook: the host on which typical asks for devices could take the least fewer
 * afterwards, then the one with the fewest units free. Hosts of which they can take nothing come
 * before, as packing ranks them.
 */
export const fragmentation: Policy = (view) => {
  const { layout, before, after, worth } = view
  const was = worth(before)
  if (was === undefined) return pack(view)
  if (was === 0) return pack(view) >>> 2
  let free = 0
  for (let device = 0; device < layout.devices; device++) {
    free += word(after, layout.devicesAt + device)
  }
  const loss = 32 * (was - (worth(after) ?? 0)) + (free >> 3) + margin
  return withOutlook + Math.min(Math.max(loss, 0), most)
}
