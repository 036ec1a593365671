import { expect, test } from 'vitest'
import { nats, type NatsCallback, type NatsConnection } from '../src/bus/nats/index.ts'

/** A broker in memory: what one connection publishes, every one hears, also the sender. */
class Broker {
  readonly #ends = new Set<End>()
  isAway = false

  connect(): NatsConnection {
    const end = new End((subject, payload) => {
      for (const each of this.isAway ? [] : this.#ends) each.hear(subject, payload)
    })
    this.#ends.add(end)
    return end
  }

  /** All connections learn that they are lost, or are back. */
  tell(type: 'disconnect' | 'reconnect'): void {
    this.isAway = type === 'disconnect'
    for (const end of this.#ends) end.tell(type)
  }
}

class End implements NatsConnection {
  readonly #publish: (subject: string, payload: string) => void
  readonly #listeners = new Map<string, NatsCallback>()
  readonly #told: string[] = []
  #wake: (() => void) | undefined

  constructor(publish: (subject: string, payload: string) => void) {
    this.#publish = publish
  }

  publish(subject: string, payload: string): void {
    this.#publish(subject, payload)
  }

  subscribe(subject: string, { callback }: { callback: NatsCallback }) {
    this.#listeners.set(subject, callback)
    return { unsubscribe: () => void this.#listeners.delete(subject) }
  }

  hear(subject: string, payload: string): void {
    this.#listeners.get(subject)?.(null, { string: () => payload })
  }

  tell(type: string): void {
    this.#told.push(type)
    this.#wake?.()
  }

  async *status(): AsyncGenerator<{ readonly type: string }> {
    for (;;) {
      for (let type = this.#told.shift(); type !== undefined; type = this.#told.shift()) {
        yield { type }
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  isClosed(): boolean {
    return false
  }

  async drain(): Promise<void> {
    await this.close()
  }

  async close(): Promise<void> {
    this.#listeners.clear()
  }
}

const turns = () => new Promise((resolve) => setImmediate(resolve))

test('each doorbell rings once in every process, whatever its topic is called', async () => {
  const broker = new Broker()
  const [here, there] = [broker, broker].map((one) => nats({ connection: one.connect() }))
  const rings: string[] = []
  const topic = 'a\n"b"'
  here?.subscribe(topic, () => rings.push('here'))
  there?.subscribe(topic, () => rings.push('there'))
  there?.subscribe('other', () => rings.push('other'))
  await here?.publish([topic, topic])
  expect(rings.toSorted()).toEqual(['here', 'there'])
})

test('clouds with other subjects, and messages of others, ring nobody', async () => {
  const broker = new Broker()
  const connection = broker.connect()
  const bus = nats({ connection })
  const other = nats({ connection: broker.connect(), subject: 'another.cloud' })
  let rings = 0
  bus.subscribe('a', () => rings++)
  await other.publish(['a'])
  for (const strange of ['', 'nobody', 'nobody\n{', 'nobody\nnull']) {
    connection.publish('nephos.bells', strange)
  }
  expect(rings).toBe(0)
  connection.publish('nephos.bells', 'somebody\n"a"')
  expect(rings).toBe(1)
})

test('all ring when the broker is back: something may have been missed', async () => {
  const broker = new Broker()
  const [here, there] = [broker, broker].map((one) => nats({ connection: one.connect() }))
  let rings = 0
  there?.subscribe('missed', () => rings++)
  broker.tell('disconnect')
  await turns()
  await here?.publish(['missed'])
  expect(rings).toBe(0)
  broker.tell('reconnect')
  await turns()
  expect(rings).toBe(1)
})

test('a bus that is closed hears nothing more, and its connection is not its own', async () => {
  const broker = new Broker()
  const connection = broker.connect()
  const bus = nats({ connection })
  let rings = 0
  bus.subscribe('a', () => rings++)
  await bus.close()
  connection.publish('nephos.bells', 'somebody\n"a"')
  await nats({ connection: broker.connect() }).publish(['a'])
  expect(rings).toBe(0)
  expect(connection.isClosed()).toBe(false)
})
