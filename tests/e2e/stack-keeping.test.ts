import { afterAll, beforeAll, expect, it } from 'vitest'
import { collect, openWorld } from '../support/world.ts'

type Cloud = Awaited<ReturnType<typeof openWorld>>['cloud']
let cloud: Cloud
let acme: Awaited<ReturnType<Cloud['project']>>
beforeAll(async () => {
  ;({ cloud } = await openWorld())
  acme = await cloud.project('acme')
})
afterAll(async () => {
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

const template = (names: readonly string[]): string => `
heat_template_version: rocky
parameters: { prefix: { type: string, hidden: true, default: net } }
resources:
  password: { type: OS::Heat::RandomString }
${names
  .map(
    (name) => `
  ${name}:
    type: OS::Neutron::Net
    properties: { name: { list_join: ['-', [{ get_param: prefix }, ${name}]] } }`,
  )
  .join('')}
`

const networks = async (): Promise<string[]> =>
  (await collect(acme.networks.list())).map(({ name }) => name).sort()

it('H1, H2: a stack comes back to what was kept of it', async () => {
  const { stacks } = acme
  const input = { name: 'kept', template: template(['a', 'b']), parameters: { prefix: 'one' } }
  const { id } = await stacks.create(input)
  await expect(stacks.snapshots.create({ stackId: id })).rejects.toMatchObject({ code: 'conflict' })
  expect(await stacks.done({ id })).toMatchObject({ stackStatus: 'CREATE_COMPLETE' })
  const kept = await stacks.snapshots.create({ stackId: id, name: 'before' })
  expect(Object.keys(kept.resources).sort()).toEqual(['a', 'b', 'password'])
  expect(await stacks.get({ id })).toMatchObject({ stackStatus: 'SNAPSHOT_COMPLETE' })
  await stacks.update({ id, template: template(['b', 'c']), parameters: { prefix: 'two' } })
  expect(await stacks.done({ id })).toMatchObject({ stackStatus: 'UPDATE_COMPLETE' })
  expect(await networks()).toEqual(['two-b', 'two-c'])
  await stacks.snapshots.restore({ stackId: id, id: kept.id })
  expect(await stacks.done({ id })).toMatchObject({ stackStatus: 'RESTORE_COMPLETE', reason: '' })
  expect(await networks()).toEqual(['one-a', 'one-b'])
  expect(await cloud.audit()).toEqual([])

  const second = await stacks.snapshots.create({ stackId: id })
  expect((await collect(stacks.snapshots.list({ stackId: id }))).map(({ name }) => name)).toEqual([
    'before',
    '',
  ])
  await stacks.snapshots.delete({ stackId: id, id: kept.id })
  await expect(stacks.snapshots.get({ stackId: id, id: kept.id })).rejects.toMatchObject({
    code: 'notFound',
  })
  const other = await stacks.create({ name: 'other', template: template([]) })
  await stacks.done({ id: other.id })
  await expect(
    stacks.snapshots.restore({ stackId: other.id, id: second.id }),
  ).rejects.toMatchObject({ code: 'notFound' })
  for (let count = 1; count < 32; count++) await stacks.snapshots.create({ stackId: id })
  await expect(stacks.snapshots.create({ stackId: id })).rejects.toMatchObject({
    code: 'quotaExceeded',
    limit: 32,
  })
  for (const each of [id, other.id]) {
    await stacks.delete({ id: each })
    expect(await stacks.done({ id: each })).toBeNull()
  }
})

it('H1: a stack that is abandoned leaves its resources, and another adopts them', async () => {
  const { stacks } = acme
  const input = { name: 'left', template: template(['a', 'b']), parameters: { prefix: 'own' } }
  const { id } = await stacks.create(input)
  await expect(stacks.abandon({ id })).rejects.toMatchObject({ code: 'conflict' })
  await stacks.done({ id })
  const told = await stacks.abandon({ id })
  expect(told.source.parameters).toEqual({ prefix: 'own' })
  expect(await stacks.done({ id })).toBeNull()
  expect(await networks()).toEqual(['own-a', 'own-b'])
  const ids = (await collect(acme.networks.list())).map((network) => network.id)

  const adopted = Object.fromEntries(
    told.resources.map(({ name, physicalId }) => [name, physicalId ?? '']),
  )
  const again = await stacks.create({ ...input, adopted })
  expect(await stacks.done({ id: again.id })).toMatchObject({
    stackStatus: 'ADOPT_COMPLETE',
    reason: '',
  })
  expect((await collect(acme.networks.list())).map((network) => network.id)).toEqual(ids)
  await stacks.update({ id: again.id, template: template(['a']), parameters: { prefix: 'own' } })
  await stacks.done({ id: again.id })
  expect(await networks()).toEqual(['own-a'])
  const shown = await stacks.export({ id: again.id })
  expect(shown.resources.map(({ name }) => name).sort()).toEqual(['a', 'password'])

  // What is another's is not there to be adopted, and stays.
  const stranger = await cloud.project('stranger')
  const theirs = await stranger.networks.create({ name: 'theirs' })
  const greedy = { ...input, name: 'greedy', adopted: { a: theirs.id } }
  const { id: greedyId } = await stacks.create({ ...greedy, template: template(['a']) })
  expect(await stacks.done({ id: greedyId })).toMatchObject({ stackStatus: 'ADOPT_FAILED' })
  for (const each of [greedyId, again.id]) {
    await stacks.delete({ id: each })
    expect(await stacks.done({ id: each })).toBeNull()
  }
  expect(await networks()).toEqual([])
  expect(await stranger.networks.get({ id: theirs.id })).toMatchObject({ name: 'theirs' })
})
