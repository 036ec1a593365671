import { expect, test } from 'vitest'
import { rival } from '../../../test/interleave.ts'
import {
  findings,
  memberOf,
  networkKernel,
  newNetwork,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import { invoke } from '../operation.ts'
import { networkDelete, networkUpdate } from './network.ts'
import { portCreate, portList } from './port.ts'
import { securityGroupCreate, securityGroupDelete } from './security-group.ts'
import { securityRuleCreate } from './security-rule.ts'
import { subnetCreate, subnetDelete } from './subnet.ts'

/**
 * What a deletion has read is out of date when it commits: the counters refuse it, and it reads
 * again.
 */

const p1 = memberOf('p1')

async function cloud() {
  const other = rival()
  const { kernel } = await networkKernel({ overStore: (store) => other.overStore(store) })
  await openProject(kernel, 'p1')
  await openProject(kernel, 'p2')
  return { kernel, other, ...(await newNetwork(kernel, ['10.0.0.0/24'])) }
}

test('a network gets a port while it is deleted', async () => {
  const { kernel, other, network } = await cloud()
  other.strike('counters', 'network:', () =>
    invoke(kernel, p1, portCreate, { networkId: network.id, fixedIps: [] }),
  )
  const deletion = invoke(kernel, p1, networkDelete, { id: network.id })
  await expect(deletion).rejects.toMatchObject({ code: 'conflict', detail: { ports: 1 } })
  expect(other.struck).toBe(true)
  expect(await findings(kernel)).toEqual([])
})

test('a network gets a subnet while it is deleted: both are gone', async () => {
  const { kernel, other, network } = await cloud()
  other.strike('counters', 'network:', () =>
    invoke(kernel, p1, subnetCreate, { networkId: network.id, cidr: '10.1.0.0/24' }),
  )
  await invoke(kernel, p1, networkDelete, { id: network.id })
  expect(other.struck).toBe(true)
  expect(await findings(kernel)).toEqual([])
})

test('a subnet gives out an address while it is deleted', async () => {
  const { kernel, other, network, subnets } = await cloud()
  other.strike('counters', 'subnet:', () =>
    invoke(kernel, p1, portCreate, { networkId: network.id }),
  )
  const deletion = invoke(kernel, p1, subnetDelete, { id: subnets[0]?.id })
  await expect(deletion).rejects.toMatchObject({ code: 'conflict', detail: { addresses: 1 } })
  expect(other.struck).toBe(true)
  expect(await findings(kernel)).toEqual([])
})

test.each(['port', 'rule', 'reference'])('a group gets a %s while it is deleted', async (use) => {
  const { kernel, other, network } = await cloud()
  const group = await invoke(kernel, p1, securityGroupCreate, { name: 'a' })
  const second = await invoke(kernel, p1, securityGroupCreate, { name: 'b' })
  const rule = { direction: 'ingress', protocol: 'tcp' }
  other.strike('counters', `securityGroup:${group.id}`, () => {
    if (use === 'port') {
      const securityGroupIds = [group.id]
      return invoke(kernel, p1, portCreate, { networkId: network.id, securityGroupIds })
    }
    const own = { ...rule, groupId: group.id }
    const foreign = { ...rule, groupId: second.id, remoteGroupId: group.id }
    return invoke(kernel, p1, securityRuleCreate, use === 'rule' ? own : foreign)
  })
  const deletion = invoke(kernel, p1, securityGroupDelete, { id: group.id })
  if (use === 'rule') await deletion
  else await expect(deletion).rejects.toMatchObject({ code: 'conflict' })
  expect(other.struck).toBe(true)
  expect(await findings(kernel)).toEqual([])
})

test('a network is taken back from others while one of them makes a port', async () => {
  const { kernel, other } = await cloud()
  const { network } = await newNetwork(kernel, ['10.2.0.0/24'], { shared: true })
  const p2 = memberOf('p2')
  other.strike('get', 'subnet', () =>
    invoke(kernel, operator, networkUpdate, { id: network.id, shared: false }),
  )
  const creation = invoke(kernel, p2, portCreate, { networkId: network.id })
  await expect(creation).rejects.toMatchObject({ code: 'notFound', field: 'networkId' })
  expect(other.struck).toBe(true)
  expect(await invoke(kernel, p2, portList, {})).toEqual([])
  expect(await findings(kernel)).toEqual([])
})
