/** Maps values to positions and says where to put marks. */
export interface Scale {
  at(value: number): number
  readonly ticks: readonly number[]
}

/** From `low` to `high` in the picture; powers of ten are equally far apart. */
export function logScale(values: readonly number[], low: number, high: number): Scale {
  const positive = values.filter((value) => value > 0)
  const first = Math.floor(Math.log10(Math.min(...positive, 1e12)))
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...positive, 1e-12))))
  const span = last - first
  return {
    at: (value) => low + ((Math.log10(Math.max(value, 1e-12)) - first) / span) * (high - low),
    ticks: Array.from({ length: span + 1 }, (_, index) => 10 ** (first + index)),
  }
}

/** From `low` to `high` in the picture, starting at 0 unless told that differences matter. */
export function linearScale(
  values: readonly number[],
  low: number,
  high: number,
  fromZero = true,
): Scale {
  const least = fromZero ? Math.min(0, ...values) : Math.min(...values)
  const most = Math.max(...values, least + 1e-9)
  const step = niceStep((most - least) / 5)
  const first = Math.floor(least / step) * step
  const count = Math.max(1, Math.ceil((most - first) / step - 1e-9))
  return {
    at: (value) => low + ((value - first) / (count * step)) * (high - low),
    ticks: Array.from({ length: count + 1 }, (_, index) => first + index * step),
  }
}

function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  const times = wanted / power
  const nice = times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10
  return nice * power
}

/** A number as short as it can be said: 1.2 M, 40 k, 0.3. */
export function short(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e6) return `${trimmed(value / 1e6)} M`
  if (size >= 1e4) return `${trimmed(value / 1e3)} k`
  return trimmed(value)
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)))
}
