import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { noTempUrlKeys, objectAccountKind } from '../../model/object/account.ts'
import { getAll } from '../fetch.ts'

/** Every project has an account of object storage from its beginning. */
export function planObjectAccount(kernel: Kernel, writes: Writes, projectId: string): void {
  const at = kernel.clock.now()
  writes.insert(objectAccountKind, {
    id: projectId,
    metadata: {},
    tempUrlKeys: noTempUrlKeys,
    createdAt: at,
    updatedAt: at,
  })
}

/** It goes with the project. */
export async function planObjectAccountRemoval(
  kernel: Kernel,
  writes: Writes,
  projectId: string,
): Promise<void> {
  writes.remove(objectAccountKind, ...(await getAll(kernel, objectAccountKind, [projectId])))
}
