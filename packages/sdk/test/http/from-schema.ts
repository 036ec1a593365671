import { SeededRandom } from '@nephos/core'

type Schema = Readonly<Record<string, unknown>>

/** What nobody expects: types, sizes and spellings that break careless code. */
const odd: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 2 ** 53, 0.5, '', ' ', 'ü', '\u0000', '💥', '../../etc/passwd'],
  ...['%00', '%2e%2e', '{{7*7}}', "'; --", 'x'.repeat(300), [], {}, [[]], { '': '' }],
  ...['00000000-0000-4000-8000-000000000000', '2026-01-01T00:00:00Z', '10.0.0.0/8', 'latest'],
]

/** Draws values under a seed: such as a schema takes, and such as it should refuse. */
export class Draw {
  readonly #random: SeededRandom
  /** Ids that answers told of, by the collection that they were in. */
  readonly #ids = new Map<string, string[]>()

  constructor(seed: number) {
    this.#random = new SeededRandom(seed)
  }

  below(count: number): number {
    return Math.floor((this.#random.uint32() / 2 ** 32) * count)
  }

  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }

  chance(share: number): boolean {
    return this.#random.uint32() / 2 ** 32 < share
  }

  /** Keeps an id of a collection, such as `servers`, for requests that follow. */
  remember(collection: string, id: string): void {
    const ids = this.#ids.get(collection) ?? []
    if (ids.length < 200) ids.push(id)
    else ids[this.below(ids.length)] = id
    this.#ids.set(collection, ids)
  }

  /** An id that exists in a collection, as a rule; else of any other, or none at all. */
  id(collection: string): string {
    const own = this.#ids.get(collection)
    if (own && this.chance(0.9)) return this.one(own)
    const all = [...this.#ids.values()]
    if (all.length > 0 && this.chance(0.5)) return this.one(this.one(all))
    return String(this.one(odd.filter((value) => typeof value === 'string' && value !== '')))
  }

  /** A value that a schema takes, but for one part in `wrong` that it should refuse. */
  value(schema: Schema, wrong: number, root: Schema = schema, depth = 0, name = ''): unknown {
    if (this.chance(wrong)) return this.one(odd)
    const ref = schema['$ref']
    if (typeof ref === 'string') return this.value(resolved(root, ref), wrong, root, depth, name)
    if ('const' in schema) return schema['const']
    const { enum: choices } = schema
    if (Array.isArray(choices)) return this.one(choices)
    const alternatives = schema['anyOf'] ?? schema['oneOf']
    if (Array.isArray(alternatives)) {
      return this.value(this.one(alternatives as Schema[]), wrong, root, depth, name)
    }
    if (depth > 8) return null
    const type = Array.isArray(schema['type'])
      ? this.one(schema['type'] as string[])
      : schema['type']
    if (type === 'object') return this.#object(schema, wrong, root, depth)
    if (type === 'array') return this.#array(schema, wrong, root, depth)
    if (type === 'boolean') return this.chance(0.5)
    if (type === 'integer' || type === 'number') return this.#number(schema)
    if (type === 'null') return null
    return this.#text(name)
  }

  #object(schema: Schema, wrong: number, root: Schema, depth: number): unknown {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
    const required = new Set((schema['required'] ?? []) as readonly string[])
    const value: Record<string, unknown> = {}
    for (const [name, inner] of Object.entries(properties)) {
      const isThere = required.has(name) ? !this.chance(wrong) : this.chance(0.3)
      if (isThere) value[name] = this.value(inner, wrong, root, depth + 1, name)
    }
    if (this.chance(wrong)) value[this.one(['surplus', 'id', 'project_id', 'status', 'host'])] = 'x'
    return value
  }

  #array(schema: Schema, wrong: number, root: Schema, depth: number): unknown {
    const items = schema['items']
    const length = Math.max(Number(schema['minItems'] ?? 0), this.below(3))
    return Array.from({ length }, () =>
      this.value(typeof items === 'object' ? (items as Schema) : {}, wrong, root, depth + 1),
    )
  }

  /** Of a field's name: `network_id` is an id of `networks`, a `cidr` is a block of addresses. */
  #text(name: string): string {
    if (/cidr|prefix|range/.test(name)) return `10.${this.below(250)}.${this.below(250)}.0/24`
    if (/address|_ip$|^ip_/.test(name)) return `10.0.${this.below(250)}.${1 + this.below(250)}`
    const noun = /^(\w+?)(?:_?(?:uu)?id|Ref)$/i.exec(name)?.[1]
    if (noun === 'flavor') return this.one(['1', '2', '3'])
    if (noun !== undefined || name === 'uuid' || name === 'port') {
      return this.id(plural(noun ?? (name === 'port' ? 'port' : 'network')))
    }
    return this.one(['a', 'web', 'own', 'default', '1', 'tcp', 'HTTP', 'raw', 'bare', 'active'])
  }

  #number(schema: Schema): number {
    const least = Number(schema['minimum'] ?? 0)
    const most = Math.min(Number(schema['maximum'] ?? 10), least + 10)
    return least + this.below(most - least + 1)
  }
}

function resolved(root: Schema, ref: string): Schema {
  let at: unknown = root
  for (const part of ref.split('/').slice(1)) {
    at = typeof at === 'object' && at !== null ? (at as Schema)[part] : undefined
  }
  return typeof at === 'object' && at !== null ? (at as Schema) : {}
}

function plural(noun: string): string {
  const last = noun.split('_').at(-1) ?? noun
  return last.endsWith('y') ? `${last.slice(0, -1)}ies` : `${last}s`
}
