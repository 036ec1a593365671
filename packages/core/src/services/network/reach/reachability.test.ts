import { describe, expect, it, test } from 'vitest'
import { findings, operator, statementsOf } from '../../../../test/network-kernel.ts'
import { newPort, p1, p2, type Routing, routing } from '../../../../test/routing.ts'
import type { Port } from '../../../model/network/port.ts'
import { invoke } from '../../operation.ts'
import { addressGroupCreate } from '../address-group.ts'
import { floatingIpCreate } from '../floating-ip/floating-ip.ts'
import { portUpdate } from '../port.ts'
import { routerAddInterface } from '../router/interface.ts'
import { securityGroupCreate } from '../security-group.ts'
import { securityRuleCreate, securityRuleDelete, securityRuleList } from '../security-rule.ts'
import type { Reach } from './reach.ts'
import { reachabilityCheck } from './reachability.ts'

interface Pair {
  readonly world: Routing
  readonly a: Port
  readonly b: Port
  /** The group of `b`. */
  readonly groupId: string
  readonly check: (question: object) => Promise<Reach>
}

/** Two ports on subnets that a router joins; the second is in a group of its own. */
async function pair(stateful = true): Promise<Pair> {
  const world = await routing()
  const { kernel, router, subnets } = world
  await invoke(kernel, p1, routerAddInterface, { id: router.id, subnetId: subnets[1].id })
  const [a, bare] = [await newPort(world), await newPort(world, subnets[1])]
  const group = await invoke(kernel, p1, securityGroupCreate, { name: 'web', stateful })
  const input = { id: bare.id, securityGroupIds: [group.id] }
  const b = await invoke(kernel, p1, portUpdate, input)
  const check = (question: object) => invoke(kernel, p1, reachabilityCheck, question)
  return { world, a, b, groupId: group.id, check }
}

const https = { protocol: 'tcp', port: 443 }

describe('F7: may A reach B?', () => {
  it('names the rules that let it, and what stops it without them', async () => {
    const { a, b, check, groupId, world } = await pair()
    const question = { from: { portId: a.id }, to: { portId: b.id }, ...https }
    expect(await check(question)).toMatchObject({
      ...{ reachable: false, failsOn: 'request', reason: 'noRule', arrivesAt: b.id },
    })
    const rule = await invoke(world.kernel, p1, securityRuleCreate, {
      ...{ groupId, direction: 'ingress', protocol: 'tcp', portRangeMin: 443, portRangeMax: 443 },
      remoteIpPrefix: '10.0.0.0/24',
    })
    const found = await check(question)
    expect(found).toMatchObject({ reachable: true, failsOn: null, reason: null })
    expect(found.ruleIds).toContain(rule.id)
    expect(found.request.map(({ type }) => type)).toEqual(['let', 'sent', 'routed', 'sent', 'let'])
    expect(found.request.at(-1)).toMatchObject({ id: b.id, ruleId: rule.id, groupId })
    expect(await check({ ...question, port: 80 })).toMatchObject({ reason: 'noRule' })
    expect(await check({ ...question, protocol: 'udp' })).toMatchObject({ reason: 'noRule' })
    const back = { from: { portId: b.id }, to: { portId: a.id }, ...https }
    expect(await check(back)).toMatchObject({ reachable: false, reason: 'noRule' })
  })

  it('F3: answers need rules of their own where groups are stateless', async () => {
    const { a, b, check, groupId, world } = await pair(false)
    const { kernel } = world
    const rules = [
      { direction: 'ingress', protocol: 'tcp', portRangeMin: 443, portRangeMax: 443 },
    ] as const
    for (const rule of rules) await invoke(kernel, p1, securityRuleCreate, { groupId, ...rule })
    const question = { from: { portId: a.id }, to: { portId: b.id }, ...https }
    // Its egress rules let everything out.
    expect(await check(question)).toMatchObject({ reachable: true })
    const egress = await invoke(kernel, p1, securityRuleList, { groupId, direction: 'egress' })
    await invoke(kernel, p1, securityRuleDelete, { ids: egress.map(({ id }) => id) })
    expect(await check(question)).toMatchObject({ failsOn: 'answer', reason: 'noRule' })
  })

  it('F4: rules about groups of ports and of addresses count who is in them', async () => {
    const { a, b, check, groupId, world } = await pair()
    const { kernel } = world
    const question = { from: { portId: a.id }, to: { portId: b.id }, ...https }
    const addresses = await invoke(kernel, p1, addressGroupCreate, { addresses: ['10.0.0.0/28'] })
    const remoteAddressGroupId = addresses.id
    const rule = { groupId, direction: 'ingress', protocol: 'tcp' } as const
    const byAddress = await invoke(kernel, p1, securityRuleCreate, {
      ...rule,
      remoteAddressGroupId,
    })
    expect((await check(question)).ruleIds).toContain(byAddress.id)
    const [remoteGroupId] = a.securityGroupIds
    const byGroup = await invoke(kernel, p1, securityRuleCreate, {
      ...{ groupId, direction: 'ingress', protocol: 'icmp' },
      remoteGroupId,
    })
    const ping = { from: { portId: a.id }, to: { portId: b.id }, protocol: 'icmp' }
    expect((await check(ping)).ruleIds).toContain(byGroup.id)
    await invoke(kernel, p1, portUpdate, { id: a.id, securityGroupIds: [groupId] })
    expect(await check(ping)).toMatchObject({ reason: 'noRule' })
    expect(await findings(kernel)).toEqual([])
  })

  it('F2: nobody poses as another', async () => {
    const { a, b, check, world } = await pair()
    const from = { portId: a.id, address: '10.0.0.77' }
    const question = { from, to: { portId: b.id }, ...https }
    expect(await check(question)).toMatchObject({ reason: 'spoofed' })
    const allowedAddressPairs = [{ ipAddress: '10.0.0.64/26' }]
    await invoke(world.kernel, p1, portUpdate, { id: a.id, allowedAddressPairs })
    expect(await check(question)).toMatchObject({ reason: 'noRule', arrivesAt: b.id })
  })

  it('comes in from outside by a floating IP, and leaves with the gateway’s address', async () => {
    const { a, b, check, groupId, world } = await pair()
    const { kernel, outside } = world
    const input = { networkId: outside.id, portId: b.id }
    const { address } = await invoke(kernel, p1, floatingIpCreate, input)
    const from = { networkId: outside.id, address: '198.51.100.9' }
    const question = { from, to: { address }, ...https }
    expect(await check(question)).toMatchObject({ reason: 'noRule', arrivesAt: b.id })
    const rule = { groupId, direction: 'ingress', protocol: 'tcp' } as const
    await invoke(kernel, p1, securityRuleCreate, { ...rule, remoteIpPrefix: '198.51.100.0/24' })
    expect(await check(question)).toMatchObject({ reachable: true, arrivesAt: b.id })
    const out = await check({ from: { portId: a.id }, to: { address: '192.0.2.1' }, ...https })
    expect(out).toMatchObject({ reachable: true, arrivesAt: null })
    expect(out.request.at(-1)).toMatchObject({ type: 'sent', source: '203.0.113.2' })
  })

  it('shows a project nothing of others, and costs few statements', async () => {
    const { a, b, world } = await pair()
    const { kernel } = world
    const question = { from: { portId: a.id }, to: { portId: b.id }, ...https }
    for (const id of [a.id, 'none']) {
      const asked = { ...question, from: { portId: id } }
      await expect(invoke(kernel, p2, reachabilityCheck, asked)).rejects.toMatchObject({
        code: 'notFound',
        field: expect.stringContaining('portId'),
      })
    }
    const ask = () => invoke(kernel, operator, reachabilityCheck, question)
    expect(await statementsOf(kernel, ask)).toBeLessThan(30)
  })

  test.each([
    [{ from: {} }, 'from'],
    [{ to: {} }, 'to.address'],
    [{ port: 0 }, 'port'],
    [{ port: undefined }, 'port'],
    [{ protocol: 'icmp' }, 'port'],
    [{ protocol: 'none' }, 'protocol'],
    [{ icmpType: 8 }, 'icmpType'],
    [{ to: { address: 'fd00::1' } }, 'from.address'],
    [{ hops: 3 }, 'hops'],
  ])('%o is refused', async (fields, field) => {
    const { a, b, check } = await pair()
    const question = { from: { portId: a.id }, to: { portId: b.id }, ...https, ...fields }
    await expect(check(question)).rejects.toMatchObject({ code: 'invalid', field })
  })
})
