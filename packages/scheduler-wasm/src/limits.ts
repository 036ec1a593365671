import { ASKED_MAX, CLASSES_MAX } from './layout.ts'

/** Every bound of the engine, each with its reason. */
export const engineLimits = {
  /** A lane of the engine is a signed 32-bit integer. */
  amount: 2_147_483_647,
  /** Instances of one ask: what the core allows for one request. */
  instances: 10_000,
  /** Resource classes of one host or one ask. */
  classes: ASKED_MAX,
  /** Resource classes that all hosts together know: each costs 12 bytes per host. */
  fleetClasses: CLASSES_MAX,
  /** Hosts; twice the largest fleet we plan for, and far inside the memory of the engine. */
  hosts: 2_097_152,
  /** Traits, aggregates or zones in one list. */
  labels: 1_024,
  /** Host ids in one list of an ask, members of a group included. */
  hostIds: 100_000,
  /** Members of a group on one host; a rank has 24 bits for them. */
  members: 1_000_000,
  /** Characters of a name or an id. */
  nameLength: 255,
} as const
