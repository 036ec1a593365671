import type { StoryOptions } from '../story-types.ts'
import { type Attempt, attemptStory, type RunStory } from './attempt.ts'
import { attemptCrashes, type CrashAttempt, type CrashBook, type CrashTask } from './crash-work.ts'
import { Hand, type HandOptions } from './hand.ts'

/** When a long piece of work is to end before it is done. */
export interface Bounds {
  /** A `performance.now()`. */
  readonly deadline: number
  readonly signal: AbortSignal | undefined
}

/** Runs stories and enumerates crashes, several at once if it can. */
export interface Executor {
  /** How many it runs at once: lanes are numbered from 0. */
  readonly width: number
  run(options: StoryOptions, lane: number): Promise<Attempt>
  /** Runs it in another process than `run` does with the same lane. */
  elsewhere(options: StoryOptions, lane: number): Promise<Attempt>
  /** Ends with what it has at the deadline, and soon after the signal. */
  crashes(task: CrashTask, lane: number, bounds: Bounds): Promise<CrashAttempt>
  close(): void
}

export interface Work {
  readonly run: RunStory
  readonly book: CrashBook
}

/** Works in this process, on one thing at a time. */
export function localExecutor({ run, book }: Work, hands: HandOptions): Executor {
  let other: Hand | undefined
  return {
    width: 1,
    run: (options) => attemptStory(run, options),
    elsewhere: (options) => (other ??= new Hand(hands)).run(options),
    crashes: (task, _lane, { deadline, signal }) =>
      attemptCrashes(book, task, () => !signal?.aborted && performance.now() < deadline),
    close: () => other?.close(),
  }
}

/** Works in `jobs` processes of their own, started when they are first needed. */
export function pooledExecutor(jobs: number, options: HandOptions): Executor {
  const hands = Array.from({ length: Math.max(2, jobs) }, () => new Hand(options))
  const hand = (lane: number): Hand => hands[lane % hands.length] as Hand
  return {
    width: jobs,
    run: (story, lane) => hand(lane).run(story),
    elsewhere: (story, lane) => hand(lane + 1).run(story),
    crashes: (task, lane, { deadline, signal }) => {
      const forMs = Number.isFinite(deadline) ? deadline - performance.now() : undefined
      return unlessAborted(hand(lane).crashes(task, forMs), signal, { task, ms: 0 })
    },
    close: () => {
      for (const each of hands) each.close()
    },
  }
}

/** Whichever comes first; what is not waited for ends with its process. */
async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  otherwise: T,
): Promise<T> {
  if (!signal) return work
  let onAbort: (() => void) | undefined
  const aborted = new Promise<T>((resolve) => {
    onAbort = () => resolve(otherwise)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}
