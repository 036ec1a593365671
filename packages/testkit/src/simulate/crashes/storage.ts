import type { World } from '../../world/world.ts'

/**
 * What back-ends of volumes and shares hold, a line for each thing.
 *
 * @param withOrders with the number of the newest order that each volume and the like has seen.
 */
export function storageLines({ volumes, shares }: World, withOrders: boolean): string[] {
  const { table } = volumes
  const lines: string[] = []
  const things = {
    volume: table.volumes,
    snapshot: table.snapshots,
    backup: table.backups,
    connection: table.connections,
    unmanaged: table.unmanaged,
  }
  for (const [type, map] of Object.entries(things)) {
    for (const [id, { generation, ...thing }] of map) {
      const order = withOrders ? ` at ${generation}` : ''
      lines.push(`stored ${type} ${id}${order} ${JSON.stringify(thing)}`)
    }
  }
  for (const id of shares.shareIds) {
    lines.push(`stored share ${id} ${JSON.stringify(shares.share(id))}`)
  }
  return lines
}

/** Changes whenever they hold something else. */
export function storageVersion({ volumes, shares }: World): string {
  const { table } = volumes
  const { volumes: held, snapshots, backups, connections, unmanaged } = table
  const maps = [held, snapshots, backups, connections, unmanaged]
  const sums = maps.map((map) => {
    let sum = 0
    for (const { generation } of map.values()) sum += generation
    return `${map.size} ${sum}`
  })
  return [...sums, shares.shareIds.length].join(' ')
}
