import { expect, it } from 'vitest'
import { addHosts, basics, collect, openWorld } from '../support/world.ts'

const templateOf =
  (imageId: string, flavorId: string) =>
  (size: number, rules: string, count = 2): string =>
    `
heat_template_version: rocky
resources:
  net: { type: OS::Neutron::Net }
  subnet:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: net }, cidr: 10.0.0.0/24 }
  data:
    type: OS::Manila::Share
    properties: { share_protocol: NFS, size: ${size}, access_rules: [${rules}] }
  web:
    type: OS::Heat::ResourceGroup
    properties:
      count: ${count}
      resource_def:
        type: OS::Nova::Server
        properties:
          flavor: ${flavorId}
          networks: [{ network: { get_resource: net } }]
          block_device_mapping_v2:
            - { image: ${imageId}, volume_size: 3, delete_on_termination: true }
          user_data: { get_attr: [data, export_locations, 0] }
  doors:
    type: OS::Heat::ResourceGroup
    properties:
      count: ${count}
      resource_def:
        type: OS::Heat::TestResource
        properties: { value: { get_attr: [web, resource.%index%.first_address] } }
`

it('H6, F1: servers on volumes mount a share, whose rules and size change', async () => {
  const { cloud } = await openWorld()
  const { acme, imageId, flavorId } = await basics(cloud)
  await addHosts(cloud, 2)
  await cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 100 })
  const template = templateOf(imageId, flavorId)
  const rule = (to: string, level: string): string =>
    `{ access_type: ip, access_to: ${to}, access_level: ${level} }`
  const first = template(2, `${rule('10.0.0.0/24', 'rw')}, ${rule('10.1.0.1', 'rw')}`)
  const { id } = await acme.stacks.create({ name: 'tier', template: first })
  expect(await acme.stacks.done({ id })).toMatchObject({ reason: '', status: 'COMPLETE' })
  const [share] = await collect(acme.shares.list())
  const shareId = share?.id ?? ''
  const [server] = await collect(acme.servers.list())
  expect(server?.imageId).toBeNull()
  const shown = await acme.servers.getDetails({ ids: [server?.id ?? ''] })
  const userData = Buffer.from(shown[0]?.userData ?? '', 'base64').toString()
  expect(userData).toBe(share?.exportLocations[0])
  const volumes = await collect(acme.volumes.list({}))
  expect(volumes.map(({ sizeGb, source }) => [sizeGb, source?.id])).toEqual([
    [3, imageId],
    [3, imageId],
  ])
  const rules = async (): Promise<string[]> =>
    (await acme.shares.access.list({ shareId })).map(({ to, level }) => `${to} ${level}`).sort()
  expect(await rules()).toEqual(['10.0.0.0/24 rw', '10.1.0.1 rw'])

  const change = { id, template: template(3, rule('10.0.0.0/24', 'ro'), 3) }
  const preview = await acme.stacks.previewUpdate({
    id,
    template: first.replaceAll('count: 2', 'count: 3'),
  })
  // What members that stay say of themselves is known: those who ask for it stay, too.
  expect(preview.replaced).toEqual([])
  expect(preview.updated.map(({ name }) => name).sort()).toEqual(['doors', 'web'])
  expect(preview.added.map(({ name }) => name).sort()).toEqual(['doors/2', 'web/2'])
  await acme.stacks.update(change)
  expect(await acme.stacks.done({ id })).toMatchObject({ reason: '', status: 'COMPLETE' })
  expect(await rules()).toEqual(['10.0.0.0/24 ro'])
  expect(await acme.shares.get({ id: shareId })).toMatchObject({ sizeGb: 3, status: 'available' })
  await acme.stacks.delete({ id })
  expect(await acme.stacks.done({ id })).toBeNull()
  expect(await collect(acme.shares.list())).toEqual([])
  await cloud.settle({ timeoutMs: 10_000 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
