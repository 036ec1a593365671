import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { type Container, containerKind, containerScope } from '../../model/object/container.ts'
import { groupBy } from '../compute/host-counters.ts'
import { notFound } from '../fetch.ts'
import { defineOperation } from '../operation.ts'
import { accountOf } from './access.ts'
import { accountField, namePartField } from './fields.ts'
import { listNames } from './listing.ts'
import { containerView, type ContainerView } from './view.ts'

/** Bounds of every listing by name. */
export const listingFields = {
  prefix: namePartField.default(''),
  delimiter: namePartField.default(''),
  marker: namePartField.optional(),
  endMarker: namePartField.optional(),
  reverse: z.boolean().default(false),
  limit: z.int().min(1).max(limits.listingEntries).default(limits.listingEntries),
}

export type ContainerEntry =
  | { readonly type: 'container'; readonly name: string; readonly container: ContainerView }
  | { readonly type: 'prefix'; readonly name: string }

export const containerList = defineOperation({
  id: 'object.container.list',
  summary: 'Lists a project’s containers by name.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ account: accountField, ...listingFields }),
  run: async (call, { account, ...bounds }): Promise<ContainerEntry[]> => {
    const projectId = accountOf(call, account)
    if (!call.actor.system && call.actor.projectId !== projectId) {
      throw notFound('account', 'account')
    }
    const listed = await listNames<Container>(
      call,
      { kind: containerKind, index: 'byName', equals: [projectId], nameOf: ({ name }) => name },
      bounds,
    )
    const rows = listed.flatMap((one) => (one.type === 'row' ? [one.row] : []))
    const scopes = rows.map(({ id }) => containerScope(id))
    const counters = scopes.length === 0 ? [] : await call.kernel.store.counters(scopes)
    const held = groupBy(counters, ({ scope }) => scope)
    return listed.map((one): ContainerEntry => {
      if (one.type === 'prefix') return one
      const own = held.get(containerScope(one.row.id)) ?? []
      return { type: 'container', name: one.name, container: containerView(one.row, own) }
    })
  },
})
