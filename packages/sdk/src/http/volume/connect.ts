import {
  attachmentCreate,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
  type AttachmentView,
  CloudError,
} from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { seer } from './common.ts'

/** Operations that connecting a volume invokes. */
export const connectOperations = [
  attachmentCreate,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
] as const

/** Waits between looks, growing, in milliseconds; about 30 s in all. */
const looks = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 11_000]

/**
 * The attachment once it is known how its volume is reached: clients of this interface wait for it.
 *
 * @throws CloudError `conflict` when it could not be connected, `deadline` when that takes long.
 */
export async function connected(
  x: Exchange<unknown, unknown>,
  id: string,
): Promise<AttachmentView> {
  for (const ms of looks) {
    const found = await x.invokeAs(seer(x), attachmentGet, { id })
    if (found.connection !== null) return found
    if (found.status === 'error_attaching') {
      throw new CloudError('conflict', 'The volume could not be connected.', { field: 'connector' })
    }
    await x.plane.kernel.clock.sleep(ms, { signal: x.signal })
  }
  throw new CloudError('deadline', 'The volume is not connected yet.', { field: 'connector' })
}

/** Connects a volume for somebody outside: what is kept for him, or the volume as it is. */
export async function connect(
  x: Exchange<unknown, unknown>,
  volumeId: string,
  connector: Readonly<Record<string, string>>,
): Promise<AttachmentView> {
  const uses = await x.invokeAs(seer(x), attachmentList, { volumeIds: [volumeId] })
  const kept = uses.find(({ status, serverId }) => status === 'reserved' && serverId === null)
  const { id } = kept
    ? await x.invokeAny(attachmentUpdate, { id: kept.id, connector })
    : await x.invokeAny(attachmentCreate, { volumeId, connector })
  return connected(x, id)
}
