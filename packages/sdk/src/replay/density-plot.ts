import type { DensityPoint } from './density.ts'

export interface PlotLabels {
  readonly title: string
  /** Drawn as a line across. */
  readonly mean: number
}

const width = 800
const height = 400
const left = 64
const right = 24
const top = 48
const bottom = 56
const plotWidth = width - left - right
const plotHeight = height - top - bottom

/** Characters of the title that fit the width in any common font. */
const titleLength = 84

/** Keeps a label readable where the curve crosses it. */
const halo = 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'

const hourMs = 3_600_000
/** Distances between ticks of time, in hours; the first that gives at most eight is taken. */
const tickHours = [1 / 60, 1 / 12, 0.25, 1, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760, 87_600]

/** Packing density over time, as an SVG of 800 by 400 without script, style sheet or font file. */
export function densityPlot(points: readonly DensityPoint[], labels: PlotLabels): string {
  const startMs = points[0]?.fromMs ?? 0
  const spanMs = Math.max(1, (points.at(-1)?.toMs ?? startMs) - startMs)
  const x = (ms: number): number => left + ((ms - startMs) / spanMs) * plotWidth
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(labels.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(left, 28, shortened(labels.title), 'font-size="15" fill="#111111"'),
    ...densityAxis(),
    ...timeAxis(startMs, spanMs, x),
    ...curves(points, x),
    ...meanLine(labels.mean),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

function y(density: number): number {
  return top + (1 - Math.min(1, Math.max(0, density))) * plotHeight
}

function densityAxis(): string[] {
  const middle = top + plotHeight / 2
  const turned = `text-anchor="middle" fill="#444444" transform="rotate(-90 18 ${middle})"`
  return [
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
      line(left, y(share), left + plotWidth, y(share), share === 0 ? '#444444' : '#dddddd'),
      text(left - 8, y(share) + 4, `${Math.round(share * 100)} %`, 'text-anchor="end"'),
    ]),
    line(left, top, left, top + plotHeight, '#444444'),
    text(18, middle, 'vCPU allocated on hosts in use', turned),
  ]
}

function timeAxis(startMs: number, spanMs: number, x: (ms: number) => number): string[] {
  const spanHours = spanMs / hourMs
  const step = tickHours.find((hours) => spanHours / hours <= 8) ?? spanHours / 8
  const base = top + plotHeight
  const parts: string[] = []
  for (let hours = 0; hours <= spanHours; hours += step) {
    const at = x(startMs + hours * hourMs)
    parts.push(line(at, base, at, base + 5, '#444444'))
    parts.push(text(at, base + 20, hoursText(hours), 'text-anchor="middle"'))
  }
  const caption = 'hours since the first arrival'
  const middle = left + plotWidth / 2
  return [...parts, text(middle, height - 12, caption, 'text-anchor="middle" fill="#444444"')]
}

function hoursText(hours: number): string {
  return String(Math.round(hours * 100) / 100)
}

/** One line for each stretch of time in which hosts were in use. */
function curves(points: readonly DensityPoint[], x: (ms: number) => number): string[] {
  const stretches: string[][] = [[]]
  for (const { fromMs, toMs, density } of points) {
    if (density === null) stretches.push([])
    else {
      const level = rounded(y(density))
      stretches.at(-1)?.push(`${rounded(x(fromMs))},${level}`, `${rounded(x(toMs))},${level}`)
    }
  }
  return stretches
    .filter((stretch) => stretch.length > 0)
    .map(
      (stretch) =>
        `<polyline fill="none" stroke="#1f6fb2" stroke-width="1.5" points="${stretch.join(' ')}"/>`,
    )
}

function meanLine(mean: number): string[] {
  const level = y(mean)
  const label = `mean ${(mean * 100).toFixed(1)} %`
  // Below the line when there is no room above it.
  const at = level < top + 20 ? level + 16 : level - 6
  return [
    line(left, level, left + plotWidth, level, '#b2451f', 'stroke-dasharray="6 4"'),
    text(left + plotWidth - 4, at, label, `text-anchor="end" fill="#b2451f" ${halo}`),
  ]
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  attributes = '',
): string {
  const ends = `x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}"`
  return `<line ${ends} stroke="${colour}"${attributes === '' ? '' : ` ${attributes}`}/>`
}

function text(x: number, level: number, content: string, attributes: string): string {
  return `<text x="${rounded(x)}" y="${rounded(level)}" ${attributes}>${escaped(content)}</text>`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function shortened(title: string): string {
  return title.length > titleLength ? `${title.slice(0, titleLength - 1)}…` : title
}

/** Text as XML allows it: control characters have no escape there. */
function escaped(content: string): string {
  const replaced: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return content
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[&<>]/g, (character) => replaced[character] as string)
}
