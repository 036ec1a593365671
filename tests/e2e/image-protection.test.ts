import { imageUpdate } from '@nephos/core'
import { expect, it } from 'vitest'
import { openWorld } from '../support/world.ts'

it('I7: protected properties are written by those with a role, and by operators', async () => {
  const imageProtections = [
    { property: 'vendor_open', roles: ['member'] },
    { property: 'vendor_*', roles: ['billing'] },
    { property: 'sealed', roles: [] },
  ]
  const { cloud } = await openWorld({ settings: { imageProtections } })
  const acme = await cloud.project('acme')
  const refused = (name: string) => ({ code: 'forbidden', field: `properties.${name}` })
  await expect(
    acme.images.create({ name: 'a', properties: { sealed: '1' } }),
  ).rejects.toMatchObject(refused('sealed'))
  const properties = { vendor_open: '1', os: 'bsd', seal: '1' }
  const { id } = await acme.images.create({ name: 'a', properties })
  for (const [name, value] of [
    ['vendor_key', '7'],
    ['sealed', 'no'],
  ] as const) {
    const patch = { id, properties: { ...properties, [name]: value } }
    await expect(acme.images.update(patch)).rejects.toMatchObject(refused(name))
  }
  const billing = { userId: 'u', domainId: null, roles: ['member', 'billing'], system: false }
  const key = { id, properties: { ...properties, vendor_key: '7' } }
  await cloud.invoke({ ...billing, projectId: acme.id }, imageUpdate, key)
  // Neither changed nor taken away by others, who may change what is beside it.
  await expect(acme.images.update({ id, properties })).rejects.toMatchObject(refused('vendor_key'))
  const root = { userId: 'r', projectId: null, domainId: null, roles: ['admin'], system: true }
  await cloud.invoke(root, imageUpdate, { id, properties: { ...properties, sealed: '1' } })
  const after = { vendor_open: '2', os: 'linux', sealed: '1' }
  expect((await acme.images.update({ id, properties: after })).properties).toEqual(after)
  await cloud.close()
})
