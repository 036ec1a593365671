import { CloudError, isCloudError, type Logger, type Ports } from '@nephos/core'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'
import { type BreakPoint, Life } from './life.ts'
import { ProcessClock } from './process-ports.ts'

/** What a process does: answers calls, works, or both. */
export type Role = 'api' | 'worker' | 'all'

/** The part of a process that the world needs: something that can be closed. */
export interface Closable {
  close(): Promise<void>
}

export interface MemberParts<P extends Closable> {
  readonly ground: Ground
  readonly name: string
  readonly role: Role
  readonly chance: Chance
  /** Everything that this life of the process is given. */
  readonly ports: (life: Life, clock: ProcessClock, log: Logger['log']) => Ports
  readonly open: (ports: Ports, role: Role) => Promise<P>
  readonly onBreak?: ((point: BreakPoint) => boolean) | undefined
  readonly onLog: Logger['log']
  /** The process has died: what it listened to is to be forgotten. */
  readonly onEnd: (life: Life) => void
}

/** A failed start is tried again after so long, as a supervisor would. */
const restartMs = 2_000
/** Who dies in mid-write starts again within one of these: its write meets the next life or not. */
const midWriteMs = [1, 1_000, 60_000] as const

/** A process of the world: runs, crashes, is started again, is paused. */
export class Member<P extends Closable> {
  readonly name: string
  readonly role: Role
  readonly #parts: MemberParts<P>
  #life: Life | undefined
  #clock: ProcessClock | undefined
  #plane: P | undefined
  #lives = 0

  constructor(parts: MemberParts<P>) {
    this.#parts = parts
    this.name = parts.name
    this.role = parts.role
  }

  /** The control plane; undefined while the process is down or starting. */
  get plane(): P | undefined {
    return this.#plane
  }

  get running(): boolean {
    return this.#life !== undefined
  }

  get paused(): boolean {
    return this.#life?.paused ?? false
  }

  /** Times it was started. */
  get lives(): number {
    return this.#lives
  }

  get clock(): ProcessClock | undefined {
    return this.#clock
  }

  get life(): Life | undefined {
    return this.#life
  }

  /** Starts it; nothing if it runs. It is ready when `plane` is there. */
  start(): void {
    if (this.#life) return
    const { ground, ports, open, role, onBreak, onLog } = this.#parts
    const life = new Life(ground, this.name, {
      onBreak,
      onMidWrite: () => this.#midWrite(),
      isFollowed: () => this.#life !== undefined,
    })
    const clock = new ProcessClock(ground, life)
    this.#life = life
    this.#clock = clock
    this.#lives++
    ground.note(this.name, 'process', 'start')
    open(ports(life, clock, onLog), role).then(
      (plane) => {
        if (this.#life !== life) return
        this.#plane = plane
        ground.note(this.name, 'process', 'ready')
      },
      (error: unknown) => this.#failed(life, error),
    )
  }

  /** Kills it: nothing that it waits for settles. Nothing if it is down. */
  crash(): void {
    const life = this.#life
    if (!life) return
    const { ground } = this.#parts
    ground.note(this.name, 'process', this.#plane ? 'crash' : 'crash while starting')
    ground.sometimes(this.#plane ? 'a process crashed' : 'a process crashed while it started')
    life.end()
    this.#forget(life)
  }

  /** Stops it in its tracks until `resume`; it does not notice. */
  pause(): void {
    if (!this.#life || this.#life.paused) return
    this.#parts.ground.note(this.name, 'process', 'pause')
    this.#life.pause()
  }

  resume(): void {
    if (!this.#life?.paused) return
    this.#parts.ground.note(this.name, 'process', 'resume')
    this.#life.resume()
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    const life = this.#life
    if (!life) return
    await this.#plane?.close()
    life.end()
    this.#parts.ground.note(this.name, 'process', 'stop')
    this.#forget(life)
  }

  /** Dies at once; what it has just sent may arrive all the same. */
  #midWrite(): void {
    const { ground } = this.#parts
    const { chance, timeline } = ground
    this.crash()
    const lives = this.#lives
    const longest = chance.pick<number>(midWriteMs) as number
    timeline.after(chance.between(0, longest), () => {
      if (this.#lives === lives) this.start()
    })
  }

  #failed(life: Life, error: unknown): void {
    if (this.#life !== life) return
    const { ground } = this.#parts
    // Only what a supervisor can hope to pass is tried again.
    if (!isCloudError(error) || error.code === 'internal') throw startFailed(this.name, error)
    ground.note(this.name, 'process', `failed to start: ${error.code}`)
    ground.sometimes('a process failed to start')
    life.end()
    this.#forget(life)
    ground.timeline.after(restartMs, () => this.start())
  }

  #forget(life: Life): void {
    this.#life = undefined
    this.#plane = undefined
    this.#clock = undefined
    this.#parts.onEnd(life)
  }
}

function startFailed(name: string, cause: unknown): CloudError {
  return new CloudError('internal', `${name} does not start: ${String(cause)}`, { cause })
}
