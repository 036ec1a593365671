/**
 * Imports point one way. Layers of core, lowest first; a folder may import itself and every layer
 * below it. `kernel.ts` names types of all layers and is itself imported for its types only.
 */
const layers = [
  ['base'],
  ['model'],
  ['ports'],
  ['commit', 'placement', 'reference', 'work'],
  ['services'],
]

const core = '^packages/core/src/'
const test = '[.]test[.]ts$'
const inside = (folders) => `${core}(?:${folders.join('|')})/`

/** A folder must not import higher layers, nor a sibling on its own layer. */
const layerRules = layers
  .flatMap((layer, rank) =>
    layer.map((folder) => {
      const siblings = layer.filter((name) => name !== folder)
      const forbidden = [...siblings, ...layers.slice(rank + 1).flat()]
      return {
        name: `core-${folder}-imports-only-below`,
        comment: `core/${folder} may import itself and lower layers.`,
        severity: 'error',
        from: { path: inside([folder]), pathNot: test },
        to: { path: inside(forbidden.filter((name) => !allowedSibling(folder, name))) },
      }
    }),
  )
  .filter((rule) => rule.to.path !== inside([]))

/**
 * What runs (work) and what projects (placement) write through the one writer; work places again
 * what was lost.
 */
function allowedSibling(folder, name) {
  if (name === 'commit') return folder === 'placement' || folder === 'work'
  return folder === 'work' && name === 'placement'
}

/** Packages a package may import, besides itself. Tests may also use the test kit. */
const packages = {
  core: [],
  'scheduler-wasm': [],
  drivers: ['core'],
  testkit: ['core', 'scheduler-wasm'],
  sdk: ['core', 'drivers', 'scheduler-wasm'],
}

const packageRules = Object.entries(packages).flatMap(([name, allowed]) => {
  const own = [name, ...allowed].join('|')
  return [
    {
      name: `${name}-sees-only-its-own`,
      comment: `The sources of ${name} may import: ${allowed.join(', ') || 'no other package'}.`,
      severity: 'error',
      from: { path: `^packages/${name}/(?:src|bin)/`, pathNot: test },
      to: { path: '^packages/[^/]+/', pathNot: `^packages/(?:${own})/` },
    },
  ]
})

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'core-kernel-types-only',
      comment: 'kernel.ts holds types: it imports types and is imported as a type.',
      severity: 'error',
      from: { path: `${core}kernel[.]ts$` },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-kernel-imported-as-type',
      severity: 'error',
      from: { path: core, pathNot: test },
      to: { path: `${core}kernel[.]ts$`, dependencyTypesNot: ['type-only', 'export'] },
    },
    {
      name: 'core-base-imports-nothing-outside',
      comment: 'base is below everything: no package, no other folder.',
      severity: 'error',
      from: { path: inside(['base']), pathNot: test },
      to: { pathNot: inside(['base']) },
    },
    {
      name: 'core-is-pure',
      comment:
        'Core reaches the outside through ports; a digest is the one exception, in reference/.',
      severity: 'error',
      from: { path: core, pathNot: [test, inside(['reference'])] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-reference-only-crypto',
      severity: 'error',
      from: { path: inside(['reference']), pathNot: test },
      to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?crypto$' },
    },
    {
      name: 'scheduler-imports-nothing-at-run-time',
      comment: 'The engine is embedded anywhere: no package, no Node module.',
      severity: 'error',
      from: { path: '^packages/scheduler-wasm/src/', pathNot: test },
      to: { pathNot: '^packages/scheduler-wasm/src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-by-name',
      comment: 'A file in another package is imported by its package name, never by a path.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/src/',
        pathNot: '^packages/$1/',
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: test },
      to: { path: [test, '^packages/[^/]+/test/'] },
    },
    {
      name: 'no-runtime-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-type-cycle-outside-kernel',
      comment: 'Types may go round only through kernel.ts, which names them all.',
      severity: 'error',
      from: { pathNot: `${core}kernel[.]ts$` },
      to: { circular: true, viaOnly: { pathNot: `${core}kernel[.]ts$` } },
    },
    {
      name: 'declared-dependencies',
      comment: 'What a source imports is a dependency or an optional peer of its package.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: test },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional', 'type-only'],
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(?:packages|bench|scripts|tests)/' },
      to: { couldNotResolve: true, pathNot: '/generated/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '/assembly/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@nephos/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
