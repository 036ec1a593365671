import { CloudError, limits } from '@nephos/core'

/** Headers of Swift's API (https://docs.openstack.org/api-ref/object-store/). */

/** A text as a header carries it: its UTF-8, each byte as one character. */
export function headerText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** What a header says whose bytes are UTF-8; what is none stays as it came. */
export function textOfHeader(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value
  const text = Buffer.from(value, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? value : text
}

/** A header's text, if the request has it. */
export function textOf(headers: Headers, name: string): string | undefined {
  const value = headers.get(name)
  return value === null ? undefined : textOfHeader(value)
}

export interface MetadataChange {
  readonly set: ReadonlyMap<string, string>
  readonly removed: ReadonlySet<string>
}

/**
 * What `X-<Noun>-Meta-*` and `X-Remove-<Noun>-Meta-*` ask for. An empty value removes; names are in
 * lower case, and an underscore in one is a hyphen.
 */
export function metadataChange(headers: Headers, noun: string): MetadataChange {
  const [prefix, remove] = [`x-${noun}-meta-`, `x-remove-${noun}-meta-`]
  const set = new Map<string, string>()
  const removed = new Set<string>()
  for (const [header, value] of headers) {
    const name = header.toLowerCase().replaceAll('_', '-')
    const isRemoval = name.startsWith(remove)
    if (!isRemoval && !name.startsWith(prefix)) continue
    const key = name.slice(isRemoval ? remove.length : prefix.length)
    if (key === '')
      throw new CloudError('invalid', 'Metadata name cannot be empty', { field: header })
    // Objects keep what is empty: there, all that is not said is removed.
    if (isRemoval || (value === '' && noun !== 'object')) removed.add(key)
    else set.set(key, textOfHeader(value))
  }
  requireMetadata(set)
  return { set, removed }
}

/** Refuses what Swift's limits do, in words that its clients look for. */
function requireMetadata(items: ReadonlyMap<string, string>): void {
  const refuse = (message: string, limit: number): never => {
    throw new CloudError('invalid', message, { field: 'metadata', limit })
  }
  const [names, values] = [limits.objectMetadataNameBytes, limits.objectMetadataValueBytes]
  let total = 0
  for (const [name, value] of items) {
    const [nameBytes, valueBytes] = [Buffer.byteLength(name), Buffer.byteLength(value)]
    if (nameBytes > names) refuse(`Metadata name too long: ${name}`, names)
    if (valueBytes > values) refuse(`Metadata value longer than ${values}: ${name}`, values)
    total += nameBytes + valueBytes
  }
  const [count, bytes] = [limits.objectMetadataItems, limits.objectMetadataBytes]
  if (items.size > count) refuse(`Too many metadata items; max ${count}`, count)
  if (total > bytes) refuse(`Total metadata too large; max ${bytes}`, bytes)
}

/** Metadata with a change made; what is both set and removed is set. */
export function changedMetadata(
  before: Readonly<Record<string, string>>,
  { set, removed }: MetadataChange,
): Record<string, string> {
  const kept = Object.entries(before).filter(([name]) => !removed.has(name))
  return Object.fromEntries([...kept, ...set])
}

/** Metadata as headers. */
export function metadataHeaders(
  noun: string,
  metadata: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      `x-${noun}-meta-${headerText(name)}`,
      headerText(value),
    ]),
  )
}

/** Seconds since the epoch with five digits behind the point. */
export function timestamp(ms: number): string {
  return (ms / 1_000).toFixed(5)
}

/** When it was last changed, as HTTP writes it: in whole seconds, rounded up as Swift does. */
export function httpDate(ms: number): string {
  return new Date(Math.ceil(ms / 1_000) * 1_000).toUTCString()
}

/** As listings write it: `2026-01-02T03:04:05.678900`. */
export function listDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000')
}

/** @throws CloudError `invalid` for what is no number of the header's. */
export function wholeNumber(text: string, header: string): number {
  if (/^\d{1,16}$/.test(text)) return Number(text)
  throw new CloudError('invalid', `Invalid ${header}`, { field: header })
}

/** Milliseconds since the epoch of a date in a header; undefined for what is none. */
export function dateOf(headers: Headers, name: string): number | undefined {
  const ms = Date.parse(headers.get(name) ?? '')
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** ETags of a condition: `*`, or a list. Those of other forms than ours fit nothing. */
export function etagsOf(headers: Headers, name: string): '*' | string[] | undefined {
  const text = headers.get(name)
  if (text === null) return undefined
  if (text.trim() === '*') return '*'
  const etags = text
    .split(',')
    .map((part) => part.trim().replace(/^W\//, '').replaceAll('"', ''))
    .filter((etag) => /^[0-9a-fA-F]{32}(?:-\d{1,5})?$/.test(etag))
    .slice(0, 64)
  return etags.length > 0 ? etags : ['0'.repeat(32)]
}
