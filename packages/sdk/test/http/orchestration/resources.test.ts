import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Door, openDoor } from '../door.ts'

let door: Door
let demo: Client
let base: string
beforeAll(async () => {
  door = await openDoor()
  demo = door.demo
  base = `/orchestration/v1/${demo.projectId}`
})
afterAll(() => door[Symbol.asyncDispose]())

async function create(name: string, body: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await demo.post(`${base}/stacks`, { stack_name: name, ...body })
  expect(answer.status, answer.text).toBe(201)
  return new URL(answer.headers.get('location') ?? '').pathname
}

async function until(at: string, path: string, wanted: unknown): Promise<void> {
  for (;;) {
    const answer = await demo.get(at)
    if (answer.at(path) === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const waits = {
  heat_template_version: 'rocky',
  resources: {
    handle: { type: 'OS::Heat::WaitConditionHandle' },
    wait: {
      type: 'OS::Heat::WaitCondition',
      properties: { handle: { get_resource: 'handle' }, timeout: 600 },
    },
    value: { type: 'OS::Heat::TestResource', metadata: { colour: 'red' } },
    group: {
      type: 'OS::Heat::ResourceGroup',
      properties: { count: 2, resource_def: { type: 'OS::Heat::None' } },
    },
  },
}

describe('resources of stacks over HTTP', () => {
  it('H9: resources and events are listed and shown; signals are taken', async () => {
    const at = await create('waits', { template: waits })
    await until(`${at}/resources/wait`, 'resource.resource_status', 'CREATE_IN_PROGRESS')
    await until(`${at}/resources/value`, 'resource.resource_status', 'CREATE_COMPLETE')
    const data = { status: 'SUCCESS', reason: 'done', id: 1, data: 'ready' }
    expect((await demo.post(`${at}/resources/handle/signal`, data)).status).toBe(200)
    await until(at, 'stack.stack_status', 'CREATE_COMPLETE')
    const list = await demo.get(`${at}/resources`)
    const names = list
      .list('resources')
      .map((row) => (row as { resource_name: string }).resource_name)
    expect(names.toSorted()).toEqual(['group', 'handle', 'value', 'wait'])
    const deep = await demo.get(`${at}/resources?nested_depth=1&with_detail=true`)
    expect(deep.list('resources')).toHaveLength(6)
    expect((await demo.get(`${at}/resources?nested_depth=x`)).status).toBe(400)
    expect((await demo.get(`${at}/resources?type=OS::Nova::Server`)).json).toEqual({
      resources: [],
    })
    const one = await demo.get(`${at}/resources/value`)
    expect(one.at('resource')).toMatchObject({
      resource_name: 'value',
      logical_resource_id: 'value',
      resource_type: 'OS::Heat::TestResource',
      resource_status: 'CREATE_COMPLETE',
      resource_status_reason: 'state changed',
      required_by: [],
      attributes: { output: 'test_string' },
    })
    expect((await demo.get(`${at}/resources/handle`)).at('resource.required_by')).toEqual(['wait'])
    expect((await demo.get(`${at}/resources/none`)).status).toBe(404)
    expect((await demo.get(`${at}/resources/value/metadata`)).json).toEqual({
      metadata: { colour: 'red' },
    })
    const events = await demo.get(`${at}/resources/value/events`)
    expect(events.list('events')).toHaveLength(2)
    const shown = await demo.get(`${at}/resources/value/events/${events.string('events.0.id')}`)
    expect(shown.at('event')).toMatchObject({
      resource_name: 'value',
      resource_type: 'OS::Heat::TestResource',
      resource_status: 'CREATE_IN_PROGRESS',
    })
    expect((await demo.get(`${at}/resources/value/events/none`)).status).toBe(404)
    const all = await demo.get(`${at}/events?sort_dir=desc&limit=1`)
    expect(all.at('events.0')).toMatchObject({
      resource_name: 'waits',
      resource_status: 'CREATE_COMPLETE',
      physical_resource_id: at.split('/').at(-1),
    })
    expect((await demo.get(`${at}/events?resource_action=DELETE`)).json).toEqual({ events: [] })
  })

  it('H9: what takes no signals refuses them; what is marked is unhealthy', async () => {
    const template = {
      heat_template_version: 'rocky',
      resources: { value: { type: 'OS::Heat::TestResource' } },
    }
    const at = await create('marks', { template })
    await until(at, 'stack.stack_status', 'CREATE_COMPLETE')
    const value = `${at}/resources/value`
    expect((await demo.post(`${value}/signal`)).status).toBe(400)
    expect((await demo.post(`${value}/signal`, { status: 'MAYBE' })).status).toBe(400)
    const body = { mark_unhealthy: true, resource_status_reason: 'it smokes' }
    expect((await demo.patch(value, body)).status).toBe(200)
    expect((await demo.get(value)).at('resource')).toMatchObject({
      resource_status: 'CHECK_FAILED',
      resource_status_reason: 'it smokes',
    })
    expect((await demo.patch(value, { mark_unhealthy: 'x' })).status).toBe(400)
  })

  it('H9: a hook holds a resource until it is lifted', async () => {
    const at = await create('held', {
      template: {
        heat_template_version: 'rocky',
        resources: { value: { type: 'OS::Heat::TestResource' } },
      },
      environment: { resource_registry: { resources: { value: { hooks: 'pre-create' } } } },
    })
    await until(`${at}/resources/value`, 'resource.resource_status', 'INIT_COMPLETE')
    const lifted = await demo.post(`${at}/resources/value/signal`, { unset_hook: 'pre-create' })
    expect(lifted.status).toBe(200)
    await until(at, 'stack.stack_status', 'CREATE_COMPLETE')
  })
})

describe('templates over HTTP', () => {
  it('H9: types, versions and functions are told', async () => {
    const types = await demo.get(`${base}/resource_types?name=Test`)
    expect(types.json).toEqual({ resource_types: ['OS::Heat::TestResource'] })
    const described = await demo.get(`${base}/resource_types?with_description=true`)
    expect(described.at('resource_types.0.description')).toBeTypeOf('string')
    const type = await demo.get(`${base}/resource_types/OS::Heat::TestResource`)
    expect(type.at('support_status')).toMatchObject({ status: 'SUPPORTED' })
    expect(type.at('properties.wait_secs')).toMatchObject({ type: 'number', default: 0 })
    expect((await demo.get(`${base}/resource_types/OS::No::Such`)).status).toBe(404)
    const at = `${base}/resource_types/OS::Heat::TestResource/template`
    expect((await demo.get(`${at}?template_type=hot`)).at('resources.TestResource.type')).toBe(
      'OS::Heat::TestResource',
    )
    expect((await demo.get(at)).at('HeatTemplateFormatVersion')).toBe('2012-12-12')
    expect((await demo.get(`${at}?template_type=x`)).status).toBe(400)
    const versions = await demo.get(`${base}/template_versions`)
    expect(versions.list('template_versions')).toContainEqual({
      version: 'heat_template_version.2018-08-31',
      type: 'hot',
      aliases: ['heat_template_version.rocky'],
    })
    const own = `${base}/template_versions/heat_template_version.2016-04-08/functions`
    const functions = await demo.get(own)
    const names = functions.list('template_functions') as {
      functions: string
      description: string
    }[]
    expect(names.map((one) => one.functions)).toContain('get_file')
    expect(names.every(({ description }) => description !== '')).toBe(true)
    const rocky = `${base}/template_versions/heat_template_version.rocky/functions`
    const all = await demo.get(`${rocky}?with_condition_func=true`)
    const listed = all.list('template_functions') as { functions: string; description: string }[]
    expect(listed.map((one) => one.functions)).toContain('or')
    expect(listed.every(({ description }) => description !== '')).toBe(true)
    expect((await demo.get(`${base}/template_versions/none/functions`)).status).toBe(404)
  })

  it('H9: a template is validated, and those within', async () => {
    const inner = {
      heat_template_version: 'rocky',
      description: 'inside',
      parameters: { size: { type: 'number', constraints: [{ range: { min: 1 } }] } },
    }
    const template = {
      heat_template_version: '2014-10-16',
      description: 'outside',
      parameters: { secret: { type: 'string', hidden: true, default: 's' } },
      resources: { in: { type: 'inner.yaml', properties: { size: 3 } } },
    }
    const body = { template, files: { 'inner.yaml': JSON.stringify(inner) } }
    const answer = await demo.post(`${base}/validate?show_nested=True`, body)
    expect(answer.json).toEqual({
      Description: 'outside',
      Parameters: {
        secret: { Type: 'String', Description: '', NoEcho: 'true', Label: 'secret', Default: 's' },
      },
      NestedParameters: {
        in: {
          Type: 'inner.yaml',
          Description: 'inside',
          Parameters: {
            size: {
              Type: 'Number',
              Description: '',
              NoEcho: 'false',
              Label: 'size',
              Value: 3,
              MinValue: 1,
            },
          },
        },
      },
      Environment: {
        event_sinks: [],
        parameter_defaults: {},
        parameters: {},
        resource_registry: { 'inner.yaml': 'inner.yaml', resources: {} },
      },
    })
    const bad = await demo.post(`${base}/validate`, { template: { heat_template_version: 'x' } })
    expect(bad.status).toBe(400)
    expect(bad.string('error.message')).toContain('The template version is invalid')
  })

  it('tells what it is, and that it has no engines of its own', async () => {
    expect((await demo.get(`${base}/build_info`)).at('engine.revision')).toBe('unknown')
    expect((await demo.get(`${base}/services`)).status).toBe(403)
    const admin = `/orchestration/v1/${door.admin.projectId}/services`
    expect((await door.admin.get(admin)).json).toEqual({ services: [] })
    const versions = await door.nobody.get('/orchestration/')
    expect(versions.status).toBe(300)
    expect(versions.at('versions.0.id')).toBe('v1.0')
    expect((await door.nobody.get('/orchestration/v1')).status).toBe(200)
  })
})
