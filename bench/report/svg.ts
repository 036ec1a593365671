import { linearScale, logScale, type Scale, short } from './scales.ts'

/** One line of a plot. Points without a value are left out by the caller. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** What others are compared with is dashed. */
  readonly dashed?: boolean
}

export interface LinePlot {
  readonly title: string
  /** What the plot shows, in words, for those who do not see it. */
  readonly description: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

export interface Axis {
  readonly label: string
  readonly log?: boolean
  /** Names for positions 0, 1, 2… instead of numbers. */
  readonly names?: readonly string[]
  /** Linear axes begin at 0 unless this says that differences matter. */
  readonly near?: boolean
}

export interface BarPlot {
  readonly title: string
  readonly description: string
  readonly label: string
  readonly bars: readonly {
    readonly name: string
    readonly value: number
    readonly ours: boolean
  }[]
}

const width = 760
const left = 74
const right = 20
const lineHeight = 18

interface Colours {
  readonly ink: string
  readonly soft: string
  readonly grid: string
  readonly ground: string
  readonly series: readonly string[]
}

const light: Colours = {
  ink: '#1b1f24',
  soft: '#57606a',
  grid: '#d8dee4',
  ground: '#ffffff',
  series: ['#0550ae', '#bc4c00', '#116329', '#8250df', '#a40e26', '#4d5358', '#9a6700'],
}

const dark: Colours = {
  ink: '#e6edf3',
  soft: '#9da7b1',
  grid: '#30363d',
  ground: '#0d1117',
  series: ['#79c0ff', '#ffa657', '#7ee787', '#d2a8ff', '#ff9492', '#b1bac4', '#e3b341'],
}

function coloursOf({ ink, soft, grid, ground, series }: Colours): string {
  return [
    `svg.plot text { fill: ${ink}; }`,
    `svg.plot text.soft { fill: ${soft}; }`,
    `svg.plot .grid { stroke: ${grid}; }`,
    `svg.plot .ground { fill: ${ground}; }`,
    ...series.map((colour, at) => `svg.plot .s${at} { color: ${colour}; }`),
  ].join('\n')
}

const palette = light.series.length

/**
 * Style of plots, for light and dark. Without variables, which some viewers of SVG do not know.
 * Lines also differ by their marks, so that colour is never needed to tell them apart.
 */
export const plotStyle = `
svg.plot { font: 13px/1.3 system-ui, sans-serif; }
svg.plot .title { font-weight: 600; font-size: 15px; }
svg.plot .line { fill: none; stroke-width: 2; stroke: currentColor; }
svg.plot .mark { fill: currentColor; }
svg.plot .end { text-anchor: end; }
svg.plot .middle { text-anchor: middle; }
${coloursOf(light)}
@media (prefers-color-scheme: dark) {
${coloursOf(dark)}
}
`

/** A plot of lines as one SVG element; `alone` makes it a file with its own style. */
export function linePlot(plot: LinePlot, alone: boolean): string {
  const legend = legendRows(plot.series)
  const top = 62 + legend.rows * lineHeight
  const bottom = top + 300
  const xs = plot.series.flatMap(({ points }) => points.map(([x]) => x))
  const ys = plot.series.flatMap(({ points }) => points.map(([, y]) => y))
  const x = scaleOf(plot.x, xs, left, width - right)
  const y = scaleOf(plot.y, ys, bottom, top)
  const body = [
    ...y.ticks.map((tick) => gridLine(y.at(tick), short(tick))),
    ...xLabels(plot.x, x, bottom),
    `<text class="soft middle" x="${(left + width - right) / 2}" y="${bottom + 40}">` +
      `${escaped(plot.x.label)}</text>`,
    `<text class="soft" x="8" y="${top - 10}">${escaped(plot.y.label)}</text>`,
    ...plot.series.map((series, index) => lineOf(series, index, x, y)),
    ...legend.parts,
  ]
  return frame(plot, bottom + 52, body, alone)
}

/** Bars side by side in one direction, each with its value. */
export function barPlot(plot: BarPlot, alone: boolean): string {
  const named = 250
  const top = 56
  const each = 28
  const bottom = top + each * plot.bars.length
  const scale = linearScale(
    plot.bars.map(({ value }) => value),
    named,
    width - 80,
  )
  const body = plot.bars.flatMap(({ name, value, ours }, index) => {
    const y = top + each * index
    const end = Math.max(scale.at(value), named + 1)
    return [
      `<text class="end" x="${named - 8}" y="${y + 15}">${escaped(name)}</text>`,
      `<rect class="mark s${ours ? 0 : 5}" x="${named}" y="${y}" rx="2" ` +
        `width="${fixed(end - named)}" height="${each - 8}"/>`,
      `<text x="${fixed(end + 6)}" y="${y + 15}">${short(value)}</text>`,
    ]
  })
  const label = `<text class="soft" x="${named}" y="${bottom + 18}">${escaped(plot.label)}</text>`
  return frame(plot, bottom + 32, [...body, label], alone)
}

function frame(
  { title, description }: { readonly title: string; readonly description: string },
  height: number,
  body: readonly string[],
  alone: boolean,
): string {
  const id = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" ` +
      `viewBox="0 0 ${width} ${height}" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escaped(title)}</title>`,
    `<desc id="${id}-d">${escaped(description)}</desc>`,
    ...(alone ? [`<style>${plotStyle}</style>`] : []),
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="8" y="22">${escaped(title)}</text>`,
    ...body,
    '</svg>',
  ].join('\n')
}

function scaleOf(axis: Axis, values: readonly number[], low: number, high: number): Scale {
  if (axis.names !== undefined) {
    const step = (high - low) / Math.max(1, axis.names.length)
    return { at: (value) => low + (value + 0.5) * step, ticks: axis.names.map((_, at) => at) }
  }
  const shown = values.length === 0 ? [1, 10] : values
  return axis.log ? logScale(shown, low, high) : linearScale(shown, low, high, !axis.near)
}

function gridLine(y: number, label: string): string {
  return (
    `<line class="grid" x1="${left}" x2="${width - right}" y1="${fixed(y)}" y2="${fixed(y)}"/>` +
    `<text class="soft end" x="${left - 6}" y="${fixed(y + 4)}">${label}</text>`
  )
}

function xLabels(axis: Axis, x: Scale, bottom: number): string[] {
  return x.ticks.map((tick) => {
    const label = axis.names?.[tick] ?? short(tick)
    const at = `x="${fixed(x.at(tick))}" y="${bottom + 20}"`
    return `<text class="soft middle" ${at}>${escaped(label)}</text>`
  })
}

function lineOf({ name, points, dashed }: Series, index: number, x: Scale, y: Scale): string {
  const at = points.map(([px, py]) => [x.at(px), y.at(py)] as const)
  const path = at.map(([px, py]) => `${fixed(px)},${fixed(py)}`).join(' ')
  const dash = dashed === true ? ' stroke-dasharray="5 4"' : ''
  const marks = at.length > 40 ? [] : at.map(([px, py]) => mark(index, px, py))
  return [
    `<g class="s${index % palette}"><title>${escaped(name)}</title>`,
    `<polyline class="line" points="${path}"${dash}/>`,
    ...marks,
    '</g>',
  ].join('')
}

/** Circle, square, diamond or triangle, by the number of the line. */
function mark(index: number, x: number, y: number): string {
  const at = (dx: number, dy: number): string => `${fixed(x + dx)},${fixed(y + dy)}`
  const shapes = [
    `<circle class="mark" cx="${fixed(x)}" cy="${fixed(y)}" r="4"/>`,
    `<rect class="mark" x="${fixed(x - 4)}" y="${fixed(y - 4)}" width="8" height="8"/>`,
    `<polygon class="mark" points="${at(0, -5)} ${at(5, 0)} ${at(0, 5)} ${at(-5, 0)}"/>`,
    `<polygon class="mark" points="${at(0, -5)} ${at(5, 4)} ${at(-5, 4)}"/>`,
  ]
  return shapes[index % shapes.length] as string
}

function legendRows(series: readonly Series[]): {
  readonly rows: number
  readonly parts: readonly string[]
} {
  const parts: string[] = []
  let x = 8
  let row = 0
  series.forEach(({ name, dashed }, index) => {
    const room = 46 + 7.2 * name.length
    if (x + room > width && x > 8) {
      x = 8
      row++
    }
    const y = 40 + row * lineHeight
    const dash = dashed === true ? ' stroke-dasharray="5 4"' : ''
    parts.push(
      `<g class="s${index % palette}">` +
        `<line class="line" x1="${x}" x2="${x + 24}" y1="${y}" y2="${y}"${dash}/>` +
        `${mark(index, x + 12, y)}</g>` +
        `<text x="${x + 30}" y="${y + 4}">${escaped(name)}</text>`,
    )
    x += room
  })
  return { rows: row + 1, parts }
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10)
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
