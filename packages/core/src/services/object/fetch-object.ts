import type { Container } from '../../model/object/container.ts'
import { isExpired, objectKind, type ObjectVersion } from '../../model/object/object.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { type ContainerPath, fetchContainer, type Right } from './access.ts'
import { findCurrent } from './plan.ts'

export interface ObjectPath extends ContainerPath {
  readonly name: string
  /** A version by its id; the current one by default. */
  readonly versionId?: string | undefined
}

/**
 * An object that the caller may use so: its current version, or the one named.
 *
 * @throws CloudError `notFound` for what is not there, what was deleted, and what is past its time.
 */
export async function fetchObject(
  call: Call,
  path: ObjectPath,
  right: Right,
): Promise<{ readonly container: Container; readonly row: ObjectVersion }> {
  const container = await fetchContainer(call, path, right)
  const row =
    path.versionId === undefined
      ? await findCurrent(call.kernel, container, path.name)
      : await fetchVersion(call, container, path.name, path.versionId)
  if (!row || isExpired(row, call.kernel.clock.now()) || row.marker) {
    throw notFound('object', path.versionId === undefined ? 'name' : 'versionId')
  }
  return { container, row }
}

/** @returns undefined for a version of another object. */
export async function fetchVersion(
  { kernel }: Call,
  container: Container,
  name: string,
  id: string,
): Promise<ObjectVersion | undefined> {
  const [row] = await kernel.store.get(objectKind, [id])
  return row?.containerId === container.id && row.name === name ? row : undefined
}
