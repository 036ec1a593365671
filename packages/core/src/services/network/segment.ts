import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import {
  lastSegment,
  type NetworkSegment,
  segmentPoolOf,
  type SegmentType,
  segmentTypes,
} from '../../model/network/segment.ts'
import { everyRow } from '../page.ts'
import { ruleMark } from './rule-change.ts'

/** What operators may say of how a network is carried. */
export const segmentField = z.strictObject({
  type: z.enum(segmentTypes),
  /** The wire: for flat and VLAN networks, and for no others. */
  physicalNetwork: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'is no name of letters, digits, dots, _ and -')
    .optional(),
  /** A free one when absent. */
  segmentationId: z.int().min(1).max(lastSegment.gre).optional(),
})

type SegmentInput = z.infer<typeof segmentField>

/** Carries networks whose owners do not care: a tunnel of this sort. */
const usualType = 'geneve'

/** Numbers of tunnels that are looked at, when one is to be free. */
const draws = 64
/** The same for each of many networks. */
const manyDraws = 4

/** The members of a network's row that tell its segment; no other network can have the same. */
export type SegmentFields = Required<Pick<Network, 'provider' | 'segmentPool' | 'segmentationId'>>

/** A new network, and what is asked of what carries it. */
export interface SegmentAsk {
  /** Which number is tried first follows from it. */
  readonly id: string
  readonly provider: SegmentInput | undefined
  /** Where it stands in the input, with its dot. */
  readonly path: string
}

/**
 * The segments of new networks: those asked for, or free ones. That no two networks have the same
 * is kept by an index, whatever is read here. One statement, whatever the number of those that ask
 * for nothing.
 *
 * @throws CloudError `conflict` when one is taken, `overloaded` when there is none, `invalid`.
 */
export async function chooseSegments(
  kernel: Kernel,
  asks: readonly SegmentAsk[],
): Promise<readonly SegmentFields[]> {
  const chosen = new Set<string>()
  const chooser = { kernel, chosen, drawn: await drawAll(kernel, asks, chosen) }
  const fields: SegmentFields[] = []
  for (const ask of asks) fields.push(await chooseSegment(chooser, ask))
  return fields
}

interface Chooser {
  readonly kernel: Kernel
  /** Segments of this request: `pool/number`. */
  readonly chosen: Set<string>
  /** Numbers of usual tunnels, by network. */
  readonly drawn: ReadonlyMap<string, number>
}

async function chooseSegment(
  { kernel, chosen, drawn }: Chooser,
  { id, path, provider: input }: SegmentAsk,
): Promise<SegmentFields> {
  const { type, physicalNetwork, segmentationId } = input ?? { type: usualType }
  requireMatching(path, type, physicalNetwork, segmentationId)
  const pool = segmentPoolOf({ type, physicalNetwork: physicalNetwork ?? null })
  const wanted = type === 'flat' ? 0 : segmentationId
  const own = input ? undefined : drawn.get(id)
  const isFree = (number: number): boolean => !chosen.has(`${pool}/${number}`)
  const number =
    own ??
    (wanted === undefined
      ? await freeNumber(kernel, id, type, pool, isFree)
      : await requireFree(kernel, path, pool, wanted, isFree))
  chosen.add(`${pool}/${number}`)
  const provider: NetworkSegment = {
    type,
    physicalNetwork: physicalNetwork ?? null,
    segmentationId: type === 'flat' ? null : number,
  }
  return { provider, segmentPool: pool, segmentationId: number }
}

/** Numbers that are free, for networks that ask for nothing: most of them, in one statement. */
async function drawAll(
  kernel: Kernel,
  asks: readonly SegmentAsk[],
  chosen: Set<string>,
): Promise<ReadonlyMap<string, number>> {
  const ids = asks.flatMap(({ id, provider }) => (provider ? [] : [id]))
  const drawn = new Map<string, number>()
  if (ids.length < 2) return drawn
  const pool = segmentPoolOf({ type: usualType, physicalNetwork: null })
  const tries = ids.map((id) => drawsOf(id, lastSegment[usualType], manyDraws))
  const keys = [...new Set(tries.flat())].map((number) => [pool, number])
  const taken = await kernel.store.lookup(networkKind, 'bySegment', keys)
  const used = new Set(taken.map(({ segmentationId }) => segmentationId))
  for (const [index, id] of ids.entries()) {
    const number = tries[index]?.find((one) => !used.has(one))
    if (number === undefined) continue
    used.add(number)
    drawn.set(id, number)
    chosen.add(`${pool}/${number}`)
  }
  return drawn
}

function drawsOf(id: string, last: number, count: number): readonly number[] {
  const first = ruleMark(id)
  return Array.from({ length: count }, (_, at) => 1 + ((first + at) % last))
}

/** @throws CloudError `invalid` for what does not go with the type. */
function requireMatching(
  path: string,
  type: SegmentType,
  wire: string | undefined,
  number: number | undefined,
): void {
  const hasWire = type === 'flat' || type === 'vlan'
  if (hasWire !== (wire !== undefined)) {
    const field = `${path}provider.physicalNetwork`
    throw new CloudError(
      'invalid',
      `${field}: ${hasWire ? 'is needed for' : 'is not for'} ${type} networks.`,
      { field },
    )
  }
  if (number === undefined || number <= lastSegment[type]) return
  const field = `${path}provider.segmentationId`
  throw new CloudError('invalid', `${field}: is too great for ${type}.`, {
    field,
    limit: lastSegment[type],
  })
}

async function requireFree(
  kernel: Kernel,
  path: string,
  pool: string,
  number: number,
  isFree: (number: number) => boolean,
): Promise<number> {
  const [taken] = await kernel.store.lookup(networkKind, 'bySegment', [[pool, number]])
  if (!taken && isFree(number)) return number
  throw new CloudError('conflict', `${path}provider: another network has this segment.`, {
    field: `${path}provider`,
    detail: { segment: `${pool}/${number}` },
  })
}

async function freeNumber(
  kernel: Kernel,
  id: string,
  type: SegmentType,
  pool: string,
  isFree: (number: number) => boolean,
): Promise<number> {
  const number =
    lastSegment[type] > lastSegment.vlan
      ? await drawNumber(kernel, drawsOf(id, lastSegment[type], draws), pool, isFree)
      : await firstNumber(kernel, lastSegment[type], pool, isFree)
  if (number !== undefined) return number
  throw new CloudError('overloaded', 'provider: there is no free segment.', {
    field: 'provider',
    limit: lastSegment[type],
  })
}

/** There are so many that a few tries find a free one: one statement. */
async function drawNumber(
  kernel: Kernel,
  numbers: readonly number[],
  pool: string,
  isFree: (number: number) => boolean,
): Promise<number | undefined> {
  const keys = numbers.map((number) => [pool, number])
  const taken = await kernel.store.lookup(networkKind, 'bySegment', keys)
  const used = new Set(taken.map(({ segmentationId }) => segmentationId))
  return numbers.find((number) => !used.has(number) && isFree(number))
}

/** There are so few that all in use are read. */
async function firstNumber(
  kernel: Kernel,
  last: number,
  pool: string,
  isFree: (number: number) => boolean,
): Promise<number | undefined> {
  const used = new Set<number | undefined>()
  const query = { index: 'bySegment', equals: [pool] }
  for await (const rows of everyRow(kernel, networkKind, query)) {
    for (const { segmentationId } of rows) used.add(segmentationId)
  }
  for (let number = 1; number <= last; number++) {
    if (!used.has(number) && isFree(number)) return number
  }
  return undefined
}
