import { defineConfig } from 'vitest/config'

/** Tests read the sources: the `@nephos/source` condition resolves a workspace package to `src`. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@nephos/source', 'node', 'import', 'default'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    exclude: ['tests/system/**', 'tests/compat/**', '**/node_modules/**', '**/dist/**'],
    // One module graph for each worker: a file that loads all anew takes half a second for it.
    isolate: false,
    testTimeout: 180_000,
  },
})
