import { describe, expect, it } from 'vitest'
import { probes } from '../../src/simulate/probes.ts'
import { regressions } from '../../src/simulate/regressions.ts'
import { attemptStory, violationsOf } from '../../src/simulate/runner/attempt.ts'
import { commandOf } from '../../src/simulate/runner/command.ts'
import { runStory } from '../../src/simulate/story.ts'

describe('stories that once found a defect', () => {
  it('are named once', () => {
    const commands = regressions.map(({ story }) => commandOf(story))
    expect(new Set(commands).size).toBe(commands.length)
  })

  for (const { story, was } of regressions) {
    it(`${commandOf(story)}: ${was}`, async () => {
      expect(violationsOf(await attemptStory(runStory, story))).toEqual([])
    })
  }
})

describe('a story', () => {
  it('is the same each time, drawn or not', async () => {
    const [once, again] = await Promise.all([
      attemptStory(runStory, { seed: 42 }),
      attemptStory(runStory, { seed: 42, keepTrace: 100 }),
    ])
    expect(once.result?.hash).toMatch(/^[\da-f]{16}$/)
    expect(again.result?.hash).toBe(once.result?.hash)
  })
})

it('no rare path is named twice', () => {
  expect(new Set(probes.map(({ path }) => path)).size).toBe(probes.length)
})
