import { describe, expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { SecurityGroup, SecurityGroupRule } from '../../model/network/security-group.ts'
import { invoke } from '../operation.ts'
import { portCreate } from './port.ts'
import {
  defaultSecurityGroupId,
  planDefaultSecurityGroup,
  planDefaultSecurityGroupRemoval,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
} from './security-group.ts'
import {
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from './security-rule.ts'

const p1 = memberOf('p1')
const p2 = memberOf('p2')

async function cloud(limits = {}): Promise<{ kernel: Kernel; group: SecurityGroup }> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1', limits)
  await openProject(kernel, 'p2')
  return { kernel, group: await invoke(kernel, p1, securityGroupCreate, { name: 'web' }) }
}

async function withDefault(kernel: Kernel, projectId: string): Promise<string> {
  const writes = new Writes()
  planDefaultSecurityGroup(kernel, writes, projectId)
  await kernel.committer.commit(writes)
  return defaultSecurityGroupId(kernel, projectId)
}

const rule = (
  kernel: Kernel,
  group: { id: string },
  fields: object,
  actor = p1,
): Promise<SecurityGroupRule> =>
  invoke(kernel, actor, securityRuleCreate, { groupId: group.id, direction: 'ingress', ...fields })

describe('F1: groups', () => {
  test('begin with everything out and nothing in', async () => {
    const { kernel, group } = await cloud()
    const rules = await invoke(kernel, p1, securityRuleList, { groupId: group.id })
    expect(rules.map((one) => `${one.direction} ${one.etherType} ${one.protocol}`)).toEqual([
      'egress IPv4 null',
      'egress IPv6 null',
    ])
    expect(await findings(kernel)).toEqual([])
  })

  test('are listed, renamed and deleted with their rules', async () => {
    const { kernel, group } = await cloud({ securityGroups: 1 })
    await expect(invoke(kernel, p1, securityGroupCreate, { name: 'more' })).rejects.toMatchObject({
      code: 'quotaExceeded',
    })
    const renamed = await invoke(kernel, p1, securityGroupUpdate, { id: group.id, name: 'api' })
    expect(await invoke(kernel, p1, securityGroupList, { name: 'api' })).toEqual([renamed])
    expect(await invoke(kernel, p2, securityGroupList, {})).toEqual([])
    await expect(invoke(kernel, p2, securityGroupGet, { id: group.id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await invoke(kernel, p1, securityGroupDelete, { id: group.id })
    expect(await invoke(kernel, operator, securityRuleList, {})).toEqual([])
    expect(await kernel.store.counters([`securityGroup:${group.id}`])).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  test('the default group is one per project, uncharged, and keeps its name', async () => {
    const { kernel } = await cloud()
    const id = await withDefault(kernel, 'p1')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    await expect(withDefault(kernel, 'p1')).rejects.toMatchObject({ conflict: { type: 'unique' } })
    const rules = await invoke(kernel, p1, securityRuleList, { groupId: id })
    expect(rules.map((one) => [one.direction, one.remoteGroupId])).toEqual([
      ['egress', null],
      ['egress', null],
      ['ingress', id],
      ['ingress', id],
    ])
    await expect(invoke(kernel, p1, securityGroupDelete, { id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(invoke(kernel, p1, securityGroupUpdate, { id, name: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      invoke(kernel, p1, securityGroupCreate, { name: 'default' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await rule(kernel, { id }, { protocol: 'tcp', portRangeMin: 22, portRangeMax: 22 })
    expect(await findings(kernel)).toEqual([])
    const writes = new Writes()
    await planDefaultSecurityGroupRemoval(kernel, writes, 'p1')
    await kernel.committer.commit(writes)
    expect(await invoke(kernel, p1, securityRuleList, { groupId: id })).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  test('a group that rules of others refer to stays; its own rules do not keep it', async () => {
    const { kernel, group } = await cloud()
    const other = await invoke(kernel, p1, securityGroupCreate, { name: 'db' })
    await rule(kernel, group, { remoteGroupId: group.id })
    const reference = await rule(kernel, other, { remoteGroupId: group.id })
    await expect(invoke(kernel, p1, securityGroupDelete, { id: group.id })).rejects.toMatchObject({
      code: 'conflict',
      detail: { references: 1 },
    })
    await invoke(kernel, p1, securityRuleDelete, { ids: [reference.id] })
    await invoke(kernel, p1, securityGroupDelete, { id: group.id })
    expect(await findings(kernel)).toEqual([])
  })

  test('a deletion and a new rule never both win', async () => {
    const { kernel, group } = await cloud()
    const other = await invoke(kernel, p1, securityGroupCreate, { name: 'db' })
    const results = await Promise.allSettled([
      rule(kernel, other, { remoteGroupId: group.id }),
      rule(kernel, group, { protocol: 'tcp' }),
      invoke(kernel, p1, securityGroupDelete, { id: group.id }),
    ])
    const [reference, , removal] = results
    expect(reference?.status === 'fulfilled' && removal?.status === 'fulfilled').toBe(false)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('F1, F6: rules', () => {
  test('that are made again with the same key are answered alike', async () => {
    const { kernel, group } = await cloud()
    const key = { idempotencyKey: 'k' }
    const one = { groupId: group.id, direction: 'ingress' }
    const made = await invoke(kernel, p1, securityRuleCreate, one, key)
    expect(made).toMatchObject(one)
    expect(await invoke(kernel, p1, securityRuleCreate, one, key)).toEqual(made)
  })

  test.each([
    [{ protocol: 'TCP', portRangeMin: 80, portRangeMax: 90 }, { protocol: 'tcp' }],
    [{ protocol: 6, portRangeMin: 80, portRangeMax: 80 }, { protocol: 'tcp' }],
    [{ protocol: '17' }, { protocol: 'udp' }],
    [{ protocol: 250 }, { protocol: '250' }],
    [{ protocol: 'any' }, { protocol: null }],
    [{ protocol: 'icmp', etherType: 'IPv6' }, { protocol: 'ipv6-icmp' }],
    [
      { protocol: 'icmpv6', etherType: 'IPv6', portRangeMin: 128, portRangeMax: 0 },
      { protocol: 'ipv6-icmp' },
    ],
    [
      { protocol: 'icmp', portRangeMin: 8 },
      { portRangeMin: 8, portRangeMax: null },
    ],
    [{ remoteIpPrefix: '10.0.0.5/24' }, { remoteIpPrefix: '10.0.0.0/24' }],
    [{ remoteIpPrefix: '10.0.0.5' }, { remoteIpPrefix: '10.0.0.5/32' }],
    [{ remoteIpPrefix: '0.0.0.0/0' }, { remoteIpPrefix: null }],
    [{ remoteIpPrefix: '2001:DB8::1', etherType: 'IPv6' }, { remoteIpPrefix: '2001:db8::1/128' }],
  ])('%j becomes %j', async (fields, expected) => {
    const { kernel, group } = await cloud()
    const made = await rule(kernel, group, fields)
    expect(made).toMatchObject(expected)
    expect(await invoke(kernel, p1, securityRuleGet, { id: made.id })).toEqual(made)
  })

  test.each([
    [{ direction: 'sideways' }, 'direction'],
    [{ etherType: 'IPv5' }, 'etherType'],
    [{ protocol: 'quic' }, 'protocol'],
    [{ protocol: 'constructor' }, 'protocol'],
    [{ protocol: 256 }, 'protocol'],
    [{ protocol: -1 }, 'protocol'],
    [{ protocol: '06' }, 'protocol'],
    [{ protocol: 'ipv6-icmp' }, 'protocol'],
    [{ portRangeMin: 80, portRangeMax: 80 }, 'portRangeMin'],
    [{ protocol: 'gre', portRangeMin: 80, portRangeMax: 80 }, 'portRangeMin'],
    [{ protocol: 'tcp', portRangeMin: 90, portRangeMax: 80 }, 'portRangeMax'],
    [{ protocol: 'tcp', portRangeMin: 80 }, 'portRangeMax'],
    [{ protocol: 'tcp', portRangeMax: 80 }, 'portRangeMin'],
    [{ protocol: 'tcp', portRangeMin: 0, portRangeMax: 80 }, 'portRangeMin'],
    [{ protocol: 'tcp', portRangeMin: 1, portRangeMax: 65_536 }, 'portRangeMax'],
    [{ protocol: 'icmp', portRangeMin: 256 }, 'portRangeMin'],
    [{ protocol: 'icmp', portRangeMin: 8, portRangeMax: 256 }, 'portRangeMax'],
    [{ protocol: 'icmp', portRangeMax: 0 }, 'portRangeMin'],
    [{ remoteIpPrefix: '2001:db8::/32' }, 'remoteIpPrefix'],
    [{ remoteIpPrefix: '10.0.0.0/33' }, 'remoteIpPrefix'],
    [{ remoteIpPrefix: '10.0.0.0/8', remoteGroupId: 'x' }, 'remoteGroupId'],
  ])('%j is refused at %s', async (fields, field) => {
    const { kernel, group } = await cloud()
    await expect(rule(kernel, group, fields)).rejects.toMatchObject({ code: 'invalid', field })
  })

  test('a duplicate is a conflict, in whatever words, also when both come at once', async () => {
    const { kernel, group } = await cloud()
    const first = await rule(kernel, group, { protocol: 'icmp', remoteIpPrefix: '0.0.0.0/0' })
    const again = rule(kernel, group, { protocol: 1, description: 'other words' })
    await expect(again).rejects.toMatchObject({ code: 'conflict', detail: { ruleId: first.id } })
    const twins = await Promise.allSettled(
      [1, 2].map(() => rule(kernel, group, { protocol: 'esp' })),
    )
    expect(twins.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const input = { groupId: group.id, direction: 'ingress', protocol: 'ah' }
    const twice = invoke(kernel, p1, securityRuleCreateMany, { rules: [input, input] })
    await expect(twice).rejects.toMatchObject({ code: 'conflict', field: 'rules[1].groupId' })
    expect(await findings(kernel)).toEqual([])
  })

  test('many at once are all or none, within the quota and the bound of a group', async () => {
    const { kernel, group } = await cloud({ securityGroupRules: 5 })
    const rules = [1, 2, 3, 4].map((protocol) => ({
      groupId: group.id,
      direction: 'ingress',
      protocol: protocol + 200,
    }))
    const all = invoke(kernel, p1, securityRuleCreateMany, { rules })
    await expect(all).rejects.toMatchObject({ code: 'quotaExceeded', field: 'securityGroupRules' })
    expect(
      await invoke(kernel, p1, securityRuleCreateMany, { rules: rules.slice(1) }),
    ).toHaveLength(3)
    const bad = [{ groupId: group.id, direction: 'ingress', protocol: 'tcp', portRangeMin: 1 }]
    await expect(invoke(kernel, p1, securityRuleCreateMany, { rules: bad })).rejects.toMatchObject({
      code: 'invalid',
      field: 'rules[0].portRangeMax',
    })
    await openProject(kernel, 'p1')
    await kernel.committer.commit(
      new Writes().limit({ scope: `securityGroup:${group.id}`, name: 'rules', limit: 5 }),
    )
    await expect(rule(kernel, group, { protocol: 77 })).rejects.toMatchObject({
      code: 'conflict',
      limit: 5,
    })
    expect(await findings(kernel)).toEqual([])
  })

  test("other projects' groups are not found, neither as group nor as remote", async () => {
    const { kernel, group } = await cloud()
    await expect(rule(kernel, group, {}, p2)).rejects.toMatchObject({
      code: 'notFound',
      field: 'groupId',
    })
    const foreign = await invoke(kernel, p2, securityGroupCreate, { name: 'x' })
    await expect(rule(kernel, group, { remoteGroupId: foreign.id })).rejects.toMatchObject({
      code: 'notFound',
      field: 'remoteGroupId',
    })
    const mixed = rule(kernel, group, { remoteGroupId: foreign.id }, operator)
    await expect(mixed).rejects.toMatchObject({ code: 'notFound', field: 'remoteGroupId' })
    const rules = await invoke(kernel, p1, securityRuleList, { groupId: foreign.id })
    expect(rules).toEqual([])
  })
})

describe('F1: a default group begins anew', () => {
  test('for operators, when nothing uses it: with the rules of the beginning', async () => {
    const { kernel } = await cloud()
    const id = await withDefault(kernel, 'p1')
    const [first] = await invoke(kernel, p1, securityRuleList, { groupId: id })
    await invoke(kernel, p1, securityRuleDelete, { ids: [(first as { id: string }).id] })
    const more = { groupId: id, direction: 'ingress', protocol: 'tcp' }
    await invoke(kernel, p1, securityRuleCreate, more)
    await expect(invoke(kernel, p1, securityGroupDelete, { id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await invoke(kernel, operator, securityGroupDelete, { id })
    const rules = await invoke(kernel, p1, securityRuleList, { groupId: id })
    expect(rules).toHaveLength(4)
    expect(rules.every(({ protocol }) => protocol === null)).toBe(true)
    expect(rules.filter(({ direction }) => direction === 'ingress')).toHaveLength(2)
    expect(await findings(kernel)).toEqual([])
    const { network } = await newNetwork(kernel, [])
    await invoke(kernel, p1, portCreate, { networkId: network.id })
    await expect(invoke(kernel, operator, securityGroupDelete, { id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})
