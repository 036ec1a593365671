import { capacityOf } from '../../model/compute/host.ts'
import { hasMarks, type Marks } from './list.ts'
import { type ProviderView, type Use, unitsFit } from './view.ts'

/** One group of resources; the unsuffixed one may be spread over the providers of a tree. */
export interface CandidateGroup extends Marks {
  /** Empty for the one that may be spread; others are met by one provider each. */
  readonly suffix: string
  readonly resources: Readonly<Record<string, number>>
  /** The provider is of the tree of this one. */
  readonly inTree?: string | undefined
}

export interface CandidateAsk {
  readonly groups: readonly CandidateGroup[]
  /** `isolate`: suffixed groups are met by different providers. */
  readonly groupPolicy: 'none' | 'isolate'
  /** For each list of suffixes: one of their providers is above all the others, or one of them. */
  readonly sameSubtree: readonly (readonly string[])[]
  readonly rootRequired: readonly string[]
  readonly rootForbidden: readonly string[]
}

/** One way to meet an ask within one tree. */
export interface Candidate {
  readonly allocations: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** By suffix, the providers that meet the group. */
  readonly mappings: Readonly<Record<string, readonly string[]>>
}

/** What a search may still do: shared by all trees of one request. */
export interface Budget {
  steps: number
  candidates: number
}

/** What one provider is asked for: a whole suffixed group, or one class of the other. */
interface Piece {
  readonly group: CandidateGroup
  readonly resources: readonly (readonly [name: string, amount: number])[]
}

/** Every way to meet the ask within a tree, root first, until the budget is spent. */
export function searchTree(
  tree: readonly ProviderView[],
  use: Use,
  ask: CandidateAsk,
  budget: Budget,
): Candidate[] {
  const root = tree[0]
  if (!root || !isRoot(root, ask)) return []
  const search = new Search(tree, use, ask, budget)
  search.from(0)
  return search.found
}

function isRoot({ traits }: ProviderView, ask: CandidateAsk): boolean {
  return (
    ask.rootRequired.every((name) => traits.includes(name)) &&
    !ask.rootForbidden.some((name) => traits.includes(name))
  )
}

class Search {
  readonly found: Candidate[] = []
  readonly #tree: readonly ProviderView[]
  readonly #use: Use
  readonly #ask: CandidateAsk
  readonly #budget: Budget
  readonly #pieces: readonly Piece[]
  readonly #chosen: ProviderView[] = []
  readonly #taken = new Map<string, Map<string, number>>()
  readonly #seen = new Set<string>()

  constructor(tree: readonly ProviderView[], use: Use, ask: CandidateAsk, budget: Budget) {
    this.#tree = tree
    this.#use = use
    this.#ask = ask
    this.#budget = budget
    this.#pieces = ask.groups.flatMap((group): Piece[] => {
      const all = Object.entries(group.resources)
      if (group.suffix !== '') return [{ group, resources: all }]
      return all.map((one) => ({ group, resources: [one] }))
    })
  }

  /** Chooses a provider for each piece from this one on. */
  from(at: number): void {
    const piece = this.#pieces[at]
    if (!piece) return this.#finish()
    for (const provider of this.#tree) {
      if (this.#budget.steps <= 0 || this.#budget.candidates <= 0) return
      this.#budget.steps--
      if (!this.#meets(provider, piece) || !this.#take(provider, piece)) continue
      this.#chosen.push(provider)
      this.from(at + 1)
      this.#chosen.pop()
      this.#giveBack(provider, piece)
    }
  }

  #meets(provider: ProviderView, { group, resources }: Piece): boolean {
    if (group.inTree !== undefined && !this.#tree.some(({ id }) => id === group.inTree)) {
      return false
    }
    if (group.suffix === '') {
      // An aggregate of the root spans its tree; traits may come from several providers.
      const root = this.#tree[0] as ProviderView
      const spanned = [...provider.aggregateIds, ...root.aggregateIds]
      return hasMarks(provider, spanned, { ...group, required: [] })
    }
    if (!hasMarks(provider, provider.aggregateIds, group)) return false
    if (this.#ask.groupPolicy !== 'isolate' || resources.length === 0) return true
    return !this.#chosen.some(
      ({ id }, at) => id === provider.id && this.#isExclusive(this.#pieces[at] as Piece),
    )
  }

  #isExclusive({ group, resources }: Piece): boolean {
    return group.suffix !== '' && resources.length > 0
  }

  /** Takes what the piece asks for, if the provider has it beside what it gives already. */
  #take(provider: ProviderView, { resources }: Piece): boolean {
    const taken = this.#taken.get(provider.id) ?? new Map<string, number>()
    const used = this.#use.get(provider.id)
    for (const [name, amount] of resources) {
      const inventory = provider.inventories[name]
      if (!inventory) return false
      const sum = (taken.get(name) ?? 0) + amount
      const isUnit = unitsFit(inventory, sum)
      if (!isUnit || (used?.get(name) ?? 0) + sum > capacityOf(inventory)) return false
    }
    for (const [name, amount] of resources) taken.set(name, (taken.get(name) ?? 0) + amount)
    this.#taken.set(provider.id, taken)
    return true
  }

  #giveBack(provider: ProviderView, { resources }: Piece): void {
    const taken = this.#taken.get(provider.id)
    for (const [name, amount] of resources) {
      const left = (taken?.get(name) ?? 0) - amount
      if (left === 0) taken?.delete(name)
      else taken?.set(name, left)
    }
  }

  #finish(): void {
    if (!this.#hasTraits() || !this.#isSameSubtree()) return
    const mappings: Record<string, string[]> = {}
    for (const [at, { group }] of this.#pieces.entries()) {
      const ids = (mappings[group.suffix] ??= [])
      const { id } = this.#chosen[at] as ProviderView
      if (!ids.includes(id)) ids.push(id)
    }
    const allocations = Object.fromEntries(
      [...this.#taken]
        .filter(([, amounts]) => amounts.size > 0)
        .map(([id, amounts]) => [id, Object.fromEntries(amounts)]),
    )
    const key = JSON.stringify([Object.entries(allocations).sort(byFirst), mappings])
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#budget.candidates--
    this.found.push({ allocations, mappings })
  }

  /** The traits of the group that may be spread are those of its providers together. */
  #hasTraits(): boolean {
    const group = this.#ask.groups.find(({ suffix }) => suffix === '')
    if (!group) return true
    const traits = new Set(
      this.#chosen
        .filter((_, at) => this.#pieces[at]?.group === group)
        .flatMap((provider) => provider.traits),
    )
    return group.required.every((any) => any.some((name) => traits.has(name)))
  }

  #isSameSubtree(): boolean {
    return this.#ask.sameSubtree.every((suffixes) => {
      const members = this.#chosen.filter((_, at) =>
        suffixes.includes(this.#pieces[at]?.group.suffix ?? ''),
      )
      return members.some((top) => members.every((one) => this.#isBeneath(one, top.id)))
    })
  }

  #isBeneath(provider: ProviderView, topId: string): boolean {
    for (let one: ProviderView | undefined = provider; one; one = this.#parentOf(one)) {
      if (one.id === topId) return true
    }
    return false
  }

  #parentOf({ parentId }: ProviderView): ProviderView | undefined {
    return parentId === null ? undefined : this.#tree.find(({ id }) => id === parentId)
  }
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1
}
