import { CloudError } from '@nephos/core'

/** Seeds, or indexes, from `first` to `last`, both included. */
export interface Span {
  readonly first: number
  readonly last: number
}

const most = 4_294_967_295

/**
 * Reads `7`, `1..100` or `1,5,9..12`; `none` is the empty list.
 *
 * @throws CloudError `invalid` for anything else, and for numbers over 4,294,967,295.
 */
export function parseSpans(text: string, field: string): readonly Span[] {
  if (text.trim() === 'none') return []
  return text.split(',').map((part) => {
    const [, from = '', to = from] = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part) ?? []
    const span = { first: Number(from), last: Number(to) }
    if (from !== '' && span.first <= span.last && span.last <= most) return span
    throw new CloudError(
      'invalid',
      `${field}: ${JSON.stringify(part)} is neither a whole number up to ${most} ` +
        'nor a range such as 1..100.',
      { field },
    )
  })
}

/** How many numbers there are. */
export function countOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { first, last }) => sum + last - first + 1, 0)
}

export function* numbersOf(spans: readonly Span[]): Generator<number, void, void> {
  for (const { first, last } of spans) for (let n = first; n <= last; n++) yield n
}

/** Writes numbers as `parseSpans` reads them, in ascending order. */
export function spansText(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'none'
  const spans: { first: number; last: number }[] = []
  for (const n of [...new Set(numbers)].sort((a, b) => a - b)) {
    const span = spans.at(-1)
    if (span?.last === n - 1) span.last = n
    else spans.push({ first: n, last: n })
  }
  return spans.map(spanText).join(',')
}

function spanText({ first, last }: Span): string {
  if (first === last) return String(first)
  return last === first + 1 ? `${first},${last}` : `${first}..${last}`
}
