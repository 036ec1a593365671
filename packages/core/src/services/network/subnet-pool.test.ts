import { describe, expect, test } from 'vitest'
import {
  findings,
  memberOf,
  networkKernel,
  openProject,
  operator,
} from '../../../test/network-kernel.ts'
import { parseCidr, printCidr, type Cidr } from '../../base/cidr.ts'
import type { Kernel } from '../../kernel.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { networkCreate, networkDelete } from './network.ts'
import { freeBlock, merged, textsOf, without } from './pool-blocks.ts'
import {
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolList,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
} from './subnet-pool.ts'
import { subnetCreate, subnetDelete } from './subnet.ts'

const p1 = memberOf('p1')
const p2 = memberOf('p2')

async function cloud(): Promise<Kernel> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1')
  await openProject(kernel, 'p2')
  return kernel
}

async function cut(
  kernel: Kernel,
  ask: Record<string, unknown>,
  actor: Actor = p1,
): Promise<{ id: string; cidr: string; networkId: string }> {
  const { id: networkId } = await invoke(kernel, actor, networkCreate, { name: 'n' })
  return invoke(kernel, actor, subnetCreate, { networkId, ...ask })
}

const pool = { name: 'pool', prefixes: ['10.0.0.0/22'], defaultPrefix: 24 }

describe('A3: subnet pools', () => {
  test('subnets are cut one behind the other, and never overlap', async () => {
    const kernel = await cloud()
    const { id: subnetPoolId } = await invoke(kernel, p1, subnetPoolCreate, pool)
    const cuts = await Promise.all([
      cut(kernel, { subnetPoolId }),
      cut(kernel, { subnetPoolId, prefixLength: 26 }),
      cut(kernel, { subnetPoolId }),
    ])
    const row = await invoke(kernel, p1, subnetPoolGet, { id: subnetPoolId })
    expect(new Set(row.allocations.map(({ cidr }) => cidr))).toEqual(
      new Set(cuts.map(({ cidr }) => cidr)),
    )
    expect(await findings(kernel)).toEqual([])
    // The rest: a /24 is left, and what the /26 left of its own.
    const last = await cut(kernel, { subnetPoolId })
    await expect(cut(kernel, { subnetPoolId })).rejects.toMatchObject({ code: 'conflict' })
    await invoke(kernel, p1, subnetDelete, { id: last.id })
    expect((await cut(kernel, { subnetPoolId })).cidr).toBe(last.cidr)
    await invoke(kernel, p1, networkDelete, { id: (cuts[0] as { networkId: string }).networkId })
    expect(await findings(kernel)).toEqual([])
    await expect(invoke(kernel, p1, subnetPoolDelete, { id: subnetPoolId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('a block may be chosen within the pool', async () => {
    const kernel = await cloud()
    const { id: subnetPoolId } = await invoke(kernel, p1, subnetPoolCreate, {
      ...pool,
      ...{ minPrefix: 23, maxPrefix: 28 },
    })
    expect((await cut(kernel, { subnetPoolId, cidr: '10.0.2.0/24' })).cidr).toBe('10.0.2.0/24')
    for (const [ask, code] of [
      [{ cidr: '10.0.2.128/25' }, 'conflict'],
      [{ cidr: '10.0.4.0/24' }, 'conflict'],
      [{ cidr: '10.0.0.0/22' }, 'invalid'],
      [{ cidr: '10.0.0.0/29' }, 'invalid'],
      [{ cidr: '2001:db8::/64' }, 'invalid'],
      [{ prefixLength: 29 }, 'invalid'],
      [{ prefixLength: 22 }, 'invalid'],
      [{ prefixLength: 24, cidr: '10.0.0.0/24' }, 'invalid'],
    ] as const) {
      await expect(
        cut(kernel, { subnetPoolId, ...ask }),
        JSON.stringify(ask),
      ).rejects.toMatchObject({ code })
    }
    await expect(cut(kernel, {})).rejects.toMatchObject({ code: 'invalid', field: 'cidr' })
  })

  test('subnets of one version on a network come from one pool', async () => {
    const kernel = await cloud()
    const { id: subnetPoolId } = await invoke(kernel, p1, subnetPoolCreate, pool)
    const { networkId } = await cut(kernel, { subnetPoolId })
    const beside = { networkId, cidr: '192.0.2.0/24' }
    await expect(invoke(kernel, p1, subnetCreate, beside)).rejects.toMatchObject({
      code: 'invalid',
      field: 'subnetPoolId',
    })
    await invoke(kernel, p1, subnetCreate, { networkId, cidr: '2001:db8::/64' })
  })

  test('a project has no more of a pool than its quota', async () => {
    const kernel = await cloud()
    const shared = { ...pool, shared: true, defaultQuota: 300, projectId: 'p1' }
    await expect(invoke(kernel, p1, subnetPoolCreate, shared)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { id: subnetPoolId } = await invoke(kernel, operator, subnetPoolCreate, shared)
    await cut(kernel, { subnetPoolId })
    await expect(cut(kernel, { subnetPoolId })).rejects.toMatchObject({ code: 'quotaExceeded' })
    await cut(kernel, { subnetPoolId, prefixLength: 27 })
    await cut(kernel, { subnetPoolId }, p2)
    expect(await invoke(kernel, p2, subnetPoolList, {})).toHaveLength(1)
    const rename = { id: subnetPoolId, name: 'mine' }
    await expect(invoke(kernel, p2, subnetPoolUpdate, rename)).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await findings(kernel)).toEqual([])
  })

  test('a private pool is not seen by others', async () => {
    const kernel = await cloud()
    const { id } = await invoke(kernel, p1, subnetPoolCreate, pool)
    await expect(invoke(kernel, p2, subnetPoolGet, { id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(cut(kernel, { subnetPoolId: id }, p2)).rejects.toMatchObject({ code: 'notFound' })
  })

  test('one pool of each version is the default one', async () => {
    const kernel = await cloud()
    const input = { ...pool, isDefault: true, projectId: 'p1' }
    await invoke(kernel, operator, subnetPoolCreate, input)
    await expect(invoke(kernel, operator, subnetPoolCreate, input)).rejects.toMatchObject({
      code: 'conflict',
    })
    const six = { ...input, prefixes: ['2001:db8::/48'], defaultPrefix: 64 }
    await invoke(kernel, operator, subnetPoolCreate, six)
    expect((await cut(kernel, { defaultPoolOf: 6 })).cidr).toBe('2001:db8::/64')
    expect((await cut(kernel, { defaultPoolOf: 4 })).cidr).toBe('10.0.0.0/24')
  })

  test('blocks become more, and less where no subnet has them', async () => {
    const kernel = await cloud()
    const { id } = await invoke(kernel, p1, subnetPoolCreate, pool)
    await cut(kernel, { subnetPoolId: id })
    const more = { id, prefixes: ['10.0.4.0/22'] }
    expect((await invoke(kernel, p1, subnetPoolAddPrefixes, more)).prefixes).toEqual([
      '10.0.0.0/21',
    ])
    const less = { id, prefixes: ['10.0.0.0/25'] }
    await expect(invoke(kernel, p1, subnetPoolRemovePrefixes, less)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await invoke(kernel, p1, subnetPoolRemovePrefixes, more)).prefixes).toEqual([
      '10.0.0.0/22',
    ])
    const other = { id, prefixes: ['10.0.0.0/23'] }
    await expect(invoke(kernel, p1, subnetPoolUpdate, other)).rejects.toMatchObject({
      code: 'invalid',
      field: 'prefixes',
    })
  })
})

describe('A3: blocks', () => {
  const blocks = (...texts: string[]): Cidr[] => texts.map((text) => parseCidr(text) as Cidr)

  test.each([
    [['10.0.1.0/24', '10.0.0.0/24'], ['10.0.0.0/23']],
    [
      ['10.0.1.0/24', '10.0.2.0/24'],
      ['10.0.1.0/24', '10.0.2.0/24'],
    ],
    [['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8']],
    [['10.0.0.0/26', '10.0.0.128/25', '10.0.0.64/26'], ['10.0.0.0/24']],
  ])('%j are %j', (texts, wanted) => {
    expect(textsOf(merged(blocks(...texts)))).toEqual(wanted)
  })

  test('the rest of a block is as few as there can be', () => {
    const rest = without(blocks('10.0.0.0/24'), blocks('10.0.0.64/26'))
    expect(textsOf(rest)).toEqual(['10.0.0.0/26', '10.0.0.128/25'])
    expect(without(blocks('10.0.0.0/24'), blocks('10.0.0.0/8'))).toEqual([])
  })

  test('the lowest free block is found between those taken', () => {
    const taken = blocks('10.0.0.0/26', '10.0.0.128/26')
    const find = (prefix: number): string | undefined => {
      const free = freeBlock(blocks('10.0.0.0/24', '10.0.9.0/24'), taken, prefix)
      return free && printCidr(free)
    }
    expect([find(26), find(25), find(27), find(24), find(23)]).toEqual([
      '10.0.0.64/26',
      '10.0.9.0/25',
      '10.0.0.64/27',
      '10.0.9.0/24',
      undefined,
    ])
  })
})
