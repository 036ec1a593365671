import type { HealthMonitor } from '../model/balancer/health-monitor.ts'
import type { L7Policy } from '../model/balancer/l7-policy.ts'
import type { L7Rule } from '../model/balancer/l7-rule.ts'
import type { Listener } from '../model/balancer/listener.ts'
import type { Topology } from '../model/balancer/load-balancer.ts'
import type { Member } from '../model/balancer/member.ts'
import type { MemberHealth } from '../model/balancer/operating.ts'
import type { Pool } from '../model/balancer/pool.ts'
import type { Traffic } from '../model/balancer/status.ts'

/** One condition of a policy. */
export type RuleConfig = Pick<L7Rule, 'id' | 'type' | 'compareType' | 'key' | 'value' | 'invert'>

/** A policy, with all its rules: it applies where each of them matches. */
export interface PolicyConfig extends Pick<
  L7Policy,
  'id' | 'action' | 'redirectPoolId' | 'redirectUrl' | 'redirectPrefix' | 'redirectCode'
> {
  readonly rules: readonly RuleConfig[]
}

export interface ListenerConfig extends Pick<
  Listener,
  | 'id'
  | 'protocol'
  | 'protocolPort'
  | 'connectionLimit'
  | 'defaultPoolId'
  | 'allowedCidrs'
  | 'insertHeaders'
  | 'timeouts'
  | 'tls'
> {
  /** In the order in which they are tried. */
  readonly policies: readonly PolicyConfig[]
}

export type MemberConfig = Pick<
  Member,
  'id' | 'address' | 'protocolPort' | 'weight' | 'backup' | 'monitorAddress' | 'monitorPort'
>

export type MonitorConfig = Pick<
  HealthMonitor,
  'id' | 'type' | 'delayS' | 'timeoutS' | 'maxRetries' | 'maxRetriesDown' | 'request'
>

export interface PoolConfig extends Pick<
  Pool,
  'id' | 'protocol' | 'algorithm' | 'persistence' | 'tls'
> {
  readonly members: readonly MemberConfig[]
  readonly monitor: MonitorConfig | null
}

/** All that a load balancer is to be: what is switched off is not in it. */
export interface BalancerConfig {
  readonly balancerId: string
  /** Only grows; one generation is one configuration. */
  readonly generation: number
  readonly topology: Topology
  /** When it grows, appliances are replaced. */
  readonly failovers: number
  readonly vip: {
    readonly portId: string
    readonly networkId: string
    readonly addresses: readonly string[]
  }
  readonly listeners: readonly ListenerConfig[]
  readonly pools: readonly PoolConfig[]
}

/** What there is, as last seen. */
export interface BalancerReport {
  readonly balancerId: string
  /** Of the configuration in force; null = the driver has no such load balancer. */
  readonly generation: number | null
  /** Changes when counting begins anew. */
  readonly epoch: string
  /** By the id of the member; one that is not listed is unknown. */
  readonly members: Readonly<Record<string, MemberHealth>>
  /** By the id of the listener, counted since the epoch began. */
  readonly traffic: Readonly<Record<string, Traffic>>
  /** Why it could not do, or see, what was asked. */
  readonly fault?: { readonly message: string }
}

export interface BalancerOptions {
  readonly signal?: AbortSignal
}

/**
 * What carries load balancers. Verbs take many, are idempotent, report each exactly once and in the
 * order asked, and report failures as faults. A fired signal ends a call early, with faults.
 */
export interface BalancerDriver {
  /**
   * Brings each load balancer to its configuration, as a whole. An older generation than that in
   * force changes nothing and reports that in force. One that was removed stays removed: a fault.
   */
  apply(
    configs: readonly BalancerConfig[],
    options?: BalancerOptions,
  ): Promise<readonly BalancerReport[]>
  /** What is there. Changes nothing. */
  observe(
    balancerIds: readonly string[],
    options?: BalancerOptions,
  ): Promise<readonly BalancerReport[]>
  /** Removes load balancers for good: nothing answers for them afterwards. */
  remove(
    balancerIds: readonly string[],
    options?: BalancerOptions,
  ): Promise<readonly BalancerReport[]>
  /** Idempotent. Later calls throw `closed`. */
  close(): Promise<void>
}
