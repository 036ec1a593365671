import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { type Server, serverKind, type ServerLaunch } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idField, idsField, metadataField, nameField } from '../fields.ts'
import { given } from '../given.ts'
import { requireUsableImage } from '../image/usable.ts'
import { defineOperation } from '../operation.ts'
import { requireKeyPair } from './key-pair.ts'
import { type ActionAnswer, beginAction, commitActions } from './server-actions.ts'
import { redescribed } from './server-described.ts'
import { adminPasswordField, describedFields, userDataField } from './server-input.ts'

const rebuildInput = z.strictObject({
  ids: idsField,
  imageId: idField,
  name: nameField.optional(),
  metadata: metadataField.optional(),
  ...describedFields,
  /** Launch data: as before when absent, none when null. */
  keyName: nameField.nullable().optional(),
  userData: userDataField.nullable().optional(),
  adminPassword: adminPasswordField.optional(),
})
type RebuildInput = z.infer<typeof rebuildInput>

/**
 * Re-creates servers from an image, keeping their id, addresses, host and allocation.
 *
 * @throws CloudError `conflict` for a server that boots from a volume, or is busy.
 */
export const serverRebuild = defineOperation({
  id: 'compute.server.rebuild',
  summary: 'Re-creates servers from an image in place.',
  policy: { scope: 'any', role: 'member' },
  input: rebuildInput,
  secrets: ['adminPassword'],
  mutates: true,
  run: async (call: Call, input: RebuildInput): Promise<ActionAnswer> => {
    const { ids, imageId, keyName, userData, adminPassword, metadata, ...said } = input
    const servers = await fetchOwned(call, serverKind, ids, 'ids')
    requireOwnDisks(servers)
    const image = await requireUsableImage(call, imageId, leastRoom(servers))
    const launch = given({ keyPair: await ownKeyPair(call, keyName), userData, adminPassword })
    const rows = servers.map((server) => {
      const changed = redescribed(relaunched(server, launch), said)
      return beginAction(call, metadata ? { ...changed, metadata } : changed, 'rebuild', {
        imageId: image.id,
        desired: { builds: server.desired.builds + 1 },
      })
    })
    return commitActions(call, rows)
  },
})

function requireOwnDisks(servers: readonly Server[]): void {
  const onVolume = servers.find((server) => server.imageId === null)
  if (!onVolume) return
  throw new CloudError('conflict', 'A server that boots from a volume is not rebuilt.', {
    field: 'ids',
    detail: { id: onVolume.id },
  })
}

/** The memory and disk that each of them has. */
export function leastRoom(servers: readonly Server[]): { ramMb: number; diskGb: number } {
  return {
    ramMb: Math.min(...servers.map(({ flavor }) => flavor.ramMb)),
    diskGb: Math.min(...servers.map(({ flavor }) => flavor.diskGb)),
  }
}

async function ownKeyPair(
  call: Call,
  name: string | null | undefined,
): Promise<ServerLaunch['keyPair'] | undefined> {
  if (name === undefined || name === null) return name
  const { publicKey } = await requireKeyPair(call, name)
  return { name, publicKey }
}

function relaunched(server: Server, launch: ServerLaunch): Server {
  if (Object.keys(launch).length === 0) return server
  return { ...server, launch: { ...server.launch, ...launch } }
}
