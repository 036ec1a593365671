import type { TraceEvent } from '../../world/trace.ts'

/** A state that lasts: drawn as a bar in its lane. */
export interface Bar {
  readonly lane: string
  readonly from: number
  readonly to: number
  readonly state: 'down' | 'starting' | 'paused' | 'cut' | 'dead host'
  readonly text: string
}

/** The states of processes, links and hosts that a trace tells of; open ones last until `end`. */
export function barsOf(events: readonly TraceEvent[], end: number): readonly Bar[] {
  const bars: Bar[] = []
  const open = new Map<string, Omit<Bar, 'to'>>()
  const close = (key: string, at: number): void => {
    const bar = open.get(key)
    if (bar && at > bar.from) bars.push({ ...bar, to: at })
    open.delete(key)
  }
  const begin = (key: string, bar: Omit<Bar, 'to'>): void => {
    close(key, bar.from)
    open.set(key, bar)
  }
  for (const event of events) {
    const change = changeOf(event)
    if (!change) continue
    const { key, state } = change
    if (key === 'every cut') {
      for (const each of [...open.keys()]) if (each.startsWith('cut ')) close(each, event.at)
    } else if (state === undefined) {
      close(key, event.at)
    } else {
      begin(key, { lane: event.lane, from: event.at, state, text: event.text })
    }
  }
  for (const key of [...open.keys()]) close(key, end)
  return bars.sort((a, b) => a.from - b.from || (a.lane < b.lane ? -1 : 1))
}

interface StateChange {
  readonly key: string
  /** Undefined: the state ends. */
  readonly state: Bar['state'] | undefined
}

function changeOf({ lane, kind, text }: TraceEvent): StateChange | undefined {
  if (kind === 'process') return processChange(lane, text)
  if (kind === 'network' && text.startsWith('cut ')) return { key: text, state: 'cut' }
  if (kind === 'network' && text === 'healed') return { key: 'every cut', state: undefined }
  const [, host, what] = (kind === 'host' && /^(\S+) (dies|is back)$/.exec(text)) || []
  if (host === undefined) return undefined
  return { key: `host ${host}`, state: what === 'dies' ? 'dead host' : undefined }
}

function processChange(lane: string, text: string): StateChange | undefined {
  const key = `process ${lane}`
  if (text === 'start') return { key, state: 'starting' }
  if (text === 'ready' || text === 'resume') return { key, state: undefined }
  if (text === 'pause') return { key, state: 'paused' }
  const isEnd = text === 'stop' || text.startsWith('crash') || text.startsWith('failed to start')
  return isEnd ? { key, state: 'down' } : undefined
}
