import type { FloatingIp } from '../../../model/network/floating-ip.ts'
import type { Port } from '../../../model/network/port.ts'
import type { Router } from '../../../model/network/router.ts'
import type { SecurityGroupRule } from '../../../model/network/security-group.ts'
import type { Subnet } from '../../../model/network/subnet.ts'

/** Who answers to an address on a network. */
export type Holder =
  | { readonly type: 'port'; readonly port: Port }
  | { readonly type: 'router'; readonly routerId: string }
  | { readonly type: 'floatingIp'; readonly row: FloatingIp }

export interface GroupRule {
  readonly rule: SecurityGroupRule
  readonly stateful: boolean
}

/** What finding a way needs to know. Answers are those of one moment, or nearly. */
export interface ReachWorld {
  subnets(networkId: string): Promise<readonly Subnet[]>
  holder(networkId: string, address: string): Promise<Holder | undefined>
  router(id: string): Promise<Router | undefined>
  /** Floating IPs that stand for a port, or forward to it. */
  floatingIps(port: Port): Promise<readonly FloatingIp[]>
  /** Rules of groups, by id. */
  rules(groupIds: readonly string[]): Promise<readonly GroupRule[]>
  /** True if a port of the group has the address, or may send with it. */
  hasMember(groupId: string, address: string): Promise<boolean>
  blocks(addressGroupId: string): Promise<readonly string[]>
}
