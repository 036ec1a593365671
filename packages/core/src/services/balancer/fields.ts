import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import {
  alpnProtocols,
  clientAuthentications,
  insertableHeaders,
  tlsVersions,
} from '../../model/balancer/listener.ts'
import { descriptionField, idField, nameField, pageFields, tagsFieldOf } from '../fields.ts'
import { cidrField, expectedRevField } from '../network/fields.ts'

/** Input fields of the load balancing service. */

const tagsField = tagsFieldOf(limits.balancerTags)

/** A name, or none. */
export const optionalNameField = nameField.or(z.literal(''))

/** What every row of a tree can be given. */
export const createFields = {
  name: optionalNameField.default(''),
  adminStateUp: z.boolean().default(true),
  tags: tagsField.default([]),
}
export const describedFields = { ...createFields, description: descriptionField.default('') }

/** What can be changed of every row of a tree. */
export const updateFields = {
  id: idField,
  name: optionalNameField.optional(),
  adminStateUp: z.boolean().optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
}
export const describedUpdateFields = { ...updateFields, description: descriptionField.optional() }

export const getInput = z.strictObject({ id: idField })
export const removeInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

/** Filters of every list. */
export const listFields = {
  ...pageFields,
  name: nameField.optional(),
  balancerId: idField.optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
}

export const portNumberField = z.int().min(1).max(65_535)

/** A reference to a secret: opaque, but nothing that could end a line of a configuration. */
export const containerRefField = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/, 'is not printable ASCII without spaces')

/** In OpenSSL's notation. */
export const ciphersField = z
  .string()
  .max(2_048)
  .regex(/^[A-Za-z0-9_+!:@=.-]*$/, 'is no list of ciphers')

/** Each at most once. */
export function setOf<T extends z.ZodType>(item: T, most: number): z.ZodArray<T> {
  return z
    .array(item)
    .max(most)
    .refine((items) => new Set(items).size === items.length, 'has duplicates')
}

export const tlsVersionsField = setOf(z.enum(tlsVersions), tlsVersions.length)
export const alpnField = setOf(z.enum(alpnProtocols), alpnProtocols.length)
export const headersField = setOf(z.enum(insertableHeaders), insertableHeaders.length)
export const cidrsField = setOf(cidrField, limits.listenerCidrs)

/** A day at most. */
const timeoutField = z.int().min(0).max(86_400_000)

export const timeoutsField = z.strictObject({
  clientDataMs: timeoutField.default(50_000),
  memberConnectMs: timeoutField.default(5_000),
  memberDataMs: timeoutField.default(50_000),
  tcpInspectMs: timeoutField.default(0),
})

export const listenerTlsField = z.strictObject({
  defaultContainerRef: containerRefField.nullable().default(null),
  sniContainerRefs: setOf(containerRefField, limits.listenerCertificates).default([]),
  clientAuthentication: z.enum(clientAuthentications).default('NONE'),
  clientCaContainerRef: containerRefField.nullable().default(null),
  clientCrlContainerRef: containerRefField.nullable().default(null),
  versions: tlsVersionsField.default(['TLSv1.2', 'TLSv1.3']),
  ciphers: ciphersField.default(''),
  alpnProtocols: alpnField.default([]),
})

export const poolTlsField = z.strictObject({
  enabled: z.boolean().default(false),
  containerRef: containerRefField.nullable().default(null),
  caContainerRef: containerRefField.nullable().default(null),
  crlContainerRef: containerRefField.nullable().default(null),
  versions: tlsVersionsField.default(['TLSv1.2', 'TLSv1.3']),
  ciphers: ciphersField.default(''),
  alpnProtocols: alpnField.default([]),
})

/** Text that comes into a configuration as it is: no control characters, no quotes, no spaces. */
export const tokenField = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[A-Za-z0-9!#$%&*+.^_`|~-]+$/, 'is not a token of HTTP')

/** A path and query of a URL. */
export const urlPathField = z
  .string()
  .max(2_048)
  .regex(/^\/[\x21-\x7e]*$/, 'is not a path that begins with a slash')

/** An absolute URL over HTTP. */
export const urlField = z
  .string()
  .max(2_048)
  .regex(/^https?:\/\/[A-Za-z0-9.[\]:_-]+(?:\/[\x21-\x7e]*)?$/, 'is not an HTTP URL')
