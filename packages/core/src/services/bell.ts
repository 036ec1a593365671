import { throwIfAborted } from '../base/errors.ts'
import type { Kernel } from '../kernel.ts'

/** Waits for a topic to ring; a lost ring costs at most the time one is ready to wait. */
export class Bell {
  readonly #kernel: Pick<Kernel, 'bus' | 'clock'>
  readonly #unsubscribe: () => void
  #ring: () => void = () => undefined
  #rung = false

  constructor(kernel: Pick<Kernel, 'bus' | 'clock'>, topic: string) {
    this.#kernel = kernel
    this.#unsubscribe = kernel.bus.subscribe(topic, () => {
      this.#rung = true
      this.#ring()
    })
  }

  /** Rings so far count no more: what they told of is about to be read. */
  silence(): void {
    this.#rung = false
  }

  /**
   * Resolves when it has rung since it was silenced, or the time is over.
   *
   * @throws CloudError `aborted` when the signal fires.
   */
  async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    throwIfAborted(signal)
    if (this.#rung) return
    const alarm = new AbortController()
    const cancel = (): void => alarm.abort()
    signal?.addEventListener('abort', cancel, { once: true })
    const asleep = this.#kernel.clock.sleep(ms, { signal: alarm.signal }).catch(() => undefined)
    await Promise.race([asleep, new Promise<void>((resolve) => (this.#ring = resolve))])
    alarm.abort()
    signal?.removeEventListener('abort', cancel)
    throwIfAborted(signal)
  }

  close(): void {
    this.#unsubscribe()
  }
}
