import { type Attributes, type Clock, CloudError, type Telemetry } from '@nephos/core'
import { looksSecret } from './redact.ts'
import { SystemClock } from './system-clock.ts'

/** A value that is read when the page is: `nephos_` and the name. */
export interface PrometheusGauge {
  readonly name: string
  readonly help: string
  readonly value: () => number
}

export interface PrometheusOptions {
  /** Attributes that become labels: of few values each, for each set of them is a series. */
  readonly labels?: readonly string[]
  readonly gauges?: readonly PrometheusGauge[]
  /** Series kept at most; what comes later is counted as dropped. */
  readonly mostSeries?: number
  readonly clock?: Clock
}

/** Telemetry that can be read as a page. */
export interface PrometheusTelemetry extends Telemetry {
  /** What `GET /metrics` answers, of this type. */
  readonly contentType: string
  readonly page: () => string
}

const defaultLabels = ['name', 'operation', 'kind', 'reason', 'code'] as const
const defaultSeries = 5_000
const longestLabel = 128
/** Upper bounds, in seconds. */
const secondBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const countBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000]

interface Family {
  readonly type: 'counter' | 'histogram'
  readonly bounds: readonly number[]
  readonly series: Map<string, number[]>
}

/**
 * Counts and distributions as Prometheus reads them (text format 0.0.4). A distribution whose name
 * ends with `_ms` is told in seconds; spans are `nephos_span_seconds`. Logs go nowhere: put it
 * beside another telemetry with `allTelemetry`.
 *
 * @throws CloudError `invalid` for a label that is no name of one, or that looks secret.
 */
export function prometheusTelemetry(options: PrometheusOptions = {}): PrometheusTelemetry {
  const { labels = defaultLabels, gauges = [], clock = new SystemClock() } = options
  for (const label of labels) requireLabel(label)
  const book = new Book(labels, options.mostSeries ?? defaultSeries)
  const record = (name: string, value: number, attributes: Attributes = {}): void => {
    if (name.endsWith('_ms')) {
      book.observe(`${name.slice(0, -3)}_seconds`, value / 1_000, attributes, secondBounds)
    } else book.observe(name, value, attributes, countBounds)
  }
  return Object.freeze({
    logger: Object.freeze({ log: () => undefined }),
    meter: Object.freeze({
      count: (name: string, value = 1, attributes: Attributes = {}) =>
        book.add(`${name}_total`, value, attributes),
      record,
    }),
    tracer: Object.freeze({
      async span<T>(name: string, _attributes: Attributes, run: () => Promise<T>): Promise<T> {
        const start = clock.elapsed()
        let outcome = 'refused'
        try {
          const result = await run()
          outcome = 'ok'
          return result
        } finally {
          const seconds = (clock.elapsed() - start) / 1_000
          book.observe('span_seconds', seconds, { span: name, outcome }, secondBounds)
        }
      },
    }),
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    page: () => book.page(gauges),
  })
}

function requireLabel(label: string): void {
  if (/^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/.test(label) && !looksSecret(label)) return
  throw new CloudError('invalid', `labels: ${label.slice(0, 64)} cannot be a label.`, {
    field: 'labels',
  })
}

/** All series of a process, by the name of their family. */
class Book {
  readonly #labels: ReadonlySet<string>
  readonly #most: number
  readonly #families = new Map<string, Family>()
  #series = 0
  #dropped = 0

  constructor(labels: readonly string[], most: number) {
    // Spans bring labels of their own.
    this.#labels = new Set([...labels, 'span', 'outcome'])
    this.#most = most
  }

  add(name: string, value: number, attributes: Attributes): void {
    const values = this.#seriesOf(name, attributes, { type: 'counter', bounds: [] })
    if (values) values[0] = (values[0] ?? 0) + value
  }

  /** A series holds how many values lie within each bound, how many there are, and their sum. */
  observe(name: string, value: number, attributes: Attributes, bounds: readonly number[]): void {
    const values = this.#seriesOf(name, attributes, { type: 'histogram', bounds })
    if (!values) return
    for (const [index, bound] of bounds.entries()) {
      if (value <= bound) values[index] = (values[index] ?? 0) + 1
    }
    values[bounds.length] = (values[bounds.length] ?? 0) + 1
    values[bounds.length + 1] = (values[bounds.length + 1] ?? 0) + value
  }

  #seriesOf(
    name: string,
    attributes: Attributes,
    { type, bounds }: Pick<Family, 'type' | 'bounds'>,
  ): number[] | undefined {
    const family = this.#families.get(name) ?? { type, bounds, series: new Map<string, number[]>() }
    this.#families.set(name, family)
    const key = this.#labelled(attributes)
    const known = family.series.get(key)
    if (known) return known
    if (this.#series >= this.#most) {
      this.#dropped++
      return undefined
    }
    this.#series++
    const values = type === 'counter' ? [0] : Array.from({ length: bounds.length + 2 }, () => 0)
    family.series.set(key, values)
    return values
  }

  #labelled(attributes: Attributes): string {
    return Object.entries(attributes)
      .filter(([name, value]) => value !== undefined && this.#labels.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}="${escaped(String(value))}"`)
      .join(',')
  }

  page(gauges: readonly PrometheusGauge[]): string {
    const lines: string[] = []
    for (const [name, family] of this.#families) {
      const full = `nephos_${name}`
      lines.push(`# TYPE ${full} ${family.type}`)
      for (const [labels, values] of family.series) {
        if (family.type === 'counter') lines.push(sample(full, labels, values[0] ?? 0))
        else lines.push(...histogram(full, labels, values, family.bounds))
      }
    }
    for (const { name, help, value } of gauges) {
      lines.push(`# HELP nephos_${name} ${help.replaceAll(/[\\\n]/g, ' ')}`)
      lines.push(`# TYPE nephos_${name} gauge`, sample(`nephos_${name}`, '', value()))
    }
    lines.push('# TYPE nephos_series_dropped_total counter')
    lines.push(sample('nephos_series_dropped_total', '', this.#dropped))
    return `${lines.join('\n')}\n`
  }
}

function histogram(
  name: string,
  labels: string,
  values: readonly number[],
  bounds: readonly number[],
): string[] {
  const within = (bound: string): string => `${labels === '' ? '' : `${labels},`}le="${bound}"`
  const count = values[bounds.length] ?? 0
  return [
    ...bounds.map((bound, index) =>
      sample(`${name}_bucket`, within(String(bound)), values[index] ?? 0),
    ),
    sample(`${name}_bucket`, within('+Inf'), count),
    sample(`${name}_sum`, labels, values[bounds.length + 1] ?? 0),
    sample(`${name}_count`, labels, count),
  ]
}

function sample(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${value}`
}

function escaped(text: string): string {
  return text
    .slice(0, longestLabel)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}
