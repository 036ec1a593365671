import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type KeyPair, keyPairKind } from '../../model/compute/key-pair.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { parseCertificate, parsePublicKey } from './public-key.ts'

/**
 * Imports a public key or a certificate. Keys belong to the user and count against the project in
 * which they were imported; there is no making of private keys here.
 *
 * @throws CloudError `invalid` for a malformed key; `conflict` when the user has a key of this
 *   name; `quotaExceeded`.
 */
export const keyPairCreate = defineOperation({
  id: 'compute.keyPair.create',
  summary: 'Imports a public SSH key.',
  policy: { scope: 'project', role: 'member' },
  mutates: true,
  input: z.strictObject({
    name: nameField,
    publicKey: z.string().min(1).max(limits.publicKeyLength),
    type: z.enum(['ssh', 'x509']).default('ssh'),
  }),
  run: async (call, input): Promise<KeyPair> => {
    const { actor, kernel } = call
    const parse = input.type === 'x509' ? parseCertificate : parsePublicKey
    const key = parse(kernel.digest, input.publicKey)
    if (await keyPairByName(call, input.name)) {
      throw new CloudError('conflict', 'The user has a key pair of this name.', { field: 'name' })
    }
    await checkQuota(kernel, call.projectId, { keyPairs: 1 })
    const pair = {
      id: kernel.ids.next(),
      userId: actor.userId,
      projectId: call.projectId,
      name: input.name,
      ...(input.type === 'x509' && { type: input.type }),
      publicKey: key.line,
      fingerprint: key.fingerprint,
      fingerprintMd5: key.fingerprintMd5,
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes().insert(keyPairKind, pair)
    chargeQuota(writes, call.projectId, { keyPairs: 1 })
    const answer = { ...pair, rev: 1 }
    await call.commit(writes, [pair.id], answer)
    return answer
  },
})

export const keyPairGet = defineOperation({
  id: 'compute.keyPair.get',
  summary: 'Shows one of the user’s key pairs by name.',
  policy: { scope: 'project', role: 'reader' },
  mutates: false,
  input: z.strictObject({ name: nameField }),
  run: (call, input): Promise<KeyPair> => requireKeyPair(call, input.name, 'name'),
})

export const keyPairList = defineOperation({
  id: 'compute.keyPair.list',
  summary: 'Lists the user’s key pairs by name.',
  policy: { scope: 'project', role: 'reader' },
  mutates: false,
  input: z.strictObject(pageFields),
  run: (call, input): Promise<KeyPair[]> =>
    listPage(call, keyPairKind, { index: 'byName', equals: [call.actor.userId] }, input),
})

/** @throws CloudError `notFound`. */
export const keyPairDelete = defineOperation({
  id: 'compute.keyPair.delete',
  summary: 'Deletes one of the user’s key pairs; servers keep what they were given.',
  policy: { scope: 'project', role: 'member' },
  mutates: true,
  input: z.strictObject({ name: nameField }),
  run: async (call, input): Promise<void> => {
    const pair = await requireKeyPair(call, input.name, 'name')
    const writes = new Writes().remove(keyPairKind, pair)
    chargeQuota(writes, pair.projectId, { keyPairs: 1 }, -1)
    await call.commit(writes, [pair.id], null)
  },
})

/** @throws CloudError `notFound` with `field` when the user has no key pair of this name. */
export async function requireKeyPair(
  call: Call,
  name: string,
  field = 'keyName',
): Promise<KeyPair> {
  const pair = await keyPairByName(call, name)
  if (!pair) throw notFound('key pair', field)
  return pair
}

async function keyPairByName(call: Call, name: string): Promise<KeyPair | undefined> {
  const key = [call.actor.userId, name]
  const [pair] = await call.kernel.store.lookup(keyPairKind, 'byName', [key])
  return pair
}
