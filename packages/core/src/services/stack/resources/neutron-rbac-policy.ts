import { everyProject, rbacActions, rbacObjectTypes } from '../../../model/network/rbac-policy.ts'
import {
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyUpdate,
} from '../../network/rbac-policy.ts'
import { madeType } from './made.ts'
import { textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

/** Types of objects and actions under Neutron's names. */
const objectTypes: Readonly<Record<string, (typeof rbacObjectTypes)[number]>> = Object.fromEntries(
  rbacObjectTypes.map((type) => [snake(type), type] as const),
)
const actions: Readonly<Record<string, (typeof rbacActions)[number]>> = Object.fromEntries(
  rbacActions.map((action) => [snake(action), action] as const),
)

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export const neutronRbacPolicy: ResourceType = madeType(
  {
    name: 'OS::Neutron::RBACPolicy',
    summary: 'Lends something of the project to another one.',
    properties: {
      object_type: { ...text, required: true, allowed: Object.keys(objectTypes) },
      object_id: { ...text, required: true },
      action: { ...text, required: true, allowed: Object.keys(actions) },
      target_tenant: { ...text, required: true, updatable: true },
      tenant_id: text,
    },
    attributes: {},
  },
  {
    make: (work, given, key) =>
      work.call(
        rbacPolicyCreate,
        {
          objectType: objectTypes[textOf(given, 'object_type') ?? ''] ?? rbacObjectTypes[0],
          objectId: textOf(given, 'object_id') as string,
          action: actions[textOf(given, 'action') ?? ''] ?? rbacActions[0],
          target: textOf(given, 'target_tenant') ?? everyProject,
        },
        key,
      ),
    change: (work, id, { to }, key) =>
      work.call(rbacPolicyUpdate, { id, target: textOf(to, 'target_tenant') as string }, key),
    look: (work, id) => work.call(rbacPolicyGet, { id }),
    drop: (work, id, _, key) => work.call(rbacPolicyDelete, { id }, key),
    idOf: ({ id }) => id,
    told: () => ({}),
  },
)
