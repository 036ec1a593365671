import type { InputOf, RbacPolicy, rbacPolicyCreate } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, ownerFields } from './fields.ts'

const text = z.string()

export const rbacPolicyCreateBody = envelope(
  'rbac_policy',
  z.strictObject({
    ...ownerFields,
    object_type: text,
    object_id: text,
    action: text,
    target_tenant: text.optional(),
    target_project: text.optional(),
  }),
)
export const rbacPolicyUpdateBody = envelope('rbac_policy', z.strictObject({ target_tenant: text }))

type Input = InputOf<typeof rbacPolicyCreate>

const types = {
  network: 'network',
  subnetPool: 'subnetpool',
  securityGroup: 'security_group',
  addressGroup: 'address_group',
  qosPolicy: 'qos_policy',
} as const

const actions = {
  accessAsShared: 'access_as_shared',
  accessAsExternal: 'access_as_external',
} as const

/** The core's word for one of Neutron's; itself when there is none, to be refused. */
function wordOf<K extends string>(words: Readonly<Record<K, string>>, word: string): K {
  const found = Object.entries(words).find(([, wire]) => wire === word)
  return (found?.[0] ?? `_${word}`) as K
}

/** What a body asks for. */
export function rbacPolicyFields(body: z.infer<typeof rbacPolicyCreateBody>): Input {
  return {
    objectType: wordOf(types, body.object_type),
    objectId: body.object_id,
    action: wordOf(actions, body.action),
    target: body.target_tenant ?? body.target_project ?? '',
  }
}

/** A policy (https://docs.openstack.org/api-ref/network/v2/#rbac-policies). */
export function rbacPolicyBody(row: RbacPolicy): Body {
  return {
    id: row.id,
    tenant_id: row.projectId,
    project_id: row.projectId,
    object_type: types[row.objectType],
    object_id: row.objectId,
    action: actions[row.action],
    target_tenant: row.target,
  }
}
