import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import {
  type LoadBalancer,
  loadBalancerKind,
  topologies,
} from '../../model/balancer/load-balancer.ts'
import { loadBalancerStatusKind } from '../../model/balancer/status.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { ownerOf, owns, requireRev, requireRoom } from '../network/access.ts'
import { ownerField } from '../network/fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { openBalancer, requireKept, TreeEdit } from './edit.ts'
import { describedFields, describedUpdateFields, getInput, removeInput } from './fields.ts'
import { balancerViews, type LoadBalancerView, newBalancerView } from './load-balancer-view.ts'
import { planVip, vipField, type VipPlan } from './vip.ts'
import { planTree, requireTree, treeFields, treeUsage } from './whole-tree.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({
  ...describedFields,
  vip: vipField,
  topology: z.enum(topologies).default('SINGLE'),
  ...treeFields,
  projectId: ownerField,
})
type CreateInput = z.infer<typeof createInput>

export const loadBalancerCreate = defineOperation({
  id: 'balancer.loadBalancer.create',
  summary: 'Creates a load balancer with its address, and as much of its tree as is given.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: CreateInput): Promise<LoadBalancerView> => {
    const { kernel } = call
    const projectId = ownerOf(call, input.projectId)
    await requireTree(call, input)
    const usage = { loadBalancers: 1, ...treeUsage(input) }
    await requireRoom(kernel, projectId, { ...usage, ports: 1 })
    const id = kernel.ids.next()
    const plan = await planVip(call, projectId, id, input.vip)
    try {
      const { edit, balancer, ids } = planBalancer(call, id, projectId, input, plan)
      chargeQuota(edit.writes, projectId, usage)
      const view = newBalancerView(balancer)
      await call.commit(edit.plan(), [id, ...ids], view)
      plan.allocation.settled()
      return view
    } catch (error) {
      plan.allocation.release()
      throw error
    }
  },
})

function planBalancer(
  call: Call,
  id: string,
  projectId: string,
  input: CreateInput,
  { allocation, port, vip }: VipPlan,
) {
  const { kernel } = call
  const at = kernel.clock.now()
  const edit = new TreeEdit(call, id)
  openBalancer(edit.writes, id)
  allocation.write(edit.writes, [{ ask: 0, port }])
  const { name, description, adminStateUp, tags, topology } = input
  const balancer = edit.root(loadBalancerKind, {
    ...{ id, projectId, name, description, adminStateUp, tags, topology, vip },
    ...{ failovers: 0, deleting: false, createdAt: at, updatedAt: at },
  })
  edit.root(loadBalancerStatusKind, {
    ...{ id, projectId, generation: 0, turns: 0, operating: 'OFFLINE' as const },
    ...{ inForce: {}, health: {}, traffic: {} },
  })
  const ids = planTree(edit, { kernel, projectId, balancerId: id, at }, input)
  return { edit, balancer, ids }
}

export const loadBalancerGet = defineOperation({
  id: 'balancer.loadBalancer.get',
  summary: 'Shows a load balancer.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof getInput>): Promise<LoadBalancerView> => {
    const row = await fetchOne(call, loadBalancerKind, id)
    const [view] = await balancerViews(call.kernel, [row])
    return view as LoadBalancerView
  },
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const loadBalancerList = defineOperation({
  id: 'balancer.loadBalancer.list',
  summary: 'Lists the load balancers of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<LoadBalancerView[]> => {
    const { projectId, system } = call.actor
    const rows = await listPage(
      call,
      loadBalancerKind,
      system ? {} : { index: 'byProject', equals: [projectId] },
      input,
      (row) =>
        (input.name === undefined || row.name === input.name) &&
        (input.tag === undefined || row.tags.includes(input.tag)),
      (row) => owns(call, row),
    )
    return balancerViews(call.kernel, rows)
  },
})

const updateInput = z.strictObject(describedUpdateFields)

export const loadBalancerUpdate = defineOperation({
  id: 'balancer.loadBalancer.update',
  summary: 'Changes a load balancer; its address stays.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof updateInput>): Promise<LoadBalancerView> => {
    const { id, expectedRev, ...patch } = input
    return changeBalancer(call, id, expectedRev, () => given(patch))
  },
})

export const loadBalancerFailover = defineOperation({
  id: 'balancer.loadBalancer.failover',
  summary: 'Has what carries a load balancer replaced; also brings one out of ERROR.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<LoadBalancerView> =>
    changeBalancer(call, id, expectedRev, ({ failovers }) => ({ failovers: failovers + 1 })),
})

async function changeBalancer(
  call: Call,
  id: string,
  expectedRev: number | undefined,
  change: (before: LoadBalancer) => Partial<LoadBalancer>,
): Promise<LoadBalancerView> {
  const { kernel } = call
  const before = await fetchOne(call, loadBalancerKind, id)
  requireRev(before, expectedRev)
  requireKept(before)
  const [standing] = await balancerViews(kernel, [before])
  const edit = new TreeEdit(call, id)
  const changed = { ...before, ...change(before), updatedAt: kernel.clock.now() }
  const row = edit.update(loadBalancerKind, changed)
  const isNew = standing?.provisioningStatus === 'PENDING_CREATE'
  const view: LoadBalancerView = {
    ...newBalancerView(row),
    provisioningStatus: isNew ? 'PENDING_CREATE' : 'PENDING_UPDATE',
    operatingStatus: standing?.operatingStatus ?? 'OFFLINE',
  }
  await call.commit(edit.plan(), [id], view)
  return view
}
