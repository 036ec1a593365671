/**
 * How placement chooses among hosts that fit: `pack` fills them one after the other, `spread`
 * balances them.
 */
export const placementPolicies = ['pack', 'spread'] as const
export type PlacementPolicy = (typeof placementPolicies)[number]
