import type { Api, EndpointRow, Method } from './endpoint.ts'

/** The endpoints of one path, and what the path's variables were. */
export interface Found {
  readonly endpoints: ReadonlyMap<Method, readonly EndpointRow[]>
  readonly params: Readonly<Record<string, string>>
}

interface Node {
  readonly fixed: Map<string, Node>
  variable: Node | undefined
  rest: Leaf | undefined
  leaf: Leaf | undefined
}

interface Leaf {
  readonly names: readonly string[]
  /** Several of one method differ in their microversions. */
  readonly endpoints: Map<Method, EndpointRow[]>
}

/**
 * Finds the endpoints of a path: a tree of segments, in which a fixed segment goes before a
 * variable one, and that before the rest of a path.
 */
export class Router {
  readonly #root = emptyNode()

  constructor(api: Api) {
    for (const base of api.bases) {
      for (const row of api.endpoints) this.#add(`${base}${row.path}`, row)
    }
    for (const row of api.discovery ?? []) this.#add(row.path, row)
  }

  /**
   * @param path beneath the mount, as it was sent: segments are decoded here. A slash at its end
   *   counts only where a path is known with it.
   */
  find(path: string): Found | undefined {
    const segments = path.split('/').slice(1)
    const values: string[] = []
    const leaf = descend(this.#root, segments, 0, values)
    if (!leaf) return path.endsWith('/') ? this.find(path.slice(0, -1)) : undefined
    const params: Record<string, string> = {}
    for (const [at, name] of leaf.names.entries()) {
      const value = decoded(values[at] ?? '')
      if (value === undefined) return undefined
      params[name] = value
    }
    return { endpoints: leaf.endpoints, params }
  }

  #add(path: string, row: EndpointRow): void {
    let node = this.#root
    const names: string[] = []
    const segments = path.split('/').slice(1)
    for (const segment of segments) {
      const variable = /^\{(\w+)(\+?)\}$/.exec(segment)
      if (variable) names.push(variable[1] as string)
      if (variable?.[2]) {
        node.rest = withRow(node.rest, names, row, path)
        return
      }
      node = variable ? (node.variable ??= emptyNode()) : fixedChild(node, segment)
    }
    node.leaf = withRow(node.leaf, names, row, path)
  }
}

function descend(
  node: Node,
  segments: readonly string[],
  at: number,
  values: string[],
): Leaf | undefined {
  const segment = segments[at]
  if (segment === undefined) return node.leaf
  const fixed = node.fixed.get(segment)
  const found = fixed && descend(fixed, segments, at + 1, values)
  if (found) return found
  const kept = values.length
  if (node.variable && segment !== '') {
    values.push(segment)
    const leaf = descend(node.variable, segments, at + 1, values)
    if (leaf) return leaf
    values.length = kept
  }
  if (!node.rest) return undefined
  values.push(segments.slice(at).join('/'))
  return node.rest
}

function emptyNode(): Node {
  return { fixed: new Map(), variable: undefined, rest: undefined, leaf: undefined }
}

function fixedChild(node: Node, segment: string): Node {
  const child = node.fixed.get(segment) ?? emptyNode()
  node.fixed.set(segment, child)
  return child
}

function withRow(
  leaf: Leaf | undefined,
  names: readonly string[],
  row: EndpointRow,
  path: string,
): Leaf {
  const kept = leaf ?? { names: [...names], endpoints: new Map<Method, EndpointRow[]>() }
  if (kept.names.join() !== names.join()) {
    throw new TypeError(
      `${row.id}: ${path}: its variables are named ${kept.names.join()} elsewhere.`,
    )
  }
  kept.endpoints.set(row.method, [...(kept.endpoints.get(row.method) ?? []), row])
  return kept
}

/** Undefined for what is not percent-encoded UTF-8. */
function decoded(segment: string): string | undefined {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
