import { describe, expect, it } from 'vitest'
import { collect, openWorld, withDisk } from '../support/world.ts'

const waiting = `
heat_template_version: rocky
resources:
  handle: { type: OS::Heat::WaitConditionHandle }
  ready:
    type: OS::Heat::WaitCondition
    properties: { handle: { get_resource: handle }, count: 2, timeout: 600 }
  after: { type: OS::Heat::None, depends_on: ready }
outputs:
  data: { value: { get_attr: [ready, data] } }
`

describe('stacks live on', () => {
  it('H7: a stack waits for signals, of which each counts once', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const { id } = await acme.stacks.create({ name: 'waits', template: waiting })
    const signal = async (signalId: string, data = ''): Promise<void> => {
      for (;;) {
        const found = await collect(acme.stacks.resources.list({ stackId: id }))
        if (found.some(({ name, status }) => name === 'handle' && status === 'COMPLETE')) break
        await new Promise((resolve) => setImmediate(resolve))
      }
      await acme.stacks.resources.signal({ stackId: id, name: 'handle', signalId, data })
    }
    await signal('one', 'first')
    await signal('one', 'again')
    expect(await acme.stacks.get({ id })).toMatchObject({ stackStatus: 'CREATE_IN_PROGRESS' })
    await signal('two', 'second')
    const stack = await acme.stacks.done({ id })
    expect(stack?.stackStatus).toBe('CREATE_COMPLETE')
    expect(JSON.parse(stack?.outputs[0]?.value as string)).toEqual({ one: 'first', two: 'second' })
    expect(await cloud.audit()).toEqual([])
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H7: a failure signalled is a failure of the stack', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const { id } = await acme.stacks.create({ name: 'waits', template: waiting })
    for (;;) {
      const found = await collect(acme.stacks.resources.list({ stackId: id }))
      if (found.some(({ name, status }) => name === 'ready' && status === 'IN_PROGRESS')) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    const name = 'handle'
    await acme.stacks.resources.signal({ stackId: id, name, status: 'FAILURE', reason: 'no disk' })
    const stack = await acme.stacks.done({ id })
    expect(stack?.stackStatus).toBe('CREATE_FAILED')
    expect(stack?.reason).toContain('no disk')
    await cloud.close()
  })

  it('H10: a stack is not stuck in progress: it can be cancelled or deleted', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const { id } = await acme.stacks.create({ name: 'waits', template: waiting })
    await acme.stacks.cancel({ id })
    const cancelled = await acme.stacks.done({ id })
    expect(cancelled).toMatchObject({ stackStatus: 'CREATE_FAILED', reason: 'It was cancelled.' })
    const other = await acme.stacks.create({ name: 'other', template: waiting })
    await acme.stacks.delete({ id: other.id })
    expect(await acme.stacks.done({ id: other.id })).toBeNull()
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H10: the death of an engine does not fail a stack: the next one goes on', () =>
    withDisk(async (disk) => {
      const first = await openWorld({ ...(await disk()), work: false })
      const acme = await first.cloud.project('acme')
      const template = `
heat_template_version: rocky
resources:
  nets:
    type: OS::Heat::ResourceGroup
    properties: { count: 20, resource_def: { type: OS::Neutron::Net } }
  first: { type: OS::Neutron::Net, depends_on: nets }
  last:
    type: OS::Neutron::Subnet
    properties: { network: { get_resource: first }, cidr: 10.0.0.0/24 }
`
      const { id } = await acme.stacks.create({ name: 'nets', template })
      await first.cloud.close()
      // Each engine lives for a moment: what it had begun is gone on with, and made once.
      for (let seed = 2; ; seed++) {
        const { cloud } = await openWorld({ ...(await disk()), seed })
        const again = await cloud.project('acme')
        for (let turns = 0; turns < seed; turns++) await new Promise(setImmediate)
        const { status } = await again.stacks.get({ id })
        if (status === 'IN_PROGRESS') {
          await cloud.close()
          continue
        }
        const stack = await again.stacks.done({ id })
        expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
        expect(await collect(again.networks.list())).toHaveLength(21)
        expect(await cloud.audit()).toEqual([])
        await cloud.close()
        return
      }
    }))

  it('H8: a template may be a type: parameters are properties, outputs attributes', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const inner = `
heat_template_version: rocky
parameters: { size: { type: number } }
resources:
  word: { type: OS::Heat::RandomString, properties: { length: { get_param: size } } }
outputs: { text: { value: { get_attr: [word, value] } } }
`
    const template = `
heat_template_version: rocky
resources:
  group:
    type: OS::Heat::ResourceGroup
    properties: { count: 2, resource_def: { type: My::Word, properties: { size: 7 } } }
  direct:
    type: OS::Heat::Stack
    properties: { template: { get_file: word.yaml }, parameters: { size: 9 } }
outputs:
  texts: { value: { get_attr: [group, text] } }
  direct: { value: { get_attr: [direct, outputs, text] } }
`
    const environments = ['resource_registry: { "My::Word": word.yaml }']
    const files = { 'word.yaml': inner }
    const { id } = await acme.stacks.create({ name: 'outer', template, environments, files })
    const stack = await acme.stacks.done({ id })
    expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
    const [texts, direct] = stack?.outputs.map(({ value }) => value) ?? []
    expect((texts as string[]).map((text) => text.length)).toEqual([7, 7])
    expect(direct).toHaveLength(9)
    expect(await collect(acme.stacks.list())).toHaveLength(1)
    expect(await collect(acme.stacks.list({ nested: true }))).toHaveLength(4)
    await acme.stacks.update({
      id,
      existing: true,
      files: {
        'word.yaml': inner.replace('get_param: size', 'get_param: size }, salt: { get_param: size'),
      },
    })
    const changed = await acme.stacks.done({ id })
    expect(changed).toMatchObject({ stackStatus: 'UPDATE_COMPLETE', reason: '' })
    expect(changed?.outputs[0]?.value).not.toEqual(texts)
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await collect(acme.stacks.list({ nested: true }))).toEqual([])
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H8: stacks that contain themselves end at the deepest level allowed', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const template = `
heat_template_version: rocky
resources: { again: { type: again.yaml } }
`
    const files = { 'again.yaml': template }
    const { id } = await acme.stacks.create({ name: 'deep', template, files })
    const stack = await acme.stacks.done({ id })
    expect(stack?.stackStatus).toBe('CREATE_FAILED')
    expect(stack?.reason).toContain('nested too deeply')
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H5: what is kept, and what was there before, stay when the stack goes', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const before = await acme.networks.create({ name: 'before' })
    const template = `
heat_template_version: rocky
resources:
  kept: { type: OS::Neutron::Net, deletion_policy: Retain, properties: { name: kept } }
  there: { type: OS::Neutron::Net, external_id: ${before.id} }
  gone: { type: OS::Neutron::Net, properties: { name: gone } }
`
    const { id } = await acme.stacks.create({ name: 'nets', template })
    expect((await acme.stacks.done({ id }))?.stackStatus).toBe('CREATE_COMPLETE')
    await acme.stacks.delete({ id })
    expect(await acme.stacks.done({ id })).toBeNull()
    const left = await collect(acme.networks.list())
    expect(left.map(({ name }) => name).sort()).toEqual(['before', 'kept'])
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })

  it('H11: 10,000 resources are made in steps of bounded size', async () => {
    const { cloud } = await openWorld()
    const acme = await cloud.project('acme')
    const template = `
heat_template_version: rocky
resources:
  many:
    type: OS::Heat::ResourceGroup
    properties: { count: 9998, resource_def: { type: OS::Heat::RandomString } }
  after: { type: OS::Heat::None, depends_on: many }
`
    const statements = async (run: () => Promise<unknown>): Promise<number> => {
      const before = cloud.stats.statements
      await run()
      return cloud.stats.statements - before
    }
    let id = ''
    const made = await statements(async () => {
      id = (await acme.stacks.create({ name: 'large', template })).id
      const stack = await acme.stacks.done({ id })
      expect(stack).toMatchObject({ stackStatus: 'CREATE_COMPLETE', reason: '' })
    })
    expect(made).toBeLessThan(1_000)
    const removed = await statements(async () => {
      await acme.stacks.delete({ id })
      expect(await acme.stacks.done({ id })).toBeNull()
    })
    expect(removed).toBeLessThan(1_000)
    await expect(
      acme.stacks.create({ name: 'larger', template: template.replace('9998', '9999') }),
    ).rejects.toMatchObject({ code: 'invalid', limit: 10_000 })
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })
})
