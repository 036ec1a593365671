import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import { prometheusTelemetry, type PrometheusTelemetry } from '@nephos/drivers/runtime'
import type { Cloud } from '../cloud/cloud.ts'
import type { Address } from './address.ts'
import { listen, type Listening } from '../http/listen.ts'

/** Metrics of one process, and what of it is read when they are. */
export interface Metrics {
  readonly telemetry: PrometheusTelemetry
  /** Serves `GET /metrics` until it is closed. @throws CloudError `unavailable`. */
  readonly serve: (cloud: Pick<Cloud, 'stats'>, address: Address) => Promise<Listening>
}

/** Metrics for Prometheus: what the cloud counts, and how its process is. */
export function openMetrics(): Metrics {
  let cloud: Pick<Cloud, 'stats'> | undefined
  const stat = (name: 'transactions' | 'statements' | 'messages') => () => cloud?.stats[name] ?? 0
  let since: EventLoopUtilization | undefined
  const telemetry = prometheusTelemetry({
    gauges: [
      { name: 'store_transactions', help: 'Since the start.', value: stat('transactions') },
      { name: 'store_statements', help: 'Since the start.', value: stat('statements') },
      { name: 'bus_messages', help: 'Sent since the start.', value: stat('messages') },
      {
        name: 'resident_bytes',
        help: 'Memory of the process.',
        value: () => process.memoryUsage.rss(),
      },
      {
        name: 'event_loop_utilization',
        help: 'Busy part of the time since this was read before, from 0 to 1.',
        value: () => {
          const now = performance.eventLoopUtilization()
          const { utilization } = performance.eventLoopUtilization(now, since)
          since = now
          return utilization
        },
      },
      { name: 'uptime_seconds', help: 'Of the process.', value: () => process.uptime() },
    ],
  })
  return {
    telemetry,
    serve: (open, address) => {
      cloud = open
      return listen(async (request) => answer(request, telemetry), address)
    },
  }
}

function answer(request: Request, { contentType, page }: PrometheusTelemetry): Response {
  const { pathname } = new URL(request.url)
  if (pathname !== '/metrics') return new Response('Not found\n', { status: 404 })
  if (request.method !== 'GET') {
    return new Response('Method not allowed\n', { status: 405, headers: { allow: 'GET' } })
  }
  return new Response(page(), { headers: { 'content-type': contentType } })
}
