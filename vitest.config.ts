import { defineConfig } from 'vitest/config'

/** Tests read the sources: the `@nephos/source` condition resolves every workspace package to `src`. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@nephos/source', 'node', 'import', 'default'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
