import {
  backupCreate,
  backupDelete,
  backupExport,
  backupGet,
  backupImport,
  backupList,
  backupResetStatus,
  backupRestore,
  backupStatuses,
  backupUpdate,
  type BackupView,
  type InputOf,
  isCloudError,
} from '@nephos/core'
import { z } from 'zod'
import {
  backupBody,
  backupCreateBody,
  backupRecordBody,
  backupRecordInput,
  backupRecordText,
  backupRestoreBody,
  backupUpdateBody,
} from '../../wire/volume/backup.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import {
  commonFilters,
  isEmptyPage,
  linksOf,
  listInput,
  named,
  oneOf,
  pageBody,
  reach,
  requireFilters,
  seer,
} from './common.ts'

const sortKeys = {
  id: 'id',
  name: 'name',
  display_name: 'name',
  status: 'status',
  size: 'sizeGb',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  volume_id: 'volumeId',
} as const

/** Filters that lists of backups take. */
export const backupFilterNames = [
  ...['name', 'name~', 'status', 'volume_id', 'project_id', 'tenant_id', 'snapshot_id'],
  ...['metadata', 'created_at', 'updated_at', 'container'],
] as const

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly BackupView[]> {
  requireFilters(x, backupFilterNames)
  const input = listInput(x.query, sortKeys, 'createdAt')
  const status = first(x.query, 'status')
  const known = backupStatuses.find((one) => one === status?.toLowerCase())
  if ((status !== undefined && !known) || isEmptyPage(x.query)) return []
  const volumeId = first(x.query, 'volume_id')
  const snapshotId = first(x.query, 'snapshot_id')
  const { actor, ...owner } = reach(x)
  return x.invokeAs(actor, backupList, {
    ...commonFilters(x.query),
    ...owner,
    ...input,
    ...(known && { status: known }),
    ...(volumeId !== undefined && { volumeId }),
    ...(snapshotId !== undefined && { snapshotId }),
  })
}

/** An administrator's backup of somebody's volume is the administrator's. */
async function created(
  x: Exchange<unknown, unknown>,
  input: InputOf<typeof backupCreate>,
): Promise<BackupView> {
  const { operator } = x
  try {
    return await x.invoke(backupCreate, input)
  } catch (error) {
    if (!operator || !isCloudError(error) || error.code !== 'notFound') throw error
    return x.invokeAs(operator, backupCreate, { ...input, projectId: x.projectId })
  }
}

function bodyOf(x: Exchange<unknown, unknown>, backup: BackupView) {
  const links = linksOf(x, 'backups', backup.id)
  return backupBody(backup, { links, version: x.version, isAdmin: x.operator !== undefined })
}

function shortBody(x: Exchange<unknown, unknown>, { id, name, metadata }: BackupView) {
  const links = linksOf(x, 'backups', id)
  return { id, name, links, ...(x.version >= 43 && { metadata }) }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#backups-backups */
export const backups: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) => {
    const path = isDetailed ? '/backups/detail' : '/backups'
    return endpoint({
      id: `volume.backups.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: isDetailed ? 'Lists backups with all that is known of them.' : 'Lists backups.',
      access: 'token',
      operations: [backupList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const items = rows.map((row) => {
          return isDetailed
            ? bodyOf(x, row)
            : { id: row.id, name: row.name, links: linksOf(x, 'backups', row.id) }
        })
        return json(pageBody(x, { name: 'backups', path, items, last: rows.at(-1)?.id }))
      },
    })
  }),
  endpoint({
    id: 'volume.backups.create',
    method: 'POST',
    path: '/backups',
    summary: 'Backs a volume or a snapshot up.',
    access: 'token',
    operations: [backupCreate],
    body: backupCreateBody,
    status: 202,
    async run(x) {
      const wish = x.body.backup
      const input = {
        ...named(wish),
        volumeId: wish.volume_id,
        snapshotId: wish.snapshot_id ?? undefined,
        container: wish.container ?? undefined,
        incremental: wish.incremental ?? false,
        force: wish.force ?? false,
        metadata: wish.metadata ?? {},
        availabilityZone: x.version >= 51 ? (wish.availability_zone ?? undefined) : undefined,
      }
      const backup = await created(x, input)
      return json({ backup: shortBody(x, backup) })
    },
  }),
  endpoint({
    id: 'volume.backups.get',
    method: 'GET',
    path: '/backups/{backup_id}',
    summary: 'Shows a backup.',
    access: 'token',
    operations: [backupGet],
    status: 200,
    async run(x) {
      const backup = await x.invokeAs(seer(x), backupGet, { id: x.param('backup_id') })
      return json({ backup: bodyOf(x, backup) })
    },
  }),
  endpoint({
    id: 'volume.backups.update',
    method: 'PUT',
    path: '/backups/{backup_id}',
    summary: 'Names and describes a backup.',
    since: 9,
    access: 'token',
    operations: [backupUpdate],
    body: backupUpdateBody,
    status: 200,
    async run(x) {
      const { metadata, ...fields } = x.body.backup
      const id = x.param('backup_id')
      const patch = { ...named(fields), ...(metadata && { metadata }) }
      const backup = await x.invokeAny(backupUpdate, { id, ...patch })
      return json({ backup: shortBody(x, backup) })
    },
  }),
  endpoint({
    id: 'volume.backups.delete',
    method: 'DELETE',
    path: '/backups/{backup_id}',
    summary: 'Deletes a backup.',
    access: 'token',
    operations: [backupDelete],
    status: 202,
    async run(x) {
      await x.invokeAny(backupDelete, { ids: [x.param('backup_id')] })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.backups.restore',
    method: 'POST',
    path: '/backups/{backup_id}/restore',
    summary: 'Gives a volume the bytes of a backup.',
    access: 'token',
    operations: [backupRestore],
    body: backupRestoreBody,
    status: 202,
    async run(x) {
      const { volume_id: volumeId, name } = x.body.restore
      const made = await x.invokeAny(backupRestore, {
        id: x.param('backup_id'),
        volumeId: volumeId ?? undefined,
        name: name ?? undefined,
      })
      return json({
        restore: {
          backup_id: made.backupId,
          volume_id: made.volumeId,
          volume_name: made.volumeName,
        },
      })
    },
  }),
  endpoint({
    id: 'volume.backups.exportRecord',
    method: 'GET',
    path: '/backups/{backup_id}/export_record',
    summary: 'Shows what finds a backup again where its record is lost.',
    access: 'token',
    operations: [backupExport],
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const record = await x.invokeAs(operator, backupExport, { id: x.param('backup_id') })
      return json({ 'backup-record': backupRecordText(record) })
    },
  }),
  endpoint({
    id: 'volume.backups.importRecord',
    method: 'POST',
    path: '/backups/import_record',
    summary: 'Takes over a backup whose record is lost.',
    access: 'token',
    operations: [backupImport],
    body: backupRecordBody,
    status: 201,
    async run(x) {
      const operator = x.requireOperator()
      const record = backupRecordInput(x.body['backup-record'])
      const projectId = x.projectId
      const backup = await x.invokeAs(operator, backupImport, { projectId, record })
      const { id, name } = backup
      return json({ backup: { id, name, links: linksOf(x, 'backups', id) } })
    },
  }),
  endpoint({
    id: 'volume.backups.action',
    method: 'POST',
    path: '/backups/{backup_id}/action',
    summary: 'Says what the status of a backup is, or deletes it whatever it is.',
    access: 'token',
    operations: [backupResetStatus, backupDelete],
    body: z.union([
      z.strictObject({ 'os-reset_status': z.strictObject({ status: z.string() }) }),
      z.strictObject({ 'os-force_delete': z.unknown() }),
    ]),
    status: 202,
    async run(x) {
      x.requireOperator()
      const id = x.param('backup_id')
      if ('os-force_delete' in x.body) {
        await x.invoke(backupResetStatus, { id, status: 'error' }, { step: 'reset' })
        await x.invokeAny(backupDelete, { ids: [id] })
        return nothing
      }
      const status = oneOf(backupStatuses, x.body['os-reset_status'].status, 'status')
      await x.invoke(backupResetStatus, { id, status })
      return nothing
    },
  }),
]
