import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { hostKind } from '../../model/compute/host.ts'
import { type Provider, providerKind } from '../../model/placement/provider.ts'
import { fetchProvider } from './view.ts'

/** Where a provider is. */
export type Place = Pick<Provider, 'parentId' | 'parentIsHost' | 'rootId'>

/**
 * Puts a provider beneath a parent. The parent's row is written unchanged, so that of its removal,
 * its own move and this only one wins.
 *
 * @throws CloudError `notFound` for the parent, `conflict` when the tree is full.
 */
export async function joinTree(
  kernel: Kernel,
  writes: Writes,
  id: string,
  parentId: string | null,
  size = 1,
): Promise<Place> {
  if (parentId === null) return { parentId, parentIsHost: false, rootId: id }
  const { host, provider } = await fetchProvider(kernel, parentId, 'parentId')
  const rootId = host?.id ?? (provider as Provider).rootId
  const members = await kernel.store.count(providerKind, { index: 'byRoot', equals: [rootId] })
  if (members + size > limits.providerTree) {
    throw new CloudError('conflict', `A tree has at most ${limits.providerTree} providers.`, {
      field: 'parentId',
      limit: limits.providerTree,
    })
  }
  if (host) writes.update(hostKind, host)
  else writes.update(providerKind, provider)
  return { parentId, parentIsHost: host !== undefined, rootId }
}

/**
 * Moves a provider with its subtree: every row of it is written, so that what joins or moves it
 * meanwhile loses. The provider itself is left to the caller.
 *
 * @throws CloudError `invalid` when the parent is the provider itself or beneath it, `notFound`,
 *   `conflict` when the tree is full.
 */
export async function moveTree(
  kernel: Kernel,
  writes: Writes,
  row: Provider,
  parentId: string | null,
): Promise<Place> {
  const tree = await kernel.store.query(providerKind, {
    index: 'byRoot',
    equals: [row.rootId],
    limit: limits.providerTree,
  })
  const beneath = subtree(tree, row.id)
  if (parentId === row.id || beneath.some(({ id }) => id === parentId)) {
    throw new CloudError('invalid', 'parentId: is the provider itself, or beneath it.', {
      field: 'parentId',
    })
  }
  const place = await joinTree(kernel, writes, row.id, parentId, beneath.length + 1)
  const at = kernel.clock.now()
  for (const one of beneath) {
    writes.update(providerKind, { ...one, rootId: place.rootId, updatedAt: at })
  }
  return place
}

/** What is beneath a provider, itself excluded. */
function subtree(tree: readonly Provider[], id: string): Provider[] {
  const children = new Map<string, Provider[]>()
  for (const one of tree) {
    if (one.parentId === null) continue
    children.set(one.parentId, [...(children.get(one.parentId) ?? []), one])
  }
  const found: Provider[] = []
  const left = [...(children.get(id) ?? [])]
  for (let one = left.pop(); one; one = left.pop()) {
    found.push(one)
    left.push(...(children.get(one.id) ?? []))
  }
  return found
}
