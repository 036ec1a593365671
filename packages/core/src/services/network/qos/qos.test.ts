import { beforeEach, expect, test } from 'vitest'
import { findings, memberOf, networkKernel, openProject } from '../../../../test/network-kernel.ts'
import { configureNow, dataPlane } from '../../../../test/network-work.ts'
import type { Kernel } from '../../../kernel.ts'
import type { QosPolicy } from '../../../model/network/qos-policy.ts'
import { invoke } from '../../operation.ts'
import { networkCreate, networkDelete, networkUpdate } from '../network.ts'
import { portCreate, portDelete, portUpdate } from '../port.ts'
import { qosPolicyCreate, qosPolicyDelete, qosPolicyGet, qosPolicyUpdate } from './policy.ts'
import { qosRuleCreate, qosRuleDelete, qosRuleUpdate } from './rule.ts'

const [p1, p2] = [memberOf('p1'), memberOf('p2')]
let kernel: Kernel
let policy: QosPolicy

beforeEach(async () => {
  kernel = (await networkKernel()).kernel
  for (const id of ['p1', 'p2']) await openProject(kernel, id)
  policy = await invoke(kernel, p1, qosPolicyCreate, { name: 'slow' })
})

const add = (rule: object) =>
  invoke(kernel, p1, qosRuleCreate, { policyId: policy.id, rule: rule as { type: 'dscpMarking' } })

test('N7: rules that are added at once are both kept; two about the same are not', async () => {
  const limit = { type: 'bandwidthLimit', maxKbps: 1_000 }
  const ends = await Promise.allSettled([
    add(limit),
    add(limit),
    add({ type: 'dscpMarking', dscpMark: 26 }),
    add({ ...limit, direction: 'ingress' }),
  ])
  expect(ends.map(({ status }) => status).toSorted()).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
  ])
  const { rules } = await invoke(kernel, p1, qosPolicyGet, { id: policy.id })
  expect(rules).toHaveLength(3)
  const least = { type: 'minimumBandwidth', minKbps: 1_001 }
  await expect(add(least)).rejects.toMatchObject({ code: 'conflict', limit: 1_000 })
  await add({ ...least, minKbps: 900 })
  const most = rules.find((rule) => rule.type === 'bandwidthLimit' && rule.direction === 'egress')
  const ids = { policyId: policy.id, id: most?.id ?? '' }
  await expect(invoke(kernel, p1, qosRuleUpdate, { ...ids, maxKbps: 1 })).rejects.toMatchObject({
    code: 'conflict',
  })
  const odd = invoke(kernel, p1, qosRuleUpdate, { ...ids, dscpMark: 8 })
  await expect(odd).rejects.toMatchObject({ code: 'invalid', field: 'dscpMark' })
  await invoke(kernel, p1, qosRuleDelete, ids)
  await expect(invoke(kernel, p1, qosRuleDelete, ids)).rejects.toMatchObject({ code: 'notFound' })
  expect(await findings(kernel)).toEqual([])
})

test.each([
  [{ type: 'dscpMarking', dscpMark: 1 }, 'rule.dscpMark'],
  [{ type: 'bandwidthLimit', maxKbps: -1 }, 'rule.maxKbps'],
  [{ type: 'bandwidthLimit', maxKbps: 1, dscpMark: 8 }, 'rule.dscpMark'],
  [{ type: 'minimumBandwidth', minKbps: 1, direction: 'up' }, 'rule.direction'],
  [{ type: 'packetRate' }, 'rule.type'],
])('N7: %j is refused at %s', async (rule, field) => {
  await expect(add(rule)).rejects.toMatchObject({ code: 'invalid', field })
})

test('N7: a policy that networks or ports have stays, whoever comes first', async () => {
  const qosPolicyId = policy.id
  const network = await invoke(kernel, p1, networkCreate, { name: 'lan', qosPolicyId })
  const port = await invoke(kernel, p1, portCreate, { networkId: network.id, qosPolicyId })
  const gone = { id: policy.id }
  await expect(invoke(kernel, p1, qosPolicyDelete, gone)).rejects.toMatchObject({
    code: 'conflict',
    detail: { uses: 2 },
  })
  await invoke(kernel, p1, networkUpdate, { id: network.id, qosPolicyId: null })
  await invoke(kernel, p1, portUpdate, { id: port.id, qosPolicyId: null })
  const race = await Promise.allSettled([
    invoke(kernel, p1, qosPolicyDelete, gone),
    invoke(kernel, p1, portUpdate, { id: port.id, qosPolicyId }),
  ])
  expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await findings(kernel)).toEqual([])
  await invoke(kernel, p1, portDelete, { ids: [port.id] })
  await invoke(kernel, p1, networkDelete, { id: network.id })
  expect(await findings(kernel)).toEqual([])
})

test('N7: the network is told of each change of the rules', async () => {
  const told = () => dataPlane(kernel).object('qosPolicy', policy.id)?.config
  const rule = await add({ type: 'bandwidthLimit', maxKbps: 1_000 })
  await configureNow(kernel)
  expect(told()).toMatchObject({ rules: [{ maxKbps: 1_000 }] })
  const ids = { policyId: policy.id, id: rule.id }
  await invoke(kernel, p1, qosRuleUpdate, { ...ids, maxKbps: 500 })
  await configureNow(kernel)
  expect(told()).toMatchObject({ rules: [{ maxKbps: 500 }] })
  await invoke(kernel, p1, qosRuleDelete, ids)
  await configureNow(kernel)
  expect(told()).toMatchObject({ rules: [] })
})

test('N7: new networks get the default policy of their own project', async () => {
  await invoke(kernel, p1, qosPolicyUpdate, { id: policy.id, isDefault: true })
  const second = invoke(kernel, p1, qosPolicyCreate, { name: 'b', isDefault: true })
  await expect(second).rejects.toMatchObject({ code: 'conflict', field: 'isDefault' })
  const own = await invoke(kernel, p1, networkCreate, { name: 'own' })
  expect(own.qosPolicyId).toBe(policy.id)
  const none = await invoke(kernel, p1, networkCreate, { name: 'none', qosPolicyId: null })
  expect(none.qosPolicyId).toBeUndefined()
  const foreign = await invoke(kernel, p2, networkCreate, { name: 'foreign' })
  expect(foreign.qosPolicyId).toBeUndefined()
  const stolen = { name: 'stolen', qosPolicyId: policy.id }
  await expect(invoke(kernel, p2, networkCreate, stolen)).rejects.toMatchObject({
    code: 'notFound',
    field: 'qosPolicyId',
  })
  const port = { networkId: foreign.id, qosPolicyId: policy.id }
  await expect(invoke(kernel, p2, portCreate, port)).rejects.toMatchObject({
    code: 'notFound',
    field: 'qosPolicyId',
  })
  expect(await findings(kernel)).toEqual([])
})
