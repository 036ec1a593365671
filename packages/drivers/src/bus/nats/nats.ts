import { randomUUID } from 'node:crypto'
import type { Bus } from '@nephos/core'
import { Bells } from './bells.ts'
import type { NatsConnection, NatsMessage, NatsSubscription } from './connection.ts'
import { connectionOf, type NatsOptions, subjectOf } from './options.ts'

/**
 * Doorbells between processes, over core NATS: nothing is stored, so a broker that is lost, wiped
 * or away costs latency only. Listeners of the same process are rung at once, broker or not.
 *
 *     const bus = nats({ servers: 'nats://127.0.0.1:4222' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
export function nats(options: NatsOptions): Bus {
  return new NatsBus(options)
}

/** Characters of one message: in bytes no more than the mebibyte that brokers take. */
const messageLength = 256 * 1_024
/** Doorbells that are lost cost latency only: longer than this nobody waits for them. */
const drainMs = 1_000
/** Between the sender and topics as JSON texts, which hold none. */
const separator = '\n'

class NatsBus implements Bus {
  readonly #subject: string
  readonly #bells = new Bells()
  /** Comes before the topics: a process does not ring itself twice. */
  readonly #sender = randomUUID()
  readonly #own: Promise<NatsConnection | undefined> | undefined
  #connection: NatsConnection | undefined
  #subscription: NatsSubscription | undefined
  #isAway = false
  #isClosed = false
  #messages = 0

  constructor(options: NatsOptions) {
    this.#subject = subjectOf(options)
    if (options.connection) this.#join(options.connection)
    if (options.servers === undefined) return
    this.#own = connectionOf(options.servers, () => this.#isClosed)
    this.#own.then(
      (connection) => connection && this.#join(connection),
      () => undefined,
    )
  }

  get messages(): number {
    return this.#messages
  }

  async publish(topics: readonly string[]): Promise<void> {
    if (topics.length === 0 || this.#isClosed) return
    // Later, so that a listener never runs within its publisher.
    await Promise.resolve()
    this.#bells.ring(topics)
    let message = this.#sender
    for (const topic of new Set(topics)) {
      if (message.length + topic.length >= messageLength) {
        this.#send(message)
        message = this.#sender
      }
      message += separator + JSON.stringify(topic)
    }
    this.#send(message)
    if (this.#own && !this.#connection) await this.#refused()
  }

  subscribe(topic: string, ring: () => void): () => void {
    return this.#isClosed ? () => undefined : this.#bells.add(topic, ring)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#bells.clear()
    if (this.#connection?.isClosed() === false) this.#subscription?.unsubscribe()
    if (this.#own && this.#connection) await ended(this.#connection)
  }

  /** What is sent while the broker is away would wait in memory: it is dropped instead. */
  #send(message: string): void {
    this.#messages++
    if (this.#isAway || this.#isClosed || this.#connection?.isClosed() !== false) return
    this.#connection.publish(this.#subject, message)
  }

  /** Tells of a client that is not installed; a connection that is not made yet is no error. */
  async #refused(): Promise<void> {
    await Promise.race([this.#own, Promise.resolve()])
  }

  #join(connection: NatsConnection): void {
    if (this.#isClosed) {
      if (this.#own) void ended(connection)
      return
    }
    this.#connection = connection
    this.#subscription = connection.subscribe(this.#subject, {
      callback: (error, message) => {
        if (!error) this.#hear(message)
      },
    })
    void this.#watch(connection).catch(() => undefined)
    this.#bells.ringAll()
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#isAway = true
      if (type !== 'reconnect') continue
      this.#isAway = false
      // What rang meanwhile was not heard.
      this.#bells.ringAll()
    }
  }

  #hear(message: NatsMessage): void {
    const [sender, ...topics] = message.string().split(separator)
    if (sender === this.#sender) return
    try {
      this.#bells.ring(topics.map((topic) => String(JSON.parse(topic))))
    } catch {
      // Not a message of ours.
    }
  }
}

/**
 * Ends a connection, with what it has not sent yet if that goes out soon. When the broker is lost
 * meanwhile, draining would never end, and neither would the process.
 */
async function ended(connection: NatsConnection): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)))
  await Promise.race([connection.drain().catch(() => undefined), late])
  clearTimeout(timer)
  if (!connection.isClosed()) await connection.close().catch(() => undefined)
}
