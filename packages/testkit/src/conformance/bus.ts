import type { Bus } from '@nephos/core'
import { assert, equal } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface BusSuiteOptions extends SuiteOptions<Bus> {
  /**
   * Resolves when what was published has arrived. A bus may lose messages in service; on the quiet
   * one of this suite it must not.
   */
  readonly settle: () => Promise<void>
}

/** The promises of `Bus` that every bus keeps. */
export function busConformance({ test, make, settle }: BusSuiteOptions): void {
  const check: Check = (name, body) => test(`bus: ${name}`, () => withSubject(make, body))
  checkRings(check, settle)
  checkListeners(check, settle)

  test('bus: nothing rings after close, which is idempotent', async () => {
    const bus = await make()
    let rings = 0
    bus.subscribe('a', () => rings++)
    await bus.close()
    await bus.close()
    await bus.publish(['a']).catch(() => undefined)
    await settle()
    equal(rings, 0)
  })
}

type Check = (name: string, body: (bus: Bus) => Promise<void>) => void
type Settle = BusSuiteOptions['settle']

function checkRings(check: Check, settle: Settle): void {
  check('rings every subscriber of the topic, and no other', async (bus) => {
    const rung: string[] = []
    bus.subscribe('a', () => rung.push('a1'))
    bus.subscribe('a', () => rung.push('a2'))
    bus.subscribe('b', () => rung.push('b'))
    await bus.publish(['a'])
    await settle()
    equal([...new Set(rung)].sort(), ['a1', 'a2'])
  })

  check('carries many topics in one message', async (bus) => {
    const topics = Array.from({ length: 300 }, (_, index) => `topic-${index}`)
    const rung = new Set<string>()
    for (const topic of topics) bus.subscribe(topic, () => rung.add(topic))
    const before = bus.messages
    await bus.publish(topics)
    await settle()
    equal([...rung].sort(), topics.toSorted())
    equal(bus.messages - before, 1, 'messages for 300 topics')
  })

  check('rings at least once after a burst', async (bus) => {
    let rings = 0
    bus.subscribe('a', () => rings++)
    await Promise.all(Array.from({ length: 100 }, () => bus.publish(['a', 'a'])))
    await settle()
    assert(rings >= 1 && rings <= 100, `${rings} rings for a burst of 100`)
    const before = rings
    await bus.publish(['a'])
    await settle()
    assert(rings > before, 'no ring after the burst')
  })
}

function checkListeners(check: Check, settle: Settle): void {
  check('an unsubscribed listener is not rung, and its neighbours are', async (bus) => {
    const rung: string[] = []
    const off = bus.subscribe('a', () => rung.push('gone'))
    const other = bus.subscribe('a', () => rung.push('kept'))
    off()
    off()
    await bus.publish(['a'])
    await settle()
    equal([...new Set(rung)], ['kept'])
    other()
    const again = bus.subscribe('a', () => rung.push('again'))
    other()
    await bus.publish(['a'])
    await settle()
    assert(rung.includes('again'), 'unsubscribing twice took a later listener away')
    again()
  })

  check('publishing to no one, or nothing, is no error', async (bus) => {
    await bus.publish(['nobody'])
    await bus.publish([])
    await settle()
  })

  check('a listener that throws does not silence the others', async (bus) => {
    const rung: string[] = []
    bus.subscribe('a', () => {
      throw new Error('from a listener')
    })
    bus.subscribe('a', () => rung.push('second'))
    // An error of a publish is the caller's to ignore.
    await bus.publish(['a']).catch(() => undefined)
    await settle()
    equal([...new Set(rung)], ['second'])
  })
}
