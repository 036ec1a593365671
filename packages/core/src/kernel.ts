import type { Committer } from './commit/committer.ts'
import type { PlacementPolicy } from './model/compute/placement-policy.ts'
import type { Fleet } from './placement/fleet.ts'
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
import type { ShareDriver } from './ports/share-driver.ts'
import type { Store } from './ports/store.ts'
import type { Telemetry } from './ports/telemetry.ts'
import type { VolumeDriver } from './ports/volume-driver.ts'
import type { WebSource } from './ports/web-source.ts'
import type { Admission } from './services/admission.ts'
import type { AddressPools } from './services/network/address-pools.ts'
import type { ImageProtection } from './services/image/protection.ts'
import type { PoolWeights } from './services/block/weighing.ts'

/**
 * Everything a core function may use. There is no other way to time, chance, storage or the
 * outside.
 */
export interface Kernel {
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
  /** What users may have read from the web; absent: nothing. */
  readonly web?: WebSource
  /** Storage of shares. */
  readonly shares: ShareDriver
  readonly hypervisor: Hypervisor
  readonly network: NetworkDriver
  /** What carries load balancers. */
  readonly balancers: BalancerDriver
  /** Back-ends of block storage. */
  readonly volumes: VolumeDriver
  readonly committer: Committer
  /** Whose turn it is to decide. */
  readonly admission: Admission
  /** The placement projection over the Scheduler port. */
  readonly fleet: Fleet
  /** Free addresses known to this process: tentative, guarded again at the commit. */
  readonly addresses: AddressPools
  readonly settings: Settings
  /** True once the cloud is closing: operations are refused. */
  readonly closed: boolean
}

/** What an operator may tune. */
export interface Settings {
  /** Limits of a new project, by quota name; −1 = unlimited. */
  readonly defaultQuotas: Readonly<Record<string, number>>
  /**
   * Shares of projects where calls wait for their turn, and work for a worker, by the project's id;
   * 1 for any that is not named.
   */
  readonly weights: Readonly<Record<string, number>>
  /** Placement policy when a request names none. */
  readonly policy: PlacementPolicy
  /**
   * What the policy `weighed` makes of what stays free, by resource class: −15…15, 1 if not named.
   */
  readonly hostWeights: Readonly<Record<string, number>>
  /** A transitional state that lasts longer ends in ERROR. */
  readonly buildDeadlineMs: number
  /** A work row that is not renewed for so long is taken over. */
  readonly leaseMs: number
  /** Longest time between looks for due work when no doorbell rings. */
  readonly pollMs: number
  /** How often each reconciler runs without being woken. */
  readonly reconcileMs: number
  /** How long a token lasts. */
  readonly tokenMs: number
  /**
   * Wrong passwords in a row, in one process, after which a user is locked out of signing in with
   * one; 0: never.
   */
  readonly lockoutFailures: number
  /** How long he stays so, and how long a wrong password counts. */
  readonly lockoutMs: number
  /**
   * True: an image may say any format of bytes that bear the mark of none, as OpenStack let it for
   * long; nobody starts from it, and nothing is reached by it. False: its format must be found.
   */
  readonly unmarkedImages: boolean
  /** What makes one pool of volumes better than another. */
  readonly volumeWeights: PoolWeights
  /** The best pool is taken, or one is drawn, the likelier the better it is. */
  readonly volumeChoice: 'best' | 'stochastic'
  /** Properties of images that only some may write. */
  readonly imageProtections: readonly ImageProtection[]
}
