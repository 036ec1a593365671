import {
  CloudError,
  type Clock,
  type Logger,
  nodeDigest,
  type PasswordHasher,
  type Telemetry,
} from '@nephos/core'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** A machine's clock: wrong by a while, jumping, or standing still. */
export class ProcessClock implements Clock {
  readonly #ground: Ground
  readonly #life: Life
  #skewMs = 0
  #stoppedAt: number | undefined

  constructor(ground: Ground, life: Life) {
    this.#ground = ground
    this.#life = life
  }

  now(): number {
    return Math.max(0, (this.#stoppedAt ?? this.#ground.now) + this.#skewMs)
  }

  elapsed(): number {
    return this.#ground.now - this.#ground.start
  }

  sleep(ms: number, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#life.sleep(ms, options.signal)
  }

  turn(): Promise<void> {
    return this.#life.sleep(0)
  }

  /** Wrong by so much from now on. */
  jump(skewMs: number): void {
    this.#skewMs = skewMs
  }

  /** Stands still until `set`. */
  stop(): void {
    this.#stoppedAt ??= this.#ground.now
  }

  /** Right again. */
  set(): void {
    this.#skewMs = 0
    this.#stoppedAt = undefined
  }
}

/** Password hashes that take no time: what is slow about real ones is not what is tested here. */
export function quickPasswords(chance: Chance): PasswordHasher {
  const hash = (salt: string, password: string): string =>
    `quick$${salt}$${nodeDigest.hash('sha256', `${salt}\n${password}`)}`
  const salted = (): string => chance.uint32().toString(16)
  const tooLong = (password: string): boolean => password.length === 0 || password.length > 1_024
  return {
    hash: async (password) => {
      if (!tooLong(password)) return hash(salted(), password)
      throw new CloudError('invalid', 'password: 1 to 1,024 bytes.', { field: 'password' })
    },
    verify: async (password, known) => {
      const salt = known.split('$')[1]
      return salt !== undefined && !tooLong(password) && hash(salt, password) === known
    },
  }
}

/** What a process logs goes to `log`; what it counts is a probe of the world. */
export function processTelemetry(ground: Ground, log: Logger['log']): Telemetry {
  return {
    logger: { log },
    meter: {
      count: (name, value = 1) => ground.sometimes(name, value),
      record: () => undefined,
    },
    tracer: { span: (_name, _attributes, run) => run() },
  }
}
