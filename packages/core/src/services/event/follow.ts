import type { Kernel } from '../../kernel.ts'
import { Bell } from '../bell.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { eventList, followedTopic } from './list.ts'
import type { EventView } from './read.ts'

/** Where to begin, and when to stop. */
export interface FollowOptions {
  /** As of `eventList`: a cursor, `latest`, or from the oldest event that is kept. */
  readonly after?: string
  readonly signal?: AbortSignal
}

/**
 * What happens, as it happens, in the order of the commits: each event once. It has no end; break
 * off, or fire the signal. Whoever keeps the cursor of the last event may go on after it, at any
 * process, also after a crash. Woken by doorbells; a lost one costs at most a poll interval.
 *
 * @throws CloudError `aborted` when the signal fires, `closed` with the cloud, `notFound` with
 *   `field` `after` when what follows is forgotten.
 */
export async function* followEvents(
  kernel: Kernel,
  actor: Actor,
  options: FollowOptions = {},
): AsyncGenerator<EventView, void, undefined> {
  const { signal } = options
  const how = signal === undefined ? {} : { signal }
  const bell = new Bell(kernel, followedTopic(actor))
  try {
    for (let after = options.after; ;) {
      bell.silence()
      const input = after === undefined ? {} : { after }
      const page = await invoke(kernel, actor, eventList, input, how)
      yield* page.events
      after = page.cursor
      if (!page.more) await bell.wait(kernel.settings.pollMs, signal)
    }
  } finally {
    bell.close()
  }
}
