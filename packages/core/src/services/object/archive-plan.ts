import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import { type Container, containerKind } from '../../model/object/container.ts'
import { isExpired, objectKind, type ObjectVersion } from '../../model/object/object.ts'
import { afterPrefix } from '../../ports/store-order.ts'
import { archivePrefix } from './archive.ts'
import { planDeletion, planMove, planRemoval } from './plan.ts'

/**
 * The container to which what is replaced in this one moves; undefined when it names none.
 *
 * @throws CloudError `conflict` when it names one that is not there.
 */
export async function fetchArchive(
  kernel: Pick<Kernel, 'store'>,
  container: Container,
): Promise<Container | undefined> {
  if (!container.versionsIn) return undefined
  const archive = await findArchive(kernel, container, container.versionsIn)
  if (archive) return archive
  throw new CloudError('conflict', 'The container for versions does not exist.', {
    field: 'versionsIn',
  })
}

async function findArchive(
  { store }: Pick<Kernel, 'store'>,
  container: Container,
  name: string,
): Promise<Container | undefined> {
  const [archive] = await store.lookup(containerKind, 'byName', [[container.projectId, name]])
  return archive
}

/**
 * Deletes the current version of a name; see `planDeletion`. Where what was replaced went to
 * another container, the latest of it comes back.
 */
export async function planDeletionOf(
  kernel: Kernel,
  writes: Writes,
  container: Container,
  current: ObjectVersion,
): Promise<Draft<ObjectVersion> | undefined> {
  const latest = container.versionsIn
    ? await findLatest(kernel, container, container.versionsIn, current.name)
    : undefined
  if (!latest) return planDeletion(kernel, writes, container, current)
  planRemoval(writes, current)
  const { containerId, name, sequence } = current
  planMove(writes, latest, { containerId, name, sequence: sequence + 1 })
  return undefined
}

async function findLatest(
  kernel: Kernel,
  container: Container,
  archiveName: string,
  name: string,
): Promise<ObjectVersion | undefined> {
  const archive = await findArchive(kernel, container, archiveName)
  if (!archive) return undefined
  const prefix = archivePrefix(name)
  const to = afterPrefix(prefix)
  const rows = await kernel.store.query(objectKind, {
    index: 'byName',
    equals: [archive.id],
    from: prefix,
    ...(to !== undefined && { to }),
    reverse: true,
    limit: 1,
  })
  return rows.find((row) => !isExpired(row, kernel.clock.now()))
}
