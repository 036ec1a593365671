#!/usr/bin/env node
// The `nephos-simulate` command. Committed, so that npm can link it before anything is built.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../dist/simulate/cli.js', import.meta.url)
if (existsSync(fileURLToPath(main))) {
  await import(main.href)
} else {
  process.stderr.write(
    'nephos-simulate is not built yet: run `npm run build:js` in the repository root.\n',
  )
  process.exitCode = 1
}
