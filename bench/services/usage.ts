import { type Bed, type ServiceRow, timeRequest } from './bed.ts'

/**
 * `metering`: the sum of what a project used, over many periods that have ended. A period is what
 * one thing used between its beginning and its end: here volumes that came and went.
 */
export async function usage(
  bed: Bed,
  { periods, rounds }: { readonly periods: number; readonly rounds: number },
): Promise<ServiceRow> {
  const { acme, cloud } = bed
  await cloud.system.volumePools.create({ name: 'bench#meter', totalGb: 10_000_000 })
  const from = Date.now()
  for (let made = 0; made < periods; made += 500) {
    const count = Math.min(500, periods - made)
    const { volumes } = await acme.volumes.createMany({ sizeGb: 1, count })
    await cloud.settle({ timeoutMs: 120_000 })
    await acme.volumes.delete({ ids: volumes.map(({ id }) => id) })
    await cloud.settle({ timeoutMs: 120_000 })
  }
  return timeRequest(bed, {
    service: 'metering',
    what: 'periods summed',
    count: periods,
    rounds,
    run: () => acme.usage.get({ from, to: Date.now() }),
  })
}
