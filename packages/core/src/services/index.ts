import type { Kernel } from '../kernel.ts'
import { auditKind } from '../model/audit/audit.ts'
import { idempotencyKind } from '../model/audit/idempotency.ts'
import { aggregateKind } from '../model/compute/aggregate.ts'
import { allocationKind } from '../model/compute/allocation.ts'
import { flavorAccessKind, flavorKind } from '../model/compute/flavor.ts'
import { hostKind } from '../model/compute/host.ts'
import { keyPairKind } from '../model/compute/key-pair.ts'
import { serverBatchKind } from '../model/compute/server-batch.ts'
import { serverGroupKind } from '../model/compute/server-group.ts'
import { serverKind } from '../model/compute/server.ts'
import { domainKind } from '../model/identity/domain.ts'
import { projectKind } from '../model/identity/project.ts'
import { roleAssignmentKind } from '../model/identity/role-assignment.ts'
import { userKind } from '../model/identity/user.ts'
import { imageKind } from '../model/image/image.ts'
import { imageMemberKind } from '../model/image/member.ts'
import type { Kind } from '../model/kind.ts'
import { networkKinds } from '../model/network/kinds.ts'
import { workKind } from '../model/work/work.ts'
import type { Program } from '../work/program.ts'
import type { Reconciler } from '../work/reconciler.ts'
import { convergeProgram } from './compute/converge.ts'
import { guests } from './compute/reconcilers/guests.ts'
import { hostRoom } from './compute/reconcilers/host-room.ts'
import { stuckServers } from './compute/reconcilers/stuck-servers.ts'
import { imageBytes } from './image/reconciler.ts'
import { sweepAddresses } from './network/sweep.ts'
import { janitor } from './upkeep/janitor.ts'

/** Every kind of record, for the store to open. */
export const kinds: readonly Kind[] = Object.freeze([
  auditKind,
  idempotencyKind,
  workKind,
  domainKind,
  projectKind,
  roleAssignmentKind,
  userKind,
  imageKind,
  imageMemberKind,
  aggregateKind,
  allocationKind,
  flavorAccessKind,
  flavorKind,
  hostKind,
  keyPairKind,
  serverKind,
  serverBatchKind,
  serverGroupKind,
  ...networkKinds,
])

/** Every workflow that a worker can run. */
export function programs(kernel: Kernel): Program[] {
  return [convergeProgram(kernel)]
}

/** Every reconciler, in the order in which they take turns. */
export function reconcilers(kernel: Kernel): Reconciler[] {
  return [
    guests(kernel),
    hostRoom(kernel),
    stuckServers(kernel),
    imageBytes(kernel),
    addresses(kernel),
    janitor(kernel),
  ]
}

function addresses(kernel: Kernel): Reconciler {
  let after: string | null = null
  return {
    name: 'addresses',
    run: async () => {
      const { next }: { next: string | null } = await sweepAddresses(kernel, after ?? undefined)
      after = next
    },
  }
}
