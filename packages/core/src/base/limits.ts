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
  /**
   * Cost of the calls that decide at once: a server is 1, and so is every other call. Two requests
   * for 500 servers, or as many small ones as share some transactions.
   */
  admissionBudget: 1_000,
  /** Calls that may wait for their turn, of one project and altogether, before `overloaded`. */
  admissionFlow: 1_000,
  admissionTotal: 10_000,
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
  /** Servers of one list that no index orders: bounds what it holds in memory. */
  sortedServers: 10_000,
  /** Bytes of a guest's console that are shown (Nova's libvirt driver: 100 KiB). */
  consoleBytes: 102_400,
  /** Backups of one server that are kept (what a page of images has). */
  backups: 1_000,
  /** Bytes of one image. 16 TiB; the quota is usually lower. */
  imageBytes: 16 * 2 ** 40,
  /** Servers that one work row carries: bounds a step's memory and its transaction. */
  workServers: 1_000,
  /** Milliseconds that work may put itself off: what is due later was dated by a wrong clock. */
  workWaitMs: 600_000,
  /** Work rows that a worker runs at once, and driver calls it has in flight. */
  workConcurrency: 16,
  driverConcurrency: 64,
  /** Bytes of a password: hashing a long one must not be a weapon (OSSA-2012-002). */
  passwordBytes: 1_024,
  /** Levels of a project tree (Keystone's default: 5). */
  projectDepth: 5,
  /** What one user may have: roles on targets, memberships, credentials; bounds what is read. */
  userAssignments: 1_000,
  /** Roles that operators may make; access rules of one credential; characters of a blob. */
  roles: 1_000,
  /** What operators add to the catalogue: it goes with every token; characters of a URL. */
  catalogRegions: 100,
  catalogServices: 200,
  catalogEndpoints: 1_000,
  catalogUrl: 1_024,
  accessRules: 100,
  credentialLength: 8_192,
  /** Further properties of a user or project, and characters of each. */
  extraItems: 32,
  extraLength: 1_024,
  /** Projects that one image is shared with (Glance: 128), or that may use one private flavor. */
  imageMembers: 128,
  flavorAccess: 1_000,
  /** Milliseconds without a byte after which an upload counts as interrupted. */
  imageStallMs: 600_000,
  /** Bytes that are staged wait so long for their import, in milliseconds (as tasks: 48 hours). */
  imageStagedMs: 48 * 3_600_000,
  /** Uploads of one image that a crash may interrupt before it is given up as killed. */
  imageUploadAttempts: 64,
  /** Characters of an SSH public key line; RSA of 16,384 bits takes some 2,800. */
  publicKeyLength: 8_192,
  /** Subnets of one network: bounds what a request for ports reads. */
  networkSubnets: 64,
  /** Allocation pools, DNS servers (Neutron: 5) and host routes (Neutron: 20) of one subnet. */
  subnetPools: 32,
  /** Blocks of one subnet pool, and subnets cut from it. */
  poolPrefixes: 64,
  poolAllocations: 1_000,
  subnetDnsServers: 5,
  subnetHostRoutes: 20,
  /** Allowed address pairs of one port (Neutron: 10). */
  portAddressPairs: 10,
  /** Options of DHCP that a port has of its own. */
  portDhcpOptions: 32,
  /** Rules of one security group, whatever the quota: bounds what its deletion reads. */
  groupRules: 1_000,
  /** Interfaces of one router, and extra routes (Neutron: 30): bounds what its row holds. */
  routerInterfaces: 64,
  routerRoutes: 30,
  /** Port forwardings of one floating IP, floating IPs that stand for or forward to one port. */
  floatingIpForwardings: 128,
  portFloatingIps: 32,
  /** Rules of one QoS policy: one of each sort and direction. */
  qosRules: 5,
  /** Projects that one thing is lent to, one by one: bounds its row. */
  rbacPolicies: 200,
  /** Blocks of one address group: bounds its row. */
  addressGroupBlocks: 1_000,
  /** Floating IPs of one bulk creation. */
  bulkFloatingIps: 1_000,
  /** Objects of the data plane that one work row is about. */
  workObjects: 1_000,
  /** Networks of one bulk creation. */
  bulkNetworks: 1_000,
  /** Ports, or rules, of one bulk creation. */
  bulkPorts: 1_000,
  bulkRules: 100,
  /** Bytes of a container's name, and of an object's (Swift: 256, 1,024). */
  containerNameBytes: 256,
  objectNameBytes: 1_024,
  /** Metadata of an object, container or account (Swift): items, bytes of each part, and in all. */
  objectMetadataItems: 90,
  objectMetadataNameBytes: 128,
  objectMetadataValueBytes: 256,
  objectMetadataBytes: 4_096,
  /** Characters of a content type, encoding or disposition. */
  objectHeaderLength: 255,
  /** Seconds after which an object may be asked to go: a hundred years. */
  deleteAfterSeconds: 3_155_760_000,
  /** Bytes of one upload (Swift: 5 GiB); larger objects are made of several. */
  objectBytes: 5 * 2 ** 30,
  /** Segments of one static large object (Swift: 1,000). */
  manifestSegments: 1_000,
  /** Parts of one upload, and bytes of each but the last, at least (S3: 10,000, 5 MiB). */
  uploadParts: 10_000,
  uploadPartBytes: 5 * 2 ** 20,
  /** How deep large objects are made of large objects, and pieces of one (Swift: 10 levels). */
  manifestDepth: 10,
  manifestPieces: 10_000,
  /** ETags of one condition. */
  etags: 64,
  /** Characters of an access list, and of a key of temporary URLs. */
  aclLength: 8_192,
  tempUrlKeyLength: 128,
  /** Entries of one listing of containers or objects (Swift: 10,000). */
  listingEntries: 10_000,
  /** Rows read at once for it: one more, for the marker itself. */
  listingRows: 10_001,
  /** Objects of one bulk deletion. */
  bulkObjects: 10_000,
  /** Milliseconds without a byte after which an upload of an object counts as interrupted. */
  objectStallMs: 600_000,
  /** Gigabytes of one share, and its snapshots, or access rules: what one order tells. */
  shareGb: 2 ** 20,
  shareChildren: 1_000,
  /** Characters of a template or environment (Heat: 524,288 bytes); values, and levels, in it. */
  stackTemplateLength: 524_288,
  stackTemplateNodes: 200_000,
  stackTemplateDepth: 32,
  /** Files beside a template, and characters of all of them together. */
  stackFiles: 256,
  stackFilesLength: 1_048_576,
  /** Environments of one request. */
  stackEnvironments: 16,
  /** Resources of one stack (Heat: 1,000), its parameters and outputs. */
  stackResources: 10_000,
  stackParameters: 1_000,
  stackOutputs: 1_000,
  /** Stacks within each other (Heat: 5). */
  stackDepth: 5,
  /** What the functions of one resource or output may make: values, and characters. */
  stackResolvedValues: 100_000,
  stackResolvedCharacters: 1_000_000,
  /** A pattern of a parameter, and what it is held against: states times characters are seen. */
  stackPatternLength: 512,
  stackPatternStates: 2_048,
  stackPatternText: 8_192,
  /** Resources that a step of a stack begins or ends in one transaction. */
  stackWave: 500,
  /** Tries to remove what is in use, before that counts as an answer. */
  stackRemovalTries: 60,
  /** Snapshots of one stack (Heat: 32). */
  stackSnapshots: 32,
  /** Signals of one resource. */
  stackSignals: 1_000,
  /** Events kept of one stack; a deletion of the oldest takes so many at once. */
  stackEvents: 10_000,
  /** Minutes that an action on a stack may take: idempotency keys are remembered for longer. */
  stackTimeoutMinutes: 1_380,
  /** Characters of a configuration of software; fields of it; servers of one resource. */
  softwareConfigLength: 65_536,
  softwareFields: 256,
  softwareServers: 500,
  /** GiB of one volume: 64 TiB. */
  volumeGb: 65_536,
  /** Volumes of one bulk creation, and uses of one bulk attachment. */
  bulkVolumes: 1_000,
  /** Volumes of one server, and servers of one volume that several may have. */
  serverVolumes: 32,
  volumeAttachments: 64,
  /** Volumes of one group, which one commit keeps as they are. */
  groupVolumes: 256,
  /** Pools of all back-ends together: bounds what placing a volume reads. */
  volumePools: 1_000,
  /** Extra specs of a volume type, capabilities of a pool, parts of a connector. */
  volumeProperties: 64,
  /** Characters of a message about a failure. */
  messageLength: 1_024,
  /** Rows below one load balancer: bounds what making its configuration reads. */
  balancerRows: 10_000,
  /** Members of one pool, and members of one bulk call. */
  poolMembers: 2_000,
  bulkMembers: 1_000,
  /** Listeners and pools of one creation of a whole tree. */
  treeListeners: 64,
  treePools: 64,
  /** L7 policies of one listener, rules of one policy. */
  listenerPolicies: 128,
  policyRules: 64,
  /** CIDRs that a listener lets in, certificates it chooses from, addresses besides its VIP. */
  listenerCidrs: 64,
  listenerCertificates: 64,
  balancerVips: 7,
  /** Tags of a load balancer, or of something below it. */
  balancerTags: 256,
  /** Resource classes of a provider that is no host: placement's engine does not know them. */
  providerClasses: 64,
  /** Aggregates of such a provider. */
  providerAggregates: 1_000,
  /** Providers of one tree: bounds what moving one, and looking for room in it, reads. */
  providerTree: 1_000,
  /** Traits, and resource classes, that operators define. */
  placementNames: 1_000,
  /** Providers of one consumer; consumers of one bulk call. */
  consumerProviders: 64,
  bulkConsumers: 1_000,
  /** Groups of one search for room; sets of traits that its any-of lists make. */
  candidateGroups: 32,
  candidateAlternatives: 64,
  /** Providers besides hosts that a search reads, and steps that it takes. */
  candidateProviders: 10_000,
  candidateSteps: 200_000,
} as const
