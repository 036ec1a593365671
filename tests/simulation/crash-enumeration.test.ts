import { networkCreate, operations } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import {
  enumerateCrashes,
  replayCrash,
} from '../../packages/testkit/src/simulate/crashes/enumerate.ts'
import {
  parseCrash,
  printCrash,
  type Scenario,
} from '../../packages/testkit/src/simulate/crashes/scenario.ts'
import { scenarios } from '../../packages/testkit/src/simulate/crashes/scenarios/index.ts'
import { stage } from '../../packages/testkit/src/simulate/crashes/stage.ts'

const named = (name: string): Scenario => {
  return scenarios.find((scenario) => scenario.name === name) as Scenario
}

/** A client without idempotency key, which repeats all the same. */
const careless: Scenario = {
  name: 'careless',
  prepare: async (client) => {
    const { member } = await stage(client)
    return async () => {
      await client.attempt((plane) => plane.invoke(member, networkCreate, { name: 'net' }))
    }
  },
}

describe('enumeration of crashes', () => {
  it('covers every operation that changes something', async () => {
    const called = new Set<string>()
    for (const scenario of scenarios) {
      const { operations: ids } = await enumerateCrashes(scenario, { depth: 0 })
      for (const id of ids) called.add(id)
    }
    const missing = operations.filter(({ id, mutates }) => mutates && !called.has(id))
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  it('has every step of a workflow run twice, and undone twice', async () => {
    const { repeated } = await enumerateCrashes(named('create-late'), { depth: 1 })
    expect(repeated).toEqual(['server.converge.apply run', 'server.converge.apply undo'])
  })

  it.each(['create-declined', 'users', 'image-upload', 'networks'])(
    'leaves nothing out by running each state once: %s',
    async (name) => {
      const once = await enumerateCrashes(named(name), { depth: 1 })
      const all = await enumerateCrashes(named(name), { depth: 1, memo: false })
      expect(all.runs).toBe(all.points + 1)
      expect(all).toMatchObject({ forks: 0, failures: [], states: once.states })
      expect(once.runs).toBeLessThan(all.runs)
    },
  )

  it('leaves nothing out of the pairs either', async () => {
    // Every pair takes minutes; an odd step meets both sides of calls.
    const some = { every: 5 }
    const once = await enumerateCrashes(named('image-delete'), some)
    const all = await enumerateCrashes(named('image-delete'), { ...some, memo: false })
    expect(all.runs).toBe(1 + all.points + all.pairs)
    // Not the number of pairs: states are told apart without records of what happened, and those
    // who write the audit chain and events make more or fewer calls for it.
    expect(all).toMatchObject({ forks: 0, failures: [], states: once.states })
    expect(once.runs).toBeLessThan(all.runs / 10)
  })

  it('finds a deed that is done twice, and says where', async () => {
    const { failures } = await enumerateCrashes(careless, { depth: 1 })
    expect(failures.length).toBeGreaterThan(0)
    expect(failures[0]?.crash).toMatch(/^careless:\d+:(?:before|after)$/)
    expect(failures[0]?.what.join()).toContain('+ network ')
  })

  it('replays a crash by its name', async () => {
    expect(await replayCrash('stop:4:after')).toEqual([])
    await expect(replayCrash('stop:four')).rejects.toMatchObject({ code: 'invalid' })
    await expect(replayCrash('nothing:1:after')).rejects.toMatchObject({ code: 'notFound' })
    const text = 'stop:17:after,worker/4:before'
    expect(printCrash('stop', parseCrash(text)?.points ?? [])).toBe(text)
  })
})
