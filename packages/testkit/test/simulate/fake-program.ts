import { fileURLToPath } from 'node:url'
import { main } from '../../src/simulate/runner/main.ts'
import type { StoryOptions, StoryResult } from '../../src/simulate/story-types.ts'
import { fakeBook } from './fake-crashes.ts'
import { fakeStory } from './fake-story.ts'

/** The program over a story that goes wrong as a whole at some seeds. */
async function run(options: StoryOptions): Promise<StoryResult> {
  const { seed } = options
  if (seed === 1_001) throw new Error('the story breaks off')
  if (seed === 1_002) process.exit(7)
  if (seed === 1_003) await new Promise(() => undefined)
  if (seed === 1_004) void Promise.reject(new Error('nobody asked'))
  const { minutes = 0 } = options.plan ?? {}
  // These take their time, and the second kind says that it has begun.
  if (minutes === 1 || minutes === 2) await new Promise((resolve) => setTimeout(resolve, 20))
  if (minutes === 2) process.stderr.write('a story has run\n')
  const result = await fakeStory(options)
  return seed === 1_005 ? { ...result, hash: `hash-of-process-${process.pid}` } : result
}

await main({
  run,
  book: fakeBook,
  file: fileURLToPath(import.meta.url),
  words: process.argv.slice(2),
})
