import type { Finding } from '@nephos/core'
import type { CloudStats } from '../cloud/cloud.ts'
import type { DensityPoint } from './density.ts'
import type { LatencyQuantiles } from './latency.ts'

/** What a replay measured. Times named real are of the machine, all others of the workload. */
export interface ReplayReport {
  /** Calls of `servers.create`: one per flavor of a batch. */
  readonly requests: number
  /** Servers that the accepted requests made. */
  readonly servers: number
  /** Requests that got nothing. */
  readonly refused: number
  /** Servers that the refused requests asked for. */
  readonly refusedServers: number
  /** Refused requests by code, and by main reason where there is one: `noValidHost:resources`. */
  readonly reasons: Readonly<Record<string, number>>
  /** Real milliseconds from the call of `servers.create` to its durable acceptance. */
  readonly acceptMs: LatencyQuantiles
  /**
   * vCPU allocated on hosts in use, divided by their vCPU: mean over the time from the first
   * arrival to the last, leaving out time in which no host was in use.
   */
  readonly density: number
  readonly densitySeries: readonly DensityPoint[]
  /** Hosts of the cloud. */
  readonly hosts: number
  readonly peakHostsUsed: number
  readonly peakServers: number
  readonly deleteRequests: number
  readonly serversDeleted: number
  /** From the first arrival to the last event. */
  readonly spanMs: number
  /** Real time from the first arrival to the last event done. */
  readonly realMs: number
  /** Store transactions, statements and bus messages of the replay proper, set-up left out. */
  readonly stats: CloudStats
  readonly findings: readonly Finding[]
}

/** How far a replay has come; handed out after each instant. */
export interface ReplayProgress {
  readonly spanMs: number
  readonly requests: number
  /** Made so far. */
  readonly servers: number
  /** There now. */
  readonly alive: number
  readonly hostsUsed: number
}

/** What `nephos replay --json` prints. */
export function reportJson(report: ReplayReport): Record<string, unknown> {
  const { requests, servers, refused, reasons, acceptMs, density, hosts, findings } = report
  const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
  return {
    requests,
    servers,
    refused,
    reasons,
    acceptMs: {
      p50: rounded(acceptMs.p50, 3),
      p99: rounded(acceptMs.p99, 3),
      max: rounded(acceptMs.max, 3),
    },
    density: rounded(density, 6),
    hosts,
    auditFindings: findings.length,
  }
}
