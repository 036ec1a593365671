import { fileURLToPath } from 'node:url'
import { crashBook } from './crashes/book.ts'
import { main } from './runner/main.ts'
import { runStory } from './story.ts'

await main({
  run: runStory,
  book: crashBook,
  file: fileURLToPath(import.meta.url),
  words: process.argv.slice(2),
})
