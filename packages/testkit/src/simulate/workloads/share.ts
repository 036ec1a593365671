import {
  type Share,
  shareAccessCreate,
  shareAccessDelete,
  shareAccessGet,
  shareAccessList,
  shareCreate,
  shareDelete,
  shareExtend,
  shareGet,
  shareList,
  shareShrink,
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareSnapshotGet,
  shareSnapshotList,
  shareUpdate,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { aim, forget, nameOf } from './aim.ts'
import { create } from './create.ts'
import { walk } from './pages.ts'
import { probe, probing } from './probe.ts'

/** Longer than storage without faults takes. */
const builtMs = 5_000

async function makeShare(tenant: Tenant): Promise<Share | undefined> {
  const { chance } = tenant
  const share = await create(tenant, 'share', shareCreate, {
    name: nameOf(tenant, 'share'),
    sizeGb: chance.whole(2, 9),
  })
  await tenant.rest(builtMs)
  return share
}

const createShare: Action = {
  name: 'create a share',
  weight: 3,
  run: async (tenant) => {
    const share = await makeShare(tenant)
    if (!share) return
    await tenant.call(shareGet, { id: share.id })
    await tenant.call(shareUpdate, { id: share.id, description: tenant.name })
  },
}

const resizeShare: Action = {
  name: 'resize a share',
  weight: 3,
  run: async (tenant) => {
    const id = await aim(tenant, 'share', makeShare)
    const found = await tenant.call(shareGet, { id })
    if (found.end !== 'ok') return
    const { sizeGb } = found.answer
    await tenant.call(shareExtend, { id, sizeGb: sizeGb + 5 })
    if (tenant.chance.happens(0.7)) await tenant.rest(builtMs)
    await tenant.call(shareShrink, { id, sizeGb })
    if (tenant.chance.happens(0.7)) await tenant.rest(builtMs)
  },
}

const grantShare: Action = {
  name: 'let somebody mount a share',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const shareId = await aim(tenant, 'share', makeShare)
    const to = `10.0.0.${chance.whole(1, 250)}`
    const rule = await tenant.call(shareAccessCreate, { shareId, type: 'ip', to })
    if (chance.happens(0.5)) await tenant.rest(builtMs)
    await tenant.call(shareAccessList, { shareId })
    if (rule.end === 'ok') await tenant.call(shareAccessGet, { id: rule.answer.id })
    if (rule.end === 'ok' && chance.happens(0.6)) {
      await tenant.call(shareAccessDelete, { id: rule.answer.id })
    }
  },
}

const snapshotShare: Action = {
  name: 'snapshot a share',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const shareId = await aim(tenant, 'share', makeShare)
    const made = await tenant.call(shareSnapshotCreate, { shareId, name: 'snapshot' })
    await tenant.rest(builtMs)
    await tenant.call(shareSnapshotList, { shareId })
    if (made.end !== 'ok') return
    const { id, sizeGb } = made.answer
    await tenant.call(shareSnapshotGet, { id })
    const copy = { name: nameOf(tenant, 'share'), sizeGb, snapshotId: id }
    await Promise.all([
      chance.happens(0.3) ? create(tenant, 'share', shareCreate, copy) : undefined,
      chance.happens(0.7) ? tenant.call(shareSnapshotDelete, { id }) : undefined,
    ])
  },
}

const listShares: Action = {
  name: 'list shares',
  weight: 1,
  run: (tenant) => walk(tenant, shareList),
}

const deleteShare: Action = {
  name: 'delete a share',
  weight: 3,
  run: async (tenant) => {
    const id = await aim(tenant, 'share', makeShare)
    const outcome = await tenant.call(shareDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'share', id)
  },
}

export const shareWorkload: Workload = {
  service: 'share',
  actions: [
    createShare,
    resizeShare,
    grantShare,
    snapshotShare,
    listShares,
    deleteShare,
    probing('shares', 1, [
      probe('share', shareGet),
      probe('share', shareDelete),
      probe('share', shareExtend, (id) => ({ id, sizeGb: 99 })),
      probe('share', shareAccessList, (shareId) => ({ shareId })),
      probe('share', shareSnapshotCreate, (shareId) => ({ shareId, name: 'mine' })),
    ]),
  ],
}
