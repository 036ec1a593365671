import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine, EngineError, type PlacementAnswer, type Scheduler } from '../src/index.ts'
import { largeAsks, largeFleet, type Step, steps } from './arbitraries.ts'

/**
 * Plays steps on an engine. Every answer, every error and the whole state after each step, as text.
 */
function play(engine: Scheduler, script: readonly Step[]): string[] {
  let last: { answer: PlacementAnswer; step: Step } | undefined
  return script.map((step) => {
    const outcome = (): unknown => {
      switch (step.do) {
        case 'put':
          return engine.putHosts(step.hosts)
        case 'remove':
          return engine.removeHosts(step.ids)
        case 'use':
          return engine.setUsage(step.usages)
        case 'adjust':
          return engine.adjust(step.claims, step.sign)
        case 'preview':
          return engine.preview(step.ask)
        case 'place':
          last = { answer: engine.place(step.ask), step }
          return last.answer
        case 'undo': {
          if (!last?.answer.ok || last.step.do !== 'place') return undefined
          const { resources } = last.step.ask
          const claims = last.answer.assignments.map((each) => ({ ...each, resources }))
          last = undefined
          return engine.adjust(claims, -1)
        }
      }
    }
    return JSON.stringify([attempt(outcome), stateOf(engine)])
  })
}

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof EngineError) return [error.code, error.field.split('[')[0]]
    throw error
  }
}

function stateOf(engine: Scheduler): unknown {
  const ids = Array.from({ length: 90 }, (_, index) => `host-${index}`)
  return [engine.capacity(), ids.map((id) => engine.usage(id))]
}

describe.each(['simd', 'plain'] as const)('tier %s', (tier) => {
  it('gives the answers of the oracle, byte for byte, whatever happens to the fleet', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const expected = play(createEngine({ tier: 'typescript' }), script)
        expect(play(createEngine({ tier }), script)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the answers of the oracle for gangs on fleets of many blocks', () => {
    fc.assert(
      fc.property(largeFleet, largeAsks, (fleet, asks) => {
        const answers = (engine: Scheduler): string[] => {
          engine.putHosts(fleet.map(({ view }) => view))
          engine.setUsage(fleet.map(({ usage }) => usage))
          return asks.map((ask) => JSON.stringify([engine.place(ask), engine.capacity()]))
        }
        const expected = answers(createEngine({ tier: 'typescript' }))
        expect(answers(createEngine({ tier }))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})
