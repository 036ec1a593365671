/** What a trace holds of one thing that happened. */
export interface TraceEvent {
  /** Virtual milliseconds since the world began. */
  readonly at: number
  /** Who it happened to: a process, `store`, `hosts`, `client:…`, `world`. */
  readonly lane: string
  readonly kind: TraceKind
  readonly text: string
}

export type TraceKind =
  | 'call'
  | 'effect'
  | 'fault'
  | 'process'
  | 'network'
  | 'host'
  | 'commit'
  | 'answer'
  | 'phase'
  | 'violation'

/**
 * Everything that happened, as a running hash, and as a list where one is wanted. Two runs with the
 * same hash did the same.
 */
export class Trace {
  readonly #start: number
  readonly #events: TraceEvent[] | undefined
  readonly #most: number
  #a = 0x811c9dc5
  #b = 0x9e3779b9
  #count = 0

  /** @param keep events kept for a drawing, the latest; 0 keeps none. */
  constructor(start: number, keep = 0) {
    this.#start = start
    this.#most = keep
    this.#events = keep > 0 ? [] : undefined
  }

  get count(): number {
    return this.#count
  }

  /** Sixteen hex digits over all that was noted so far. */
  get hash(): string {
    return hex(this.#a) + hex(this.#b)
  }

  get events(): readonly TraceEvent[] {
    return this.#events ?? []
  }

  /** Takes a text into the hash that is no event. */
  include(text: string): void {
    this.#text(text)
  }

  note(now: number, lane: string, kind: TraceKind, text: string): void {
    this.#count++
    const at = now - this.#start
    this.#mix(at)
    this.#text(lane)
    this.#text(text)
    if (!this.#events) return
    this.#events.push({ at, lane, kind, text })
    if (this.#events.length >= 2 * this.#most) this.#events.splice(0, this.#most)
  }

  #text(text: string): void {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 15)
    }
    this.#a = a
    this.#b = b
  }

  #mix(value: number): void {
    const low = Math.round(value * 1_000) | 0
    this.#a = Math.imul(this.#a ^ low, 0x01000193)
    this.#b = Math.imul(this.#b + low, 0xc2b2ae35) ^ (this.#b >>> 13)
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
