import { CloudError } from '@nephos/core'
import type { Ground } from './ground.ts'

/** A call that leaves a process. */
export interface Outcall<T> {
  /** Whom it goes to: the name that links are cut by. */
  readonly to: string
  /** For the trace and for break points, such as `store.transact 3 rows`. */
  readonly label: string
  readonly latency: readonly [min: number, max: number]
  readonly effect: () => Promise<T> | T
  /** What the caller hears when the request or the answer is lost on the way. */
  readonly lost?: (arrived: boolean) => CloudError
  /** Milliseconds after which a lost message is noticed. 5 s by default. */
  readonly limitMs?: number
  /** True: the effect changes something outside the process. */
  readonly writes?: boolean
}

/** Where a process may be stopped: at its n-th call, before the effect or after it. */
export interface BreakPoint {
  readonly life: Life
  /** Counts the calls of this life, from 1. */
  readonly call: number
  readonly when: 'before' | 'after'
  readonly label: string
  readonly writes: boolean
}

/** Who watches a life from outside. */
export interface LifeWatch {
  /** Returns true to end this life at that point. */
  readonly onBreak?: ((point: BreakPoint) => boolean) | undefined
  /** This life is to end now: what it has just sent is on its way. */
  readonly onMidWrite?: () => void
  /** Whether the process runs again after this life. */
  readonly isFollowed?: () => boolean
}

const lostAfterMs = 5_000

/**
 * One life of a process, from its start to its crash. Everything that it asks of the world passes
 * here and is a choice point. When it dies, nothing that it waits for ever settles, so nothing of
 * it runs on.
 */
export class Life {
  readonly name: string
  readonly #ground: Ground
  readonly #watch: LifeWatch
  readonly #inbox: (() => void)[] = []
  #calls = 0
  #dead = false
  #paused = false

  constructor(ground: Ground, name: string, watch: LifeWatch = {}) {
    this.#ground = ground
    this.name = name
    this.#watch = watch
  }

  get dead(): boolean {
    return this.#dead
  }

  get paused(): boolean {
    return this.#paused
  }

  /** Calls made in this life. */
  get calls(): number {
    return this.#calls
  }

  /** Ends this life, at once and for good. */
  end(): void {
    this.#dead = true
    this.#inbox.length = 0
  }

  /** Nothing reaches the process until `resume`; then all of it does. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    // One after the other, each a choice point of its own.
    for (const run of this.#inbox.splice(0)) this.#ground.timeline.after(0, () => this.deliver(run))
  }

  /** Runs inside the process, unless it is dead; later if it is paused. */
  deliver(run: () => void): void {
    if (this.#dead) return
    if (this.#paused) this.#inbox.push(run)
    else run()
  }

  /** Sends a call into the world; its answer comes back, or never. */
  call<T>(outcall: Outcall<T>): Promise<T> {
    const ground = this.#ground
    const { timeline, links } = ground
    const { to, label } = outcall
    ground.countCall()
    const call = ++this.#calls
    return new Promise<T>((resolve, reject) => {
      if (this.#dead) return
      if (outcall.writes && ground.hits('crashMidWrite', this.name)) this.#watch.onMidWrite?.()
      timeline.after(ground.delay(outcall.latency), async () => {
        if (this.#breaks(outcall, call, 'before')) return
        // A request that had left the process may arrive when its sender is no more.
        if (this.#dead && !ground.isHeard()) return
        if (this.#dead && outcall.writes) this.#heard()
        if (links.isCut(this.name, to)) return this.#lose(outcall, false, reject)
        ground.note(this.name, 'call', label)
        const settle = await settled(outcall.effect, resolve, reject)
        if (this.#breaks(outcall, call, 'after') || this.#dead) return
        const answer = (): void => {
          if (links.isCut(to, this.name)) this.#lose(outcall, true, reject)
          else this.deliver(settle)
        }
        // A read has no effect to lie between: what others do meanwhile, they can as well do on
        // the way of the next call. It saves a third of all that happens.
        const back = outcall.writes ? ground.delay(outcall.latency) : 0
        if (back > 0) timeline.after(back, answer)
        else answer()
      })
    })
  }

  /** Resolves after `ms` of virtual time. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { timeline } = this.#ground
    return new Promise((resolve, reject) => {
      const aborted = (): void =>
        reject(new CloudError('aborted', 'The sleep was aborted.', { cause: signal?.reason }))
      if (signal?.aborted) return aborted()
      const alarm = timeline.after(ms, () => {
        signal?.removeEventListener('abort', abort)
        this.deliver(resolve)
      })
      const abort = (): void => {
        timeline.cancel(alarm)
        aborted()
      }
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  #heard(): void {
    const ground = this.#ground
    ground.sometimes('a dead process is still heard')
    if (this.#watch.isFollowed?.()) ground.sometimes('a write outlived its process')
  }

  #breaks(outcall: Outcall<unknown>, call: number, when: 'before' | 'after'): boolean {
    const { onBreak } = this.#watch
    if (this.#dead || !onBreak) return false
    const { label, writes = false } = outcall
    return onBreak({ life: this, call, when, label, writes })
  }

  #lose(outcall: Outcall<unknown>, arrived: boolean, reject: (error: unknown) => void): void {
    const ground = this.#ground
    ground.note(this.name, 'network', `${arrived ? 'answer' : 'request'} lost: ${outcall.label}`)
    ground.sometimes(arrived ? 'an answer was lost' : 'a request was lost')
    const error =
      outcall.lost?.(arrived) ?? new CloudError('unavailable', `${outcall.to} does not answer.`)
    ground.timeline.after(outcall.limitMs ?? lostAfterMs, () => this.deliver(() => reject(error)))
  }
}

/** Runs the effect; what remains is to tell the caller. */
async function settled<T>(
  effect: () => Promise<T> | T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Promise<() => void> {
  try {
    const value = await effect()
    return () => resolve(value)
  } catch (error) {
    return () => reject(error)
  }
}
