import type { Typical } from './typical.ts'

/** What 64 free units are worth where the demand for just these is as high as that for all. */
const most = 128

/**
 * By kind, what 64 free units are worth. Devices are dear that are asked for by those who can take
 * no other: to each kind, what such asks want, shared out evenly among the devices that they may
 * take, compared with what all asks want per device.
 *
 * @param population devices of all hosts by kind.
 */
export function pricesOf(
  offers: readonly Typical[],
  population: readonly number[],
): readonly number[] {
  // Kinds that came after the typical asks are not in their filters.
  const known = population.slice(0, offers[0]?.filter.length)
  const devices = known.reduce((sum, each) => sum + each, 0)
  const demand = offers.map(({ asked, count }) => {
    return asked.devices > 0 ? count * asked.devices * asked.units : 0
  })
  const mean = demand.reduce((sum, each) => sum + each, 0) / devices
  const open = offers.map(({ filter }) => {
    return known.reduce((sum, each, kind) => sum + (filter[kind] === 0 ? each : 0), 0)
  })
  return known.map((own, kind) => {
    if (own === 0) return 0
    let wanted = 0
    for (const [index, { filter }] of offers.entries()) {
      const [asks = 0, may = 0] = [demand[index], open[index]]
      if (asks > 0 && filter[kind] === 0 && may < devices) wanted += asks / may
    }
    return Math.floor(most * Math.min(1, wanted / mean))
  })
}
