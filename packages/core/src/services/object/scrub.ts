import { isCloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { objectKind, type ObjectVersion } from '../../model/object/object.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Rounds } from '../rounds.ts'
import { commitSome } from './loose-bytes.ts'
import { readParts } from './multipart/fetch-upload.ts'

/** Objects, and bytes, that one round reads at most; a larger object is read by itself. */
const objectsPerRound = 64
const bytesPerRound = 64 * 2 ** 20

/**
 * Reads objects at rest, round and round, and marks those whose bytes are not those uploaded: so
 * damage is found while a copy may still be somewhere. One that reads well again is unmarked.
 */
export function objectScrub(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, objectKind, objectsPerRound)
  let left: ObjectVersion[] = []
  return {
    name: 'object-scrub',
    run: async (signal) => {
      if (left.length === 0) left = await rounds.next()
      const changed: ObjectVersion[] = []
      for (let bytes = 0; left.length > 0 && bytes < bytesPerRound && !signal.aborted;) {
        const row = left.shift() as ObjectVersion
        if (row.marker) continue
        bytes += row.size
        const whole = await isEachWhole(kernel, row, signal)
        if (whole !== undefined && whole === row.damaged) changed.push(row)
      }
      if (changed.length > 0) await record(kernel, changed)
    },
  }
}

async function record(kernel: Kernel, rows: readonly ObjectVersion[]): Promise<void> {
  const { meter, logger } = kernel.telemetry
  for (const { id, damaged } of rows) {
    if (damaged) continue
    meter.count('object_damage_found')
    logger.log('error', 'the bytes of an object are damaged', { objectId: id })
  }
  // An object that was deleted or changed meanwhile is looked at again in the next walk.
  await commitSome(kernel, rows, (writes: Writes, row: ObjectVersion) =>
    writes.update(objectKind, { ...row, damaged: !row.damaged }),
  )
}

async function isEachWhole(
  kernel: Kernel,
  row: ObjectVersion,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  if (row.manifest?.type !== 'parts') return isWhole(kernel, row, row, signal)
  for (const part of await readParts(kernel, row.id)) {
    const whole = await isWhole(kernel, row, part, signal)
    if (!whole) return whole
  }
  return true
}

/**
 * @param bytes the object itself, or a part of it.
 * @returns undefined when nobody can tell: the store is away, or the object went meanwhile.
 */
async function isWhole(
  kernel: Kernel,
  row: ObjectVersion,
  bytes: Pick<ObjectVersion, 'id' | 'size' | 'sha256'>,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const hash = kernel.digest.stream('sha256')
  let size = 0
  try {
    for await (const chunk of kernel.objects.get(bytes.id, { signal })) {
      hash.update(chunk)
      size += chunk.length
    }
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'notFound') return undefined
    const [now] = await kernel.store.get(objectKind, [row.id])
    return now ? false : undefined
  }
  return size === bytes.size && hash.digest() === bytes.sha256
}
