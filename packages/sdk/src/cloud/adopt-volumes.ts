import {
  attachmentKind,
  backupKind,
  everyRow,
  type Kernel,
  serverKind,
  type SimulatedVolumes,
  snapshotKind,
  volumeKind,
} from '@nephos/core'

/**
 * Simulated back-ends forget their volumes with their process; they take them up again as they were
 * last known. What is under way is ordered again by its work.
 */
export async function adoptVolumes(kernel: Kernel, { table }: SimulatedVolumes): Promise<void> {
  for await (const volumes of everyRow(kernel, volumeKind)) {
    for (const { id, generation, status, poolName, sizeGb } of volumes) {
      if (status === 'creating' || status === 'error' || table.volumes.has(id)) continue
      // Older than an order that is under way, which is then still to be obeyed.
      const known = { generation: generation - 1, pool: poolName, sizeGb, content: `volume ${id}` }
      table.volumes.set(id, known)
    }
  }
  for await (const snapshots of everyRow(kernel, snapshotKind)) {
    for (const { id, generation, status, volumeId } of snapshots) {
      if (status === 'creating' || status === 'error' || table.snapshots.has(id)) continue
      const known = { generation: generation - 1, volumeId, content: `snapshot ${id}` }
      table.snapshots.set(id, known)
    }
  }
  for await (const backups of everyRow(kernel, backupKind)) {
    for (const { id, generation, status, volumeId } of backups) {
      if (status === 'creating' || status === 'error' || table.backups.has(id)) continue
      const known = { generation: generation - 1, volumeId, content: `backup ${id}` }
      table.backups.set(id, known)
    }
  }
  await adoptConnections(kernel, table)
}

async function adoptConnections(kernel: Kernel, table: SimulatedVolumes['table']): Promise<void> {
  for await (const attachments of everyRow(kernel, attachmentKind)) {
    const held = attachments.filter(({ status }) => status === 'attached')
    const servers = await kernel.store.get(
      serverKind,
      held.map(({ serverId }) => serverId ?? ''),
    )
    for (const [index, attachment] of held.entries()) {
      const { id, volumeId, serverId, connector, generation } = attachment
      const host = servers[index]?.hostId ?? connector?.['host'] ?? ''
      // Shared or not is said again by the next order.
      const known = { generation: generation - 1, volumeId, host, serverId, shared: true }
      table.adoptConnection(id, known)
    }
  }
}
