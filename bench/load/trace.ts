/** What servers came and went, as arrays: one entry per server, in order of arrival. */
export interface Trace {
  /** Resource classes of `shapes` and of a host, in this order. */
  readonly classes: readonly string[]
  /** Amounts of one host, by class. */
  readonly host: readonly number[]
  /** What servers ask for, by class: every distinct shape once. */
  readonly shapes: readonly (readonly number[])[]
  readonly count: number
  /** Arrivals in seconds, never falling. */
  readonly arrival: Float64Array
  /** Departures in seconds; Infinity for what never leaves. */
  readonly departure: Float64Array
  readonly shape: Uint16Array
  /** Number of the tenant's request that the server belongs to. */
  readonly batch: Uint32Array
  /** Servers that the file has but the trace leaves out. */
  readonly skipped: number
}

/**
 * What happens, in order: `i` where server i arrives, `~i` (negative) where it departs. At equal
 * times departures come first, so that what leaves makes room for what arrives.
 */
export function eventsOf(trace: Trace): Int32Array {
  const { count, arrival, departure } = trace
  const leaving = departuresInOrder(departure)
  const events = new Int32Array(count + leaving.length)
  let next = 0
  let at = 0
  for (let server = 0; server < count; server++) {
    const now = arrival[server] as number
    while (next < leaving.length && (departure[leaving[next] as number] as number) <= now) {
      events[at++] = ~(leaving[next++] as number)
    }
    events[at++] = server
  }
  while (next < leaving.length) events[at++] = ~(leaving[next++] as number)
  return events
}

/** Servers that leave, by the time at which they do, earlier arrivals first among equals. */
function departuresInOrder(departure: Float64Array): Uint32Array {
  let leaving = 0
  for (const time of departure) if (time < Infinity) leaving++
  const order = new Uint32Array(leaving)
  let at = 0
  departure.forEach((time, server) => {
    if (time < Infinity) order[at++] = server
  })
  return order.sort((a, b) => (departure[a] as number) - (departure[b] as number) || a - b)
}

/**
 * Hosts that no packing can do without: the most, over time and classes, of what is asked ÷ what
 * one host has. `over` gives, at each event, the bound of that moment.
 */
export function lowerBound(
  trace: Trace,
  events: Int32Array,
  over?: (event: number, bound: number) => void,
): number {
  const { classes, host, shapes, shape } = trace
  const sums = new Float64Array(classes.length)
  let most = 0
  for (let index = 0; index < events.length; index++) {
    const event = events[index] as number
    const server = event < 0 ? ~event : event
    const amounts = shapes[shape[server] as number] as readonly number[]
    let now = 0
    for (let each = 0; each < amounts.length; each++) {
      const amount = amounts[each] as number
      const sum = (sums[each] as number) + (event < 0 ? -amount : amount)
      sums[each] = sum
      now = Math.max(now, Math.ceil(sum / (host[each] as number)))
    }
    over?.(index, now)
    if (now > most) most = now
  }
  return most
}

/** Collects servers in any order and gives the trace sorted by arrival. */
export class TraceBuilder {
  readonly #classes: readonly string[]
  readonly #host: readonly number[]
  readonly #shapes: (readonly number[])[] = []
  readonly #numbers = new Map<string, number>()
  readonly #arrival: number[] = []
  readonly #departure: number[] = []
  readonly #shape: number[] = []
  readonly #batch: number[] = []
  #skipped = 0

  constructor(classes: readonly string[], host: readonly number[]) {
    this.#classes = classes
    this.#host = host
  }

  add(server: {
    readonly arrival: number
    readonly departure: number
    readonly batch: number
    readonly amounts: readonly number[]
  }): void {
    const key = server.amounts.join()
    let shape = this.#numbers.get(key)
    if (shape === undefined) {
      shape = this.#shapes.push(server.amounts) - 1
      if (shape > 0xffff) throw new RangeError('more than 65,536 distinct shapes')
      this.#numbers.set(key, shape)
    }
    this.#arrival.push(server.arrival)
    this.#departure.push(server.departure)
    this.#shape.push(shape)
    this.#batch.push(server.batch)
  }

  leaveOut(): void {
    this.#skipped++
  }

  build(): Trace {
    const order = this.#order()
    const at = (list: readonly number[]): number[] => order.map((each) => list[each] as number)
    return {
      classes: this.#classes,
      host: this.#host,
      shapes: this.#shapes,
      count: order.length,
      arrival: Float64Array.from(at(this.#arrival)),
      departure: Float64Array.from(at(this.#departure)),
      shape: Uint16Array.from(at(this.#shape)),
      batch: Uint32Array.from(at(this.#batch)),
      skipped: this.#skipped,
    }
  }

  /** Of equal arrivals, the order in which they were added is kept. */
  #order(): number[] {
    const arrival = this.#arrival
    const order = arrival.map((_, index) => index)
    const sorted = arrival.every((time, index) => index === 0 || time >= (arrival[index - 1] ?? 0))
    if (sorted) return order
    return order.sort((a, b) => (arrival[a] as number) - (arrival[b] as number) || a - b)
  }
}
