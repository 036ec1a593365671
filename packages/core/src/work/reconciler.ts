import type { Clock } from '../ports/clock.ts'
import type { Telemetry } from '../ports/telemetry.ts'

/**
 * Compares desired with observed state and mends the difference. It takes no input, so a missed
 * wake-up, a crash or a second run changes nothing; each run does a bounded amount of work and goes
 * on where the last one stopped.
 */
export interface Reconciler {
  readonly name: string
  run(signal: AbortSignal): Promise<void>
}

/**
 * Runs reconcilers one after the other, at a fixed period. One that throws is logged and runs again
 * next time.
 */
export class ReconcileLoop {
  readonly #reconcilers: readonly Reconciler[]
  readonly #clock: Clock
  readonly #telemetry: Telemetry
  readonly #everyMs: number
  readonly #stopped = new AbortController()
  #loop: Promise<void> | undefined

  constructor(
    ports: { readonly clock: Clock; readonly telemetry: Telemetry },
    reconcilers: readonly Reconciler[],
    everyMs: number,
  ) {
    this.#clock = ports.clock
    this.#telemetry = ports.telemetry
    this.#reconcilers = reconcilers
    this.#everyMs = everyMs
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
  }

  /** One round of every reconciler. */
  async round(): Promise<void> {
    for (const reconciler of this.#reconcilers) {
      if (this.#stopped.signal.aborted) return
      try {
        await reconciler.run(this.#stopped.signal)
      } catch (error) {
        this.#telemetry.meter.count('reconciler_failed', 1, { name: reconciler.name })
        this.#telemetry.logger.log('warn', 'reconciler failed', {
          name: reconciler.name,
          error: String(error),
        })
      }
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await this.#clock.sleep(this.#everyMs, { signal, background: true }).catch(() => undefined)
      if (!signal.aborted) await this.round()
    }
  }
}
