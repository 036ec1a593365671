/**
 * Every bound of the core in one place, each with its reason. A bound that an operator may tune is
 * a default of `CloudLimits`; the others are constants.
 */
export const limits = {
  /** Characters in a resource name (OpenStack: 255). */
  nameLength: 255,
  /** Characters in a description. */
  descriptionLength: 255,
  /** Metadata items of one resource (Nova's default quota: 128). */
  metadataItems: 128,
  /** Characters of a metadata key, and of a value (Nova: 255). */
  metadataLength: 255,
  /** Tags of one resource, and characters of one tag (Nova: 50, 60). */
  tags: 50,
  tagLength: 60,
  /** Characters of base64 user data (Nova: 65,535). */
  userDataLength: 65_535,
  /**
   * Members of one multi-create. Far above any quota; keeps a hostile count from allocating memory.
   */
  batchServers: 10_000,
  /** Ids in one bulk call. */
  bulkIds: 10_000,
  /** Rows of one page. */
  pageRows: 1_000,
  /** Networks a server may ask for. */
  serverNetworks: 16,
  /** Security groups of one port. */
  portSecurityGroups: 16,
  /** Fixed addresses of one port. */
  portAddresses: 8,
  /** Characters of an idempotency key (EC2: 64 ASCII). */
  idempotencyKeyLength: 64,
  /** Characters of a request id; OpenStack's have 40. */
  requestIdLength: 64,
  /** Attempts of an optimistic commit before `stale` is thrown. */
  commitAttempts: 8,
  /** Write batches that may wait for the committer before `overloaded`. */
  commitQueue: 10_000,
  /** Write batches that share one transaction. */
  commitGroup: 128,
  /** Resource classes of one host or ask. */
  resourceClasses: 16,
  /** Resource classes of all hosts together: what the placement engine tells apart. */
  fleetClasses: 16,
  /** Extra specs of a flavor, traits of a host. */
  extraSpecs: 128,
  traits: 64,
  /** Aggregates of one host: bounds what placement compares. */
  hostAggregates: 64,
  /**
   * Capacity of one resource class of one host, and members of a group on one host: placement
   * counts in 32 bits.
   */
  hostCapacity: 2 ** 31 - 1,
  /** Servers that one migration plan looks at, moves that it has, hosts that it tries to empty. */
  planServers: 10_000,
  planMoves: 1_000,
  planHosts: 1_000,
  /** Actions kept on a server's history. */
  serverActions: 64,
  /** Bytes of one image. 16 TiB; the quota is usually lower. */
  imageBytes: 16 * 2 ** 40,
  /** Servers that one work row carries: bounds a step's memory and its transaction. */
  workServers: 1_000,
  /** Work rows that a worker runs at once, and driver calls it has in flight. */
  workConcurrency: 16,
  driverConcurrency: 64,
  /** Bytes of a password: hashing a long one must not be a weapon (OSSA-2012-002). */
  passwordBytes: 1_024,
  /** Levels of a project tree (Keystone's default: 5). */
  projectDepth: 5,
  /** Roles one user may have on targets: bounds what a deletion or a check reads. */
  userAssignments: 1_000,
  /** Projects that one image is shared with (Glance: 128), or that may use one private flavor. */
  imageMembers: 128,
  flavorAccess: 1_000,
  /** Milliseconds without a byte after which an upload counts as interrupted. */
  imageStallMs: 600_000,
  /** Uploads of one image that a crash may interrupt before it is given up as killed. */
  imageUploadAttempts: 64,
  /** Characters of an SSH public key line; RSA of 16,384 bits takes some 2,800. */
  publicKeyLength: 8_192,
  /** Subnets of one network: bounds what a request for ports reads. */
  networkSubnets: 64,
  /** Allocation pools, DNS servers (Neutron: 5) and host routes (Neutron: 20) of one subnet. */
  subnetPools: 32,
  subnetDnsServers: 5,
  subnetHostRoutes: 20,
  /** Allowed address pairs of one port (Neutron: 10). */
  portAddressPairs: 10,
  /** Rules of one security group, whatever the quota: bounds what its deletion reads. */
  groupRules: 1_000,
  /** Ports, or rules, of one bulk creation. */
  bulkPorts: 1_000,
  bulkRules: 100,
} as const
