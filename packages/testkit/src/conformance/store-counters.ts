import type { CounterAdd, Store } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { add, counterText, counterTexts, type Law, write, writeOk } from './store-fixture.ts'

async function refusedBy(store: Store, ...adds: readonly CounterAdd[]): Promise<unknown> {
  const result = await write(store, { add: adds })
  assert(!result.ok && result.conflict.type === 'counter', 'a counter conflict')
  return result.conflict.counters
}

export function counterLaws(law: Law): void {
  addLaws(law)
  limitLaws(law)
  scopeLaws(law)
}

function addLaws(law: Law): void {
  law('an absent counter is made with the limit given, else it is a conflict', async (store) => {
    await writeOk(store, { add: [add('a', 2, { limit: 3 }), add('zero', 0, { limit: 1 })] })
    equal(await counterTexts(store), ['a: 2/3', 'zero: 0/1'])
    equal(await refusedBy(store, add('b', 1), add('c', 0), add('a', 1)), [
      { scope: 's', name: 'b', add: 1 },
      { scope: 's', name: 'c', add: 0 },
    ])
  })

  law('a limit given with an add does not change a counter that exists', async (store) => {
    await writeOk(store, { add: [add('a', 1, { limit: 3 })] })
    await writeOk(store, { add: [add('a', 1, { limit: 100 })] })
    equal(await counterTexts(store), ['a: 2/3'])
  })

  law('an add beyond the limit, or below 0, is a conflict; all are told', async (store) => {
    await writeOk(store, { add: ['a', 'b', 'c'].map((name) => add(name, 2, { limit: 3 })) })
    const told = await refusedBy(store, add('a', 2), add('b', 1), add('c', -3))
    equal(told, [
      { scope: 's', name: 'a', add: 2, value: 2, limit: 3 },
      { scope: 's', name: 'c', add: -3, value: 2, limit: 3 },
    ])
    equal(await refusedBy(store, add('d', 4, { limit: 3 }), add('e', -1, { limit: 3 })), [
      { scope: 's', name: 'd', add: 4, limit: 3 },
      { scope: 's', name: 'e', add: -1, limit: 3 },
    ])
    equal(await counterTexts(store), ['a: 2/3', 'b: 2/3', 'c: 2/3'])
    await writeOk(store, { add: [add('a', 1), add('c', -2)] })
    equal(await counterTexts(store), ['a: 3/3', 'b: 2/3', 'c: 0/3'])
  })

  law('several adds to one counter count as their sum', async (store) => {
    await writeOk(store, { add: [add('a', 5, { limit: 3 }), add('a', -3)] })
    equal(await counterTexts(store), ['a: 2/3'])
    equal(await refusedBy(store, add('a', 1), add('a', 1)), [
      { scope: 's', name: 'a', add: 2, value: 2, limit: 3 },
    ])
  })

  law('a transient counter is removed when it comes to 0', async (store) => {
    const transient = true
    await writeOk(store, { add: [add('a', 2, { limit: 9, transient }), add('b', 2, { limit: 9 })] })
    await writeOk(store, { add: [add('a', -1, { transient }), add('b', -2)] })
    equal(await counterTexts(store), ['a: 1/9', 'b: 0/9'])
    await writeOk(store, {
      add: [add('a', -1, { transient }), add('c', 0, { limit: 1, transient })],
    })
    equal(await counterTexts(store), ['b: 0/9'])
    await writeOk(store, { add: [add('a', 1, { limit: 4, transient })] })
    equal(await counterTexts(store), ['a: 1/4', 'b: 0/9'])
  })

  law('counters hold every exact integer, and no other', async (store) => {
    const limit = Number.MAX_SAFE_INTEGER
    await writeOk(store, { add: [add('a', limit - 1, { limit }), add('b', 1, { limit })] })
    await writeOk(store, { add: [add('a', 1)] })
    equal(await counterTexts(store), [`a: ${limit}/${limit}`, `b: 1/${limit}`])
    equal(await refusedBy(store, add('a', 1)), [
      { scope: 's', name: 'a', add: 1, value: limit, limit },
    ])
    for (const bad of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      await rejects(write(store, { add: [add('b', bad)] }), 'invalid', `add ${bad}`)
      await rejects(write(store, { add: [add('b', 0, { limit: bad })] }), 'invalid', `of ${bad}`)
    }
    await rejects(write(store, { add: [add('b', limit), add('b', limit)] }), 'invalid')
    await rejects(write(store, { add: [add('b', 0, { limit: -1 })] }), 'invalid')
  })
}

function limitLaws(law: Law): void {
  law('a limit may be set before and below the value, which is not touched', async (store) => {
    await writeOk(store, { limit: [{ scope: 's', name: 'a', limit: 5 }] })
    equal(await counterTexts(store), ['a: 0/5'])
    await writeOk(store, { add: [add('a', 5)] })
    await writeOk(store, { limit: [{ scope: 's', name: 'a', limit: 2 }] })
    equal(await counterTexts(store), ['a: 5/2'])
  })

  law('above its limit a counter takes nothing more, and gives back', async (store) => {
    await writeOk(store, { add: [add('a', 5, { limit: 5 })] })
    await writeOk(store, { limit: [{ scope: 's', name: 'a', limit: 2 }] })
    equal(await refusedBy(store, add('a', 1)), [
      { scope: 's', name: 'a', add: 1, value: 5, limit: 2 },
    ])
    await writeOk(store, { add: [add('a', 0)] })
    await writeOk(store, { add: [add('a', -1)] })
    equal(await counterTexts(store), ['a: 4/2'])
    await writeOk(store, { add: [add('a', -3)] })
    await writeOk(store, { add: [add('a', 1)] })
    equal(await counterTexts(store), ['a: 2/2'])
  })

  law('in a batch limits come first, then adds, then drops', async (store) => {
    await writeOk(store, { add: [add('a', 1, { limit: 1 })] })
    await writeOk(store, {
      add: [add('a', 2)],
      limit: [
        { scope: 's', name: 'a', limit: 2 },
        { scope: 's', name: 'a', limit: 3 },
      ],
    })
    equal(await counterTexts(store), ['a: 3/3'])
    const drop = ['s', 'none']
    const refused = await write(store, { add: [add('a', -4)], drop })
    assert(!refused.ok, 'an add guards the drop of its scope')
    await writeOk(store, { add: [add('a', -3), add('b', 1, { limit: 1 })], drop })
    equal(await counterTexts(store), [])
  })
}

function scopeLaws(law: Law): void {
  law('a drop removes every counter of its scope and no other', async (store) => {
    await writeOk(store, {
      add: ['s', 's2', 'S', 'r'].map((scope) => add('a', 1, { scope, limit: 1 })),
    })
    await writeOk(store, { drop: ['s'] })
    equal((await store.counters(['s', 's2', 'S', 'r'])).length, 3)
    equal(await store.counters(['s']), [])
  })

  law('counters answers for the scopes asked, each once', async (store) => {
    await writeOk(store, {
      add: [
        add('a', 1, { limit: 2 }),
        add('b', 1, { limit: 2 }),
        add('a', 2, { scope: 't', limit: 3 }),
      ],
    })
    equal(await counterTexts(store, 't', 's', 'none', 's'), ['a: 1/2', 'a: 2/3', 'b: 1/2'])
    equal(await store.counters([]), [])
  })

  law('scan gives whole scopes, in order, page after page', async (store) => {
    const scopes = ['h:1', 'h:10', 'h:2', 'h:é', 'h:\u{1f600}', 'h:\uffff', 'h', 'g:1', 'i:1', 'h:']
    await writeOk(store, {
      add: scopes.flatMap((scope) =>
        ['b', 'a', 'c'].map((name) => add(name, 1, { scope, limit: 9 })),
      ),
    })
    const order = ['h:', 'h:1', 'h:10', 'h:2', 'h:é', 'h:\uffff', 'h:\u{1f600}']
    for (const limit of [1, 2, 7, 100]) {
      const found: string[] = []
      let after: string | undefined
      for (;;) {
        const page = await store.scan('h:', { limit, ...(after !== undefined && { after }) })
        const names = page.map(({ scope }) => scope)
        const inPage = [...new Set(names)]
        assert(inPage.length <= limit, 'no more scopes than asked')
        equal(page.length, inPage.length * 3, 'each scope is whole')
        equal(
          names,
          inPage.flatMap((scope) => [scope, scope, scope]),
          'scope by scope',
        )
        found.push(...inPage)
        after = inPage.at(-1)
        if (after === undefined) break
      }
      equal(found, order, `scopes by pages of ${limit}`)
    }
    equal((await store.scan('', { limit: 1_000 })).length, scopes.length * 3)
    equal((await store.scan('h:\u{1f600}', { limit: 9 })).map(counterText).sort(), [
      'a: 1/9',
      'b: 1/9',
      'c: 1/9',
    ])
    equal(await store.scan('\u{10ffff}', { limit: 9 }), [])
    equal((await store.scan('h:', { limit: 9, after: 'a' })).length, order.length * 3)
  })
}
