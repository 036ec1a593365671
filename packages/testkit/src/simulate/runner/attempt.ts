import type { StoryOptions, StoryResult, Violation } from '../story-types.ts'

/** What runs one story: `runStory`, or a stand-in. */
export type RunStory = (options: StoryOptions) => Promise<StoryResult>

/** How it went to run one story. Plain data: it passes between processes. */
export interface Attempt {
  readonly options: StoryOptions
  /** Undefined when the story broke off. */
  readonly result?: StoryResult
  /** Why it broke off, or what escaped from it. */
  readonly broken?: string
  /** Real milliseconds. */
  readonly ms: number
}

/** Runs a story; whatever escapes from it is in the answer. Never throws. */
export async function attemptStory(run: RunStory, options: StoryOptions): Promise<Attempt> {
  const { value, broken, ms } = await watched(() => run(options))
  return {
    options,
    ...(value ? { result: value } : {}),
    ...(broken === undefined ? {} : { broken }),
    ms,
  }
}

/** What came of a piece of work, and why it broke off or what escaped from it. */
interface Watched<T> {
  readonly value?: T
  readonly broken?: string
  readonly ms: number
}

/** Runs it, and hears of promises that were rejected meanwhile. Never throws. */
export async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const begin = performance.now()
  const strays: unknown[] = []
  const heed = (reason: unknown): number => strays.push(reason)
  // A real process would die of it. Work is done one at a time, so it is this one's.
  process.on('unhandledRejection', heed)
  try {
    const value = await work()
    await new Promise((resolve) => setImmediate(resolve))
    const ms = performance.now() - begin
    if (strays.length === 0) return { value, ms }
    const broken = `A promise was rejected and nobody had asked: ${textOf(strays[0])}`
    return { value, broken, ms }
  } catch (error) {
    return { broken: textOf(error), ms: performance.now() - begin }
  } finally {
    process.off('unhandledRejection', heed)
  }
}

/** Everything that was wrong; what escaped from the story counts as a defect without a number. */
export function violationsOf({ result, broken }: Attempt): readonly Violation[] {
  const seen = result?.violations ?? []
  if (broken === undefined) return seen
  return [...seen, { invariant: 0, subject: 'story', message: broken, at: result?.virtualMs ?? 0 }]
}

/** The form of a violation: equal for two that tell the same of other rows. */
export function formOf({ invariant, message }: Violation): string {
  const [line = ''] = message.split('\n')
  return `${invariant} ${line.replaceAll(/[\da-f]*\d[\da-f]*(?:-[\da-f]+)*/g, '#').slice(0, 100)}`
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
