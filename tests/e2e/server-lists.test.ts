import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'
import { collect } from '../support/world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

const names = async (list: AsyncIterable<{ readonly name: string }>): Promise<string[]> =>
  (await collect(list)).map(({ name }) => name)

describe('C1: lists of servers', () => {
  it('C1: newest first, page by page', async () => {
    await world.createMany(5)
    const { servers } = world.acme
    const oldest = await names(servers.list())
    expect(await names(servers.list({ reverse: true, pageSize: 2 }))).toEqual(oldest.toReversed())
  })

  it('C1: by pattern, status, tag, image, flavor, address and time', async () => {
    const [first, second] = await world.createMany(2, { names: ['web-a', 'db-b'] })
    const { servers } = world.acme
    await world.act(servers.stop({ ids: [first as string] }), first as string, 'SHUTOFF')
    const list = (filter: Parameters<typeof servers.list>[0]): Promise<string[]> =>
      names(servers.list(filter))
    expect(await list({ namePattern: '^web' })).toEqual(['web-a'])
    expect(await list({ statuses: ['ACTIVE'] })).toEqual(['db-b'])
    expect(await list({ imageId: world.imageId, flavorId: world.smallId })).toHaveLength(2)
    expect(await list({ imageId: 'none' })).toEqual([])
    expect(await list({ anyTags: ['x'] })).toEqual([])
    expect(await list({ notAnyTags: ['x'], locked: false })).toHaveLength(2)
    const [{ updatedAt } = { updatedAt: 0 }] = await servers.get({ ids: [second as string] })
    expect(await list({ changedFrom: updatedAt + 1 })).toEqual(['web-a'])
    expect(await list({ changedTo: updatedAt })).toEqual(['db-b'])
    const [details] = await servers.getDetails({ ids: [second as string] })
    const addressPattern = `^${details?.addresses[0]?.address.replaceAll('.', '\\.')}$`
    expect(await list({ addressPattern })).toEqual(['db-b'])
    await expect(list({ namePattern: '(' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('C1: sorted by what no index orders', async () => {
    await world.createMany(3, { names: ['b', 'c', 'a'] })
    const { servers } = world.acme
    const sort = (descending: boolean) => [{ key: 'name' as const, descending }]
    expect(await names(servers.list({ sort: sort(false), pageSize: 2 }))).toEqual(['a', 'b', 'c'])
    expect(await names(servers.list({ sort: sort(true) }))).toEqual(['c', 'b', 'a'])
  })

  it('C1: with what they have, in as many reads for twenty as for two', async () => {
    await world.createMany(2)
    const reads = async (): Promise<number> => {
      const before = world.store.stats.statements
      await collect(world.acme.servers.listDetails())
      return world.store.stats.statements - before
    }
    const few = await reads()
    await world.createMany(20)
    expect(await reads()).toBe(few)
    const [one] = await collect(world.acme.servers.listDetails())
    expect(one?.addresses[0]).toMatchObject({ network: 'net', type: 'fixed' })
    expect(one?.securityGroups).toEqual(['default'])
    expect(one?.hostToken).toMatch(/^[0-9a-f]{56}$/)
  })
})

describe('C4: what servers are said to be', () => {
  it('C4: is changed, and a rename leaves the host name', async () => {
    const id = await world.create({ name: 'First One', description: 'x', accessIPv4: '192.0.2.1' })
    const { servers } = world.acme
    const [made] = await servers.get({ ids: [id] })
    expect(made).toMatchObject({ hostname: 'first-one', description: 'x', accessIPv6: '' })
    const changed = await servers.update({ id, name: 'second', description: null, accessIPv4: '' })
    expect(changed).toMatchObject({
      name: 'second',
      hostname: 'first-one',
      description: null,
      accessIPv4: '',
    })
    await expect(servers.update({ id, accessIPv4: '::1' })).rejects.toMatchObject({
      code: 'invalid',
      field: 'accessIPv4',
    })
  })

  it('C4: a rebuild may rename them and give them other launch data', async () => {
    const id = await world.create({ userData: 'YQ==' })
    const { servers } = world.acme
    const rebuild = { ids: [id], imageId: world.imageId, name: 'new', userData: 'Yg==' }
    await world.act(servers.rebuild({ ...rebuild, metadata: { a: 'b' } }), id, 'ACTIVE')
    const [details] = await servers.getDetails({ ids: [id] })
    expect(details).toMatchObject({ name: 'new', userData: 'Yg==', metadata: { a: 'b' } })
    const actions = await servers.actions({ id })
    expect(actions.map(({ action, endedAt }) => [action, endedAt !== undefined])).toEqual([
      ['create', true],
      ['rebuild', true],
    ])
  })
})
