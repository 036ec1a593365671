import { fleetLimits } from './fleet/limits.ts'

/** Every bound of the engine, each with its reason. */
export const engineLimits = {
  /** A column of a state is a signed 32-bit integer. */
  amount: fleetLimits.amount,
  /** Instances of one ask: what the core allows for one request. */
  instances: 10_000,
  /** Resource classes of one host or one ask, and of all hosts together. */
  classes: fleetLimits.classes,
  fleetClasses: fleetLimits.classes,
  /** Twice the largest fleet we plan for. */
  hosts: fleetLimits.hosts,
  /** Traits, aggregates or zones in one list. */
  labels: fleetLimits.labels,
  /** Host ids in one list of an ask, members of a group included. */
  hostIds: fleetLimits.hostIds,
  /** Members of a group on one host; a rank has 24 bits for them. */
  members: fleetLimits.members,
  /** Characters of a name or an id. */
  nameLength: fleetLimits.nameLength,
} as const
