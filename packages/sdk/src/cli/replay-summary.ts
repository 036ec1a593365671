import type { ReplayReport } from '../replay/report.ts'
import { sparkline } from '../replay/sparkline.ts'
import { duration } from './replay-progress.ts'
import { milliseconds, type Terminal } from './terminal.ts'

/** Findings and reasons listed in full; the rest is counted. */
const linesMax = 20

/** What a replay measured, for a person. */
export function showReplay(report: ReplayReport, terminal: Terminal, svg: string): void {
  const { acceptMs, stats, findings } = report
  terminal.table([
    ['simulated time', duration(report.spanMs)],
    ['real time', milliseconds(report.realMs)],
    ['requests for servers', String(report.requests)],
    ['servers made', `${report.servers} (at most ${report.peakServers} at once)`],
    ['requests refused', `${report.refused} (${report.refusedServers} servers)`],
    ['requests to delete', `${report.deleteRequests} (${report.serversDeleted} servers)`],
    ['accepted after, p50', milliseconds(acceptMs.p50)],
    ['accepted after, p99', milliseconds(acceptMs.p99)],
    ['accepted after, max', milliseconds(acceptMs.max)],
    ['hosts in use, at most', `${report.peakHostsUsed} of ${report.hosts}`],
    ['store transactions', String(stats.transactions)],
    ['store statements', String(stats.statements)],
  ])
  for (const [reason, count] of Object.entries(report.reasons).slice(0, linesMax)) {
    terminal.line(`  refused: ${reason} ${count}`)
  }
  terminal.line(`\npacking density ${(report.density * 100).toFixed(2)} % over time: ${svg}`)
  terminal.line(`  ${sparkline(report.densitySeries)}`)
  for (const { invariant, subject, message } of findings.slice(0, linesMax)) {
    terminal.line(`  invariant ${invariant}: ${subject}: ${message}`)
  }
  terminal.line(`audit: ${findings.length} findings`)
}
