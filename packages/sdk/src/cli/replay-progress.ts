import type { ReplayProgress } from '../replay/report.ts'

/** What of a terminal is used: `process.stderr` fits. */
export interface ProgressTarget {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Least real milliseconds between two redraws. */
const redrawMs = 100

/** A line on a terminal that redraws itself; says nothing elsewhere. */
export function progressLine(target: ProgressTarget): {
  show(progress: ReplayProgress): void
  end(): void
} {
  if (target.isTTY !== true) return { show: () => undefined, end: () => undefined }
  let drawnAt = -Infinity
  let drawn = 0
  return {
    show: ({ spanMs, requests, servers, alive, hostsUsed }) => {
      const now = performance.now()
      if (now - drawnAt < redrawMs) return
      drawnAt = now
      const text =
        `${duration(spanMs)}  ${requests} requests  ${servers} servers  ` +
        `${alive} there now  ${hostsUsed} hosts in use`
      target.write(`\r${text.padEnd(drawn)}`)
      drawn = text.length
    },
    end: () => {
      if (drawn > 0) target.write(`\r${' '.repeat(drawn)}\r`)
    },
  }
}

/** Simulated time in days and hours. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const days = Math.floor(minutes / 1_440)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${days} d ${two(Math.floor(minutes / 60) % 24)} h ${two(minutes % 60)} min`
}
