import { expect, it } from 'vitest'
import { collect, openWorld } from '../support/world.ts'

const policy = (name: string, type: string, adjustment: number, more = ''): string => `
  ${name}:
    type: OS::Heat::ScalingPolicy
    properties:
      auto_scaling_group_id: { get_resource: group }
      adjustment_type: ${type}
      scaling_adjustment: ${adjustment}${more}`

const template = (most: number): string => `
heat_template_version: rocky
resources:
  group:
    type: OS::Heat::AutoScalingGroup
    properties:
      min_size: 1
      max_size: ${most}
      desired_capacity: 2
      resource: { type: OS::Heat::TestResource }
${policy('up', 'change_in_capacity', 3)}
${policy('down', 'change_in_capacity', -20)}
${policy('half', 'percent_change_in_capacity', -50)}
${policy('more', 'percent_change_in_capacity', 10, '\n      min_adjustment_step: 2')}
${policy('seldom', 'exact_capacity', 4, '\n      cooldown: 3600')}
outputs:
  size: { value: { get_attr: [group, current_size] } }
`

it('H6: signals to policies make a group larger and smaller, within its bounds', async () => {
  const { cloud } = await openWorld()
  const { stacks } = await cloud.project('acme')
  const { id } = await stacks.create({ name: 'scaled', template: template(8) })
  const size = async (): Promise<unknown> => {
    const stack = await stacks.done({ id })
    expect(stack?.reason).toBe('')
    return stack?.outputs[0]?.value
  }
  const signal = async (name: string): Promise<unknown> => {
    await stacks.resources.signal({ stackId: id, name })
    return size()
  }
  expect(await size()).toBe(2)
  expect(await signal('up')).toBe(5)
  expect(await signal('up')).toBe(8)
  // There is no more room, so nothing is done.
  const before = await stacks.get({ id })
  expect(await signal('up')).toBe(8)
  expect((await stacks.get({ id })).rev).toBe(before.rev)
  expect(await signal('half')).toBe(4)
  expect(await signal('more')).toBe(6)
  // The group has just changed, so it rests.
  expect(await signal('seldom')).toBe(6)
  // An update keeps the size, within what it says now.
  await stacks.update({ id, template: template(5) })
  expect(await size()).toBe(5)
  expect(await signal('down')).toBe(1)
  expect(await collect(stacks.resources.list({ stackId: id }))).toHaveLength(7)
  expect(await cloud.audit()).toEqual([])
  const wrong = template(8).replace('type: change_in_capacity', 'type: sideways')
  await expect(stacks.update({ id, template: wrong })).rejects.toMatchObject({
    code: 'invalid',
    field: 'template.resources.up.properties.adjustment_type',
  })
  await stacks.delete({ id })
  expect(await stacks.done({ id })).toBeNull()
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
