import { Graph } from './graph.ts'

/** A version of a row. */
export interface RowVersion {
  readonly row: string
  /** Grows with each write of the row: where a removed row may come back, across its lives. */
  readonly rev: number
}

/** One transaction, or one read of many rows at once. */
export interface Transaction {
  /** Names it in explanations; each once. */
  readonly id: string
  /**
   * When it was called and when it returned, as any numbers that only grow. It comes before another
   * one for sure only when its return is less than the other's call; undefined: it may come at any
   * time after its call.
   */
  readonly call: number
  readonly return: number | undefined
  /** Versions it made; a removal makes one too. */
  readonly writes: readonly RowVersion[]
  /** Versions it saw; null: the row had never been there. */
  readonly reads: readonly { readonly row: string; readonly rev: number | null }[]
}

/**
 * Why one comes before the other: `ww` it wrote the version before, `wr` the other read what it
 * wrote, `rw` it read what the other then replaced, `rt` it had returned before the other was
 * called (real time).
 */
export type DependencyKind = 'ww' | 'wr' | 'rw' | 'rt'

export interface Dependency {
  readonly from: string
  readonly to: string
  readonly kind: DependencyKind
  /** The row concerned; null for `rt`. */
  readonly row: string | null
  readonly why: string
}

type Label = Omit<Dependency, 'from' | 'to'>

interface Row {
  readonly writes: { readonly rev: number; readonly node: number }[]
  readonly reads: { readonly rev: number | null; readonly node: number }[]
}

/**
 * The graph of what comes before what. Its nodes are the commits, then writers that the history
 * does not know (of versions that were read), then instants: the n-th one comes after all that had
 * returned by the n-th time of return and before all that was called later, so that real time needs
 * no edge for each pair.
 */
export class Dependencies {
  readonly graph: Graph
  readonly #commits: readonly Transaction[]
  readonly #rows = new Map<string, Row>()
  readonly #strangers: string[] = []
  readonly #labels = new Map<number, Label>()

  constructor(commits: readonly Transaction[]) {
    this.#commits = commits
    check(commits)
    commits.forEach((commit, node) => this.#collect(commit, node))
    for (const [name, row] of this.#rows) this.#complete(name, row)
    const instants = instantsOf(commits)
    this.graph = new Graph(this.#times + instants.length)
    for (const [name, row] of this.#rows) this.#addRow(name, row)
    this.#addTime(instants)
  }

  /** True for instants. */
  isTime(node: number): boolean {
    return node >= this.#times
  }

  /** A cycle of edges in words; those through instants become one `rt` each. */
  named(start: number, edges: readonly number[]): readonly Dependency[] {
    const cycle: Dependency[] = []
    let from = start
    for (const edge of edges) {
      const to = this.graph.to(edge)
      if (this.isTime(to)) continue
      const label = this.#labels.get(edge) ?? this.#realTime(from, to)
      cycle.push({ from: this.#name(from), to: this.#name(to), ...label })
      from = to
    }
    return cycle
  }

  /** The number of the first instant. */
  get #times(): number {
    return this.#commits.length + this.#strangers.length
  }

  #name(node: number): string {
    const { length } = this.#commits
    return this.#commits[node]?.id ?? (this.#strangers[node - length] as string)
  }

  #collect({ writes, reads }: Transaction, node: number): void {
    for (const { row, rev } of writes) this.#row(row).writes.push({ rev, node })
    for (const { row, rev } of reads) this.#row(row).reads.push({ rev, node })
  }

  #row(name: string): Row {
    const known = this.#rows.get(name)
    if (known) return known
    const row: Row = { writes: [], reads: [] }
    this.#rows.set(name, row)
    return row
  }

  /** Gives each version that was read a writer, and sorts the writers by version. */
  #complete(name: string, { writes, reads }: Row): void {
    const written = new Set(writes.map(({ rev }) => rev))
    for (const { rev } of reads) {
      if (rev === null || written.has(rev)) continue
      written.add(rev)
      writes.push({ rev, node: this.#commits.length + this.#strangers.length })
      this.#strangers.push(`whoever wrote ${name} at ${rev}`)
    }
    writes.sort((a, b) => a.rev - b.rev || a.node - b.node)
  }

  #addRow(row: string, { writes, reads }: Row): void {
    const first = new Map<number, number>()
    writes.forEach(({ rev, node }, at) => {
      const before = writes[at - 1]
      if (before?.rev !== rev) first.set(rev, at)
      if (!before) return
      const why = `they wrote ${row} at ${before.rev} and at ${rev}`
      this.#add(before.node, node, { kind: 'ww', row, why })
      // One version with two writers: neither can be the later one.
      if (before.rev === rev) this.#add(node, before.node, { kind: 'ww', row, why })
    })
    const lasts = new Map(writes.map(({ rev }, at) => [rev, at]))
    for (const { rev, node } of reads) {
      const at = rev === null ? -1 : (first.get(rev) as number)
      const writer = writes[at]
      if (writer) {
        const why = `${row} at ${rev} was read by the latter`
        this.#add(writer.node, node, { kind: 'wr', row, why })
      }
      const next = writes[rev === null ? 0 : (lasts.get(rev) as number) + 1]
      if (!next) continue
      const why = `${row} was read ${rev === null ? 'as absent' : `at ${rev}`} before ${next.rev}`
      this.#add(node, next.node, { kind: 'rw', row, why })
    }
  }

  #add(from: number, to: number, label: Label): void {
    if (from !== to) this.#labels.set(this.graph.add(from, to), label)
  }

  #addTime(instants: readonly number[]): void {
    for (let at = 1; at < instants.length; at++) {
      this.graph.add(this.#times + at - 1, this.#times + at)
    }
    this.#commits.forEach(({ call, return: end }, node) => {
      if (end !== undefined) this.graph.add(node, this.#times + below(instants, end))
      const past = below(instants, call) - 1
      if (past >= 0) this.graph.add(this.#times + past, node)
    })
  }

  #realTime(from: number, to: number): Label {
    const end = this.#commits[from]?.return
    const why = `it returned at ${end}, the latter was called at ${this.#commits[to]?.call}`
    return { kind: 'rt', row: null, why }
  }
}

function check(commits: readonly Transaction[]): void {
  const ids = new Set<string>()
  for (const { id, call, return: end } of commits) {
    if (!Number.isFinite(call) || (end !== undefined && !(end >= call))) {
      throw new RangeError(`${id}: called at ${call}, returned at ${end}.`)
    }
    if (ids.has(id)) throw new RangeError(`${id}: given twice.`)
    ids.add(id)
  }
}

/** The times of return, each once, in order. */
function instantsOf(commits: readonly Transaction[]): readonly number[] {
  const ends = commits.flatMap((commit) => commit.return ?? [])
  return [...new Set(ends)].sort((a, b) => a - b)
}

/** How many of the sorted numbers are less than the bound. */
function below(sorted: readonly number[], bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < bound) low = middle + 1
    else high = middle
  }
  return low
}
