import {
  stackAbandon,
  stackCreate,
  stackExport,
  stackRestore,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotGet,
  stackSnapshotList,
} from '@nephos/core'
import type { Action } from '../workload.ts'
import { aim, forget, nameOf, remember, settled } from './aim.ts'
import { create } from './create.ts'
import { walk } from './pages.ts'

/** Nothing that would stay when its stack is abandoned. */
const small = JSON.stringify({
  heat_template_version: 'rocky',
  resources: { password: { type: 'OS::Heat::RandomString' } },
})

/** A network stays, and is there to be taken over. */
const lasting = JSON.stringify({
  heat_template_version: 'rocky',
  resources: { net: { type: 'OS::Neutron::Net' } },
})

/** Stacks are kept, brought back, told of and left. */
export const keepingActions: readonly Action[] = [
  {
    name: 'keep a stack',
    weight: 1,
    run: async (tenant) => {
      const { chance } = tenant
      const makeSmall = (): Promise<unknown> =>
        create(tenant, 'stack', stackCreate, {
          name: nameOf(tenant, 'stack', 100),
          template: small,
        })
      if (chance.happens(0.5)) {
        await makeSmall()
        await tenant.rest(chance.between(0, 10_000))
      }
      const stackId = await aim(tenant, 'stack', makeSmall)
      await settled(tenant)
      const kept = await tenant.call(stackSnapshotCreate, { stackId, name: 'kept' })
      await walk(tenant, stackSnapshotList, { stackId })
      const id = kept.end === 'ok' ? kept.answer.id : 'none'
      await tenant.call(stackSnapshotGet, { stackId, id })
      if (chance.happens(0.5)) await tenant.call(stackRestore, { stackId, id })
      if (chance.happens(0.5)) await tenant.call(stackSnapshotDelete, { stackId, id })
    },
  },
  {
    name: 'abandon a stack',
    weight: 1,
    run: async (tenant) => {
      const name = nameOf(tenant, 'stack', 100)
      const made = await create(tenant, 'stack', stackCreate, { name, template: small })
      if (!made) return
      const { id } = made
      await tenant.call(stackExport, { id })
      await tenant.rest(tenant.chance.between(0, 20_000))
      await settled(tenant)
      const left = await tenant.call(stackAbandon, { id })
      if (left.end === 'ok') forget(tenant, 'stack', id)
    },
  },
  {
    name: 'take over what a stack has left',
    weight: 1,
    run: async (tenant) => {
      const { chance } = tenant
      const input = { name: nameOf(tenant, 'stack', 100), template: lasting }
      const made = await create(tenant, 'stack', stackCreate, input)
      if (!made) return
      await tenant.rest(chance.between(5_000, 20_000))
      const left = await tenant.call(stackAbandon, { id: made.id })
      if (left.end !== 'ok') return
      forget(tenant, 'stack', made.id)
      const ids = left.answer.resources.flatMap(({ physicalId }) => physicalId ?? [])
      remember(tenant, 'network', ...ids)
      await settled(tenant)
      const [net = 'none'] = ids
      const name = nameOf(tenant, 'stack', 100)
      // Now and then two want it.
      const takers = chance.happens(0.3) ? [name, `${name}-too`] : [name]
      const taken = await Promise.all(
        takers.map((each) => {
          const wish = { name: each, template: lasting, adopted: { net } }
          return create(tenant, 'stack', stackCreate, wish)
        }),
      )
      if (taken.some((stack) => stack)) tenant.sometimes('a stack was to take something over')
    },
  },
]
