import { hostList, serverEvacuate, serverLiveMigrate, serverMigrate } from '@nephos/core'
import * as wire from '../../wire/compute/server-move.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { newPassword } from './create-names.ts'
import { asBadRequest } from './refusals.ts'
import { type ServerVerb, verb } from './server-verb.ts'

type Move = typeof serverMigrate

/** Moves a server to the host of this name, or to any. What is not possible is a bad request. */
async function moved(
  x: Exchange<never, unknown>,
  operation: Move,
  id: string,
  name: string | null | undefined,
): Promise<Reply> {
  const [host] = name ? await x.invoke(hostList, { name, limit: 1 }) : []
  if (name && !host) {
    throw new HttpError(400, `Compute host ${name} could not be found.`, { field: 'host' })
  }
  await asBadRequest(['hostId'], () =>
    x.invoke(operation, { id, ...(host && { hostId: host.id }) }),
  )
  return nothing
}

/** Actions by which operators move servers. */
export const moveActions: Readonly<Record<string, ServerVerb<never>>> = {
  migrate: verb({
    arguments: wire.migrateArguments,
    operations: [serverMigrate, hostList],
    run: (x, id, wanted) => {
      x.requireOperator()
      if (x.version < 56 && wanted?.host !== undefined) throw unknownField('host')
      return moved(x, serverMigrate, id, wanted?.host)
    },
  }),
  'os-migrateLive': verb({
    arguments: wire.liveMigrateArguments,
    operations: [serverLiveMigrate, hostList],
    run: (x, id, wanted) => {
      x.requireOperator()
      requireFields(x.version, wanted)
      return moved(x, serverLiveMigrate, id, wanted.host)
    },
  }),
  evacuate: verb({
    arguments: wire.evacuateArguments,
    operations: [serverEvacuate, hostList],
    status: 200,
    run: async (x, id, wanted) => {
      x.requireOperator()
      requireEvacuation(x.version, wanted)
      const reply = await moved(x, serverEvacuate, id, wanted.host)
      return x.version < 14 ? json({ adminPass: wanted.adminPass ?? newPassword() }) : reply
    },
  }),
}

/** Fields came and went with versions. How disks get there is the driver's affair. */
function requireFields(version: number, wanted: wire.LiveMigrateArguments): void {
  const { block_migration: block, disk_over_commit: overCommit, force } = wanted
  if (version < 25) {
    if (block === 'auto') {
      throw new HttpError(400, 'block_migration: is not a boolean.', { field: 'block_migration' })
    }
    if (overCommit === undefined) {
      throw new HttpError(400, 'disk_over_commit: is required.', { field: 'disk_over_commit' })
    }
  } else if (overCommit !== undefined) throw unknownField('disk_over_commit')
  if (force !== undefined && (version < 30 || version >= 68)) throw unknownField('force')
}

function requireEvacuation(version: number, wanted: wire.EvacuateArguments): void {
  const { onSharedStorage, force } = wanted
  if (version < 14 && onSharedStorage === undefined) {
    throw new HttpError(400, 'onSharedStorage: is required.', { field: 'onSharedStorage' })
  }
  if (version >= 14 && onSharedStorage !== undefined) throw unknownField('onSharedStorage')
  if (force !== undefined && (version < 29 || version >= 68)) throw unknownField('force')
}

function unknownField(field: string): HttpError {
  return new HttpError(400, `Additional properties are not allowed (${field}).`, { field })
}
