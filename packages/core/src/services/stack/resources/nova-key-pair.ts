import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { isJsonMap } from '../../../model/stack/json.ts'
import { keyPairCreate, keyPairDelete, keyPairGet } from '../../compute/key-pair.ts'
import { each, removal } from './each.ts'
import { textOf } from './property.ts'
import type { ResourceType } from './type.ts'

/** An imported key of the stack's owner, known by its name. */
export const novaKeyPair: ResourceType = {
  name: 'OS::Nova::KeyPair',
  summary: 'An imported public SSH key of the stack’s owner.',
  properties: {
    name: { type: 'string', required: true, max: limits.nameLength },
    public_key: { type: 'string', required: true, max: limits.publicKeyLength },
  },
  attributes: { public_key: 'The key.', fingerprint: 'Its fingerprint.' },
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const name = textOf(properties, 'name') as string
    const publicKey = textOf(properties, 'public_key') as string
    const pair = await work.call(keyPairCreate, { name, publicKey }, work.keyOf(row, 'create'))
    const { fingerprint } = pair
    return {
      state: 'done',
      physicalId: name,
      attributes: { public_key: pair.publicKey, fingerprint },
    }
  }),
  recover: async (_work, _row, answer) =>
    isJsonMap(answer) && typeof answer['name'] === 'string' ? answer['name'] : null,
  remove: removal((work, name, row) =>
    work.call(keyPairDelete, { name }, work.keyOf(row, 'delete')),
  ),
  verify: each(async (work, row) => {
    await work.call(keyPairGet, { name: row.physicalId ?? '' })
    return { state: 'done' }
  }),
}
