import type { Credential } from '@nephos/core'
import { z } from 'zod'
import { id, name } from './fields.ts'
import { selfLink, type UrlOf } from './links.ts'

const blob = z.string().min(1).max(8_192)

/** Body of a credential's creation. */
export const credentialNew = z.object({
  credential: z.object({
    user_id: id.optional(),
    project_id: id.nullable().optional(),
    type: name,
    blob,
  }),
})

/** Body of a credential's change. */
export const credentialChange = z.object({
  credential: z.object({
    user_id: id.optional(),
    project_id: id.nullable().optional(),
    type: name.optional(),
    blob: blob.optional(),
  }),
})

/** Body with which an access key is made. */
export const ec2New = z.object({ tenant_id: id })

/** A credential as Keystone shows it. */
export function credentialBody(row: Credential, url: UrlOf): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    user_id: row.userId,
    project_id: row.projectId,
    type: row.type,
    blob: row.blob,
    ...selfLink(url, `/credentials/${row.id}`),
  }
}

const secretOf = z.looseObject({ access: z.string(), secret: z.string() })

/** An access key as Keystone shows it. */
export function ec2Body(row: Credential, url: UrlOf): Readonly<Record<string, unknown>> {
  const { access, secret } = secretOf.parse(JSON.parse(row.blob))
  return {
    access,
    secret,
    user_id: row.userId,
    tenant_id: row.projectId,
    trust_id: null,
    ...selfLink(url, `/users/${row.userId}/credentials/OS-EC2/${access}`),
  }
}
