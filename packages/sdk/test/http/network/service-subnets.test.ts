import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from '../door.ts'

const v2 = '/network/v2.0'

describe('Neutron: subnets for chosen owners of ports', () => {
  let door: Door
  beforeAll(async () => {
    door = await openDoor()
  })
  afterAll(() => door[Symbol.asyncDispose]())

  it('A3: administrators say whom a subnet is for; others get no address of it', async () => {
    const network = await door.demo.post(`${v2}/networks`, { network: { name: 'served' } })
    const network_id = network.string('network.id')
    const block = { network_id, ip_version: 4, cidr: '10.7.0.0/24' }
    const subnet = { ...block, service_types: ['compute:nova'] }
    expect((await door.demo.post(`${v2}/subnets`, { subnet })).status).toBe(403)
    const made = await door.admin.post(`${v2}/subnets`, { subnet })
    expect([made.status, made.at('subnet.service_types')]).toEqual([201, ['compute:nova']])
    const path = `${v2}/subnets/${made.string('subnet.id')}`
    const odd = await door.admin.put(path, { subnet: { service_types: ['web'] } })
    expect(odd.status).toBe(400)
    const refused = await door.demo.post(`${v2}/ports`, { port: { network_id } })
    const type = refused.at('NeutronError.type')
    expect([refused.status, type]).toEqual([409, 'IpAddressGenerationFailure'])
    const opened = await door.admin.put(path, { subnet: { service_types: [] } })
    expect([opened.status, opened.at('subnet.service_types')]).toEqual([200, []])
    expect((await door.demo.post(`${v2}/ports`, { port: { network_id } })).status).toBe(201)
    const extension = await door.nobody.get(`${v2}/extensions/subnet-service-types`)
    expect(extension.status).toBe(200)
  })
})
