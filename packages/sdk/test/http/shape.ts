/**
 * What a JSON value looks like, as it is kept in a file: kinds of scalars, a list of at most one,
 * or names of fields with the shapes of their values. A field that is not always there ends in `?`;
 * `*` stands for names that users choose.
 */
export type Written = string | readonly Written[] | { readonly [name: string]: Written }

/** Objects whose names users, or ids, choose. */
const freeNames = `
  metadata properties extra_specs addresses allocations parameters attributes inventories
  specs capabilities outputs environment template resources links usages
  quota(?:_class)?(?:_set)? scheduler_hints consumers summaries mappings requests options
  stats hosts policies traits generation payload limits rules absolute values _map schemas
  property
`
const free = new RegExp(`(?:${freeNames.trim().split(/\s+/).join('|')})$`, 'i')

const uuid = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})$/i

/** The shape of a value: beneath a field of a name that says how its own names come about. */
export function shapeOf(value: unknown, name = ''): Written {
  if (Array.isArray(value)) {
    const [first, ...others] = value.map((item) => shapeOf(item, name))
    return first === undefined ? [] : [others.reduce(joined, first)]
  }
  if (typeof value !== 'object' || value === null) return kindOf(value)
  const entries = Object.entries(value)
  if (free.test(name) || entries.some(([key]) => uuid.test(key))) {
    const [first, ...others] = entries.map(([, inner]) => shapeOf(inner))
    return first === undefined ? {} : { '*': others.reduce(joined, first) }
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, shapeOf(inner, key)]))
}

/** Null may be anywhere: how far a thing has come decides. */
function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'string') return typeof value
  if (uuid.test(value)) return 'id'
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return 'time'
  return /^https?:\/\//.test(value) ? 'url' : 'string'
}

/** What is either of two shapes. */
export function joined(a: Written, b: Written): Written {
  if (a === 'anything' || b === 'anything') return 'anything'
  if (typeof a === 'string' && typeof b === 'string') {
    return [...new Set([...a.split('|'), ...b.split('|')])].sort().join('|')
  }
  // What is null until it is there has the shape that it will have.
  if (a === 'null') return b
  if (b === 'null') return a
  if (isList(a) && isList(b)) {
    const [first, second] = [a[0], b[0]]
    if (first === undefined) return b
    return second === undefined ? a : [joined(first, second)]
  }
  if (isList(a) || isList(b) || typeof a === 'string' || typeof b === 'string') return 'anything'
  const names = new Set([...Object.keys(a), ...Object.keys(b)].map(bare))
  const fields = [...names].sort().map((name): [string, Written] => {
    const [one, other] = [fieldOf(a, name), fieldOf(b, name)]
    const isAlways = name in a && name in b
    const inner =
      one === undefined || other === undefined ? (one ?? other ?? 'null') : joined(one, other)
    return [isAlways || name === '*' ? name : `${name}?`, inner]
  })
  return Object.fromEntries(fields)
}

/** How a value differs from a shape that it should have; undefined when it does not. */
export function difference(found: Written, wanted: Written, path = 'answer'): string | undefined {
  if ([found, wanted].some((one) => one === 'null' || one === 'anything')) return undefined
  if (typeof wanted === 'string') {
    if (typeof found !== 'string') return `${path}: is no ${wanted}`
    const strange = found.split('|').find((kind) => !isOneOf(kind, wanted))
    return strange === undefined ? undefined : `${path}: is ${strange}, not ${wanted}`
  }
  if (typeof found === 'string') return `${path}: is ${found}, not what it was`
  if (isList(wanted)) {
    if (!isList(found)) return `${path}: is no list`
    const [one, other] = [found[0], wanted[0]]
    return one === undefined || other === undefined
      ? undefined
      : difference(one, other, `${path}[]`)
  }
  return isList(found) ? `${path}: is a list` : fieldsDifference(found, wanted, path)
}

type Fields = { readonly [name: string]: Written }

function fieldsDifference(found: Fields, wanted: Fields, path: string): string | undefined {
  for (const name of Object.keys(wanted)) {
    const isNeeded = !name.endsWith('?') && name !== '*'
    if (isNeeded && !(name in found)) return `${path}.${name}: is missing`
  }
  for (const key of Object.keys(found)) {
    const inner = fieldOf(wanted, bare(key))
    // An object that was always empty, or whose names are free, says nothing of its names.
    if (inner === undefined && '*' in wanted) continue
    if (inner === undefined && Object.keys(wanted).length === 0) continue
    if (inner === undefined) return `${path}.${key}: is new`
    const own = difference(found[key] as Written, inner, `${path}.${key}`)
    if (own !== undefined) return own
  }
  return undefined
}

/** An id, a time and an address are texts that look like one: a text may by chance. */
function isOneOf(kind: string, wanted: string): boolean {
  const kinds = wanted.split('|')
  if (kind === 'null' || kinds.includes(kind)) return true
  return ['id', 'time', 'url'].includes(kind) && kinds.includes('string')
}

function bare(name: string): string {
  return name.endsWith('?') ? name.slice(0, -1) : name
}

function fieldOf(fields: Fields, name: string): Written | undefined {
  return fields[name] ?? fields[`${name}?`]
}

function isList(written: Written): written is readonly Written[] {
  return Array.isArray(written)
}
