/**
 * How placement chooses among hosts that fit:
 *
 * - `pack` wastes least: it leaves free what servers as they were placed lately can use most of;
 * - `spread` takes the host with the most free, and shares a request out over hosts and zones;
 * - `balance` keeps what stays free of a host in proportion, so that no class runs out alone;
 * - `best-fit` fills the fullest host, and opens an empty one only when no other is left;
 * - `weighed` adds up what stays free, each class times its weight in the cloud's setting
 *   `hostWeights`: over 0 spreads, below 0 packs.
 */
export const placementPolicies = ['pack', 'spread', 'balance', 'best-fit', 'weighed'] as const
export type PlacementPolicy = (typeof placementPolicies)[number]
