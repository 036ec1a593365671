import type {
  BackupTarget,
  ConnectionTarget,
  SnapshotTarget,
  StorageReport,
  StorageTarget,
  VolumeDriver,
  VolumeTarget,
} from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface VolumeDriverSuiteOptions extends SuiteOptions<VolumeDriver> {
  /** Two pools that the driver has. */
  readonly pools?: readonly [string, string]
  /** Two hosts that the driver can connect volumes to. */
  readonly hosts?: readonly [string, string]
}

/** The promises of `VolumeDriver` that every driver keeps, whatever holds the bytes. */
export function volumeDriverConformance(options: VolumeDriverSuiteOptions): void {
  const kit = suiteKit(options)
  checkOrders(kit)
  checkVolumes(kit)
  checkConnections(kit)
  checkBackups(kit)
}

type Kit = ReturnType<typeof suiteKit>

function suiteKit(options: VolumeDriverSuiteOptions) {
  const { test, make } = options
  const [pool, otherPool] = options.pools ?? ['lvm#a', 'lvm#b']
  const [host, otherHost] = options.hosts ?? ['host-a', 'host-b']
  const check = (name: string, body: (subject: VolumeDriver) => Promise<void>): void => {
    test(`volume driver: ${name}`, () => withSubject(make, body))
  }
  const volume = (id: string, generation: number, more: Partial<VolumeTarget> = {}) => ({
    ...{ type: 'volume' as const, id, generation, present: true, pool, sizeGb: 1 },
    ...{ origin: null, replace: null, encrypted: false, ...more },
  })
  const snapshot = (id: string, generation: number, present = true): SnapshotTarget => ({
    ...{ type: 'snapshot', id, generation, present, pool, volumeId: 'v1' },
  })
  const connection = (
    id: string,
    generation: number,
    more: Partial<ConnectionTarget> = {},
  ): ConnectionTarget => ({
    ...{ type: 'connection', id, generation, present: true, volumeId: 'v1', host },
    ...{ serverId: 's1', readOnly: false, shared: false, connector: null, ...more },
  })
  const backup = (
    id: string,
    generation: number,
    more: Partial<BackupTarget> = {},
  ): BackupTarget => ({
    ...{ type: 'backup', id, generation, present: true, volumeId: 'v1', snapshotId: null },
    ...{ parentId: null, container: 'backups', adopt: false, ...more },
  })
  return { check, volume, snapshot, connection, backup, otherPool, otherHost }
}

function checkOrders({ check, volume, snapshot, connection }: Kit): void {
  check('reports every target exactly once', async (subject) => {
    const targets = Array.from({ length: 40 }, (_, index) => volume(`v${index}`, 1))
    const reports = await subject.apply(targets)
    equal(reports.map(({ id }) => id).sort(), targets.map(({ id }) => id).sort(), 'ids reported')
    assert(
      reports.every(({ present, fault }) => present && !fault),
      'every volume is there',
    )
    equal(await subject.apply([]), [], 'reports of no targets')
  })

  check('applying twice equals applying once', async (subject) => {
    const orders: StorageTarget[] = [
      volume('v1', 1),
      snapshot('n1', 1),
      connection('c1', 1),
      connection('c1', 2, { present: false }),
      snapshot('n1', 2, false),
      volume('v1', 2, { sizeGb: 3 }),
      volume('v1', 3, { present: false }),
    ]
    for (const order of orders) {
      const first = await one(subject, order)
      equal(first.present, order.present, `${order.type} is there`)
      equal(first.fault, undefined, `fault of ${order.type}`)
      equal(await one(subject, order), first, 'the second report')
    }
  })

  check('a late order neither removes nor brings back', async (subject) => {
    await subject.apply([volume('v1', 2)])
    equal((await one(subject, volume('v1', 1, { present: false }))).present, true, 'a late removal')
    await subject.apply([volume('v1', 3, { present: false })])
    equal((await one(subject, volume('v1', 2))).present, false, 'a late creation')
    equal((await one(subject, volume('v1', 3))).present, false, 'one as old as the removal')
    equal((await one(subject, volume('v1', 4))).present, true, 'a newer order')
  })

  check('what was removed before it was made is not made', async (subject) => {
    await subject.apply([volume('v1', 2, { present: false })])
    equal((await one(subject, volume('v1', 1))).present, false, 'made by a late order')
  })

  check('a late order neither connects nor disconnects', async (subject) => {
    await subject.apply([volume('v1', 1)])
    await subject.apply([connection('c1', 5)])
    const kept = await one(subject, connection('c1', 4, { present: false }))
    equal(kept.present, true, 'a late disconnection')
    await subject.apply([connection('c1', 6, { present: false })])
    equal((await one(subject, connection('c1', 5))).present, false, 'a late connection')
  })
}

function checkVolumes({ check, volume, snapshot, connection, otherPool }: Kit): void {
  check('grows, and does not shrink', async (subject) => {
    await subject.apply([volume('v1', 1, { sizeGb: 2 })])
    equal((await one(subject, volume('v1', 2, { sizeGb: 5 }))).sizeGb, 5, 'GiB after growing')
    const refused = await one(subject, volume('v1', 3, { sizeGb: 1 }))
    equal(refused.fault?.retry, 'never', 'whether shrinking may help later')
    equal(refused.sizeGb, 5, 'GiB after shrinking')
  })

  check('moves a volume to another pool', async (subject) => {
    await subject.apply([volume('v1', 1)])
    const moved = await one(subject, volume('v1', 2, { pool: otherPool }))
    equal(moved, { type: 'volume', id: 'v1', present: true, sizeGb: 1 }, 'the report')
  })

  check('lets things go with their bytes, and takes them over again', async (subject) => {
    await subject.apply([volume('v1', 1, { sizeGb: 2 }), snapshot('n1', 1)])
    const { pool } = volume('v1', 1)
    equal(await subject.unmanaged(pool), [], 'what is in nobody’s care at first')
    await subject.apply([{ ...snapshot('n1', 2, false), release: true }])
    const [kept] = await subject.unmanaged(pool)
    equal([kept?.type, kept?.volumeId], ['snapshot', 'v1'], 'the snapshot that was let go')
    const adopt = kept?.reference ?? ''
    equal((await one(subject, { ...snapshot('n2', 1), adopt })).present, true, 'under its new id')
    equal((await one(subject, { ...snapshot('n2', 1), adopt })).present, true, 'asked for again')
    await subject.apply([snapshot('n2', 2, false)])
    const bytes = await bytesOf(subject, 'v1')
    const letGo = volume('v1', 2, { present: false, release: true })
    equal((await one(subject, letGo)).present, false, 'the volume that was let go')
    equal((await one(subject, letGo)).present, false, 'let go again')
    const [free] = await subject.unmanaged(pool)
    equal([free?.type, free?.sizeGb], ['volume', 2], 'the volume in nobody’s care')
    const taken = { sizeGb: 2, adopt: free?.reference ?? '' }
    equal((await one(subject, volume('v2', 1, taken))).present, true, 'the volume taken over')
    equal(await bytesOf(subject, 'v2'), bytes, 'its bytes')
    equal(await subject.unmanaged(pool), [], 'what is in nobody’s care afterwards')
    const lost = await one(subject, volume('v3', 1, taken))
    equal([lost.present, lost.fault?.retry], [false, 'never'], 'what is not there any more')
  })

  check('makes no copy of what is not there', async (subject) => {
    for (const type of ['snapshot', 'volume'] as const) {
      const made = await one(subject, volume(`of-${type}`, 1, { origin: { type, id: 'gone' } }))
      equal(made.fault?.retry, 'never', `whether the ${type} may come`)
      equal(made.present, false, 'there all the same')
    }
    equal((await one(subject, snapshot('n1', 1))).fault?.retry, 'never', 'of no volume')
    equal((await one(subject, connection('c1', 1))).present, false, 'connected to no volume')
  })
}

function checkConnections({ check, volume, connection, otherHost }: Kit): void {
  check('connects a volume to one at a time, unless it is shared', async (subject) => {
    await subject.apply([volume('v1', 1)])
    const first = await one(subject, connection('c1', 1))
    assert(first.connection !== undefined, 'says how the volume is reached')
    const second = await one(subject, connection('c2', 1, { host: otherHost, serverId: 's2' }))
    assert(second.fault !== undefined && !second.present, 'refuses a second connection')
    await subject.apply([connection('c1', 2, { present: false })])
    const third = await one(subject, connection('c2', 2, { host: otherHost, serverId: 's2' }))
    equal(third.present, true, 'connected once the first is gone')
    const shared = { shared: true } as const
    await subject.apply([connection('c2', 3, { ...shared, host: otherHost, serverId: 's2' })])
    equal((await one(subject, connection('c3', 1, shared))).present, true, 'shared by two')
  })

  check('keeps a volume that is connected', async (subject) => {
    await subject.apply([volume('v1', 1)])
    await subject.apply([connection('c1', 1)])
    const kept = await one(subject, volume('v1', 2, { present: false }))
    assert(kept.present && kept.fault?.retry === 'again', 'waits for the connection to go')
    await subject.apply([connection('c1', 2, { present: false })])
    equal((await one(subject, volume('v1', 3, { present: false }))).present, false, 'removed then')
  })

  check('a signal that has fired ends a call with faults', async (subject) => {
    const signal = AbortSignal.abort()
    const [report] = await subject.apply([volume('v1', 1)], { signal })
    equal(report?.fault?.retry, 'again', 'whether it may be tried again')
  })

  check('is closed for good', async (subject) => {
    await subject.close()
    await subject.close()
    await rejects(subject.apply([volume('v1', 1)]), 'closed')
  })
}

function checkBackups({ check, volume, snapshot, backup }: Kit): void {
  check('a backup outlives its volume, and a volume is made of it', async (subject) => {
    await subject.apply([volume('v1', 1)])
    equal((await one(subject, backup('b1', 1))).present, true, 'the backup')
    await subject.apply([volume('v1', 2, { present: false })])
    equal((await one(subject, backup('b1', 1))).present, true, 'the backup without its volume')
    const origin = { type: 'backup', id: 'b1' } as const
    equal((await one(subject, volume('v2', 1, { origin }))).present, true, 'its copy')
    const gone = await one(subject, backup('b1', 2, { present: false }))
    equal(gone.present, false, 'the backup after its removal')
    equal((await one(subject, backup('b1', 1))).present, false, 'a late order')
  })

  check('a backup that is looked for is found, and never made', async (subject) => {
    await subject.apply([volume('v1', 1)])
    const lost = await one(subject, backup('b1', 1, { adopt: true }))
    equal([lost.present, lost.fault?.retry], [false, 'never'], 'one that was never made')
    await subject.apply([backup('b1', 2)])
    await subject.apply([volume('v1', 2, { present: false })])
    equal((await one(subject, backup('b1', 3, { adopt: true }))).present, true, 'one that was')
  })

  check('a backup is of a snapshot, or adds to another', async (subject) => {
    await subject.apply([volume('v1', 1)])
    await subject.apply([snapshot('n1', 1)])
    equal(
      (await one(subject, backup('b1', 1, { snapshotId: 'n1' }))).present,
      true,
      'of a snapshot',
    )
    equal((await one(subject, backup('b2', 1, { parentId: 'b1' }))).present, true, 'the next one')
    const lost = await one(subject, backup('b3', 1, { parentId: 'none' }))
    equal(lost.fault?.retry, 'never', 'whether what it adds to may come')
    const other = await one(subject, backup('b4', 1, { volumeId: 'none' }))
    equal(other.present, false, 'the backup of no volume')
  })

  check('reads a volume, and none that is not there', async (subject) => {
    await subject.apply([volume('v1', 1)])
    const first = await bytesOf(subject, 'v1')
    equal(await bytesOf(subject, 'v1'), first, 'bytes read again')
    await rejects(bytesOf(subject, 'none'), 'notFound')
  })
}

async function bytesOf(subject: VolumeDriver, volumeId: string): Promise<number[]> {
  const bytes: number[] = []
  for await (const chunk of subject.read(volumeId)) bytes.push(...chunk.subarray(0, 4_096))
  return bytes
}

async function one(subject: VolumeDriver, target: StorageTarget): Promise<StorageReport> {
  const [report] = await subject.apply([target])
  if (!report) throw new Error(`${target.type} ${target.id} was not reported.`)
  return report
}
