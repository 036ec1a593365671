import type { FleetCapacity } from '@nephos/core'
import { DensityMeter } from './density.ts'
import { LatencyHistogram } from './latency.ts'
import { replayHost } from './world.ts'

/** What a replay counts while it runs. */
export class Tally {
  readonly accepts = new LatencyHistogram()
  readonly density = new DensityMeter()
  readonly #reasons = new Map<string, number>()
  requests = 0
  servers = 0
  refused = 0
  refusedServers = 0
  deleteRequests = 0
  serversDeleted = 0
  hostsUsed = 0
  peakHostsUsed = 0
  peakServers = 0

  get alive(): number {
    return this.servers - this.serversDeleted
  }

  /** Refused requests by reason, the most frequent first. */
  get reasons(): Record<string, number> {
    return Object.fromEntries([...this.#reasons].sort(([, a], [, b]) => b - a))
  }

  accepted(servers: number, ms: number): void {
    this.accepts.record(ms)
    this.servers += servers
    this.peakServers = Math.max(this.peakServers, this.alive)
  }

  refuse(servers: number, reason: string): void {
    this.refused++
    this.refusedServers += servers
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
  }

  deleted(servers: number): void {
    this.deleteRequests++
    this.serversDeleted += servers
  }

  /** All hosts are alike, so what those in use have is their number times one host's. */
  sample(
    atMs: number,
    capacity: Pick<FleetCapacity, 'usedHosts' | 'used'>,
    measure: boolean,
  ): void {
    const { usedHosts, used } = capacity
    this.hostsUsed = usedHosts
    this.peakHostsUsed = Math.max(this.peakHostsUsed, usedHosts)
    if (!measure) return
    const room = usedHosts * replayHost.vcpus
    this.density.observe(atMs, room === 0 ? null : (used.VCPU ?? 0) / room)
  }
}
