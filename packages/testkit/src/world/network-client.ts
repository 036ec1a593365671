import {
  CloudError,
  type NetworkDriver,
  type NetworkObject,
  type ObjectReport,
  type PortReport,
  type PortTarget,
} from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

interface CallLimits {
  readonly signal?: AbortSignal
}

/** A verb of the data plane: what it does, and how a report of a failure looks. */
interface Verb<T, R> {
  readonly name: string
  readonly run: (targets: readonly T[], options?: CallLimits) => Promise<readonly R[]>
  readonly isOf: (report: R, target: T) => boolean
  readonly fault: (target: T, fault: { readonly message: string }) => R
}

/** What one process sees of the data plane of networks. */
export class NetworkClient implements NetworkDriver {
  readonly #ground: Ground
  readonly #life: Life
  readonly #plug: Verb<PortTarget, PortReport>
  readonly #configure: Verb<NetworkObject, ObjectReport>

  constructor(ground: Ground, life: Life, network: NetworkDriver) {
    this.#ground = ground
    this.#life = life
    this.#plug = {
      name: 'apply',
      run: (targets, options) => network.apply(targets, options),
      isOf: (report, target) => report.portId === target.portId,
      fault: ({ portId }, fault) => ({ portId, state: 'down', fault }),
    }
    this.#configure = {
      name: 'configure',
      run: (targets, options) => network.configure(targets, options),
      isOf: (report, target) => report.type === target.type && report.id === target.id,
      fault: ({ id, type }, fault) => ({ type, id, revision: null, fault }),
    }
  }

  apply(targets: readonly PortTarget[], options: CallLimits = {}): Promise<readonly PortReport[]> {
    return this.#call(this.#plug, targets, options)
  }

  configure(
    targets: readonly NetworkObject[],
    options: CallLimits = {},
  ): Promise<readonly ObjectReport[]> {
    return this.#call(this.#configure, targets, options)
  }

  #call<T, R>(verb: Verb<T, R>, targets: readonly T[], options: CallLimits): Promise<readonly R[]> {
    const ground = this.#ground
    const lane = this.#life.name
    const isLate = ground.hits('networkLate', lane)
    const fails = ground.hits('networkFails', lane)
    return this.#life.call({
      to: 'hosts',
      label: `network.${verb.name} ${targets.length}`,
      latency: ground.latency.hosts,
      writes: true,
      effect: async () => {
        if (fails) return this.#failing(verb, targets, options)
        if (!isLate) return verb.run(targets, options)
        // It arrives when it has been given up long ago.
        ground.timeline.after(ground.chance.between(1_000, 120_000), async () => {
          ground.note('hosts', 'host', `late network.${verb.name} ${targets.length}`)
          await verb.run(targets)
        })
        throw new CloudError('unavailable', 'The network did not answer in time.')
      },
    })
  }

  /** One of the targets fails: nothing is done about it, or it is done and nobody is told. */
  async #failing<T, R>(
    verb: Verb<T, R>,
    targets: readonly T[],
    options: CallLimits,
  ): Promise<readonly R[]> {
    const { chance } = this.#ground
    const victim = chance.pick(targets)
    const isDone = chance.happens(0.5)
    const others = isDone ? targets : targets.filter((target) => target !== victim)
    const reports = await verb.run(others, options)
    const told = reports.filter((report) => !victim || !verb.isOf(report, victim))
    if (!victim) return told
    return [...told, verb.fault(victim, { message: 'The network did not bring it about.' })]
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }
}
