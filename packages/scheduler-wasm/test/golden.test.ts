import { describe, expect, it } from 'vitest'
import { createEngine, type PlacementAnswer, type PlacementAsk, tiers } from '../src/index.ts'

/*
 * Answers written down once. A change here is a change of behaviour: replays of old requests would
 * be decided differently, so it belongs in the release notes.
 */
const shapes = [
  { VCPU: 64, MEMORY_MB: 196_608 },
  { VCPU: 128, MEMORY_MB: 524_288 },
]

function fleet(tier: (typeof tiers)[number]): ReturnType<typeof createEngine> {
  const engine = createEngine({ tier })
  const ids = Array.from({ length: 150 }, (_, index) => index)
  engine.putHosts(
    ids.map((index) => ({
      id: `host-${index}`,
      zone: `zone-${index % 3}`,
      capacity: shapes[index % 2] as (typeof shapes)[number],
      traits: index % 5 === 0 ? ['SSD'] : [],
      aggregates: [`rack-${index % 10}`],
      enabled: index % 50 !== 49,
    })),
  )
  engine.setUsage(
    ids
      .filter((index) => index % 4 !== 0)
      .map((index) => ({
        hostId: `host-${index}`,
        used: { VCPU: (index * 7) % 64, MEMORY_MB: ((index * 13) % 180) * 1_024 },
      })),
  )
  return engine
}

/** Short: `host×count`, or what the refusal says. */
function text(answer: PlacementAnswer): string {
  if (answer.ok) {
    return answer.assignments.map(({ hostId, count }) => `${hostId.slice(5)}×${count}`).join(' ')
  }
  const { nearestFeasible, scarcest, ruledOut } = answer.explanation
  return `${nearestFeasible} ${scarcest} ${Object.values(ruledOut).join()}`
}

const resources = { VCPU: 4, MEMORY_MB: 16_384 }
const asks: Record<string, PlacementAsk> = {
  pack: { resources, min: 1, max: 1, policy: 'pack', seed: 1 },
  packGang: { resources, min: 60, max: 60, policy: 'pack', seed: 2 },
  spread: { resources, min: 1, max: 1, policy: 'spread', seed: 3 },
  spreadGang: { resources, min: 8, max: 8, policy: 'spread', seed: 4 },
  racks: { resources, min: 5, max: 9, policy: 'pack', seed: 5, memberOf: [['rack-1', 'rack-3']] },
  apart: {
    resources,
    min: 6,
    max: 6,
    policy: 'pack',
    seed: 6,
    group: { policy: 'anti-affinity', members: [{ hostId: 'host-3', count: 1 }] },
  },
  together: {
    resources,
    min: 6,
    max: 6,
    policy: 'spread',
    seed: 7,
    group: { policy: 'affinity', members: [] },
  },
  refused: {
    resources: { VCPU: 100, MEMORY_MB: 16_384 },
    min: 200,
    max: 200,
    policy: 'pack',
    seed: 8,
    forbiddenTraits: ['SSD'],
  },
}

describe.each(tiers)('tier %s', (tier) => {
  it('decides as it always did', () => {
    const engine = fleet(tier)
    const answers = Object.entries(asks).map(([name, ask]) => `${name}: ${text(engine.place(ask))}`)
    expect(answers.join('\n')).toMatchInlineSnapshot(`
      "pack: 54×1
      packGang: 131×26 77×25 103×9
      spread: 111×1
      spreadGang: 1×1 8×1 32×1 128×1 28×1 136×1 24×1 96×1
      racks: 103×9
      apart: 26×1 134×1 103×1 106×1 78×1 50×1
      together: 44×6
      refused: 24 VCPU 3,0,0,0,0,30,0,93"
    `)
  })
})
