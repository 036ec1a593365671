import { afterAll, beforeAll, expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld } from '../support/world.ts'

type World = Awaited<ReturnType<typeof openWorld>>
let cloud: World['cloud']
let acme: Awaited<ReturnType<typeof basics>>['acme']
let servers: readonly string[]

beforeAll(async () => {
  ;({ cloud } = await openWorld())
  const { imageId, flavorId, ...rest } = await basics(cloud)
  acme = rest.acme
  await addHosts(cloud, 2)
  const networks: [] = []
  const batch = await acme.servers.create({ name: 'app', minCount: 2, imageId, flavorId, networks })
  await batch.done()
  servers = (await collect(acme.servers.list())).map(({ id }) => id)
})
afterAll(async () => {
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

/** As soon as something holds. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const template = (text: string, more = '') => `
heat_template_version: rocky
parameters: { servers: { type: json } }
resources:
  config:
    type: OS::Heat::SoftwareConfig
    properties:
      group: script
      config: ${text}
      inputs: [{ name: who, default: me }]
      outputs: [{ name: problem, error_output: true }, { name: result }]
  all:
    type: OS::Heat::SoftwareDeployments
    properties:
      config: { get_resource: config }
      servers: { get_param: servers }
      input_values: { who: you }${more}
outputs:
  said: { value: { get_attr: [all, deploy_stdouts] } }
`

const both = () => ({ a: servers[0], b: servers[1] })

const waiting = (count: number) =>
  until(async () => {
    const rows = await collect(acme.stacks.deployments.list())
    const busy = rows.filter(({ status }) => status === 'IN_PROGRESS')
    return busy.length === count ? busy : undefined
  })

it('H7: software is deployed on servers, which say what came of it', async () => {
  const parameters = { servers: both() }
  const { id } = await acme.stacks.create({ name: 'soft', template: template('one'), parameters })
  await waiting(2)
  for (const serverId of servers) {
    const [told] = await acme.stacks.deployments.ofServer({ serverId })
    expect(told).toMatchObject({ group: 'script', config: 'one' })
    const values = new Map(told?.inputs.map(({ name, value }) => [name, value]))
    expect(values.get('who')).toBe('you')
    expect(values.get('deploy_action')).toBe('CREATE')
    expect(values.get('deploy_server_id')).toBe(serverId)
    const key = /signal\?key=([0-9a-f]{64})$/.exec(values.get('deploy_signal_id') as string)?.[1]
    const own = { id: told?.deploymentId ?? '' }
    await expect(
      acme.stacks.deployments.signal({ ...own, key: key?.replaceAll('a', 'b') ?? '' }),
    ).rejects.toMatchObject({ code: 'notFound' })
    const outputs = { deploy_stdout: `on ${serverId}`, deploy_status_code: 0 }
    await acme.stacks.deployments.signal({ ...own, key: key ?? '', outputs })
  }
  const stack = await acme.stacks.done({ id })
  expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
  const [a, b] = servers
  expect(stack?.outputs[0]?.value).toEqual({ a: `on ${a}`, b: `on ${b}` })
  const [config] = await collect(acme.stacks.configs.list())
  await expect(acme.stacks.configs.delete({ id: config?.id ?? '' })).rejects.toMatchObject({
    code: 'conflict',
  })

  // A change is another deployment; one of an output for errors has failed.
  const change = { id, template: template('two'), parameters: { servers: { b } } }
  await acme.stacks.update(change)
  const [again] = await waiting(1)
  expect(again).toMatchObject({ action: 'UPDATE', serverId: b })
  await acme.stacks.deployments.signal({ id: again?.id ?? '', outputs: { problem: 'no room' } })
  const failed = await acme.stacks.done({ id })
  expect(failed).toMatchObject({ stackStatus: 'UPDATE_FAILED' })
  expect(failed?.reason).toContain('problem : no room')
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  expect(await collect(acme.stacks.configs.list())).toEqual([])
  expect(await collect(acme.stacks.deployments.list())).toEqual([])
})

it('H7: a deployment that is given up has failed; one without an answer is done', async () => {
  const input = { name: 'late', parameters: { servers: both() } }
  const { id } = await acme.stacks.create({ ...input, template: template('one') })
  await waiting(2)
  await acme.stacks.cancel({ id })
  expect(await acme.stacks.done({ id })).toMatchObject({ stackStatus: 'CREATE_FAILED' })
  const rows = await collect(acme.stacks.deployments.list())
  expect(rows.map(({ status }) => status)).toEqual(['FAILED', 'FAILED'])
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  const quiet = template('one', '\n      signal_transport: NO_SIGNAL')
  const { id: other } = await acme.stacks.create({ ...input, template: quiet })
  expect(await acme.stacks.done({ id: other })).toMatchObject({ stackStatus: 'CREATE_COMPLETE' })
  await acme.stacks.delete({ id: other })
  expect(await acme.stacks.done({ id: other })).toBeNull()
  const wrong = { name: 'wrong', template: template('one'), parameters: { servers: { a: 7 } } }
  await expect(acme.stacks.create(wrong)).rejects.toMatchObject({
    code: 'invalid',
    field: 'template.resources.all.properties.servers.a',
  })
})

it('H7: deployments by hand, and what belongs to others', async () => {
  const { configs, deployments } = acme.stacks
  const config = await configs.create({ name: 'mine', config: { deep: ['x'] } })
  expect(await configs.get({ id: config.id })).toMatchObject({ config: { deep: ['x'] } })
  const own = { configId: config.id, serverId: servers[0] ?? '' }
  const made = await deployments.create({ ...own, status: 'IN_PROGRESS', action: 'CREATE' })
  expect(made).not.toHaveProperty('key')
  const changed = await deployments.update({ id: made.id, inputValues: { a: 1 }, reason: 'why' })
  expect(changed.derivedId).not.toBe(made.derivedId)
  expect(
    await deployments.signal({ id: made.id, outputs: { deploy_status_code: 3 } }),
  ).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('non-zero status code: 3') })
  const other = await cloud.project('other')
  await expect(other.stacks.configs.get({ id: config.id })).rejects.toMatchObject({
    code: 'notFound',
  })
  await expect(other.stacks.deployments.create(own)).rejects.toMatchObject({ code: 'notFound' })
  expect(await other.stacks.deployments.ofServer({ serverId: own.serverId })).toEqual([])
  await deployments.delete({ id: made.id })
  await configs.delete({ id: config.id })
  await expect(configs.get({ id: config.id })).rejects.toMatchObject({ code: 'notFound' })
  await expect(configs.create({ config: 'x'.repeat(65_537) })).rejects.toMatchObject({
    code: 'invalid',
    field: 'config',
  })
})
