/** Every bound of a fleet, each with its reason. */
export const fleetLimits = {
  /** A column of a state is a signed 32-bit integer. */
  amount: 2_147_483_647,
  /** Instances of one ask. */
  instances: 1_000_000,
  /** Resource classes that all hosts together know: each costs 4 bytes a class of hosts. */
  classes: 16,
  /** Cells of a host: their bits lie beside those of devices in one word. */
  cells: 8,
  /** Resource classes that lie in cells. */
  cellClasses: 4,
  devices: 16,
  /** Units of a device. */
  units: 1_000,
  weight: 15,
  /** Slots of hosts that a kernel has. */
  hosts: 2_097_152,
  /** Room for allocations made at once: a module has 4 GiB, of which each takes 24 bytes. */
  allocations: 100_000_000,
  /** Different (capacity, labels) that hosts have had since the kernel was made. */
  kinds: 1_000_000,
  /** Entries of one list of labels. */
  labels: 1_024,
  /** Host ids in one list of an ask, and members of a group. */
  hostIds: 100_000,
  /** Members on one host; a rank has 24 bits for them. */
  members: 1_000_000,
  /** Typical asks; weights 1 to a million. */
  typical: 1_024,
  /** Characters of a name or an id. */
  nameLength: 255,
  /** Priorities are small integers, and may be negative. */
  priority: 1_000_000,
  /** Compiled asks kept, so that an ask like one before is not compiled again. */
  templates: 4_096,
  /** Shapes that the kernel keeps candidates of. */
  shapes: 256,
} as const
