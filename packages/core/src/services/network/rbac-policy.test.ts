import { beforeEach, expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import type { Kernel } from '../../kernel.ts'
import type { Network } from '../../model/network/network.ts'
import { invoke } from '../operation.ts'
import { addressGroupCreate, addressGroupGet, addressGroupList } from './address-group.ts'
import { networkCreate, networkDelete, networkGet, networkList, networkUpdate } from './network.ts'
import { portCreate, portDelete, portList } from './port.ts'
import { qosPolicyCreate, qosPolicyUpdate } from './qos/policy.ts'
import {
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
} from './rbac-policy.ts'
import { securityGroupCreate, securityGroupDelete, securityGroupList } from './security-group.ts'
import { securityRuleCreate, securityRuleDelete, securityRuleList } from './security-rule.ts'
import { subnetCreate, subnetDelete, subnetList } from './subnet.ts'
import { subnetPoolCreate, subnetPoolList } from './subnet-pool.ts'

const [p1, p2, p3] = [memberOf('p1'), memberOf('p2'), memberOf('p3')]
let kernel: Kernel
let network: Network

beforeEach(async () => {
  kernel = (await networkKernel()).kernel
  for (const id of ['p1', 'p2', 'p3']) await openProject(kernel, id)
  network = await invoke(kernel, p1, networkCreate, { name: 'lan' })
})

const lend = (objectType: string, objectId: string, target = 'p2', actor = p1, more = {}) =>
  invoke(kernel, actor, rbacPolicyCreate, {
    ...{ objectType: objectType as 'network', objectId, target },
    ...more,
  })

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

test('N5: a network lent to a project is seen and used by it, and by no other', async () => {
  const subnet = { networkId: network.id, cidr: '10.0.0.0/24' }
  const early = await invoke(kernel, p1, subnetCreate, subnet)
  const port = { networkId: network.id }
  await expect(invoke(kernel, p2, portCreate, port)).rejects.toMatchObject({ code: 'notFound' })
  const policy = await lend('network', network.id)
  const late = await invoke(kernel, p1, subnetCreate, { ...subnet, cidr: '10.0.1.0/24' })
  expect(ids(await invoke(kernel, p2, networkList, {}))).toEqual([network.id])
  expect(ids(await invoke(kernel, p2, subnetList, {}))).toEqual([early.id, late.id].sort())
  expect(await invoke(kernel, p3, networkList, {})).toEqual([])
  expect(await invoke(kernel, p3, subnetList, {})).toEqual([])
  const made = await invoke(kernel, p2, portCreate, port)
  await expect(invoke(kernel, p3, portCreate, port)).rejects.toMatchObject({ code: 'notFound' })
  const rename = invoke(kernel, p2, networkUpdate, { id: network.id, name: 'mine' })
  await expect(rename).rejects.toMatchObject({ code: 'forbidden' })
  const refused = invoke(kernel, p1, rbacPolicyDelete, { id: policy.id })
  await expect(refused).rejects.toMatchObject({ code: 'conflict', detail: { ports: 1 } })
  const moved = invoke(kernel, p1, rbacPolicyUpdate, { id: policy.id, target: 'p3' })
  await expect(moved).rejects.toMatchObject({ code: 'conflict', field: 'target' })
  expect(await findings(kernel)).toEqual([])
  await invoke(kernel, p2, portDelete, { ids: [made.id] })
  await invoke(kernel, p1, rbacPolicyUpdate, { id: policy.id, target: 'p3' })
  expect(await invoke(kernel, p2, subnetList, {})).toEqual([])
  expect(await invoke(kernel, p3, subnetList, {})).toHaveLength(2)
  await invoke(kernel, p1, rbacPolicyDelete, { id: policy.id })
  expect(await invoke(kernel, p3, networkList, {})).toEqual([])
  expect(await findings(kernel)).toEqual([])
})

test('N5: what is for everyone is a policy as well, and may be narrowed in use', async () => {
  const all = await invoke(kernel, operator, networkUpdate, { id: network.id, shared: true })
  expect(all.shared).toBe(true)
  const [policy] = await invoke(kernel, p1, rbacPolicyList, { objectId: network.id })
  expect(policy).toMatchObject({ target: '*', action: 'accessAsShared', projectId: 'p1' })
  const port = await invoke(kernel, p2, portCreate, { networkId: network.id })
  const narrow = { id: network.id, shared: false }
  await expect(invoke(kernel, operator, networkUpdate, narrow)).rejects.toMatchObject({
    code: 'conflict',
  })
  await lend('network', network.id)
  const narrowed = await invoke(kernel, operator, networkUpdate, narrow)
  expect(narrowed).toMatchObject({ shared: false, sharedWith: ['p2'] })
  expect(await findings(kernel)).toEqual([])
  await invoke(kernel, p2, portDelete, { ids: [port.id] })
  await invoke(kernel, p1, networkDelete, { id: network.id })
  expect(await invoke(kernel, operator, rbacPolicyList, {})).toEqual([])
  expect(await findings(kernel)).toEqual([])
})

test('N1: an operator lists the ports of a network, whosever they are', async () => {
  const { id: networkId } = network
  const own = await invoke(kernel, p1, portCreate, { networkId })
  const elsewhere = await invoke(kernel, p1, networkCreate, { name: 'elsewhere' })
  await invoke(kernel, p1, portCreate, { networkId: elsewhere.id })
  expect(ids(await invoke(kernel, operator, portList, { networkId }))).toEqual([own.id])
  await lend('network', networkId)
  const foreign = await invoke(kernel, p2, portCreate, { networkId })
  const both = [own.id, foreign.id].sort()
  expect(ids(await invoke(kernel, operator, portList, { networkId }))).toEqual(both)
  expect(await invoke(kernel, operator, portList, { networkId: 'none' })).toEqual([])
})

test('N5: a way out for one project alone', async () => {
  const more = { action: 'accessAsExternal' }
  await expect(lend('network', network.id, 'p2', p1, more)).rejects.toMatchObject({
    code: 'forbidden',
    field: 'action',
  })
  const policy = await lend('network', network.id, 'p2', operator, more)
  expect(await invoke(kernel, p2, networkList, { external: true })).toHaveLength(1)
  expect(await invoke(kernel, p3, networkList, {})).toEqual([])
  const hidden = invoke(kernel, p3, networkGet, { id: network.id })
  await expect(hidden).rejects.toMatchObject({ code: 'notFound' })
  // To get out by it is not to have ports on it.
  const port = invoke(kernel, p2, portCreate, { networkId: network.id })
  await expect(port).rejects.toMatchObject({ code: 'notFound' })
  expect(await findings(kernel)).toEqual([])
  await invoke(kernel, operator, rbacPolicyDelete, { id: policy.id })
  expect(await invoke(kernel, p1, networkGet, { id: network.id })).toMatchObject({
    external: false,
  })
  expect(await findings(kernel)).toEqual([])
})

test('N5: groups are lent: their rules are seen, ports have them, rules name them', async () => {
  const web = await invoke(kernel, p1, securityGroupCreate, { name: 'web' })
  const offices = await invoke(kernel, p1, addressGroupCreate, { name: 'offices' })
  await lend('securityGroup', web.id)
  await lend('addressGroup', offices.id)
  expect(ids(await invoke(kernel, p2, securityGroupList, { name: 'web' }))).toEqual([web.id])
  expect(await invoke(kernel, p2, securityRuleList, { groupId: web.id })).toHaveLength(2)
  expect(await invoke(kernel, p3, securityRuleList, { groupId: web.id })).toEqual([])
  expect(ids(await invoke(kernel, p2, addressGroupList, {}))).toEqual([offices.id])
  const own = await invoke(kernel, p2, networkCreate, { name: 'own' })
  const ask = { networkId: own.id, securityGroupIds: [web.id] }
  const port = await invoke(kernel, p2, portCreate, ask)
  expect(port.securityGroupIds).toEqual([web.id])
  const mine = await invoke(kernel, p2, securityGroupCreate, { name: 'mine' })
  const rule = { groupId: mine.id, direction: 'ingress', remoteAddressGroupId: offices.id } as const
  await invoke(kernel, p2, securityRuleCreate, rule)
  const gone = invoke(kernel, p1, securityGroupDelete, { id: web.id })
  await expect(gone).rejects.toMatchObject({ code: 'conflict' })
  const foreign = invoke(kernel, p3, addressGroupGet, { id: offices.id })
  await expect(foreign).rejects.toMatchObject({ code: 'notFound' })
  await lend('addressGroup', offices.id, '*', operator)
  expect(ids(await invoke(kernel, p3, addressGroupList, {}))).toEqual([offices.id])
  expect(await findings(kernel)).toEqual([])
})

test('N5: what others have in use is not taken from them', async () => {
  const web = await invoke(kernel, p1, securityGroupCreate, { name: 'web' })
  const offices = await invoke(kernel, p1, addressGroupCreate, { name: 'offices' })
  const slow = await invoke(kernel, p1, qosPolicyCreate, { name: 'slow' })
  const lent = [
    await lend('securityGroup', web.id),
    await lend('addressGroup', offices.id),
    await lend('qosPolicy', slow.id),
  ]
  const own = await invoke(kernel, p2, networkCreate, { name: 'own' })
  const having = { securityGroupIds: [web.id], qosPolicyId: slow.id }
  const port = await invoke(kernel, p2, portCreate, { networkId: own.id, ...having })
  const mine = await invoke(kernel, p2, securityGroupCreate, { name: 'mine' })
  const rule = await invoke(kernel, p2, securityRuleCreate, {
    ...{ groupId: mine.id, direction: 'ingress' as const, remoteAddressGroupId: offices.id },
  })
  for (const { id } of lent) {
    const withdrawn = invoke(kernel, p1, rbacPolicyDelete, { id })
    await expect(withdrawn).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    const moved = invoke(kernel, p1, rbacPolicyUpdate, { id, target: 'p3' })
    await expect(moved).rejects.toMatchObject({ code: 'conflict', field: 'target' })
  }
  // Whom it is lent to as everyone's loses nothing; the last who lends it does not let it go.
  const everyone = await lend('qosPolicy', slow.id, '*', operator)
  await invoke(kernel, p1, rbacPolicyDelete, { id: (lent[2] as { id: string }).id })
  const narrowed = invoke(kernel, operator, qosPolicyUpdate, { id: slow.id, shared: false })
  await expect(narrowed).rejects.toMatchObject({ code: 'conflict', field: 'shared' })
  await invoke(kernel, p2, portDelete, { ids: [port.id] })
  await invoke(kernel, p2, securityRuleDelete, { ids: [rule.id] })
  for (const { id } of lent.slice(0, 2)) await invoke(kernel, p1, rbacPolicyDelete, { id })
  // The owner's own use is nobody's loss.
  await invoke(kernel, p1, portCreate, { networkId: network.id, qosPolicyId: slow.id })
  await invoke(kernel, operator, rbacPolicyDelete, { id: everyone.id })
  expect(await findings(kernel)).toEqual([])
})

test('N5: a subnet pool is lent, and stays so while others have subnets of it', async () => {
  const prefixes = ['10.0.0.0/16']
  const pool = await invoke(kernel, p1, subnetPoolCreate, { name: 'blocks', prefixes })
  const policy = await lend('subnetPool', pool.id)
  expect(ids(await invoke(kernel, p2, subnetPoolList, {}))).toEqual([pool.id])
  const own = await invoke(kernel, p2, networkCreate, { name: 'own' })
  const cut = { networkId: own.id, subnetPoolId: pool.id, prefixLength: 24 }
  const subnet = await invoke(kernel, p2, subnetCreate, cut)
  const refused = invoke(kernel, p1, rbacPolicyDelete, { id: policy.id })
  await expect(refused).rejects.toMatchObject({ code: 'conflict', field: 'id' })
  await invoke(kernel, p2, subnetDelete, { id: subnet.id })
  await invoke(kernel, p1, rbacPolicyDelete, { id: policy.id })
  await expect(invoke(kernel, p2, subnetCreate, cut)).rejects.toMatchObject({ code: 'notFound' })
  expect(await findings(kernel)).toEqual([])
})

test('N5: who may lend what, and how often', async () => {
  const { id } = network
  await expect(lend('network', id, 'p2', p2)).rejects.toMatchObject({ code: 'notFound' })
  await expect(lend('network', id, '*')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(lend('subnetPool', id)).rejects.toMatchObject({ code: 'notFound' })
  const pool = await invoke(kernel, p1, subnetPoolCreate, { name: 'b', prefixes: ['10.0.0.0/16'] })
  const way = { action: 'accessAsExternal' }
  await expect(lend('subnetPool', pool.id, 'p2', operator, way)).rejects.toMatchObject({
    code: 'invalid',
    field: 'action',
  })
  const twins = await Promise.allSettled([lend('network', id), lend('network', id)])
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(lend('network', id)).rejects.toMatchObject({ code: 'conflict', field: 'target' })
  const both = await Promise.all([lend('network', id, 'p3'), lend('network', id, 'p4')])
  expect(await invoke(kernel, p1, networkGet, { id })).toMatchObject({
    sharedWith: ['p2', 'p3', 'p4'],
  })
  const foreign = invoke(kernel, p2, rbacPolicyGet, { id: both[0].id })
  await expect(foreign).rejects.toMatchObject({ code: 'notFound' })
  expect(await invoke(kernel, p1, rbacPolicyGet, { id: both[0].id })).toEqual(both[0])
  const wider = invoke(kernel, p1, rbacPolicyUpdate, { id: both[0].id, target: '*' })
  await expect(wider).rejects.toMatchObject({ code: 'forbidden', field: 'target' })
  expect(await findings(kernel)).toEqual([])
})
