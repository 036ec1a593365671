/**
 * How placement chooses among hosts that fit:
 *
 * - `pack` wastes least: it leaves free what servers as they were placed lately can use most of;
 * - `spread` takes the host with the most free, and shares a request out over hosts and zones;
 * - `balance` keeps what stays free of a host in proportion, so that no class runs out alone;
 * - `best-fit` fills the fullest host, and opens an empty one only when no other is left.
 */
export const placementPolicies = ['pack', 'spread', 'balance', 'best-fit'] as const
export type PlacementPolicy = (typeof placementPolicies)[number]
