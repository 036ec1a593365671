import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Backup,
  backupDeletable,
  backupKind,
  backupScope,
  backupStatuses,
  isBackupClosed,
} from '../../model/block/backup.ts'
import { type Snapshot, snapshotKind } from '../../model/block/snapshot.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { unspoken, type Volume, volumeKind } from '../../model/block/volume.ts'
import { projectKind } from '../../model/identity/project.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned, notFound } from '../fetch.ts'
import { descriptionField, idField, idsField, metadataField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { sortedPage } from '../sorted-page.ts'
import { backupDrive } from './backup-drive.ts'
import {
  backupCharges,
  checkBlockQuota,
  closeDependents,
  openDependents,
  recharge,
} from './charges.ts'
import { planDrive } from './drive.ts'
import { copyFilters, copySort, copyValue, matchesCopy } from './find-input.ts'
import { owner, reader, volumeNameField, zoneNameField } from './fields.ts'
import { withoutOwn } from './shown.ts'
import { beginVolume } from './volume-begin.ts'

/** A backup as its users see it. */
export interface BackupView extends Omit<
  Backup,
  'generation' | 'override' | 'holdsVolume' | 'adopted' | 'rev' | 'metered' | 'announced'
> {
  /** True while others add to it: it cannot be deleted before they are. */
  readonly hasDependents: boolean
}

/** Backups with what depends on them: one read, whatever their number. */
async function viewBackups(call: Call, rows: readonly Backup[]): Promise<BackupView[]> {
  if (rows.length === 0) return []
  const counters = await call.kernel.store.counters(rows.map(({ id }) => backupScope(id)))
  const used = new Set(counters.flatMap(({ scope, value }) => (value > 0 ? [scope] : [])))
  return rows.map((row) => viewBackup(row, used.has(backupScope(row.id))))
}

export function viewBackup(backup: Draft<Backup>, hasDependents: boolean): BackupView {
  const row = withoutOwn<Backup>(backup)
  const { generation: _, holdsVolume: _holds, adopted: _adopted, override, ...shown } = row
  return { ...shown, status: override ?? shown.status, hasDependents }
}

interface Origin {
  readonly volume: Volume
  readonly snapshot: Snapshot | undefined
}

/**
 * @throws CloudError `conflict` unless the volume is available, or in use and `force` is given;
 *   also for an incremental one without a backup to add to. `quotaExceeded`.
 */
export const backupCreate = defineOperation({
  id: 'block.backup.create',
  summary: 'Keeps the bytes of a volume, or of a snapshot, away from its pool.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    /** Whose it is to be, as operators say; its volume's when absent. */
    projectId: idField.optional(),
    volumeId: idField,
    /** What is kept instead of the volume as it is now. */
    snapshotId: idField.optional(),
    name: volumeNameField.default(''),
    description: descriptionField.default(''),
    container: z.string().min(1).max(limits.nameLength).default('volumebackups'),
    availabilityZone: zoneNameField.optional(),
    metadata: metadataField.default({}),
    /** True: keeps only what has changed since the newest backup. */
    incremental: z.boolean().default(false),
    /** True: also while a server writes to it. */
    force: z.boolean().default(false),
  }),
  run: async (call, input): Promise<BackupView> => {
    const { kernel } = call
    const origin = await readOrigin(call, input)
    const { volume, snapshot } = origin
    const projectId = await ownerOf(call, volume, input.projectId)
    const parent = input.incremental ? await newestBackup(call, volume.id, projectId) : null
    const sizeGb = snapshot?.sizeGb ?? volume.sizeGb
    await checkBlockQuota(kernel, projectId, { backups: 1, backupGigabytes: sizeGb })
    const at = kernel.clock.now()
    const { name, description, container, metadata } = input
    const backup: Draft<Backup> = {
      id: kernel.ids.next(),
      projectId,
      userId: call.actor.userId,
      volumeId: volume.id,
      snapshotId: snapshot?.id ?? null,
      parentId: parent?.id ?? null,
      name,
      description,
      container,
      zone: input.availabilityZone ?? null,
      sizeGb,
      status: 'creating',
      generation: 1,
      holdsVolume: snapshot === undefined,
      metadata,
      dataAt: snapshot?.createdAt ?? at,
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes().insert(backupKind, backup)
    if (snapshot) writes.update(snapshotKind, snapshot)
    else writes.update(volumeKind, beginVolume(call, volume, 'backup', { backupId: backup.id }))
    recharge(writes, [], backupCharges(backup))
    openDependents(writes, backupScope(backup.id))
    planDrive(call, writes, backupDrive, [backup])
    const view = viewBackup(backup, false)
    await call.commit(writes, [backup.id, volume.id], view)
    return view
  },
})

/** @throws CloudError `notFound` for a project that there is not, or that is not the caller's. */
async function ownerOf(
  { actor, kernel }: Call,
  volume: Volume,
  projectId: string | undefined,
): Promise<string> {
  if (projectId === undefined || projectId === volume.projectId) return volume.projectId
  const [project] = actor.system ? await kernel.store.get(projectKind, [projectId]) : []
  if (project) return project.id
  throw notFound('project', 'projectId')
}

async function readOrigin(
  call: Call,
  input: {
    readonly volumeId: string
    readonly snapshotId?: string | undefined
    readonly force: boolean
  },
): Promise<Origin> {
  const { snapshotId, force } = input
  const [volume, snapshot] = await Promise.all([
    fetchOne(call, volumeKind, input.volumeId, 'volumeId'),
    snapshotId === undefined ? undefined : fetchOne(call, snapshotKind, snapshotId, 'snapshotId'),
  ])
  if (snapshot) {
    const status = snapshot.override ?? snapshot.status
    if (snapshot.volumeId === volume.id && status === 'available') return { volume, snapshot }
    throw new CloudError('conflict', 'It is no available snapshot of the volume.', {
      field: 'snapshotId',
      detail: { status },
    })
  }
  const status = statusOf(volume)
  if (status === 'available' || (force && status === 'in-use')) return { volume, snapshot }
  throw new CloudError('conflict', `The volume is ${status}.`, {
    field: 'volumeId',
    detail: { status },
  })
}

/** What an incremental backup adds to. @throws CloudError `conflict` when there is none. */
async function newestBackup(call: Call, volumeId: string, projectId: string): Promise<Backup> {
  const limit = limits.pageRows
  for (let after: Backup | undefined; ;) {
    const query = { index: 'byVolume', equals: [volumeId], reverse: true, limit }
    const rows: Backup[] = await call.kernel.store.query(backupKind, {
      ...query,
      ...(after && { after }),
    })
    const newest = rows.find(
      (row) => row.projectId === projectId && (row.override ?? row.status) === 'available',
    )
    if (newest) return newest
    after = rows.at(-1)
    if (rows.length < limit) break
  }
  throw new CloudError('conflict', 'There is no backup of the volume to add to.', {
    field: 'incremental',
  })
}

export const backupGet = defineOperation({
  id: 'block.backup.get',
  summary: 'Shows a backup of the project.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<BackupView> => {
    const [view] = await viewBackups(call, [await fetchOne(call, backupKind, id)])
    return view as BackupView
  },
})

export const backupList = defineOperation({
  id: 'block.backup.list',
  summary: 'Lists the backups of the project, or of one volume, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    ...copySort,
    ...copyFilters,
    volumeId: idField.optional(),
    snapshotId: idField.optional(),
    status: z.enum(backupStatuses).optional(),
  }),
  run: async (call, input): Promise<BackupView[]> => {
    const { projectId, system } = call.actor
    const { volumeId, snapshotId, status } = input
    const every =
      input.projectId === undefined ? {} : { index: 'byProject', equals: [input.projectId] }
    const owned = system ? every : { index: 'byProject', equals: [projectId] }
    const query = volumeId === undefined ? owned : { index: 'byVolume', equals: [volumeId] }
    const keep = (row: Backup): boolean =>
      matchesCopy(row, input) &&
      (snapshotId === undefined || row.snapshotId === snapshotId) &&
      (status === undefined || (row.override ?? row.status) === status)
    const isVisible = (row: Backup): boolean => system || row.projectId === projectId
    const rows = await sortedPage(call, backupKind, query, input, {
      keep,
      visible: isVisible,
      valueOf: copyValue,
    })
    return viewBackups(call, rows)
  },
})

export const backupUpdate = defineOperation({
  id: 'block.backup.update',
  summary: 'Names and describes a backup.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: volumeNameField.optional(),
    description: descriptionField.optional(),
    metadata: metadataField.optional(),
  }),
  run: async (call, input): Promise<BackupView> => {
    const { id, ...patch } = input
    const before = await fetchOne(call, backupKind, id)
    const backup = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    const [seen] = await viewBackups(call, [backup])
    await call.commit(new Writes().update(backupKind, backup), [id], seen)
    return seen as BackupView
  },
})

/** @throws CloudError `conflict` while others add to one, or a volume is made of it. */
export const backupDelete = defineOperation({
  id: 'block.backup.delete',
  summary: 'Deletes backups: many at once, all of them or none.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ ids: idsField }),
  run: async (call, { ids }): Promise<{ readonly count: number }> => {
    const { kernel } = call
    const [backups, counters] = await Promise.all([
      fetchOwned(call, backupKind, ids, 'ids'),
      kernel.store.counters(ids.map(backupScope)),
    ])
    const used = new Map(counters.map(({ scope, value }) => [scope, value]))
    const at = kernel.clock.now()
    const writes = new Writes()
    const rows = backups.map((backup): Backup => {
      const { id, generation } = backup
      const status = backup.override ?? backup.status
      const uses = used.get(backupScope(id)) ?? 0
      const isSettled = backupDeletable.includes(backup.status)
      if (uses > 0 || !isSettled || !backupDeletable.includes(status)) {
        const why = uses > 0 ? `${uses} others need it` : `it is ${status}`
        throw new CloudError('conflict', `Cannot delete a backup: ${why}.`, {
          field: 'ids',
          detail: { id, status },
        })
      }
      if (!isBackupClosed(backup)) closeDependents(writes, backupScope(id))
      return { ...unspoken(backup), status: 'deleting', generation: generation + 1, updatedAt: at }
    })
    writes.update(backupKind, ...rows)
    planDrive(call, writes, backupDrive, rows)
    const answer = { count: rows.length }
    await call.commit(writes, ids, answer)
    return answer
  },
})
