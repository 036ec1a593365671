import { expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import type { Network } from '../../model/network/network.ts'
import { invoke } from '../operation.ts'
import { networkCreate, networkCreateMany, networkUpdate } from './network.ts'
import { portCreate, portUpdate } from './port.ts'

const p1 = memberOf('p1')

async function cloud() {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1')
  const make = (provider?: object, actor = operator): Promise<Network> =>
    invoke(kernel, actor, networkCreate, {
      name: 'n',
      projectId: 'p1',
      ...(provider && { provider }),
    })
  return { kernel, make }
}

test('N3: a network gets a tunnel of its own; operators choose wires and numbers', async () => {
  const { kernel, make } = await cloud()
  const [a, b] = await Promise.all([make(undefined, p1), make(undefined, p1)])
  expect(a.provider).toMatchObject({ type: 'geneve', physicalNetwork: null })
  expect(a.provider?.segmentationId).not.toBe(b.provider?.segmentationId)
  const wire = { physicalNetwork: 'rack-1' }
  const flat = await make({ type: 'flat', ...wire })
  expect(flat.provider).toEqual({ type: 'flat', ...wire, segmentationId: null })
  await make({ type: 'vlan', ...wire, segmentationId: 1 })
  // Whatever is free first; another wire counts for itself.
  const vlans = await Promise.all([
    make({ type: 'vlan', ...wire }),
    make({ type: 'vlan', ...wire }),
  ])
  expect(vlans.map(({ provider }) => provider?.segmentationId)).toEqual(
    expect.arrayContaining([2, 3]),
  )
  const other = await make({ type: 'vlan', physicalNetwork: 'rack-2' })
  expect(other.provider?.segmentationId).toBe(1)
  expect(await findings(kernel)).toEqual([])
})

test('N3: no two networks have the same segment, also when both come at once', async () => {
  const { kernel, make } = await cloud()
  const asked = { type: 'vxlan', segmentationId: 77 }
  const twins = await Promise.allSettled([make(asked), make(asked)])
  expect(twins.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(make(asked)).rejects.toMatchObject({ code: 'conflict', field: 'provider' })
  await make({ type: 'geneve', segmentationId: 77 })
  expect(await findings(kernel)).toEqual([])
})

test.each([
  [{ type: 'flat' }, 'provider.physicalNetwork'],
  [{ type: 'vlan' }, 'provider.physicalNetwork'],
  [{ type: 'gre', physicalNetwork: 'x' }, 'provider.physicalNetwork'],
  [{ type: 'vlan', physicalNetwork: 'x', segmentationId: 4_095 }, 'provider.segmentationId'],
  [{ type: 'vxlan', segmentationId: 16_777_216 }, 'provider.segmentationId'],
  [{ type: 'vxlan', segmentationId: 0 }, 'provider.segmentationId'],
  [{ type: 'token-ring' }, 'provider.type'],
  [{ type: 'flat', physicalNetwork: 'a b' }, 'provider.physicalNetwork'],
])('N3: %j is refused at %s', async (provider, field) => {
  const { make } = await cloud()
  await expect(make(provider)).rejects.toMatchObject({ code: 'invalid', field })
  await expect(make({ type: 'gre' }, p1)).rejects.toMatchObject({ code: 'forbidden' })
})

test('N6: a port has options of DHCP and a name, which change one by one', async () => {
  const { kernel, make } = await cloud()
  const network = await make()
  const boot = { name: 'bootfile-name', value: 'pxe.0' }
  const fields = {
    networkId: network.id,
    dnsName: 'web',
    dhcpOptions: [boot, { name: '66', value: 'x' }],
  }
  const { id, dhcpOptions, dnsName } = await invoke(kernel, p1, portCreate, fields)
  expect([dnsName, dhcpOptions]).toEqual([
    'web',
    [
      { ...boot, version: 4 },
      { name: '66', value: 'x', version: 4 },
    ],
  ])
  const changes = [
    { name: '66', value: null },
    { ...boot, value: 'efi.0' },
    { ...boot, version: 6 },
  ]
  const changed = await invoke(kernel, p1, portUpdate, { id, dnsName: null, dhcpOptions: changes })
  expect(changed.dhcpOptions).toEqual([
    { ...boot, value: 'efi.0', version: 4 },
    { ...boot, version: 6 },
  ])
  expect(changed.dnsName).toBeUndefined()
  for (const [wrong, field] of [
    [{ dhcpOptions: [boot, boot] }, 'dhcpOptions'],
    [{ dhcpOptions: [{ name: 'A b', value: 'x' }] }, 'dhcpOptions[0].name'],
    [{ dhcpOptions: [{ name: 'a', value: '\n' }] }, 'dhcpOptions[0].value'],
    [{ dnsName: '-a' }, 'dnsName'],
  ] as const) {
    const refused = invoke(kernel, p1, portUpdate, { id, ...wrong })
    await expect(refused).rejects.toMatchObject({ code: 'invalid', field })
  }
  const many = Array.from({ length: 31 }, (_, at) => ({ name: `1${at}`, value: 'x' }))
  await expect(invoke(kernel, p1, portUpdate, { id, dhcpOptions: many })).rejects.toMatchObject({
    code: 'invalid',
    field: 'dhcpOptions',
    limit: 32,
  })
})

test('N6: a network has a domain, until it is taken away', async () => {
  const { kernel, make } = await cloud()
  const { id } = await make()
  const named = await invoke(kernel, p1, networkUpdate, { id, dnsDomain: 'example.org.' })
  expect(named.dnsDomain).toBe('example.org.')
  expect(await invoke(kernel, p1, networkUpdate, { id, name: 'x' })).toMatchObject({
    dnsDomain: 'example.org.',
  })
  const bare = await invoke(kernel, p1, networkUpdate, { id, dnsDomain: null })
  expect(bare.dnsDomain).toBeUndefined()
  const refused = invoke(kernel, p1, networkUpdate, { id, dnsDomain: 'example.org' })
  await expect(refused).rejects.toMatchObject({ code: 'invalid', field: 'dnsDomain' })
})

test('N1: many networks are one commit, with a constant number of statements', async () => {
  const { kernel } = await cloud()
  const ask = (count: number): Promise<Network[]> => {
    const networks = Array.from({ length: count }, (_, at) => ({ name: `n${at}` }))
    return invoke(kernel, p1, networkCreateMany, { networks })
  }
  const statements = async (count: number): Promise<number> => {
    const before = kernel.store.stats.statements
    const made = await ask(count)
    const numbers = new Set(made.map(({ segmentationId }) => segmentationId))
    expect(numbers.size).toBe(count)
    return kernel.store.stats.statements - before
  }
  expect(await statements(60)).toBe(await statements(3))
  await openProject(kernel, 'p5', { networks: 1 })
  const two = [{ name: 'a' }, { name: 'b' }]
  const full = invoke(kernel, memberOf('p5'), networkCreateMany, { networks: two })
  await expect(full).rejects.toMatchObject({ code: 'quotaExceeded' })
  const provider = { type: 'vlan', physicalNetwork: 'rack-1' } as const
  const pair = [
    { name: 'a', provider },
    { name: 'b', provider },
  ]
  const owned = { networks: pair, projectId: 'p1' }
  const [a, b] = await invoke(kernel, operator, networkCreateMany, owned)
  expect([a?.segmentationId, b?.segmentationId]).toEqual([1, 2])
  const same = { ...provider, segmentationId: 9 }
  const networks = pair.map((one) => ({ ...one, provider: same }))
  const twice = invoke(kernel, operator, networkCreateMany, { networks, projectId: 'p1' })
  await expect(twice).rejects.toMatchObject({ code: 'conflict', field: 'networks[1].provider' })
  expect(await findings(kernel)).toEqual([])
})
