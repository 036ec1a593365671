import { Committer } from '../src/commit/committer.ts'
import type { Kernel } from '../src/kernel.ts'
import type { Project } from '../src/model/identity/project.ts'
import type { Store } from '../src/ports/store.ts'
import { MemoryBus } from '../src/reference/memory-bus.ts'
import { SimulatedShares } from '../src/reference/simulated-shares.ts'
import { MemoryObjectStore } from '../src/reference/memory-object-store.ts'
import { MemoryImageStore } from '../src/reference/memory-image-store.ts'
import { memoryStore } from '../src/reference/memory-store.ts'
import { nodeDigest } from '../src/reference/node-digest.ts'
import { ScryptPasswords } from '../src/reference/scrypt-passwords.ts'
import { SeededRandom } from '../src/reference/seeded-random.ts'
import { silentTelemetry } from '../src/reference/silent-telemetry.ts'
import { TimeIds } from '../src/reference/time-ids.ts'
import { VirtualClock } from '../src/reference/virtual-clock.ts'
import { Admission } from '../src/services/admission.ts'
import type { Actor } from '../src/services/call.ts'
import { bootstrapIdentity } from '../src/services/identity/bootstrap.ts'
import { projectCreate } from '../src/services/identity/project.ts'
import { kinds } from '../src/services/index.ts'
import { invoke } from '../src/services/operation.ts'
import { defaultSettings } from '../src/settings.ts'

export interface IdentityKernel {
  readonly kernel: Kernel
  readonly clock: VirtualClock
  readonly images: MemoryImageStore
  /** The bootstrapped operator. */
  readonly root: Actor
}

/**
 * What identity, images, flavors and key pairs need of a kernel, in memory, on a clock that moves
 * when told.
 */
export async function identityKernel(
  options: { readonly overStore?: (store: Store) => Store; readonly bootstrap?: boolean } = {},
): Promise<IdentityKernel> {
  const memory = memoryStore()
  await memory.open(kinds)
  const store = options.overStore?.(memory) ?? memory
  const clock = new VirtualClock(1_000)
  const random = new SeededRandom(7)
  const bus = new MemoryBus()
  const telemetry = silentTelemetry
  const images = new MemoryImageStore()
  const kernel: Partial<Kernel> = {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: nodeDigest,
    passwords: new ScryptPasswords(random, { costLog2: 1 }),
    telemetry,
    store,
    bus,
    images,
    objects: new MemoryObjectStore(),
    shares: new SimulatedShares(),
    admission: new Admission(),
    committer: new Committer({ store, bus, clock, telemetry }, 'test'),
    settings: {
      ...defaultSettings,
      defaultQuotas: {
        ...defaultSettings.defaultQuotas,
        keyPairs: 2,
        images: 3,
        imageBytes: 1_000,
      },
    },
    closed: false,
  }
  const complete = kernel as Kernel
  if (options.bootstrap === false)
    return { kernel: complete, clock, images, root: operatorOf('none') }
  const { adminId } = await bootstrapIdentity(complete)
  return { kernel: complete, clock, images, root: operatorOf(adminId as string) }
}

export function operatorOf(userId: string): Actor {
  return { userId, projectId: null, domainId: null, roles: ['admin'], system: true }
}

/** An actor of a project, by default as a member. */
export function actorOf(project: Project, role = 'member', userId = 'someone'): Actor {
  return { userId, projectId: project.id, domainId: project.domainId, roles: [role], system: false }
}

export function domainActor(domainId: string, role = 'manager', userId = 'delegate'): Actor {
  return { userId, projectId: null, domainId, roles: [role], system: false }
}

export function newProject(
  { kernel, root }: IdentityKernel,
  name: string,
  fields: { readonly domainId?: string; readonly parentId?: string } = {},
): Promise<Project> {
  return invoke(kernel, root, projectCreate, { name, ...fields })
}

/** Everything the audit finds. */
export { findingsOf as findings } from './findings.ts'
