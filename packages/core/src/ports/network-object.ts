/**
 * What a data plane is told besides ports. All addresses and blocks are canonical texts. A new
 * kind of object is one more member of `NetworkObject`.
 */

interface ObjectTarget<Type extends string, Config> {
  readonly type: Type
  readonly id: string
  /** Only grows; of two targets, the greater is right. */
  readonly revision: number
  /** Null removes: nothing answers for it any more once that is reported. */
  readonly config: Config | null
}

export interface RouterConfig {
  /** False: forwards nothing. */
  readonly adminStateUp: boolean
  readonly interfaces: readonly {
    readonly portId: string
    readonly networkId: string
    readonly mac: string
    /** With its prefix length, such as 10.0.0.1/24. */
    readonly address: string
  }[]
  readonly gateway: {
    readonly portId: string
    readonly networkId: string
    readonly mac: string
    /** With their prefix lengths. */
    readonly addresses: readonly string[]
    /** Default routes: the gateways of the external subnets. */
    readonly nexthops: readonly string[]
    /** True: what leaves without a floating IP has the gateway's first address as its source. */
    readonly enableSnat: boolean
  } | null
  readonly routes: readonly { readonly destination: string; readonly nexthop: string }[]
}

export interface FloatingIpConfig {
  readonly networkId: string
  readonly address: string
  /** Everything to and from this port's address, on this router. */
  readonly target: FloatingIpEnd | null
  /** Without a target: what comes to these ports. */
  readonly forwardings: readonly (FloatingIpEnd & {
    readonly protocol: string
    /** Both ends inclusive. Ports in order go to ports in order, or all to the single one. */
    readonly externalPorts: readonly [first: number, last: number]
    readonly internalPorts: readonly [first: number, last: number]
  })[]
}

export interface FloatingIpEnd {
  readonly routerId: string
  readonly portId: string
  readonly address: string
}

/**
 * What lets traffic of its ports through; what nothing lets through is dropped. Who is in the
 * groups that rules refer to follows from the ports that are plugged in: `GroupExpansion` keeps
 * that, at a cost that grows with the change.
 */
export interface SecurityGroupConfig {
  /** True: answers to what a rule let through pass as well. */
  readonly stateful: boolean
  readonly rules: readonly SecurityRuleConfig[]
}

export interface SecurityRuleConfig {
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly etherType: 'IPv4' | 'IPv6'
  /** A canonical IANA name, or a decimal number; null = any. */
  readonly protocol: string | null
  /** Ports, or an ICMP type and code; null = any. */
  readonly portRangeMin: number | null
  readonly portRangeMax: number | null
  /** The other side: a block, the addresses of a group's ports, or those of an address group. */
  readonly remoteIpPrefix: string | null
  readonly remoteGroupId: string | null
  readonly remoteAddressGroupId: string | null
}

export interface AddressGroupConfig {
  readonly addresses: readonly string[]
}

/** How much traffic ports may have: all that have the policy go by the newest rules. */
export interface QosPolicyConfig {
  readonly rules: readonly QosRuleConfig[]
}

export type QosRuleConfig =
  | {
      readonly id: string
      readonly type: 'bandwidthLimit'
      readonly direction: 'ingress' | 'egress'
      readonly maxKbps: number
      /** 0 = as the data plane sees fit. */
      readonly maxBurstKbits: number
    }
  | { readonly id: string; readonly type: 'dscpMarking'; readonly dscpMark: number }
  | {
      readonly id: string
      readonly type: 'minimumBandwidth'
      readonly direction: 'ingress' | 'egress'
      readonly minKbps: number
    }

/** What ports without a policy of their own go by. */
export interface NetworkConfig {
  readonly qosPolicyId: string
}

export type NetworkObject =
  | ObjectTarget<'router', RouterConfig>
  | ObjectTarget<'floatingIp', FloatingIpConfig>
  | ObjectTarget<'securityGroup', SecurityGroupConfig>
  | ObjectTarget<'addressGroup', AddressGroupConfig>
  | ObjectTarget<'qosPolicy', QosPolicyConfig>
  | ObjectTarget<'network', NetworkConfig>

export type NetworkObjectType = NetworkObject['type']

export interface ObjectReport {
  readonly type: NetworkObjectType
  readonly id: string
  /** What is there now: the revision it was configured at; null = nothing. */
  readonly revision: number | null
  readonly fault?: { readonly message: string }
}
