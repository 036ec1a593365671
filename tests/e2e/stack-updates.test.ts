import { describe, expect, it } from 'vitest'
import type { Cloud, ProjectApi } from '@nephos/sdk'
import { addHosts, basics, collect, openWorld, readyImage, type World } from '../support/world.ts'

async function settled(acme: ProjectApi, id: string, status: string) {
  const stack = await acme.stacks.done({ id })
  expect(`${stack?.stackStatus} ${stack?.reason}`.trim()).toBe(status)
  return stack
}

async function names(acme: ProjectApi, stackId: string): Promise<string[]> {
  const rows = await collect(acme.stacks.resources.list({ stackId }))
  return rows.map(({ name }) => name).sort()
}

async function clean(cloud: Cloud, acme: ProjectApi, id: string): Promise<void> {
  expect(await cloud.audit()).toEqual([])
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
}

async function web(options: Parameters<typeof openWorld>[0] = {}) {
  const world: World = await openWorld(options)
  const base = await basics(world.cloud)
  await addHosts(world.cloud, 6)
  const template = (count: number, fields = '', policy = ''): string => `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net, properties: { name: inner } }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.0.0/16 }
  web:
    type: OS::Heat::ResourceGroup
    depends_on: subnet
    ${policy}
    properties:
      count: ${count}
      resource_def:
        type: OS::Nova::Server
        properties:
          name: web-%index%
          image: ${base.imageId}
          flavor: ${base.flavorId}
          networks: [{ network: { get_resource: net } }]
          ${fields}
outputs:
  refs: { value: { get_attr: [web, refs] } }
`
  return { ...world, ...base, template }
}

describe('updates of stacks', () => {
  it('H5: more members are added, and the others stay as they are', async () => {
    const { cloud, acme, template } = await web()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(3) })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    const preview = await acme.stacks.previewUpdate({ id, template: template(5) })
    expect(preview.added.map(({ name }) => name)).toEqual(['web/3', 'web/4'])
    expect(preview.replaced).toEqual([])
    expect(preview.updated.map(({ name }) => name)).toEqual(['web'])
    await acme.stacks.update({ id, template: template(5) })
    const after = await settled(acme, id, 'UPDATE_COMPLETE')
    const [old, now] = [before, after].map((stack) => stack?.outputs[0]?.value as string[])
    expect(now).toHaveLength(5)
    expect(now?.slice(0, 3)).toEqual(old)
    await acme.stacks.update({ id, template: template(1) })
    await settled(acme, id, 'UPDATE_COMPLETE')
    expect(await collect(acme.servers.list())).toHaveLength(1)
    await clean(cloud, acme, id)
  })

  it('H5: what cannot be changed is replaced; a rolling update replaces few at once', async () => {
    const { cloud, acme, template } = await web()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(4) })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    const policy = 'update_policy: { rolling_update: { max_batch_size: 2, pause_time: 0 } }'
    const next = template(4, 'user_data: hello', policy)
    const preview = await acme.stacks.previewUpdate({ id, template: next })
    expect(preview.replaced).toHaveLength(4)
    await acme.stacks.update({ id, template: next })
    const after = await settled(acme, id, 'UPDATE_COMPLETE')
    const [old, now] = [before, after].map((stack) => stack?.outputs[0]?.value as string[])
    expect(now?.filter((ref) => old?.includes(ref))).toEqual([])
    const events = await collect(acme.stacks.events.list({ stackId: id }))
    // Creations begun and deletions not ended yet: never more than a batch above what is wanted.
    let [more, most] = [0, 0]
    const rest = events.slice(events.findIndex(({ action }) => action === 'UPDATE'))
    for (const { resource, action, status } of rest) {
      if (!resource?.startsWith('web/')) continue
      if (action === 'CREATE' && status === 'IN_PROGRESS') most = Math.max(most, ++more)
      if (action === 'DELETE' && status === 'COMPLETE') more--
    }
    expect(most).toBe(2)
    await clean(cloud, acme, id)
  })

  it('H5: an image is changed by rebuilding, labels in place: servers keep their ids', async () => {
    const { cloud, acme, template, imageId } = await web()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(2) })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    const other = await readyImage(acme, 'newer')
    const next = template(2, 'metadata: { a: b }\n          tags: [x]').replace(imageId, other)
    await acme.stacks.update({ id, template: next })
    const after = await settled(acme, id, 'UPDATE_COMPLETE')
    expect(after?.outputs).toEqual(before?.outputs)
    const servers = await collect(acme.servers.list())
    const labels = { metadata: { a: 'b' }, tags: ['x'], imageId: other }
    expect(servers).toMatchObject([labels, labels])
    await clean(cloud, acme, id)
  })

  it('H10: an update does not lock the stack: the next one is taken while it runs', async () => {
    const { cloud, acme, template } = await web()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(2) })
    await acme.stacks.update({ id, template: template(3) })
    await acme.stacks.update({ id, template: template(4) })
    await settled(acme, id, 'UPDATE_COMPLETE')
    expect(await collect(acme.servers.list())).toHaveLength(4)
    await clean(cloud, acme, id)
  })

  it('H5: a creation that fails is undone if that is wanted, and kept else', async () => {
    const { cloud, acme, template } = await web()
    const bad = template(2, 'key_name: nobody')
    const { id } = await acme.stacks.create({ name: 'tier', template: bad, rollback: true })
    const stack = await acme.stacks.done({ id })
    expect(stack?.stackStatus).toBe('ROLLBACK_COMPLETE')
    expect(await names(acme, id)).toEqual([])
    const kept = await acme.stacks.create({ name: 'kept', template: bad })
    const failed = await acme.stacks.done({ id: kept.id })
    expect(failed?.stackStatus).toBe('CREATE_FAILED')
    expect(failed?.reason).toContain('web/')
    expect(await names(acme, kept.id)).toEqual(['net', 'subnet', 'web/0', 'web/1'])
    await acme.stacks.update({ id: kept.id, template: template(2) })
    await settled(acme, kept.id, 'UPDATE_COMPLETE')
    await acme.stacks.delete({ id: kept.id })
    expect(await acme.stacks.done({ id: kept.id })).toBeNull()
    await clean(cloud, acme, id)
  })

  it('H5: an update that fails goes back to what was before', async () => {
    const { cloud, acme, template } = await web()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(2), rollback: true })
    const before = await settled(acme, id, 'CREATE_COMPLETE')
    await acme.stacks.update({ id, template: template(3, 'key_name: nobody') })
    const after = await acme.stacks.done({ id })
    expect(after?.stackStatus).toBe('ROLLBACK_COMPLETE')
    expect(after?.outputs[0]?.value).toHaveLength(2)
    expect(await collect(acme.servers.list())).toHaveLength(2)
    expect(await names(acme, id)).toEqual(['net', 'subnet', 'web', 'web/0', 'web/1'])
    expect(before?.id).toBe(after?.id)
    await clean(cloud, acme, id)
  })

  it('H1: a stack is suspended, resumed and checked', async () => {
    const { cloud, acme, template, fleet } = await web()
    expect(fleet).toBeDefined()
    const { id } = await acme.stacks.create({ name: 'tier', template: template(2) })
    await settled(acme, id, 'CREATE_COMPLETE')
    await acme.stacks.suspend({ id })
    await settled(acme, id, 'SUSPEND_COMPLETE')
    const stopped = await collect(acme.servers.list())
    expect(stopped.map(({ status }) => status)).toEqual(['SHUTOFF', 'SHUTOFF'])
    await expect(acme.stacks.update({ id, template: template(3) })).rejects.toMatchObject({
      code: 'conflict',
    })
    await acme.stacks.resume({ id })
    await settled(acme, id, 'RESUME_COMPLETE')
    await acme.stacks.check({ id })
    await settled(acme, id, 'CHECK_COMPLETE')
    const [server] = await collect(acme.servers.list())
    await acme.servers.delete({ ids: [server?.id as string] })
    await cloud.settle({ timeoutMs: 10_000 })
    await acme.stacks.check({ id })
    expect((await acme.stacks.done({ id }))?.stackStatus).toBe('CHECK_FAILED')
    await acme.stacks.update({ id, existing: true })
    await settled(acme, id, 'UPDATE_COMPLETE')
    expect(await collect(acme.servers.list())).toHaveLength(2)
    await clean(cloud, acme, id)
  })
})
