import { describe, expect, it } from 'vitest'
import { barsOf } from '../../src/simulate/runner/timeline-bars.ts'
import { timelinePage } from '../../src/simulate/runner/timeline-page.ts'
import type { TraceEvent } from '../../src/world/trace.ts'
import { fakeStory } from './fake-story.ts'

const event = (at: number, lane: string, kind: TraceEvent['kind'], text: string): TraceEvent => ({
  at,
  lane,
  kind,
  text,
})

async function page(...trace: readonly TraceEvent[]): Promise<string> {
  const options = { seed: 3 }
  return timelinePage({ options, result: { ...(await fakeStory(options)), trace }, ms: 1 })
}

describe('the page of a story', () => {
  it('has a lane for everybody, every event, and what was broken', async () => {
    const html = await page(
      event(1, 'api-1', 'call', 'store.get server 1'),
      event(2, 'client:t0', 'answer', 'compute.server.create ok'),
      event(3, 'store', 'commit', '7 server+1'),
    )
    const lanes = [...html.matchAll(/<div>([^<]+)<\/div>/g)].map(([, lane]) => lane)
    expect(lanes).toEqual(['world', 'api-1', 'store', 'client:t0'])
    expect(html.match(/class="mark /g)).toHaveLength(4)
    expect(html).toContain('<title>00:00:00.003 store commit: 7 server+1</title>')
    expect(html).toContain('<li>00:00:00.120 invariant 9: port-3: has 2 holders</li>')
    expect(html).toContain('<td>compute.server.create ok</td>')
    expect(html).toContain('npm run simulate -- --seed 3')
  })

  it('asks nothing of a network and lets no text of the story be markup', async () => {
    const evil = `</script><script>alert('1')</script>"onload="x\u0000\u202E`
    const html = await page(event(1, evil, 'call', evil))
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toContain(evil)
    expect(html).not.toContain('"onload="')
    expect(['\u0000', '\u202E'].filter((bad) => html.includes(bad))).toEqual([])
    expect(html).not.toMatch(/https?:\/\/|src=|<link/)
    expect(html).toContain('content="default-src &#39;none&#39;')
  })

  it('lists the last 500 events as text', async () => {
    const html = await page(
      ...Array.from({ length: 700 }, (_, at) => event(at, 'bus', 'call', `call ${at}.`)),
    )
    expect(html).toContain('The last 500 events as text')
    expect(html).not.toContain('<td>call 199.</td>')
    expect(html).toContain('<td>call 200.</td>')
  })

  it('is there for a story that broke off', () => {
    expect(timelinePage({ options: { seed: 1 }, broken: 'gone', ms: 1 })).toContain(
      'defect: story: gone',
    )
  })
})

describe('bars', () => {
  it('last from what begins a state to what ends it', () => {
    const bars = barsOf(
      [
        event(0, 'api-1', 'process', 'start'),
        event(5, 'api-1', 'process', 'ready'),
        event(10, 'api-1', 'process', 'pause'),
        event(20, 'api-1', 'process', 'crash'),
        event(30, 'api-1', 'process', 'start'),
        event(31, 'api-1', 'process', 'ready'),
        event(40, 'world', 'network', 'cut api-1 store 0'),
        event(41, 'hosts', 'host', 'abc dies'),
        event(50, 'world', 'network', 'healed'),
        event(51, 'hosts', 'host', 'abc is back'),
        event(60, 'api-1', 'process', 'crash while starting'),
      ],
      100,
    )
    expect(bars.map(({ lane, from, to, state }) => `${lane} ${state} ${from}-${to}`)).toEqual([
      'api-1 starting 0-5',
      'api-1 paused 10-20',
      'api-1 down 20-30',
      'api-1 starting 30-31',
      'world cut 40-50',
      'hosts dead host 41-51',
      'api-1 down 60-100',
    ])
  })
})
