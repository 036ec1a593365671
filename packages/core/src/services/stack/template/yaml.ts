import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Tags,
  type YAMLMap,
} from 'yaml'
import { limits } from '../../../base/limits.ts'
import { isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'

/** Types of YAML 1.1 that a template has no use for, or that turn text into something else. */
const unwanted: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
])
/** `12:30` is a text, not a number to the base of 60. */
const sexagesimal = 'TIME'

const boolTag = 'tag:yaml.org,2002:bool'

/** As Heat's parser has them: `y` and `n` are texts, dates are, and times are. */
function heatTags(tags: Tags): Tags {
  return tags
    .filter((tag) => {
      if (typeof tag !== 'object') return true
      const { format } = tag as { readonly format?: string }
      return !unwanted.has(tag.tag) && format !== sexagesimal
    })
    .map((tag) => {
      if (typeof tag !== 'object' || tag.tag !== boolTag) return tag
      const { test } = tag as { readonly test?: RegExp }
      const narrowed = test && { test: new RegExp(`^(?![yYnN]$)(?:${test.source})`) }
      return { ...tag, ...narrowed } as typeof tag
    })
}

/**
 * Reads YAML (1.1, as Heat does, without dates) or JSON text into plain values. What aliases stand
 * for counts each time, so a small text cannot become a large value.
 *
 * @param field what the text is, for messages.
 * @throws CloudError `invalid` with the place in the text or the value, or the limit.
 */
export function parseYaml(text: string, field: string): JsonMap {
  const value = parseText(text, field)
  if (!isJsonMap(value)) throw templateError(field, 'is not a map.')
  return value
}

function parseText(text: string, field: string): Json {
  if (text.length > limits.stackTemplateLength) {
    throw templateError(field, 'is too long.', limits.stackTemplateLength)
  }
  let document: Document.Parsed
  try {
    document = parseDocument(text, {
      version: '1.1',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      customTags: heatTags,
    })
  } catch {
    // The parser recurses: what is nested without end leaves it so.
    throw templateError(field, 'is nested too deeply.', limits.stackTemplateDepth)
  }
  const [error] = [...document.errors, ...document.warnings]
  if (error) throw templateError(field, `line ${lineOf(text, error.pos[0])}: ${error.message}`)
  return new Reader(field).value(document.contents, field, 0)
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

/** Turns nodes into plain values, within bounds. */
class Reader {
  readonly #field: string
  readonly #anchors = new Map<string, Node>()
  readonly #open = new Set<Node>()
  #nodes = 0
  #characters = 0

  constructor(field: string) {
    this.#field = field
  }

  value(node: unknown, path: string, depth: number): Json {
    if (node === null || node === undefined) return null
    if (++this.#nodes > limits.stackTemplateNodes) {
      throw templateError(this.#field, 'has too many values.', limits.stackTemplateNodes)
    }
    if (depth > limits.stackTemplateDepth) {
      throw templateError(path, 'is nested too deeply.', limits.stackTemplateDepth)
    }
    if (isAlias(node)) return this.#alias(node.source, path, depth)
    const { anchor } = node as { anchor?: string }
    if (anchor !== undefined) this.#anchors.set(anchor, node as Node)
    if (isScalar(node)) return this.#scalar(node.value, path)
    this.#open.add(node as Node)
    const value = this.#collection(node, path, depth)
    this.#open.delete(node as Node)
    return value
  }

  #alias(name: string, path: string, depth: number): Json {
    const target = this.#anchors.get(name)
    if (!target) throw templateError(path, `there is no anchor ${name} before.`)
    if (this.#open.has(target)) throw templateError(path, `the anchor ${name} contains itself.`)
    return this.value(target, path, depth)
  }

  #scalar(value: unknown, path: string): Json {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value
      throw templateError(path, 'is no finite number.')
    }
    if (typeof value !== 'string') throw templateError(path, 'has a type that is not supported.')
    this.#spend(value.length)
    return value
  }

  #spend(characters: number): void {
    this.#characters += characters
    if (this.#characters > limits.stackTemplateLength) {
      throw templateError(this.#field, 'is too long.', limits.stackTemplateLength)
    }
  }

  #collection(node: unknown, path: string, depth: number): Json {
    if (isSeq(node)) {
      return node.items.map((item, at) => this.value(item, within(path, at), depth + 1))
    }
    if (!isMap(node)) throw templateError(path, 'has a type that is not supported.')
    return this.#map(node, path, depth)
  }

  #map(node: YAMLMap, path: string, depth: number): JsonMap {
    const own = new Map<string, Json>()
    const merged = new Map<string, Json>()
    for (const pair of node.items) {
      const key = this.#key(pair, path)
      const at = within(path, key)
      if (key === '<<') {
        this.#merge(this.value(pair.value, at, depth + 1), merged, at)
        continue
      }
      if (own.has(key)) throw templateError(at, 'stands there twice.')
      own.set(key, this.value(pair.value, at, depth + 1))
    }
    return Object.fromEntries([...merged, ...own])
  }

  #key({ key }: Pair, path: string): string {
    const value: unknown = isAlias(key) ? this.value(key, path, 0) : isScalar(key) ? key.value : key
    const text = typeof value === 'string' ? value : scalarText(key, value)
    if (text === undefined) throw templateError(path, 'has a key that is no text.')
    if (text === '__proto__') throw templateError(within(path, text), 'is a reserved key.')
    this.#spend(text.length)
    return text
  }

  /** What stands there itself goes before what is merged; of several, the first wins. */
  #merge(value: Json, into: Map<string, Json>, path: string): void {
    const sources = Array.isArray(value) ? (value as readonly Json[]) : [value]
    for (const source of sources) {
      if (!isJsonMap(source)) throw templateError(path, 'merges what is not a map.')
      for (const [key, member] of Object.entries(source)) {
        if (!into.has(key)) into.set(key, member)
      }
    }
  }
}

/** A key such as `80` or `true`, as it was written. */
function scalarText(key: unknown, value: unknown): string | undefined {
  // Merging has a value of its own, so that the text in quotes is not it.
  if (typeof value === 'symbol') return '<<'
  if (!['number', 'boolean'].includes(typeof value) && value !== null) return undefined
  return isScalar(key) ? (key.source ?? String(value)) : String(value)
}
