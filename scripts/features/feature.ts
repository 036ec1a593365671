/** How important a feature is: users expect it; they miss it; others do not have it. */
export type Tier = 'must' | 'should' | 'beyond'

/** How far it is there, from the library. */
export type FeatureState = 'works' | 'partial' | 'absent'

export interface Feature {
  /** A letter for the service, and a number. */
  readonly id: string
  readonly title: string
  readonly tier: Tier
  readonly state: FeatureState
  /** Of what is partial or absent: what is missing. */
  readonly missing?: string
}

export interface FeatureTable {
  readonly service: string
  readonly features: readonly Feature[]
}

/** A row: the title says what it is; `missing` makes it partial. */
export function works(id: string, tier: Tier, title: string): Feature {
  return { id, tier, title, state: 'works' }
}

export function partial(id: string, tier: Tier, title: string, missing: string): Feature {
  return { id, tier, title, state: 'partial', missing }
}

export function absent(id: string, tier: Tier, title: string, missing?: string): Feature {
  return { id, tier, title, state: 'absent', ...(missing === undefined ? {} : { missing }) }
}
