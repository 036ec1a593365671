import { describe, expect, test } from 'vitest'
import { chartsOf } from './charts.ts'
import { htmlPage, markdown } from './pages.ts'
import type { NamedResult } from './results.ts'
import { linearScale, logScale, short } from './scales.ts'
import { barPlot, linePlot } from './svg.ts'

describe('scales', () => {
  test('put powers of ten at equal distances', () => {
    const scale = logScale([12, 5_000], 0, 300)
    expect(scale.ticks).toEqual([10, 100, 1_000, 10_000])
    expect(scale.ticks.map((tick) => Math.round(scale.at(tick)))).toEqual([0, 100, 200, 300])
  })

  test('begin at 0 and end at a round number above all values', () => {
    const scale = linearScale([3, 47], 0, 100)
    expect(scale.ticks).toEqual([0, 10, 20, 30, 40, 50])
    expect(scale.at(25)).toBeCloseTo(50)
    expect(linearScale([], 0, 1).ticks.length).toBeGreaterThan(1)
  })

  test('numbers are said shortly', () => {
    expect([0.25, 999, 12_345, 4_100_000].map(short)).toEqual(['0.25', '999', '12.3 k', '4.1 M'])
  })
})

describe('plots', () => {
  const plot = {
    title: 'A < B & "C"',
    description: 'two lines',
    x: { label: 'hosts', log: true },
    y: { label: 'rate', log: true },
    series: [
      {
        name: 'one',
        points: [
          [1_000, 5],
          [10_000, 50],
        ],
      },
      { name: 'two', points: [], dashed: true },
    ],
  } as const

  test('say what they show to those who do not see them, and escape names', () => {
    const drawn = linePlot(plot, true)
    expect(drawn).toContain('role="img"')
    expect(drawn).toContain('<title id="a-b-c--t">A &lt; B &amp; &quot;C&quot;</title>')
    expect(drawn).toContain('<desc id="a-b-c--d">two lines</desc>')
    expect(drawn).toContain('prefers-color-scheme: dark')
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/)
    expect(linePlot(plot, false)).not.toContain('<style>')
  })

  test('bars carry their values', () => {
    const bars = [
      { name: 'ours', value: 0, ours: true },
      { name: 'first fit', value: 8.1, ours: false },
    ]
    const drawn = barPlot({ title: 't', description: 'd', label: '%', bars }, true)
    expect(drawn).toContain('>8.1</text>')
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('pages', () => {
  const conditions = {
    node: 'v20',
    v8: '11',
    platform: 'linux x64',
    cpu: 'A <fast> one',
    cores: 2,
    memoryGib: 8,
    threads: 1,
    command: 'npm run -s bench -- scale',
    date: '2026-01-01T00:00:00.000Z',
    tier: 'simd',
  } as const
  const goal = {
    id: 'T1',
    path: 'pairsPerSecond.simple',
    what: 'pairs/s',
    atLeast: true,
    target: 10,
    found: 5,
    verdict: 'missed',
  } as const
  const results: readonly NamedResult[] = [
    {
      key: 'scale-1000',
      result: {
        suite: 'scale',
        hosts: 1_000,
        pairsPerSecond: { simple: 5, mixed: 4, incompressible: 3 },
        gang500us: { p50: 1, p90: 2, p99: 3, p999: 4 },
        baselines: { nativeScan: null, typescript: { bestFit: { simple: 2 } } },
        goals: [goal],
        notes: [],
        conditions,
      },
    },
    {
      key: 'azure-generated',
      result: {
        suite: 'azure',
        hosts: 102,
        lowerBound: 100,
        policy: 'pack',
        densityOverTime: [
          { hours: 0, density: 0.5, usedHosts: 10, lowerBound: 9 },
          { hours: 1, density: 0.6, usedHosts: 20, lowerBound: 18 },
        ],
        goals: [],
        notes: [],
        conditions,
      },
    },
  ]

  test('are made from results that lack baselines', () => {
    const charts = chartsOf(results)
    expect(charts.map(({ name }) => name)).toEqual([
      'throughput',
      'latency-1000',
      'density-azure-generated',
      'hosts-azure-generated',
      'above-lower-bound',
    ])
    for (const chart of charts) expect(chart.draw(true)).not.toMatch(/NaN|Infinity|undefined/)
    const text = markdown(results, charts)
    expect(text).toContain('| scale-1000 | T1 | pairs/s: 5, goal ≥ 10 | missed |')
    expect(text).toContain('](throughput.svg)')
    const page = htmlPage(results, charts)
    expect(page).toContain('A &lt;fast&gt; one')
    expect(page).toContain('<td class="missed">missed</td>')
    expect(page).not.toMatch(/<link|<script|src=/)
  })
})
