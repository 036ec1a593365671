import { onBed, type ServiceRow } from '../services/bed.ts'
import { balancer, block, images, share } from '../services/parts.ts'
import { stack } from '../services/stack.ts'
import { usage } from '../services/usage.ts'

export interface ServicesOptions {
  /** Things that a request of many is about. */
  readonly count: number
  readonly rounds: number
  /** Size of the image, in MiB. */
  readonly mib: number
  /** Ended periods of use that a sum is made of. */
  readonly periods: number
  /** Resources of one stack. */
  readonly resources: number
}

export interface ServicesReport {
  readonly rows: readonly ServiceRow[]
  readonly image: { readonly uploadMbPerSecond: number; readonly downloadMbPerSecond: number }
  readonly rssMb: number
}

/**
 * `services`: what requests of block storage, balancers, shares, images and metering cost, and a
 * stack.
 */
export async function services(options: ServicesOptions): Promise<ServicesReport> {
  const rows: ServiceRow[] = []
  rows.push(...(await onBed((bed) => block(bed, options))))
  rows.push(...(await onBed((bed) => balancer(bed, options))))
  rows.push(...(await onBed((bed) => share(bed, options))))
  rows.push(await onBed((bed) => usage(bed, options)))
  rows.push(...(await onBed((bed) => stack(bed, options))))
  const image = await onBed((bed) => images(bed, options.mib))
  return { rows, image, rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) }
}
