import {
  type Actor,
  projectEnsure,
  shareAccessCreate,
  shareAccessDelete,
  shareCreate,
  shareDelete,
  shareExtend,
  shareShrink,
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareUpdate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'

interface Staged {
  readonly member: Actor
  readonly shareId: string
}

async function stageShare(client: CrashClient): Promise<Staged> {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const member = memberOf(projectId)
  const fields = { name: 'share', sizeGb: 2 }
  const { id: shareId } = await client.call(shareCreate, fields, member)
  await client.rest()
  return { member, shareId }
}

const shares: Scenario = {
  name: 'shares',
  prepare: async (client) => {
    const { member, shareId } = await stageShare(client)
    return async () => {
      await client.call(shareCreate, { name: 'new', sizeGb: 1 }, member)
      await client.call(shareUpdate, { id: shareId, description: 'changed' }, member)
      await client.call(shareDelete, { id: shareId }, member)
      await client.rest()
    }
  },
}

const sizes: Scenario = {
  name: 'share-sizes',
  prepare: async (client) => {
    const { member, shareId: id } = await stageShare(client)
    return async () => {
      await client.call(shareExtend, { id, sizeGb: 5 }, member)
      await client.rest()
      await client.call(shareShrink, { id, sizeGb: 3 }, member)
      await client.rest()
    }
  },
}

const access: Scenario = {
  name: 'share-access',
  prepare: async (client) => {
    const { member, shareId } = await stageShare(client)
    const old = { shareId, type: 'ip', to: '10.0.0.1' } as const
    const { id } = await client.call(shareAccessCreate, old, member)
    await client.rest()
    return async () => {
      const fields = { shareId, type: 'ip', to: '10.0.0.2', level: 'ro' } as const
      await client.call(shareAccessCreate, fields, member)
      await client.call(shareAccessDelete, { id }, member)
      await client.rest()
    }
  },
}

/** A share is made of a snapshot, which goes after that. */
const snapshots: Scenario = {
  name: 'share-snapshots',
  prepare: async (client) => {
    const { member, shareId } = await stageShare(client)
    return async () => {
      const kept = { shareId, name: 'kept' }
      const { id } = await client.call(shareSnapshotCreate, kept, member)
      await client.rest()
      const copy = { name: 'copy', sizeGb: 2, snapshotId: id }
      await client.call(shareCreate, copy, member)
      await client.rest()
      await client.call(shareSnapshotDelete, { id }, member)
      await client.rest()
    }
  },
}

export const shareScenarios: readonly Scenario[] = [shares, sizes, access, snapshots]
