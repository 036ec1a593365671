import { grouped, lengthText } from './text.ts'

/** What of a terminal is used: `process.stderr` fits. */
export interface ProgressTarget {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressState {
  readonly done: number
  /** What is counted; seeds by default. */
  readonly noun?: string
  /** What else is to be told. */
  readonly more?: string
  /** Infinite for a run without end. */
  readonly total: number
  readonly failures: number
  /** Real milliseconds since the beginning. */
  readonly ms: number
  /** Real milliseconds after which the run ends; undefined if nothing but the total ends it. */
  readonly limitMs?: number | undefined
}

/** Least real milliseconds between two redraws on a terminal, and between two lines elsewhere. */
const redrawMs = 200
const lineMs = 60_000
const barWidth = 28

/** A bar on a terminal that redraws itself; elsewhere a line a minute. */
export class Progress {
  readonly #target: ProgressTarget
  readonly #isLive: boolean
  #shownAt: number
  #drawn = 0

  constructor(target: ProgressTarget, now: number) {
    this.#target = target
    this.#isLive = target.isTTY === true
    this.#shownAt = this.#isLive ? -Infinity : now
  }

  show(state: ProgressState, now: number): void {
    if (now - this.#shownAt < (this.#isLive ? redrawMs : lineMs)) return
    this.#shownAt = now
    const text = progressText(state, this.#isLive)
    if (!this.#isLive) {
      this.#target.write(`${text}\n`)
      return
    }
    const fitting = text.slice(0, (this.#target.columns ?? 120) - 1)
    this.#target.write(`\r${fitting.padEnd(this.#drawn)}`)
    this.#drawn = fitting.length
  }

  /** Clears the bar, so that lines can be written. */
  clear(): void {
    if (this.#drawn > 0) this.#target.write(`\r${' '.repeat(this.#drawn)}\r`)
    this.#drawn = 0
  }
}

function progressText(state: ProgressState, isLive: boolean): string {
  const { done, noun = 'seeds', more, total, failures, ms, limitMs } = state
  const share = Math.max(total > 0 ? done / total : 1, limitMs === undefined ? 0 : ms / limitMs)
  const rate = ((done * 1_000) / Math.max(1, ms)).toFixed(1)
  const of = Number.isFinite(total) ? `/${grouped(total)}` : ''
  const words = [
    `${grouped(done)}${of} ${noun}`,
    `${rate}/s`,
    lengthText(ms),
    `${grouped(failures)} failed`,
    ...(more === undefined ? [] : [more]),
  ].join('  ')
  if (!isLive || !(share > 0)) return words
  const filled = Math.round(barWidth * Math.min(1, share))
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${words}`
}
