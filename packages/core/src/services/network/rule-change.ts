import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { SecurityGroupRule } from '../../model/network/security-group.ts'
import { planConfigure } from './configure/plan-configure.ts'
import { groupRulesScope } from './counters.ts'

/** A number that stands for a rule in the sum of its group's: 32 bits, by FNV-1a. */
export function ruleMark(ruleId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < ruleId.length; at++) {
    hash = Math.imul(hash ^ ruleId.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/**
 * Counts what groups' rules add up to after these have come (`sign` 1) or gone, and writes the work
 * that tells the data plane. Nothing here makes two changes of one group exclude each other.
 */
export function planRuleChange(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  rules: readonly Pick<SecurityGroupRule, 'id' | 'groupId'>[],
  sign: 1 | -1,
): void {
  const groups = new Map<string, string[]>()
  for (const { groupId, id } of rules) {
    const ids = groups.get(groupId)
    if (ids) ids.push(id)
    else groups.set(groupId, [id])
  }
  for (const [groupId, ids] of groups) {
    const scope = groupRulesScope(groupId)
    const sum = ids.reduce((total, id) => total + ruleMark(id), 0)
    writes.add({ scope, name: 'rules', add: sign * ids.length })
    writes.add({ scope, name: 'sum', add: sign * sum })
    writes.add({ scope, name: 'generation', add: 1 })
  }
  planConfigure(
    call,
    writes,
    [...groups].map(([id, [first = '']]) => {
      const seen = sign === 1 ? { wanted: first } : { unwanted: first }
      return { type: 'securityGroup', id, revision: 0, ...seen }
    }),
  )
}
