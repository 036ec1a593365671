import { backupKind } from '../../../model/block/backup.ts'
import { volumeKind } from '../../../model/block/volume.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import { portKind } from '../../../model/network/port.ts'
import { type Work, workKind } from '../../../model/work/work.ts'
import { attachmentDrive } from '../../block/attachment-drive.ts'
import type { Drive, DriveInput, Ordered } from '../../block/drive.ts'
import { backupDrive } from '../../block/backup-drive.ts'
import { snapshotDrive } from '../../block/snapshot-drive.ts'
import { volumeDrive } from '../../block/volume-drive.ts'
import { uploadDrive } from '../../block/volume-upload.ts'
import { type ConvergeInput, convergeProgramName } from '../../compute/converge-plan.ts'
import { type PlugInput, plugProgramName } from '../../network/port-plug.ts'
import { routingWork } from '../routing-rules.ts'
import { stackWork } from '../stack-rules.ts'
import { balancerWorkRule } from '../balancer-rules.ts'
import { imageWorkRule } from '../image-rules.ts'
import { type Invariant, type Problem, type Rule, rowRule, type Tally, tallyPart } from '../rule.ts'

/** Who has a task, and who has work. No counters: the sums are compared with each other. */
const taskTally: Tally = {
  prefix: 'task:',
  parts: [
    tallyPart(serverKind, ({ id, task }) =>
      task === null ? [] : [{ scope: `task:${id}`, name: `#${task}`, amount: 1 }],
    ),
    tallyPart(workKind, (work) =>
      serverIdsOf(work).map((id) => ({ scope: `task:${id}`, name: '#', amount: 1 })),
    ),
  ],
}

/** Servers with ports that give up addresses, and work that sees it through. */
const plugTally: Tally = {
  prefix: 'plug:',
  parts: [
    tallyPart(portKind, ({ deviceId, leaving }) =>
      leaving ? [{ scope: `plug:${deviceId}`, name: '#leaving', amount: leaving.length }] : [],
    ),
    tallyPart(workKind, ({ program, input }) =>
      program === plugProgramName
        ? (input as PlugInput).serverIds.map((id) => ({
            scope: `plug:${id}`,
            name: '#',
            amount: 1,
          }))
        : [],
    ),
  ],
}

/** Orders of block storage under way, and work that sees them through. */
type OrderRow<T extends Ordered> = Pick<Drive<T>, 'name' | 'kind' | 'isUnderWay'>

const orderTally = <T extends Ordered>(drive: OrderRow<T>): Tally => ({
  prefix: `${drive.name}:`,
  parts: [
    tallyPart(drive.kind, (row) =>
      drive.isUnderWay(row)
        ? [{ scope: `${drive.name}:${row.id}`, name: '#order', amount: 1 }]
        : [],
    ),
    tallyPart(workKind, ({ program, input }) =>
      program === drive.name
        ? (input as DriveInput).ids.map((id) => ({
            scope: `${drive.name}:${id}`,
            name: '#',
            amount: 1,
          }))
        : [],
    ),
  ],
})

const orderRule = <T extends Ordered>(
  drive: OrderRow<T>,
  name = `${drive.kind.name}-work`,
): Rule => ({
  type: 'sum',
  name,
  tally: orderTally(drive),
  judge: async (_, page) =>
    page.flatMap(({ scope, id, sums }): Problem[] => {
      if (!sums?.has('#order') || sums.has('#')) return []
      const subject = `${drive.kind.name}:${id}`
      return [{ of: scope, subject, message: 'between two states, but no work is under way' }]
    }),
})

/** Volumes that are kept busy by a backup of theirs, and backups that are being made of them. */
const backedUpTally: Tally = {
  prefix: 'backed-up:',
  parts: [
    tallyPart(volumeKind, ({ id, status }) =>
      status === 'backing-up' ? [{ scope: `backed-up:${id}`, name: '#busy', amount: 1 }] : [],
    ),
    tallyPart(backupKind, ({ volumeId, status, holdsVolume }) =>
      status === 'creating' && holdsVolume
        ? [{ scope: `backed-up:${volumeId}`, name: '#', amount: 1 }]
        : [],
    ),
  ],
}

export const work: Invariant = {
  number: 17,
  title: 'Whatever is between two states has work under way, with a deadline.',
  cause:
    'A task was begun in another commit than its work, or the work ended without ending the ' +
    'task. The server stays between two states until the reconciler plans new work.',
  rules: [
    {
      type: 'sum',
      name: 'task-work',
      tally: taskTally,
      judge: async (_, page) =>
        page.flatMap(({ scope, id, sums }): Problem[] => {
          const task = [...(sums?.keys() ?? [])].find((name) => name !== '#')
          if (task === undefined || sums?.has('#')) return []
          const message = `${task.slice(1)}, but no work is under way`
          return [{ of: scope, subject: `server:${id}`, message }]
        }),
    },
    {
      type: 'sum',
      name: 'plug-work',
      tally: plugTally,
      judge: async (_, page) =>
        page.flatMap(({ scope, id, sums }): Problem[] => {
          const leaving = sums?.get('#leaving')
          if (leaving === undefined || sums?.has('#')) return []
          const message = `its ports give up ${leaving} addresses, but no work is under way`
          return [{ of: scope, subject: `server:${id}`, message }]
        }),
    },
    orderRule(attachmentDrive),
    orderRule(snapshotDrive),
    orderRule(volumeDrive),
    orderRule(backupDrive),
    orderRule(uploadDrive, 'volume-upload-work'),
    {
      type: 'sum',
      name: 'volume-backup-held',
      tally: backedUpTally,
      judge: async (_, page) =>
        page.flatMap(({ scope, id, sums }): Problem[] => {
          if (!sums?.has('#busy') || sums.has('#')) return []
          const message = 'is being backed up, but no backup of it is being made'
          return [{ of: scope, subject: `volume:${id}`, message }]
        }),
    },
    ...routingWork,
    ...stackWork,
    balancerWorkRule,
    imageWorkRule,
    rowRule('server-building', serverKind, ({ vmState, task }: Server) =>
      vmState === 'building' && task === null ? ['is building, but nothing builds it'] : [],
    ),
    rowRule('work-lease', workKind, function* (row) {
      if (row.owner === '') yield 'is leased to nobody'
      if (!Number.isFinite(row.due)) yield 'is never due'
      if (!(row.deadline >= row.createdAt)) yield 'has no deadline'
      if (row.step === '') yield 'has no step'
    }),
  ],
}

function serverIdsOf(row: Work): readonly string[] {
  // Servers that wait for volumes to be made go on when these are.
  if (row.program === volumeDrive.name) return (row.input as DriveInput).serverIds ?? []
  if (row.program !== convergeProgramName) return []
  return (row.input as ConvergeInput).serverIds
}
