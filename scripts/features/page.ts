import type { Feature, FeatureTable } from './feature.ts'

/** Tests by the id of the feature that they prove: path of the file, and how many. */
export type Proofs = ReadonlyMap<string, ReadonlyMap<string, number>>

const named =
  /\b(?:it|test|describe)(?:\.\w+)?(?:\([^()]*\))?\(\s*['"`]((?:[A-Z]\d{1,2}, )*[A-Z]\d{1,2}): /g

/** Ids of features that the names of a file's tests begin with, once for each test. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(named)].flatMap(([, ids = '']) => ids.split(', '))
}

/** What the table says and the tests do not, or the other way round. */
export function contradictions(tables: readonly FeatureTable[], proofs: Proofs): string[] {
  const features = tables.flatMap((table) => table.features)
  const known = new Map(features.map((feature) => [feature.id, feature]))
  const unknown = [...proofs.keys()]
    .filter((id) => !known.has(id))
    .map((id) => `${id}: a test names it, no table does.`)
  const unproved = features
    .filter(({ id, state }) => state !== 'absent' && !proofs.has(id))
    .map(({ id, state }) => `${id}: ${state}, but no test carries its id.`)
  const denied = features
    .filter(({ id, state }) => state === 'absent' && proofs.has(id))
    .map(({ id }) => `${id}: absent, but tests carry its id.`)
  const twice = features
    .filter((feature) => known.get(feature.id) !== feature)
    .map(({ id }) => `${id}: is listed twice.`)
  return [...unknown, ...unproved, ...denied, ...twice]
}

/** The page, in Markdown. */
export function featuresPage(tables: readonly FeatureTable[], proofs: Proofs): string {
  const all = tables.flatMap(({ features }) => features)
  return [
    '# Features',
    '',
    'What users expect of a cloud, by service, and how far it is there from the library.',
    'Tests carry the ids. `npm run features` writes this page, from `scripts/features`',
    'and the names of the tests; over HTTP: how many of them ask by the HTTP interfaces.',
    '',
    summary(all),
    '',
    ...tables.flatMap((table) => [`## ${table.service}`, '', ...tableLines(table, proofs), '']),
  ].join('\n')
}

function summary(features: readonly Feature[]): string {
  const count = (tier: Feature['tier'], state: Feature['state']): number =>
    features.filter((feature) => feature.tier === tier && feature.state === state).length
  const row = (tier: Feature['tier']): string =>
    `| ${tier} | ${count(tier, 'works')} | ${count(tier, 'partial')} | ${count(tier, 'absent')} |`
  const head = ['| tier | works | partial | absent |', '|---|---|---|---|']
  return [...head, row('must'), row('should'), row('beyond')].join('\n')
}

function tableLines({ features }: FeatureTable, proofs: Proofs): string[] {
  return [
    '| id | feature | tier | state | over HTTP | tests |',
    '|---|---|---|---|---|---|',
    ...features.map(({ id, title, tier, state, missing }) => {
      const how = missing === undefined ? state : `${state}; missing: ${missing}`
      const files = proofs.get(id)
      const http = overHttp(files) || ''
      return `| ${id} | ${title} | ${tier} | ${how} | ${http} | ${proofLinks(files)} |`
    }),
  ]
}

/** How many tests of a feature go through the HTTP interfaces. */
function overHttp(files: ReadonlyMap<string, number> | undefined): number {
  return [...(files ?? [])]
    .filter(([path]) => /^packages\/sdk\/test\/http\/|^tests\/compat\//.test(path))
    .reduce((sum, [, count]) => sum + count, 0)
}

function proofLinks(files: ReadonlyMap<string, number> | undefined): string {
  return [...(files ?? [])]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, count]) => {
      const name = path.split('/').at(-1)
      return `[${name}](../../${path})${count > 1 ? ` ×${count}` : ''}`
    })
    .join(', ')
}
