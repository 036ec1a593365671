import type { Ask } from './api.ts'

/** Indices of asks, those hardest to place first: over the most cells, then the largest. */
export function hardestFirst(asks: readonly Ask[], sizes: readonly number[]): readonly number[] {
  const cells = (index: number): number => (asks[index] as Ask).cells ?? 0
  const size = (index: number): number => sizes[index] as number
  return [...asks.keys()].sort((a, b) => cells(b) - cells(a) || size(b) - size(a) || a - b)
}

/** How large one instance is: the sum of its amounts, each in parts of the largest of the gang. */
export function sizesOf(asks: readonly Ask[]): readonly number[] {
  const most = new Map<string, number>()
  for (const ask of asks) {
    for (const [name, amount] of amountsOf(ask)) {
      most.set(name, Math.max(most.get(name) ?? 1, amount))
    }
  }
  return asks.map((ask) =>
    amountsOf(ask).reduce((size, [name, amount]) => size + amount / (most.get(name) as number), 0),
  )
}

function amountsOf({ resources, devices }: Ask): [name: string, amount: number][] {
  const amounts = Object.entries(resources)
  if (devices !== undefined) amounts.push(['', devices.count * (devices.units ?? 1_000)])
  return amounts
}
