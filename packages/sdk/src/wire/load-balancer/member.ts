import type { ChildView, Member } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  commonInput,
  ownerFields,
  wholeField,
  withGiven,
} from './common.ts'
import type { MemberChange, MemberInput } from './inputs.ts'

type MemberView = ChildView<Member>

/** A member (https://docs.openstack.org/api-ref/load-balancer/v2/#show-member-details). */
export function memberBody(row: MemberView): Body {
  return {
    ...commonBody(row),
    name: row.name,
    address: row.address,
    protocol_port: row.protocolPort,
    subnet_id: row.subnetId,
    weight: row.weight,
    backup: row.backup,
    monitor_address: row.monitorAddress,
    monitor_port: row.monitorPort,
  }
}

const text = z.string()

const changeable = {
  ...commonFields,
  weight: wholeField.nullish(),
  backup: z.boolean().nullish(),
  monitor_address: text.nullish(),
  monitor_port: wholeField.nullish(),
}

/** A member that is to be. */
export const memberShape = z.strictObject({
  ...changeable,
  ...ownerFields,
  address: text,
  protocol_port: wholeField,
  subnet_id: text.nullish(),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-member */
export const memberCreateBody = z.strictObject({ member: memberShape })

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-member */
export const memberUpdateBody = z.strictObject({ member: z.strictObject(changeable) })

/** https://docs.openstack.org/api-ref/load-balancer/v2/#batch-update-members */
export const membersBody = z.strictObject({ members: z.array(memberShape) })

type MemberFields = z.infer<(typeof memberUpdateBody)['shape']['member']>

/** What a change says of a member. Null stands for the default. */
export function memberChange(body: MemberFields): Omit<MemberChange, 'expectedRev'> {
  return {
    ...commonInput(body),
    ...withGiven({
      weight: body.weight === null ? 1 : body.weight,
      backup: body.backup === null ? false : body.backup,
      monitorAddress: body.monitor_address,
      monitorPort: body.monitor_port,
    }),
  }
}

/** A member as the service takes it; what is not said of one that is there stays as it is. */
export function memberInput(body: z.infer<typeof memberShape>, before?: MemberView): MemberInput {
  const kept = before && {
    name: before.name,
    adminStateUp: before.adminStateUp,
    tags: [...before.tags],
    weight: before.weight,
    backup: before.backup,
    monitorAddress: before.monitorAddress,
    monitorPort: before.monitorPort,
    subnetId: before.subnetId,
  }
  return {
    ...kept,
    ...memberChange(body),
    ...withGiven({ subnetId: body.subnet_id }),
    address: body.address,
    protocolPort: body.protocol_port,
  }
}
