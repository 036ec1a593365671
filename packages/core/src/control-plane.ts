import { z } from 'zod'
import { throwIfAborted } from './base/errors.ts'
import { Committer } from './commit/committer.ts'
import type { Kernel, Settings } from './kernel.ts'
import { workKind } from './model/work/work.ts'
import { Fleet } from './placement/fleet.ts'
import type { BalancerDriver } from './ports/balancer-driver.ts'
import type { Bus } from './ports/bus.ts'
import type { Clock } from './ports/clock.ts'
import type { Digest } from './ports/digest.ts'
import type { Hypervisor } from './ports/hypervisor.ts'
import type { Ids } from './ports/ids.ts'
import type { ImageStore } from './ports/image-store.ts'
import type { NetworkDriver } from './ports/network-driver.ts'
import type { ObjectStore } from './ports/object-store.ts'
import type { PasswordHasher } from './ports/passwords.ts'
import type { Random } from './ports/random.ts'
import type { Scheduler } from './ports/scheduler.ts'
import type { ShareDriver } from './ports/share-driver.ts'
import type { Store } from './ports/store.ts'
import type { Telemetry } from './ports/telemetry.ts'
import type { VolumeDriver } from './ports/volume-driver.ts'
import type { WebSource } from './ports/web-source.ts'
import { Admission } from './services/admission.ts'
import { audit } from './services/audit/audit.ts'
import type { Finding } from './services/audit/finding.ts'
import type { Actor, CallOptions } from './services/call.ts'
import { verifyChain } from './services/event/verify.ts'
import { bootstrapIdentity } from './services/identity/bootstrap.ts'
import { kinds, programs, reconcilers } from './services/index.ts'
import { AddressPools } from './services/network/address-pools.ts'
import { invoke, type Operation } from './services/operation.ts'
import { parseInput } from './services/parse.ts'
import { safeTelemetry } from './safe-telemetry.ts'
import { mergedSettings } from './settings.ts'
import { freeLeases } from './work/recover.ts'
import { ReconcileLoop } from './work/reconciler.ts'
import { Worker } from './work/worker.ts'

/** Everything that an embedder may replace. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly digest: Digest
  readonly passwords: PasswordHasher
  readonly telemetry: Telemetry
  readonly store: Store
  readonly bus: Bus
  readonly images: ImageStore
  readonly objects: ObjectStore
  readonly shares: ShareDriver
  readonly hypervisor: Hypervisor
  readonly network: NetworkDriver
  readonly balancers: BalancerDriver
  readonly volumes: VolumeDriver
  /** Absent: images are not imported from the web. */
  readonly web?: WebSource
  readonly scheduler: Scheduler
}

export interface OpenOptions {
  readonly settings?: Partial<Settings>
  /**
   * Runs when the store is open and before any work starts: a simulated fleet adopts its guests
   * here.
   */
  readonly prepare?: (kernel: Kernel) => Promise<void>
  /** False: decide and record only; another process does the work. */
  readonly work?: boolean
  /** Whether this process compares and mends, and keeps house; as `work` unless it is said. */
  readonly reconcile?: boolean
}

/** How often `settle` looks. */
const settleLookMs = 10

/** A running control plane over a set of ports. */
export class ControlPlane {
  readonly kernel: Kernel
  readonly #worker: Worker
  readonly #loop: ReconcileLoop
  readonly #state: { closed: boolean }
  readonly #committer: Committer
  #closing: Promise<void> | undefined

  private constructor(kernel: Kernel, committer: Committer, state: { closed: boolean }) {
    this.kernel = kernel
    this.#committer = committer
    this.#state = state
    this.#worker = new Worker(kernel, programs(kernel), kernel.settings)
    this.#loop = new ReconcileLoop(kernel, reconcilers(kernel), kernel.settings.reconcileMs)
  }

  /**
   * Opens the store, loads placement, takes over what an ended process left, and starts to work.
   *
   * @throws CloudError `unavailable` when the store cannot be opened.
   */
  static async open(ports: Ports, options: OpenOptions = {}): Promise<ControlPlane> {
    const settings = mergedSettings(options.settings ?? {})
    const telemetry = safeTelemetry(ports.telemetry)
    const origin = ports.ids.next()
    const committer = new Committer({ ...ports, telemetry }, origin)
    const state = { closed: false }
    const fleet = new Fleet(ports.scheduler, ports.store, origin, settings.hostWeights)
    const kernel: Kernel = Object.freeze({
      ...ports,
      telemetry,
      committer,
      admission: new Admission(settings.weights),
      fleet,
      addresses: new AddressPools({ ...ports, committer }),
      settings,
      get closed(): boolean {
        return state.closed
      },
    })
    const plane = new ControlPlane(kernel, committer, state)
    try {
      await plane.#open(options)
    } catch (error) {
      // What opened is closed again, so that the caller may try once more.
      await plane.close().catch(() => undefined)
      throw error
    }
    return plane
  }

  async #open(options: OpenOptions): Promise<void> {
    const { kernel } = this
    await kernel.store.open(kinds)
    if (!kernel.store.capabilities.shared) await freeLeases(kernel)
    await bootstrapIdentity(kernel)
    await kernel.fleet.load()
    // Leased here, so that the first request costs what every other one costs.
    await kernel.addresses.macs.open()
    await options.prepare?.(kernel)
    const work = options.work ?? true
    if (work) this.#worker.start()
    if (options.reconcile ?? work) this.#loop.start()
    if (work) this.#worker.ring()
  }

  /** Runs an operation as an actor. */
  invoke<I, O>(
    actor: Actor,
    operation: Operation<I, O>,
    input: unknown,
    options?: CallOptions,
  ): Promise<O> {
    return invoke(this.kernel, actor, operation, input, options)
  }

  /**
   * Recomputes every invariant, and the chain of the audit log, and yields what breaks one.
   * Read-only; exact when nothing is under way.
   */
  audit(options: Pick<CallOptions, 'signal'> = {}): AsyncIterable<Finding> {
    return auditAll(this.kernel, options)
  }

  /**
   * Waits until no work is left, or the time is over.
   *
   * @returns the workflows still unfinished.
   */
  async settle(options: {
    readonly timeoutMs: number
    readonly signal?: AbortSignal
  }): Promise<number> {
    const { clock, store } = this.kernel
    const { timeoutMs } = parseInput(settleInput, { timeoutMs: options?.timeoutMs })
    const signal = options.signal
    const end = clock.elapsed() + timeoutMs
    for (;;) {
      const left = await store.count(workKind, {})
      if (left === 0 || clock.elapsed() >= end) return left
      throwIfAborted(signal)
      await clock.sleep(settleLookMs, signal ? { signal } : {})
    }
  }

  /** One round of every reconciler, now. */
  reconcile(): Promise<void> {
    return this.#loop.round()
  }

  /**
   * Refuses new calls, finishes what is being written, hands back work, and closes every port, also
   * when one of them fails to. Idempotent: every caller waits for the same end.
   *
   * @throws what the first port that failed to close threw.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#state.closed = true
    await this.#loop.stop()
    await this.#worker.stop()
    await this.#committer.idle()
    const { store, bus, images, objects, shares, hypervisor, network, balancers, volumes } =
      this.kernel
    const ends = await Promise.allSettled(
      [bus, hypervisor, network, balancers, volumes, images, objects, shares].map(async (port) =>
        port.close(),
      ),
    )
    await store.close()
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
  }
}

async function* auditAll(
  kernel: Kernel,
  options: Pick<CallOptions, 'signal'>,
): AsyncGenerator<Finding> {
  yield* audit(kernel, options)
  for await (const fault of verifyChain(kernel, options)) yield { invariant: 25, ...fault }
}

/** A day: nothing waits longer for a cloud to come to rest. */
const settleInput = z.strictObject({ timeoutMs: z.number().min(0).max(86_400_000) })
