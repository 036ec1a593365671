import {
  stackAbandon,
  stackExport,
  stackGet,
  stackRestore,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotGet,
  stackSnapshotList,
} from '@nephos/core'
import { exportBody, snapshotBody, snapshotInput } from '../../wire/orchestration/snapshot.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { stackOf } from './stack-of.ts'

const at = '/stacks/{stack_name}/{stack_id}'

/** https://docs.openstack.org/api-ref/orchestration/v1/#stack-snapshots */
export const snapshots: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.snapshots.create',
    method: 'POST',
    path: `${at}/snapshots`,
    summary: 'Keeps what a stack is made from.',
    access: 'token',
    operations: [stackGet, stackSnapshotCreate],
    body: snapshotInput,
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const name = x.body?.name ?? ''
      return json(snapshotBody(await x.invoke(stackSnapshotCreate, { stackId, name })))
    },
  }),
  endpoint({
    id: 'orchestration.snapshots.list',
    method: 'GET',
    path: `${at}/snapshots`,
    summary: 'Lists what was kept of a stack.',
    access: 'token',
    operations: [stackGet, stackSnapshotList],
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const rows = await x.invoke(stackSnapshotList, { stackId })
      return json({ snapshots: rows.map(snapshotBody) })
    },
  }),
  endpoint({
    id: 'orchestration.snapshots.get',
    method: 'GET',
    path: `${at}/snapshots/{snapshot_id}`,
    summary: 'Shows what was kept of a stack.',
    access: 'token',
    operations: [stackGet, stackSnapshotGet],
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const row = await x.invoke(stackSnapshotGet, { stackId, id: x.param('snapshot_id') })
      return json({ snapshot: snapshotBody(row) })
    },
  }),
  endpoint({
    id: 'orchestration.snapshots.delete',
    method: 'DELETE',
    path: `${at}/snapshots/{snapshot_id}`,
    summary: 'Forgets what was kept of a stack.',
    access: 'token',
    operations: [stackGet, stackSnapshotDelete],
    status: 204,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      await x.invoke(stackSnapshotDelete, { stackId, id: x.param('snapshot_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'orchestration.snapshots.restore',
    method: 'POST',
    path: `${at}/snapshots/{snapshot_id}/restore`,
    summary: 'Brings a stack back to what was kept of it.',
    access: 'token',
    operations: [stackGet, stackRestore],
    status: 202,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      await x.invoke(stackRestore, { stackId, id: x.param('snapshot_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'orchestration.stacks.export',
    method: 'GET',
    path: `${at}/export`,
    summary: 'Shows all that a stack is, to be adopted elsewhere.',
    access: 'token',
    operations: [stackGet, stackExport],
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      return json(exportBody(await x.invoke(stackExport, { id })))
    },
  }),
  endpoint({
    id: 'orchestration.stacks.abandon',
    method: 'DELETE',
    path: `${at}/abandon`,
    summary: 'Deletes a stack and leaves its resources as they are.',
    access: 'token',
    operations: [stackGet, stackAbandon],
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      return json(exportBody(await x.invoke(stackAbandon, { id })))
    },
  }),
]
