import type { Ask, HostSpec, Resources } from '@nephos/scheduler-wasm'

/** Hosts and what is asked of them: one of the three kinds of fleet that are measured. */
export interface World {
  readonly name: WorldName
  /** Resource classes, in the order of `amounts`. */
  readonly classes: readonly string[]
  readonly hosts: readonly HostSpec[]
  /** Bits of each host, for baselines that know labels as bits. */
  readonly labels: Int32Array
  readonly asks: readonly WorldAsk[]
  /** How often each ask comes, as running sums. */
  readonly sums: Float64Array
  /** Asks of members of small groups; empty where there are none. */
  readonly groups: readonly WorldAsk[]
  /**
   * Servers of one ask that are placed at once while filling, at most: many are quick, and make
   * many hosts alike.
   */
  readonly fillAtOnce: number
}

export interface WorldAsk {
  readonly ask: Ask
  readonly amounts: readonly number[]
  /** Bits that the host must have. */
  readonly need: number
}

export const worldNames = ['simple', 'mixed', 'incompressible'] as const
export type WorldName = (typeof worldNames)[number]

/** The same, its asks by a policy. */
export function withPolicy(world: World, policy: NonNullable<Ask['policy']>): World {
  const changed = (asks: readonly WorldAsk[]): readonly WorldAsk[] =>
    asks.map((each) => ({ ...each, ask: { ...each.ask, policy } }))
  return { ...world, asks: changed(world.asks), groups: changed(world.groups) }
}

/** Amounts with the names of their classes. */
export function named(classes: readonly string[], amounts: readonly number[]): Resources {
  return Object.fromEntries(
    classes.flatMap((name, index) => {
      const amount = amounts[index] ?? 0
      return amount > 0 ? [[name, amount]] : []
    }),
  )
}

export function hostId(index: number): string {
  return `host-${index}`
}

/** The number within an id of `hostId`. */
export function hostIndex(id: string): number {
  return Number(id.slice('host-'.length))
}
