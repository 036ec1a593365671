import { describe, expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld } from '../support/world.ts'

const plain = `
heat_template_version: 2021-04-16
parameters:
  length: { type: number, default: 12 }
resources:
  password:
    type: OS::Heat::RandomString
    properties: { length: { get_param: length } }
  url:
    type: OS::Heat::Value
    properties:
      value: { list_join: ['', ['https://u:', { get_attr: [password, value] }, '@host']] }
  none: { type: OS::Heat::None, depends_on: url }
outputs:
  url: { value: { get_attr: [url, value] } }
`

describe('stacks', () => {
  it('H1, H2: a stack is created, shown and deleted', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const { id } = await acme.stacks.create({ name: 'first', template: plain })
    const stack = await acme.stacks.done({ id })
    expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', parameters: { length: 12 } })
    expect(stack?.outputs[0]?.value).toMatch(/^https:\/\/u:[A-Za-z0-9]{12}@host$/)
    const resources = await collect(acme.stacks.resources.list({ stackId: id }))
    expect(resources.map(({ name }) => name).sort()).toEqual(['none', 'password', 'url'])
    expect(await cloud.audit()).toEqual([])
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H6: a group of 500 servers is one request', async () => {
    const { cloud } = await openWorld()
    const { acme, imageId, flavorId } = await basics(cloud)
    await addHosts(cloud, 20)
    const template = `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.0.0/16 }
  web:
    type: OS::Heat::ResourceGroup
    depends_on: subnet
    properties:
      count: 500
      resource_def:
        type: OS::Nova::Server
        properties:
          name: web-%index%
          image: ${imageId}
          flavor: ${flavorId}
          networks: [{ network: { get_resource: net } }]
outputs:
  addresses: { value: { get_attr: [web, first_address] } }
`
    const { id } = await acme.stacks.create({ name: 'tier', template })
    const stack = await acme.stacks.done({ id })
    expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
    expect(new Set(stack?.outputs[0]?.value as string[]).size).toBe(500)
    const servers = await collect(acme.servers.list())
    expect(servers.map(({ name }) => name).sort()).toEqual(
      Array.from({ length: 500 }, (_, at) => `web-${at}`).sort(),
    )
    expect(new Set(servers.map(({ batchId }) => batchId)).size).toBe(1)
    expect(await cloud.audit()).toEqual([])
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await collect(acme.servers.list())).toEqual([])
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })
})
