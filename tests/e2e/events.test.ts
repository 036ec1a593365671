import { auditKind } from '@nephos/core'
import { type Cloud, type ProjectApi } from '@nephos/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'
import { advanceUntil } from '../support/fixed.ts'
import { collect, openWorld } from '../support/world.ts'

let world: LifecycleWorld

/** The events of a project so far, after a cursor. */
async function events(project: ProjectApi | Cloud['system'], after?: string) {
  const stop = new AbortController()
  const found: { type: string; id: string; cursor: string; operation: string | null }[] = []
  const from = after === undefined ? {} : { after }
  const read = (async () => {
    for await (const event of project.events({ ...from, signal: stop.signal })) found.push(event)
  })().catch(() => undefined)
  await world.clock.advance(5_000)
  stop.abort()
  await advanceUntil(world.clock, read)
  return found
}

describe('X6: events', () => {
  afterEach(async () => {
    await world.end()
  })

  it('of a server tell its life, in order, and can be gone on with after each', async () => {
    world = await LifecycleWorld.open()
    const { acme } = world
    const before = (await events(acme)).at(-1)?.cursor
    const id = await world.create()
    await world.act(acme.servers.stop({ ids: [id] }), id, 'SHUTOFF')
    await acme.servers.delete({ ids: [id] })
    await world.settle()
    const all = await events(acme, before)
    const own = all.filter((event) => event.id === id)
    expect(own.map(({ type }) => type)).toEqual([
      'server.created',
      'server.active',
      'server.updated',
      'server.stopped',
      'server.updated',
      'server.deleted',
    ])
    expect(own[0]?.operation).toBe('compute.server.create')
    expect(own[1]?.operation).toBe(null)
    for (const at of [0, 3, all.length - 2]) {
      expect(await events(acme, all[at]?.cursor)).toEqual(all.slice(at + 1))
    }
    expect(await world.cloud.audit()).toEqual([])
  })

  it('of 500 servers come all, each once, and to nobody else', async () => {
    world = await LifecycleWorld.open()
    const { acme, cloud } = world
    const other = await cloud.project('other')
    const ids = await world.createMany(500)
    const all = await events(acme)
    const made = all.filter(({ type }) => type === 'server.created').map((event) => event.id)
    const active = all.filter(({ type }) => type === 'server.active').map((event) => event.id)
    expect(made.toSorted()).toEqual(ids.toSorted())
    expect(active.toSorted()).toEqual(ids.toSorted())
    expect((await events(other)).filter(({ type }) => type.startsWith('server'))).toEqual([])
    const everything = await events(cloud.system)
    expect(everything.filter(({ type }) => type === 'host.created')).toHaveLength(12)
  })
})

describe('X8: the audit log', () => {
  it('is sealed by the cloud itself; what is changed in the store is found', async () => {
    const { cloud, store } = await openWorld()
    const acme = await cloud.project('acme')
    await acme.networks.create({ name: 'net' })
    await cloud.reconcile()
    const { head, faults } = await cloud.system.auditLog.verify({})
    expect(faults).toEqual([])
    const records = await collect(cloud.system.auditLog.list({}))
    expect(head.number).toBe(records.length)
    const own = await collect(acme.auditLog.list({}))
    expect(own.map(({ operation }) => operation)).toEqual(['network.network.create'])
    expect(own.every(({ projectId }) => projectId === acme.id)).toBe(true)
    const [row] = await store.get(auditKind, [own[0]?.id ?? ''])
    const changed = { ...(row as NonNullable<typeof row>), operation: 'nothing' }
    const kinds = [{ kind: auditKind, writes: { update: [changed] } }]
    await store.transact([{ kinds, origin: 'intruder', at: 0 }])
    const subject = `audit:${changed.id}`
    expect((await cloud.system.auditLog.verify({})).faults).toMatchObject([{ subject }])
    const findings = await cloud.audit()
    expect(findings.filter(({ invariant }) => invariant !== 25)).toEqual([])
    expect(findings).toContainEqual(expect.objectContaining({ invariant: 25, subject }))
    await cloud.close()
  })
})
