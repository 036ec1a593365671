import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { type Member, memberKind, memberTarget } from '../../model/balancer/member.ts'
import { poolScope } from '../../model/balancer/pool.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { lentTo, owns } from '../network/access.ts'
import { addressField } from '../network/fields.ts'
import type { TreeEdit } from './edit.ts'
import { createFields, portNumberField } from './fields.ts'
import { rowOf, type Under } from './listener-plan.ts'

export const weightField = z.int().min(0).max(256)

export const memberFields = {
  ...createFields,
  address: addressField,
  protocolPort: portNumberField,
  subnetId: idField.nullable().default(null),
  weight: weightField.default(1),
  backup: z.boolean().default(false),
  monitorAddress: addressField.nullable().default(null),
  monitorPort: portNumberField.nullable().default(null),
}

export const memberShape = z.strictObject(memberFields)
export type MemberInput = z.infer<typeof memberShape>

/** Writes members of a pool, and counts them on it. */
export function planMembers(
  edit: TreeEdit,
  under: Under,
  poolId: string,
  inputs: readonly MemberInput[],
): Member[] {
  const rows = inputs.map((input) =>
    edit.insert(memberKind, {
      ...rowOf(under),
      ...input,
      poolId,
      target: memberTarget(input.address, input.protocolPort),
    }),
  )
  edit.writes.add({ scope: poolScope(poolId), name: 'members', add: rows.length })
  return rows
}

/** @throws CloudError `invalid` when two of the members have one address and port. */
export function requireDistinctTargets(inputs: readonly MemberInput[], path: string): void {
  const seen = new Set<string>()
  for (const [index, { address, protocolPort }] of inputs.entries()) {
    const target = memberTarget(address, protocolPort)
    if (seen.has(target)) {
      const field = `${path}[${index}].address`
      throw new CloudError('invalid', `${field}: is asked for twice with its port.`, { field })
    }
    seen.add(target)
  }
}

/**
 * Checks that the caller sees every subnet that members name, in one statement.
 *
 * @throws CloudError `notFound` with the first that it does not.
 */
export async function requireSubnets(
  call: Call,
  inputs: readonly Pick<MemberInput, 'subnetId'>[],
  field: (index: number) => string,
): Promise<void> {
  const ids = [...new Set(inputs.flatMap(({ subnetId }) => subnetId ?? []))]
  if (ids.length === 0) return
  const rows = await call.kernel.store.get(subnetKind, ids)
  const seen = new Set(
    rows.flatMap((row) => (row && (owns(call, row) || lentTo(call)(row)) ? [row.id] : [])),
  )
  for (const [index, { subnetId }] of inputs.entries()) {
    if (subnetId !== null && !seen.has(subnetId)) throw notFound('subnet', field(index))
  }
}
