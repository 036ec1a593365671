import { defineConfig } from 'vitest/config'

/**
 * Tests of the built product from outside: real processes, signals, files. They need `npm run
 * build:js` first, and run one file at a time, so that no test starves another of the machine.
 */
export default defineConfig({
  test: {
    include: ['tests/system/**/*.test.ts', 'tests/compat/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
