import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type AccessRule,
  accessRuleKind,
  applicationCredentialKind,
  type HeldRule,
} from '../../model/identity/application-credential.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { removeDependent } from './dependents.ts'
import { requireOwn, requireUnlent } from './own.ts'

const own = { scope: 'any', role: 'reader', domainRole: 'reader' } as const

export const accessRuleList = defineOperation({
  id: 'identity.accessRule.list',
  summary: 'Lists the access rules of a user: the own ones, to all but operators.',
  policy: own,
  mutates: false,
  input: z.strictObject({ ...pageFields, userId: idField.optional() }),
  run: (call, input): Promise<AccessRule[]> => {
    const userId = input.userId ?? call.actor.userId
    requireOwn(call, userId, 'user', 'userId')
    return listPage(call, accessRuleKind, { index: 'byRule', equals: [userId] }, input)
  },
})

export const accessRuleGet = defineOperation({
  id: 'identity.accessRule.get',
  summary: 'Shows an access rule.',
  policy: own,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<AccessRule> => fetchRule(call, id),
})

/** @throws CloudError `forbidden` while an application credential has it. */
export const accessRuleDelete = defineOperation({
  id: 'identity.accessRule.delete',
  summary: 'Deletes an access rule that no application credential has.',
  policy: own,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const rule = await fetchRule(call, id)
    requireUnlent(call)
    const credentials = await call.kernel.store.query(applicationCredentialKind, {
      index: 'byName',
      equals: [rule.userId],
      limit: limits.userAssignments,
    })
    if (credentials.some(({ accessRules }) => accessRules?.some((one) => one.id === id))) {
      throw new CloudError('forbidden', 'An application credential has this rule.', {
        field: 'id',
      })
    }
    const writes = new Writes()
    // Whoever takes it into a new credential meanwhile has changed its revision.
    removeDependent(writes, accessRuleKind, rule)
    await call.commit(writes, [id], null)
  },
})

async function fetchRule(call: Call, id: string): Promise<AccessRule> {
  const [rule] = await call.kernel.store.get(accessRuleKind, [id])
  if (!rule) throw notFound('access rule', 'id')
  requireOwn(call, rule.userId, 'access rule')
  return rule
}

/** A call as access rules speak of it. */
export interface AccessedCall {
  /** The service by its type in the catalogue. */
  readonly service: string
  readonly method: string
  /** Beneath the service's place, its version included. */
  readonly path: string
}

/** True if one of the rules is of this call; a rule for `GET` is one for `HEAD` as well. */
export function isAccessAllowed(rules: readonly HeldRule[], call: AccessedCall): boolean {
  const segments = call.path.split('/')
  return rules.some(
    ({ service, method, path }) =>
      service === call.service &&
      (method === call.method || (method === 'GET' && call.method === 'HEAD')) &&
      matches(path.split('/'), segments),
  )
}

/** Compares segment by segment, in time bounded by the product of both lengths. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  let ends = new Set([0])
  for (const part of pattern) {
    const next = new Set<number>()
    for (const at of ends) {
      if (part === '**') for (let end = at; end <= path.length; end++) next.add(end)
      else if (at < path.length && isSegment(part, path[at] as string)) next.add(at + 1)
    }
    ends = next
  }
  return ends.has(path.length)
}

function isSegment(part: string, segment: string): boolean {
  if (part === '*' || /^\{[^{}]*\}$/.test(part)) return segment !== ''
  return part === segment
}
