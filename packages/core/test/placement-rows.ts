import type { Kernel } from '../src/kernel.ts'
import type { Actor } from '../src/services/call.ts'
import { invoke } from '../src/services/operation.ts'
import { allocationSet } from '../src/services/placement/allocation.ts'
import { providerSetInventory } from '../src/services/placement/inventory.ts'
import { resourceClassCreate, traitCreate } from '../src/services/placement/names.ts'
import { providerCreate } from '../src/services/placement/provider.ts'

export const deviceClass = 'CUSTOM_DEVICE'

/** A shelf beneath a host, a device on the shelf, and a consumer of the device and of the host. */
export async function makeProviders(kernel: Kernel, root: Actor, hostId: string): Promise<void> {
  await invoke(kernel, root, traitCreate, { name: 'CUSTOM_QUIET' })
  await invoke(kernel, root, resourceClassCreate, { name: deviceClass })
  const shelf = await invoke(kernel, root, providerCreate, { name: 'shelf', parentId: hostId })
  const { id } = await invoke(kernel, root, providerCreate, { name: 'device', parentId: shelf.id })
  const inventories = { [deviceClass]: { total: 4 } }
  await invoke(kernel, root, providerSetInventory, { id, inventories })
  const consumer = {
    id: '00000000-0000-4000-8000-000000000001',
    projectId: 'elsewhere',
    userId: 'somebody',
    allocations: [
      { providerId: id, resources: { [deviceClass]: 1 } },
      { providerId: hostId, resources: { VCPU: 1 } },
    ],
  }
  await invoke(kernel, root, allocationSet, { consumers: [consumer] })
}
