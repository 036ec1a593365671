import { scramble, seedBits } from './hash.ts'
import {
  capacityOf,
  freeOf,
  isEmpty,
  membersLimitOf,
  membersOn,
  type OracleHost,
} from './oracle-host.ts'
import type { PlacementAsk } from './types.ts'

/** A host that can take at least one instance, and what decides its place among the others. */
export interface Candidate {
  readonly host: OracleHost
  /** Members of the group that it holds. */
  readonly members: number
  /** Instances that it can take. */
  readonly take: number
  /** Compared one after the other; smaller goes first. */
  readonly rank: readonly number[]
}

export type Asked = readonly (readonly [name: string, amount: number])[]

/** How instances are shared out among hosts in rank order. */
export function sharingOf(ask: PlacementAsk): 'fill' | 'level' | 'together' {
  if (ask.group?.policy === 'affinity') return 'together'
  if (ask.group?.policy === 'soft-affinity') return 'fill'
  if (ask.group?.policy === 'soft-anti-affinity') return 'level'
  return ask.policy === 'pack' ? 'fill' : 'level'
}

/** The candidate that a host is, or undefined if it is short of some class. */
export function candidate(
  host: OracleHost,
  ask: PlacementAsk,
  asked: Asked,
): Candidate | undefined {
  if (asked.some(([name, amount]) => freeOf(host, name) < amount)) return undefined
  const members = membersOn(ask, host.view.id)
  const take = Math.min(
    ask.max,
    membersLimitOf(ask) - members,
    ...asked.map(([name, amount]) => Math.floor(freeOf(host, name) / amount)),
  )
  const order = [scramble(host.hash, seedBits(ask.seed)), host.secondHash]
  const score = scoreOf(host, ask, asked, take)
  return { host, members, take, rank: [...groupRank(ask, members, take), score, ...order] }
}

function groupRank({ group }: PlacementAsk, members: number, take: number): number[] {
  if (group?.policy === 'affinity') return [-take]
  if (group?.policy === 'soft-affinity') return [-members, -take]
  if (group?.policy === 'soft-anti-affinity') return [members]
  return []
}

/** Shares are in 1/32,768 of a host's capacity. */
const one = 32_768
const emptyPenalty = 2 ** 20

/**
 * How well a host suits, smaller is better. Packing: the free share that would be left, summed over
 * the classes asked for, and twice the difference between the largest and the smallest of them;
 * empty hosts after all others. Spreading: the most free share left first.
 */
function scoreOf(host: OracleHost, ask: PlacementAsk, asked: Asked, take: number): number {
  const taken = ask.policy === 'pack' && sharingOf(ask) !== 'level' ? take : 1
  const shares = asked.map(([name, amount]) => {
    const left = freeOf(host, name) - taken * amount
    const inverse = Math.floor(2 ** 31 / capacityOf(host, name))
    return Math.floor((left * inverse) / 65_536)
  })
  const sum = shares.reduce((total, share) => total + share, 0)
  if (ask.policy === 'spread') return 16 * one - sum
  const imbalance = shares.length === 0 ? 0 : Math.max(...shares) - Math.min(...shares)
  return sum + 2 * imbalance + (isEmpty(host) ? emptyPenalty : 0)
}

/** Ranks of one ask are of equal length. */
export function compareRank(a: Candidate, b: Candidate): number {
  for (const [index, part] of a.rank.entries()) {
    const difference = part - (b.rank[index] as number)
    if (difference !== 0) return difference
  }
  return 0
}
