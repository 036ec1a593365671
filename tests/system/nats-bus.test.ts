import type { Bus } from '@nephos/core'
import { nats } from '@nephos/drivers/bus/nats'
import { busConformance } from '@nephos/testkit'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NatsServer, startNats } from '../support/nats-server.ts'

let server: NatsServer
let near: NatsConnection
let far: NatsConnection

beforeAll(async () => {
  server = await startNats()
  near = await connect({ servers: server.url })
  far = await connect({ servers: server.url })
})

afterAll(async () => {
  await near.close()
  await far.close()
  await server.kill()
})

/** What one end publishes, the other one hears. */
class Ends implements Bus {
  readonly #from = nats({ connection: near })
  readonly #to = nats({ connection: far })

  get messages(): number {
    return this.#from.messages
  }

  publish(topics: readonly string[]): Promise<void> {
    return this.#from.publish(topics)
  }

  subscribe(topic: string, ring: () => void): () => void {
    return this.#to.subscribe(topic, ring)
  }

  async close(): Promise<void> {
    await this.#from.close()
    await this.#to.close()
  }
}

async function settle(): Promise<void> {
  await near.flush()
  await far.flush()
}

describe('NATS, within a process', () => {
  busConformance({ test, make: () => nats({ connection: near }), settle })
})

describe('NATS, from one process to another', () => {
  const make = async (): Promise<Bus> => {
    const ends = new Ends()
    await far.flush()
    return ends
  }
  busConformance({ test, make, settle })
})

/** Resolves at the next ring. */
function rung(bus: Bus, topic: string): Promise<void> {
  return new Promise((resolve) => {
    const off = bus.subscribe(topic, () => {
      off()
      resolve()
    })
  })
}

/** Each rings when it has its connection: to be listened for before the first one has. */
async function connected(...buses: readonly Bus[]): Promise<void> {
  await Promise.all(buses.map((bus) => rung(bus, 'hello')))
}

test('without its broker a process still hears itself, and all ring when it is back', async () => {
  const here = nats({ servers: server.url })
  const there = nats({ servers: server.url })
  try {
    await connected(here, there)
    await server.kill()
    const own = rung(here, 'own')
    await here.publish(['own'])
    await own
    const missed = rung(there, 'missed')
    await here.publish(['missed'])
    await server.start()
    await missed
  } finally {
    await here.close()
    await there.close()
  }
})

test('closing ends, also while the broker is gone', async () => {
  const bus = nats({ servers: server.url })
  const seen = nats({ servers: server.url })
  await connected(bus, seen)
  server.hang()
  const closing = bus.close()
  await server.kill()
  await server.start()
  await closing
  await seen.close()
})

test('options that cannot work are invalid', () => {
  for (const options of [{}, { servers: 'http://x' }, { servers: 'nats://x', subject: 'a b' }]) {
    expect(() => nats(options)).toThrow(expect.objectContaining({ code: 'invalid' }))
  }
})
