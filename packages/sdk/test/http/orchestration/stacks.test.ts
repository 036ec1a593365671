import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Door, openDoor } from '../door.ts'

let door: Door
let demo: Client
let base: string
beforeAll(async () => {
  door = await openDoor()
  demo = door.demo
  base = `/orchestration/v1/${demo.projectId}`
})
afterAll(() => door[Symbol.asyncDispose]())

const template = (value = 'test', more: Readonly<Record<string, unknown>> = {}) => ({
  heat_template_version: '2016-04-08',
  parameters: { own: { type: 'string', default: 'x' } },
  resources: {
    one: { type: 'OS::Heat::TestResource', properties: { value } },
    two: { type: 'OS::Heat::TestResource', depends_on: 'one' },
    ...more,
  },
  outputs: { said: { value: { get_attr: ['one', 'output'] } } },
})

/** The path of an absolute URL. */
function pathOf(url: string | null): string {
  return new URL(url ?? '').pathname
}

async function create(name: string, body: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await demo.post(`${base}/stacks`, {
    stack_name: name,
    template: template(),
    ...body,
  })
  expect(answer.status, answer.text).toBe(201)
  return pathOf(answer.headers.get('location'))
}

async function settled(at: string): Promise<Answer> {
  for (;;) {
    const answer = await demo.get(at)
    if (answer.status === 404 || !answer.string('stack.stack_status').includes('PROGRESS')) {
      return answer
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('stacks over HTTP', () => {
  it('H1: a stack is created, found by name, shown, changed and deleted', async () => {
    const at = await create('web', { tags: 'a,b', timeout_mins: 5 })
    expect(at).toMatch(new RegExp(`^${base}/stacks/web/[0-9a-f-]+$`))
    const made = await settled(at)
    expect(made.at('stack')).toMatchObject({
      stack_name: 'web',
      stack_status: 'CREATE_COMPLETE',
      stack_status_reason: 'Stack CREATE completed successfully',
      disable_rollback: true,
      timeout_mins: 5,
      tags: ['a', 'b'],
      parent: null,
      parameters: { 'OS::stack_name': 'web', own: 'x', 'OS::project_id': demo.projectId },
      outputs: [{ output_key: 'said', output_value: 'test', description: 'No description given' }],
      template_description: 'No description',
      updated_time: null,
    })
    const found = await demo.get(`${base}/stacks/web`)
    expect(found.status).toBe(302)
    expect(pathOf(found.headers.get('location'))).toBe(at)
    const events = await demo.get(`${base}/stacks/web/events?limit=1`)
    expect(events.headers.get('location')).toContain(`${at}/events?limit=1`)
    const changed = await demo.put(at, { template: template('other'), tags: 'c' })
    expect(changed.status).toBe(202)
    const after = await settled(at)
    expect(after.at('stack.stack_status')).toBe('UPDATE_COMPLETE')
    expect(after.at('stack.outputs.0.output_value')).toBe('other')
    expect(after.at('stack.tags')).toEqual(['c'])
    expect((await demo.patch(at, { parameters: { own: 'y' } })).status).toBe(202)
    expect((await settled(at)).at('stack.parameters.own')).toBe('y')
    expect((await demo.get(`${at}?resolve_outputs=false`)).at('stack.outputs')).toBeUndefined()
    expect((await demo.delete(`${base}/stacks/web`)).status).toBe(302)
    expect((await demo.delete(at)).status).toBe(204)
    expect((await settled(at)).status).toBe(404)
  })

  it('H1: stacks are listed by filters, in orders, page by page', async () => {
    const paths = await Promise.all([create('l1', { tags: 'x' }), create('l2'), create('l3')])
    await create('hidden', { tags: 'data-processing-cluster' })
    const names = async (query: string): Promise<unknown[]> =>
      (await demo.get(`${base}/stacks?${query}`))
        .list('stacks')
        .map((row) => (row as { stack_name: string }).stack_name)
    expect(await names('sort_keys=name&sort_dir=asc')).toEqual(['l1', 'l2', 'l3'])
    expect(await names('sort_keys=name&sort_dir=desc&limit=1')).toEqual(['l3'])
    const marker = paths[1]?.split('/').at(-1)
    expect(await names(`sort_keys=name&marker=${marker}`)).toEqual(['l3'])
    expect(await names('tags=x')).toEqual(['l1'])
    expect(await names('name=l2')).toEqual(['l2'])
    expect(await names('show_hidden=true&name=hidden')).toEqual(['hidden'])
    expect((await demo.get(`${base}/stacks?with_count=true`)).at('count')).toBe(3)
    expect((await demo.get(`${base}/stacks?sort_keys=colour`)).status).toBe(400)
    expect((await demo.get(`${base}/stacks/detail`)).status).toBe(200)
  })

  it('X4: errors are in Heat’s form', async () => {
    const absent = await demo.get(`${base}/stacks/nowhere`)
    expect(absent.status).toBe(404)
    expect(absent.json).toEqual({
      code: 404,
      title: 'Not Found',
      explanation: 'The resource could not be found.',
      error: {
        type: 'EntityNotFound',
        message: 'The Stack (nowhere) could not be found.',
        traceback: null,
      },
    })
    const wrong = await demo.post(`${base}/stacks`, {
      stack_name: 'bad',
      template: {
        heat_template_version: '2016-04-08',
        resources: {
          one: { type: 'OS::Heat::TestResource', properties: { value: { get_param: 'none' } } },
        },
      },
    })
    expect(wrong.status).toBe(400)
    expect(wrong.at('error.type')).toBe('StackValidationFailed')
    expect(wrong.at('error.message')).toBe(
      'Property error: : resources.one.properties.value: : The Parameter (none) was not provided.',
    )
    await create('twice')
    const taken = await demo.post(`${base}/stacks`, { stack_name: 'twice', template: template() })
    expect(taken.status).toBe(409)
    expect(taken.at('error.type')).toBe('StackExists')
    expect((await demo.post(`${base}/stacks`, { stack_name: 'none' })).status).toBe(400)
    const far = { stack_name: 'far', template_url: 'http://127.0.0.1/template' }
    expect((await demo.post(`${base}/stacks`, far)).status).toBe(400)
    expect((await door.admin.get(`${base}/stacks`)).status).toBe(403)
    expect((await door.nobody.get(`${base}/stacks`)).status).toBe(401)
  })

  it('H1: what others have is not there', async () => {
    const at = await create('mine')
    const stranger = await door.stranger()
    const own = at.replace(demo.projectId, stranger.projectId)
    expect((await stranger.get(own)).status).toBe(404)
    expect((await stranger.delete(own)).status).toBe(404)
    const other = await create('other-name')
    const mixed = `${at.slice(0, at.lastIndexOf('/'))}/${other.split('/').at(-1)}`
    expect((await demo.get(mixed)).status).toBe(404)
  })

  it('H1: actions; what cannot be done is refused', async () => {
    const at = await create('acts')
    await settled(at)
    const act = (body: unknown) => demo.post(`${at}/actions`, body)
    for (const name of ['suspend', 'resume', 'check']) {
      expect((await act({ [name]: null })).status).toBe(200)
      const after = await settled(at)
      expect(after.at('stack.stack_status')).toBe(`${name.toUpperCase()}_COMPLETE`)
    }
    expect((await act({ cancel_update: null })).status).toBe(409)
    expect((await act({ cancel_without_rollback: null })).status).toBe(409)
    expect((await act({ suspend: null, resume: null })).status).toBe(400)
    expect((await act({ dance: null })).status).toBe(400)
    expect((await demo.post(`${base}/stacks/acts/actions`, { check: null })).status).toBe(302)
  })

  it('H4: template, environment, files and outputs are shown', async () => {
    const inner = 'heat_template_version: rocky\nparameters: { p: { type: string } }'
    const at = await create('parts', {
      template: template('v', { inner: { type: 'inner.yaml', properties: { p: 'q' } } }),
      files: { 'inner.yaml': inner, 'env.yaml': 'parameters: { own: from-file }' },
      environment: { resource_registry: { 'My::Type': 'OS::Heat::None' } },
      environment_files: ['env.yaml'],
    })
    const made = await settled(at)
    expect(made.at('stack.parameters.own')).toBe('from-file')
    expect((await demo.get(`${at}/template`)).at('heat_template_version')).toBe('2016-04-08')
    expect((await demo.get(`${at}/environment`)).json).toMatchObject({
      parameters: { own: 'from-file' },
      resource_registry: { 'My::Type': 'OS::Heat::None', resources: {} },
    })
    expect((await demo.get(`${at}/files`)).at('inner.yaml')).toBeUndefined()
    expect((await demo.get(`${at}/files`)).json).toMatchObject({ 'inner.yaml': inner })
    expect((await demo.get(`${at}/outputs`)).json).toEqual({
      outputs: [{ output_key: 'said', description: 'No description given' }],
    })
    expect((await demo.get(`${at}/outputs/said`)).at('output.output_value')).toBe('v')
    expect((await demo.get(`${at}/outputs/nothing`)).status).toBe(404)
    const nested = await demo.get(`${at}/resources/inner`)
    const links = nested.list('resource.links') as { rel: string; href: string }[]
    const below = links.find(({ rel }) => rel === 'nested')
    expect((await demo.get(pathOf(below?.href ?? null))).at('stack.parent')).toBe(
      at.split('/').at(-1),
    )
    const all = await demo.get(`${base}/stacks?show_nested=true&parent=${at.split('/').at(-1)}`)
    expect(all.list('stacks')).toHaveLength(1)
  })

  it('H1: a stack is kept and comes back; it is abandoned, and adopted', async () => {
    const at = await create('kept')
    await settled(at)
    const kept = await demo.post(`${at}/snapshots`, { name: 'before' })
    expect(kept.status, kept.text).toBe(200)
    const one = `${at}/snapshots/${kept.string('id')}`
    expect((await demo.get(one)).at('snapshot')).toMatchObject({
      ...{ name: 'before', status: 'COMPLETE' },
      data: { resources: { one: { type: 'OS::Heat::TestResource', status: 'COMPLETE' } } },
    })
    expect((await demo.get(`${at}/snapshots`)).list('snapshots')).toHaveLength(1)
    expect((await demo.get(`${base}/stacks/kept/snapshots`)).status).toBe(302)
    await demo.put(at, { template: template('other') })
    await settled(at)
    expect((await demo.post(`${one}/restore`)).status).toBe(202)
    const back = await settled(at)
    expect(back.at('stack.stack_status')).toBe('RESTORE_COMPLETE')
    expect(back.at('stack.outputs.0.output_value')).toBe('test')
    expect((await demo.delete(one)).status).toBe(204)
    expect((await demo.get(one)).status).toBe(404)

    const told = await demo.get(`${at}/export`)
    expect(told.at('resources.one')).toMatchObject({ name: 'one', action: 'UPDATE' })
    const left = await demo.delete(`${at}/abandon`)
    expect(left.status).toBe(200)
    expect(left.at('resources.one.resource_id')).toBe(told.at('resources.one.resource_id'))
    expect((await settled(at)).status).toBe(404)
    const data = { stack_name: 'kept', adopt_stack_data: left.text }
    const adopted = await demo.post(`${base}/stacks`, data)
    expect(adopted.status, adopted.text).toBe(201)
    const again = await settled(pathOf(adopted.headers.get('location')))
    expect(again.at('stack.stack_status')).toBe('ADOPT_COMPLETE')
    const wrong = { stack_name: 'wrong', adopt_stack_data: '{' }
    expect((await demo.post(`${base}/stacks`, wrong)).status).toBe(400)
  })

  it('H1: previews make nothing', async () => {
    const preview = await demo.post(`${base}/stacks/preview`, {
      stack_name: 'maybe',
      template: template('v', {
        group: {
          type: 'OS::Heat::ResourceGroup',
          properties: { count: 2, resource_def: { type: 'OS::Heat::None' } },
        },
      }),
    })
    expect(preview.status).toBe(200)
    expect(preview.at('stack.id')).toBe('None')
    expect(preview.at('stack.resources.0')).toMatchObject({
      resource_name: 'one',
      resource_action: 'INIT',
      physical_resource_id: '',
      properties: { value: 'v', fail: false, wait_secs: 0, update_replace: false },
      required_by: ['two'],
      resource_identity: { stack_name: 'maybe', stack_id: 'None', path: '/resources/one' },
    })
    expect(preview.list('stack.resources.2')).toHaveLength(2)
    expect((await demo.get(`${base}/stacks/maybe`)).status).toBe(404)
    const at = await create('changes')
    await settled(at)
    const changes = await demo.put(`${at}/preview`, { template: template('other') })
    expect(changes.at('resource_changes.updated.0.resource_name')).toBe('one')
    expect(changes.at('resource_changes.unchanged.0.resource_name')).toBe('two')
    expect((await demo.patch(`${at}/preview`, {})).list('resource_changes.unchanged')).toHaveLength(
      2,
    )
  })
})
