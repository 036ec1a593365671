import { expect, test } from 'vitest'
import { densityPlot } from './density-plot.ts'

const point = (index: number, density: number | null) => ({
  fromMs: index * 3_600_000,
  toMs: (index + 1) * 3_600_000,
  density,
})

test('an SVG of 800 by 400 with title, axes, labels, curve and mean', () => {
  const svg = densityPlot([point(0, 0.5), point(1, 1)], { title: 'A day', mean: 0.75 })
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="800" height="400" /)
  for (const part of [
    '<title>A day</title>',
    '>100 %<',
    '>0 %<',
    '>0.5<',
    '>2<',
    '>mean 75.0 %<',
  ]) {
    expect(svg).toContain(part)
  }
  expect(svg).toContain('hours since the first arrival')
  expect(svg).toContain('points="64,196 420,196 420,48 776,48"')
})

test('time without a host in use is a gap', () => {
  const svg = densityPlot([point(0, 0.5), point(1, null), point(2, 0.5)], { title: '', mean: 0.5 })
  expect(svg.match(/<polyline/g)).toHaveLength(2)
})

test('a title cannot break out of its element', () => {
  const svg = densityPlot([point(0, 1)], { title: '</title><script>&\u0000', mean: 1 })
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp; </title>')
})

test('a long title is cut where it is drawn, and whole where it is read', () => {
  const svg = densityPlot([point(0, 1)], { title: 'x'.repeat(500), mean: 1 })
  expect(svg).toContain(`<title>${'x'.repeat(500)}</title>`)
  expect(svg).toMatch(/>x{83}…</)
})

test('every element is closed, whatever is plotted', () => {
  for (const points of [[], [point(0, null)], [point(0, 7), point(1, -1)]]) {
    const svg = densityPlot(points, { title: 't', mean: 0 })
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    const opened = svg.match(/<[a-z]+[^>]*[^/]>/g)?.length
    expect(svg.match(/<\/[a-z]+>/g)?.length).toBe(opened)
  }
})
