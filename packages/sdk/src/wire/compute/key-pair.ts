import type { KeyPair } from '@nephos/core'
import { z } from 'zod'
import { microTime } from './time.ts'

/** https://docs.openstack.org/api-ref/compute/#keypairs-keypairs */
export const keyPairNew = z.strictObject({
  keypair: z.strictObject({
    name: z.string().min(1).max(255),
    public_key: z.string().min(1).optional(),
    type: z.enum(['ssh', 'x509']).optional(),
    user_id: z.string().min(1).max(255).optional(),
  }),
})

/** A key pair in a list. */
export function keyPairSummary(pair: KeyPair, version: number): object {
  return {
    name: pair.name,
    public_key: pair.publicKey,
    fingerprint: pair.fingerprintMd5,
    ...(version >= 2 && { type: pair.type ?? 'ssh' }),
  }
}

/** A key pair as it is answered to its creation. */
export function keyPairCreated(pair: KeyPair, version: number, privateKey?: string): object {
  return {
    ...keyPairSummary(pair, version),
    user_id: pair.userId,
    ...(privateKey !== undefined && { private_key: privateKey }),
  }
}

/** A key pair as `GET /os-keypairs/{name}` shows it. */
export function keyPairBody(pair: KeyPair, version: number): object {
  return {
    ...keyPairSummary(pair, version),
    user_id: pair.userId,
    id: rowNumber(pair.id),
    created_at: microTime(pair.createdAt),
    updated_at: null,
    deleted: false,
    deleted_at: null,
  }
}

/**
 * A whole number of 31 bits for an id that is none: clients print what they take for the number of
 * a row. Nothing is found by it.
 */
export function rowNumber(id: string): number {
  let hash = 0
  for (const letter of id) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) as number)) | 0
  return hash & 0x7fffffff
}
