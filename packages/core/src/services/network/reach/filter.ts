import type { Port } from '../../../model/network/port.ts'
import type { RuleDirection, SecurityGroupRule } from '../../../model/network/security-group.ts'
import { isAbout, isWithin, type Packet } from './packet.ts'
import type { ReachWorld } from './world.ts'

/** What a port does with a packet, and which rule says so. */
export interface Verdict {
  readonly passes: boolean
  /** Absent when no rule was asked: without port security, or for an answer that is known. */
  readonly ruleId?: string
  readonly groupId?: string
  /** True: answers to it pass as well. */
  readonly remembered: boolean
  /** Why it does not pass. */
  readonly reason?: 'portDown' | 'spoofed' | 'noRule'
}

/**
 * Judges a packet at a port, on its way out of it or in.
 *
 * @param isAnswer true for an answer to what the port remembers to have let through.
 */
export async function judge(
  world: ReachWorld,
  port: Port,
  direction: RuleDirection,
  packet: Packet,
  isAnswer: boolean,
): Promise<Verdict> {
  const refused = (reason: NonNullable<Verdict['reason']>): Verdict => {
    return { passes: false, remembered: false, reason }
  }
  if (!port.adminStateUp) return refused('portDown')
  if (!port.portSecurity) return { passes: true, remembered: true }
  if (direction === 'egress' && !maySend(port, packet.source)) return refused('spoofed')
  if (isAnswer) return { passes: true, remembered: true }
  const other = direction === 'egress' ? packet.destination : packet.source
  let found: Verdict | undefined
  for (const { rule, stateful } of await world.rules(port.securityGroupIds)) {
    if (rule.direction !== direction || !isAbout(rule, packet)) continue
    // One that is remembered says more: answers depend on it.
    if (found && (found.remembered || !stateful)) continue
    if (!(await isFor(world, rule, other))) continue
    found = { passes: true, ruleId: rule.id, groupId: rule.groupId, remembered: stateful }
  }
  return found ?? refused('noRule')
}

/** What keeps a port from posing as another. */
function maySend({ allowedAddressPairs, fixedIps }: Port, source: string): boolean {
  if (fixedIps.some(({ address }) => address === source)) return true
  return allowedAddressPairs.some(({ ipAddress }) => isWithin(source, ipAddress))
}

/** True if the rule is about this other side. */
async function isFor(
  world: ReachWorld,
  { remoteAddressGroupId, remoteGroupId, remoteIpPrefix }: SecurityGroupRule,
  other: string,
): Promise<boolean> {
  if (remoteIpPrefix !== null) return isWithin(other, remoteIpPrefix)
  if (remoteGroupId !== null) return world.hasMember(remoteGroupId, other)
  if (remoteAddressGroupId === null) return true
  const blocks = await world.blocks(remoteAddressGroupId)
  return blocks.some((block) => isWithin(other, block))
}
