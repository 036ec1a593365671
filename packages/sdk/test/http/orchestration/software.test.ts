import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, type Door, openDoor } from '../door.ts'

let door: Door
let demo: Client
let base: string
let serverId: string
beforeAll(async () => {
  door = await openDoor()
  demo = door.demo
  base = `/orchestration/v1/${demo.projectId}`
  const image = await demo.get('/image/v2/images?name=nephos-boot')
  const network = await demo.get('/network/v2.0/networks?name=private')
  const stack = await demo.post(`${base}/stacks`, {
    stack_name: 'host',
    template: {
      heat_template_version: 'rocky',
      resources: {
        server: {
          type: 'OS::Nova::Server',
          metadata: { colour: 'red' },
          properties: {
            image: image.string('images.0.id'),
            flavor: '1',
            networks: [{ network: network.string('networks.0.id') }],
            user_data_format: 'SOFTWARE_CONFIG',
          },
        },
      },
    },
  })
  serverId = await until(
    '/stacks/host/' + stack.string('stack.id') + '/resources/server',
    'resource.resource_status',
    'CREATE_COMPLETE',
    'resource.physical_resource_id',
  )
})
afterAll(() => door[Symbol.asyncDispose]())

/** What an answer tells once it tells something else. */
async function until(path: string, at: string, wanted: unknown, told: string): Promise<string> {
  for (;;) {
    const answer = await demo.get(`${base}${path}`)
    if (answer.at(at) === wanted) return answer.string(told)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

it('H7: configurations of software are made, shown, listed and deleted', async () => {
  const made = await demo.post(`${base}/software_configs`, {
    ...{ name: 'install', group: 'script', config: 'echo $who', options: { a: 1 } },
    inputs: [{ name: 'who', default: 'me' }],
    outputs: [{ name: 'problem', error_output: true }],
  })
  expect(made.status, made.text).toBe(200)
  const id = made.string('software_config.id')
  const shown = await demo.get(`${base}/software_configs/${id}`)
  expect(shown.at('software_config')).toMatchObject({
    ...{ id, name: 'install', group: 'script', config: 'echo $who', options: { a: 1 } },
    inputs: [{ name: 'who', type: 'String', default: 'me', description: '' }],
    outputs: [{ name: 'problem', type: 'String', error_output: true }],
    creation_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  })
  const list = await demo.get(`${base}/software_configs`)
  expect(list.list('software_configs')).toHaveLength(1)
  expect(list.at('software_configs.0.config')).toBeUndefined()
  const input = { config_id: id, server_id: serverId }
  const deployment = await demo.post(`${base}/software_deployments`, input)
  expect((await demo.delete(`${base}/software_configs/${id}`)).status).toBe(400)
  const at = `${base}/software_deployments/${deployment.string('software_deployment.id')}`
  expect((await demo.get(at)).at('software_deployment')).toMatchObject({
    ...input,
    ...{ action: 'INIT', status: 'COMPLETE', input_values: {}, output_values: {} },
  })
  const change = { status: 'FAILED', status_reason: 'why', output_values: { problem: 'x' } }
  expect((await demo.put(at, change)).at('software_deployment')).toMatchObject(change)
  expect((await demo.delete(at)).status).toBe(204)
  expect((await demo.get(at)).status).toBe(404)
  expect((await demo.delete(`${base}/software_configs/${id}`)).status).toBe(204)
  expect((await demo.get(`${base}/software_configs/${id}`)).status).toBe(404)
  expect((await demo.post(`${base}/software_deployments`, input)).status).toBe(404)
  expect((await demo.post(`${base}/software_configs`, { inputs: 'x' })).status).toBe(400)
})

it('H7: a server reads what it is to do, and answers without a token', async () => {
  const template = {
    heat_template_version: '2013-05-23',
    resources: {
      config: { type: 'OS::Heat::SoftwareConfig', properties: { config: 'echo' } },
      deployment: {
        type: 'OS::Heat::SoftwareDeployment',
        properties: { config: { get_resource: 'config' }, server: serverId },
      },
    },
    outputs: { said: { value: { get_attr: ['deployment', 'deploy_stdout'] } } },
  }
  const stack = await demo.post(`${base}/stacks`, { stack_name: 'soft', template })
  const path = `/stacks/soft/${stack.string('stack.id')}`
  const list = `/software_deployments?server_id=${serverId}`
  const id = await until(
    list,
    'software_deployments.0.status',
    'IN_PROGRESS',
    'software_deployments.0.id',
  )
  const host = await demo.get(`${base}/stacks/host`)
  const hostPath = new URL(host.headers.get('location') ?? '').pathname
  const own = await demo.get(`${hostPath}/resources/server/metadata`)
  expect(own.at('metadata.colour')).toBe('red')
  const told = await demo.get(`${base}/software_deployments/metadata/${serverId}`)
  expect(told.list('metadata')).toEqual(own.list('metadata.deployments'))
  const inputs = told.list('metadata.0.inputs') as { name: string; value: string }[]
  const url = new URL(inputs.find(({ name }) => name === 'deploy_signal_id')?.value ?? '')
  expect(url.pathname).toBe(`${base}/software_deployments/${id}/signal`)
  const wrong = await door.nobody.post(`${url.pathname}?key=none`, {})
  expect(wrong.status).toBe(404)
  expect((await door.nobody.post(url.pathname, {})).status).toBe(404)
  const signal = `${url.pathname}${url.search}`
  expect((await door.nobody.post(signal, { deploy_stdout: 'hello' })).status).toBe(200)
  expect((await door.nobody.put(signal, {})).status).toBe(200)
  expect(await until(path, 'stack.stack_status', 'CREATE_COMPLETE', 'stack.id')).not.toBe('')
  const stackAnswer = await demo.get(`${base}${path}`)
  expect(stackAnswer.at('stack.outputs.0.output_value')).toBe('hello')
})
