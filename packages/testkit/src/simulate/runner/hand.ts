import { type ChildProcess, fork } from 'node:child_process'
import type { StoryOptions } from '../story-types.ts'
import { type Attempt, attemptStory, type RunStory } from './attempt.ts'
import { attemptCrashes, type CrashAttempt, type CrashBook, type CrashTask } from './crash-work.ts'

/** The argument that makes the program a hand: it does the work that its parent sends. */
export const handArgument = '--as-hand'

export interface HandOptions {
  /** The file to start: the program itself, whether built, bundled or a source. */
  readonly program: string
  /** Real milliseconds after which work is said not to end, and its process is killed. */
  readonly limitMs: number
}

/** What is sent to a hand. */
type Order =
  | { readonly story: StoryOptions }
  /** The enumeration ends after so many real milliseconds. */
  | { readonly crashes: CrashTask; readonly forMs: number | undefined }

/** How work ended that gave no answer. */
interface Broken {
  readonly broken: string
  readonly ms: number
}

/** What a hand says when it can be asked. */
const ready = 'ready'
/** Real milliseconds that a process may take to start. */
const startMs = 120_000

/** A process that has started, or why it has not. */
type Started = ChildProcess | string

/** A process that works on one thing at a time; started when needed, and again if it dies. */
export class Hand {
  readonly #options: HandOptions
  #child: Promise<Started> | undefined
  #tail: Promise<unknown> = Promise.resolve()

  constructor(options: HandOptions) {
    this.#options = options
  }

  /** Never rejects: that the process died or was given up is in the answer. */
  run(story: StoryOptions): Promise<Attempt> {
    return this.#inTurn({ story }, (broken): Attempt => ({ options: story, ...broken }))
  }

  /** Never rejects either. It ends after so many real milliseconds, with what it has. */
  crashes(task: CrashTask, forMs: number | undefined): Promise<CrashAttempt> {
    return this.#inTurn({ crashes: task, forMs }, (broken): CrashAttempt => ({ task, ...broken }))
  }

  close(): void {
    const child = this.#child
    this.#child = undefined
    void child?.then(
      (started) => typeof started !== 'string' && started.connected && started.disconnect(),
    )
  }

  #inTurn<T>(order: Order, without: (broken: Broken) => T): Promise<T> {
    const next = this.#tail.then(() => this.#ask(order, without))
    this.#tail = next
    return next
  }

  async #ask<T>(order: Order, without: (broken: Broken) => T): Promise<T> {
    const child = await (this.#child ??= this.#start())
    const begin = performance.now()
    if (typeof child === 'string') {
      this.#child = undefined
      return without({ broken: child, ms: 0 })
    }
    const noun = 'story' in order ? 'story' : 'enumeration'
    return new Promise((resolve) => {
      const end = (attempt: T): void => {
        clearTimeout(alarm)
        child.off('message', onAnswer).off('exit', onExit).off('error', onError)
        resolve(attempt)
      }
      const broken = (text: string): void => {
        this.#child = undefined
        end(without({ broken: text, ms: performance.now() - begin }))
      }
      const onAnswer = (attempt: unknown): void => end(attempt as T)
      const onExit = (code: number | null, signal: string | null): void =>
        broken(`The process ended with ${signal ?? `code ${code}`} while the ${noun} ran.`)
      const onError = (error: Error): void => broken(`The process failed: ${error.message}`)
      const alarm = setTimeout(() => {
        broken(`The ${noun} did not end within ${this.#options.limitMs / 1_000} real seconds.`)
        child.kill('SIGKILL')
      }, this.#options.limitMs)
      child.on('message', onAnswer).on('exit', onExit).on('error', onError)
      child.send(order, (error) => {
        if (error) broken(`The process does not listen: ${error.message}`)
      })
    })
  }

  #start(): Promise<Started> {
    // What it says goes to stderr: stdout belongs to the report.
    const child = fork(this.#options.program, [handArgument], {
      stdio: ['ignore', 2, 2, 'ipc'],
      // Stories make much that dies young, and many errors whose stacks nobody reads: who replays
      // one story in its own process sees them.
      execArgv: [...process.execArgv, '--max-semi-space-size=64', '--stack-trace-limit=0'],
    })
    return new Promise((resolve) => {
      const end = (started: Started): void => {
        clearTimeout(alarm)
        child.removeAllListeners()
        resolve(started)
      }
      const alarm = setTimeout(() => {
        child.kill('SIGKILL')
        end(`The process did not start within ${startMs / 1_000} real seconds.`)
      }, startMs)
      child.on('message', (message) => message === ready && end(child))
      child.on('exit', (code) => end(`The process ended with code ${code} before it was ready.`))
      child.on('error', (error) => end(`The process does not start: ${error.message}`))
    })
  }
}

function enumerated(
  book: CrashBook,
  task: CrashTask,
  forMs = Infinity,
): Promise<Attempt | CrashAttempt> {
  const end = performance.now() + forMs
  return attemptCrashes(book, task, () => performance.now() < end)
}

/** The other side: does the work that the parent sends until the parent is gone. */
export function serveHand(run: RunStory, book: CrashBook): void {
  // A Ctrl-C reaches the whole group; the parent decides when to stop.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', (order: Order) => {
    const attempt =
      'story' in order
        ? attemptStory(run, order.story)
        : enumerated(book, order.crashes, order.forMs)
    attempt.then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        throw error
      },
    )
  })
  process.send?.(ready)
}
