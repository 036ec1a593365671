import { expect, it } from 'vitest'
import type { ProjectApi } from '@nephos/sdk'
import { collect, openWorld } from '../support/world.ts'

const steps = `
heat_template_version: rocky
resources:
  one: { type: OS::Heat::RandomString }
  two: { type: OS::Heat::RandomString, depends_on: one }
  three: { type: OS::Heat::RandomString, depends_on: two }
`

const hooked = (name: string, hooks: string): string[] => [
  JSON.stringify({ resource_registry: { resources: { [name]: { hooks } } } }),
]

/** Waits for an event of a resource that says why. */
async function said(acme: ProjectApi, stackId: string, resource: string, reason: string) {
  for (;;) {
    const events = await collect(acme.stacks.events.list({ stackId, resource }))
    const found = events.find((event) => event.reason === reason)
    if (found) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}

it('H9: a resource stops at a hook before it is made, until it is let go on', async () => {
  const { cloud } = await openWorld()
  const acme = await cloud.project('acme')
  const environments = hooked('t*o', 'pre-create')
  const { id } = await acme.stacks.create({ name: 'steps', template: steps, environments })
  const pause = 'CREATE paused until Hook pre-create is cleared'
  expect(await said(acme, id, 'two', pause)).toMatchObject({ action: 'INIT', status: 'COMPLETE' })
  const names = (await collect(acme.stacks.resources.list({ stackId: id }))).map(
    (row) => `${row.name} ${row.resourceStatus}`,
  )
  expect(names.sort()).toEqual(['one CREATE_COMPLETE', 'two INIT_COMPLETE'])
  const wrong = acme.stacks.resources.signal({ stackId: id, name: 'two', unsetHook: 'pre-update' })
  await expect(wrong).rejects.toMatchObject({ code: 'conflict', field: 'unsetHook' })
  await acme.stacks.resources.signal({ stackId: id, name: 'two', unsetHook: 'pre-create' })
  expect(await acme.stacks.done({ id })).toMatchObject({ stackStatus: 'CREATE_COMPLETE' })
  await said(acme, id, 'two', 'Hook pre-create is cleared')
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

it('H9: hooks before updates and deletions, and after creations', async () => {
  const { cloud } = await openWorld()
  const acme = await cloud.project('acme')
  const pass = async (id: string, unsetHook: 'pre-update' | 'pre-delete' | 'post-create') => {
    const action = unsetHook.slice(unsetHook.indexOf('-') + 1).toUpperCase()
    await said(acme, id, 'two', `${action} paused until Hook ${unsetHook} is cleared`)
    await acme.stacks.resources.signal({ stackId: id, name: 'two', unsetHook })
  }
  const rules = { two: { hooks: ['pre-update', 'pre-delete', 'post-create'] } }
  const environments = [JSON.stringify({ resource_registry: { resources: rules } })]
  const { id } = await acme.stacks.create({ name: 'steps', template: steps, environments })
  await pass(id, 'post-create')
  expect(await acme.stacks.done({ id })).toMatchObject({ stackStatus: 'CREATE_COMPLETE' })
  const before = await acme.stacks.resources.get({ stackId: id, name: 'two' })
  await acme.stacks.update({ id, existing: true })
  await pass(id, 'pre-update')
  expect(await acme.stacks.done({ id })).toMatchObject({ stackStatus: 'UPDATE_COMPLETE' })
  const after = await acme.stacks.resources.get({ stackId: id, name: 'two' })
  expect(after.physicalId).toBe(before.physicalId)
  await acme.stacks.delete({ id })
  await pass(id, 'pre-delete')
  expect(await acme.stacks.done({ id })).toBeNull()
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})

it('H9: what is restricted is not done', async () => {
  const { cloud } = await openWorld()
  const acme = await cloud.project('acme')
  const rules = { value: { restricted_actions: 'update' } }
  const environments = [JSON.stringify({ resource_registry: { resources: rules } })]
  const template = (value: string): string =>
    JSON.stringify({
      heat_template_version: 'rocky',
      resources: { value: { type: 'OS::Heat::TestResource', properties: { value } } },
    })
  const { id } = await acme.stacks.create({ name: 's', template: template('a'), environments })
  await acme.stacks.done({ id })
  await acme.stacks.update({ id, template: template('b'), existing: true })
  const stack = await acme.stacks.done({ id })
  expect(stack).toMatchObject({ stackStatus: 'UPDATE_FAILED' })
  expect(stack?.reason).toContain('update is restricted for resource.')
  await cloud.close()
})

it('H9: what is marked as unhealthy is replaced by the next update', async () => {
  const { cloud } = await openWorld()
  const acme = await cloud.project('acme')
  const { id } = await acme.stacks.create({ name: 'steps', template: steps })
  await acme.stacks.done({ id })
  const before = await acme.stacks.resources.get({ stackId: id, name: 'one' })
  const marked = await acme.stacks.resources.mark({
    stackId: id,
    name: 'one',
    unhealthy: true,
    reason: 'it smokes',
  })
  expect(marked).toMatchObject({ resourceStatus: 'CHECK_FAILED', reason: 'it smokes' })
  await acme.stacks.update({ id, existing: true })
  expect(await acme.stacks.done({ id })).toMatchObject({ stackStatus: 'UPDATE_COMPLETE' })
  const after = await acme.stacks.resources.get({ stackId: id, name: 'one' })
  expect(after).toMatchObject({ resourceStatus: 'CREATE_COMPLETE' })
  expect(after.physicalId).not.toBe(before.physicalId)
  await acme.stacks.resources.mark({ stackId: id, name: 'two', unhealthy: true })
  const well = await acme.stacks.resources.mark({ stackId: id, name: 'two', unhealthy: false })
  expect(well.resourceStatus).toBe('CHECK_COMPLETE')
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
