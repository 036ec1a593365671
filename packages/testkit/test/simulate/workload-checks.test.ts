import { networkCreate, networkGet, networkList } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import type { Action, Outcome } from '../../src/simulate/workload.ts'
import { workloads } from '../../src/simulate/workloads/index.ts'
import { mutate, repeatCall } from '../../src/simulate/workloads/create.ts'
import { walk } from '../../src/simulate/workloads/pages.ts'
import { probe, probing } from '../../src/simulate/workloads/probe.ts'
import { ok, refused, type Script, scriptedTenant } from './scripted-tenant.ts'

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1)

function actionNamed(name: string): Action {
  const found = workloads.flatMap(({ actions }) => actions).find((one) => one.name === name)
  if (!found) throw new Error(`no action ${name}`)
  return found
}

/** The invariants that an action reports under any of some seeds. */
async function reportedBy(name: string, script: Script): Promise<ReadonlySet<number>> {
  const all = new Set<number>()
  for (const seed of seeds) {
    const tenant = scriptedTenant(script, seed)
    for (const kind of ['server', 'batch', 'network', 'subnet', 'port', 'host']) {
      tenant.known.add(kind, `${kind}-1`)
      tenant.common.add(kind, `${kind}-1`)
    }
    await actionNamed(name).run(tenant)
    for (const invariant of tenant.reported) all.add(invariant)
  }
  return all
}

describe('a probe', () => {
  const run = async (foreign: Outcome<unknown>, absent: Outcome<unknown>) => {
    const tenant = scriptedTenant((_, { id }: { id: string }) => (id === 'n-1' ? foreign : absent))
    tenant.common.add('tenant', 'bert')
    tenant.common.add('network of bert', 'n-1')
    await probing('networks', 1, [probe('network', networkGet)]).run(tenant)
    return tenant.reported
  }

  it('accepts what is alike but for the id', async () => {
    const none = refused('notFound', 'No such network.')
    expect(await run(none, none)).toEqual([])
    const tenant = scriptedTenant((_, { id }: { id: string }) => refused('notFound', `No ${id}.`))
    tenant.common.add('tenant', 'bert')
    tenant.common.add('network of bert', 'n-1')
    await probing('networks', 1, [probe('network', networkGet)]).run(tenant)
    expect(tenant.reported).toEqual([])
  })

  it('reports another code, another message, and an answer', async () => {
    const none = refused('notFound', 'No such network.')
    expect(await run(refused('forbidden', 'No such network.'), none)).toEqual([22])
    expect(await run(refused('notFound', 'It is not yours.'), none)).toEqual([22])
    expect(await run(ok({ id: 'n-1' }), none)).toEqual([22])
  })
})

describe('a repeat', () => {
  const run = async (again: (name: string, first: string) => Outcome<unknown>) => {
    const all = new Set<number>()
    for (const seed of seeds) {
      let first: string | undefined
      const tenant = scriptedTenant((_, { name }: { name: string }) => {
        if (first !== undefined && isRepeat) return again(name, first)
        first = name
        return ok({ id: 'n-1', name })
      }, seed)
      let isRepeat = false
      for (let i = 0; i < 5; i++) await mutate(tenant, networkCreate, { name: 'net' })
      isRepeat = true
      for (let i = 0; i < 5; i++) await repeatCall.run(tenant)
      for (const invariant of tenant.reported) all.add(invariant)
    }
    return [...all]
  }

  it('accepts the same answer, and a mismatch for another body', async () => {
    const reported = await run((name, first) =>
      name === first ? ok({ name, id: 'n-1' }) : refused('idempotencyMismatch'),
    )
    expect(reported).toEqual([])
  })

  it('reports another answer, a refusal, and another body that was taken', async () => {
    const mismatch = refused('idempotencyMismatch')
    expect(await run((name, first) => (name === first ? ok({ id: 'n-2' }) : mismatch))).toEqual([7])
    expect(await run((name, first) => (name === first ? refused('conflict') : mismatch))).toEqual([
      7,
    ])
    expect(await run((name) => ok({ id: 'n-1', name }))).toEqual([7])
    expect(
      await run((name, first) => (name === first ? ok({ id: 'n-1', name }) : refused('conflict'))),
    ).toEqual([7])
  })
})

describe('a walk', () => {
  const run = async (rows: readonly object[]) => {
    const all = new Set<number>()
    for (const seed of seeds) {
      const tenant = scriptedTenant((_, { marker }: { marker?: string }) => {
        return ok(marker === undefined ? rows : [])
      }, seed)
      // Pages of one row would be too long with any list.
      const isWide = { ...tenant, chance: Object.assign(tenant.chance, { pick: () => 3 as never }) }
      await walk(isWide, networkList)
      for (const invariant of tenant.reported) all.add(invariant)
    }
    return [...all]
  }
  const own = (id: string) => ({ id, projectId: 'p' })

  it('accepts rows in order', async () => {
    expect(await run([own('a'), own('b')])).toEqual([])
  })

  it('reports rows out of order or twice, too many, and foreign ones', async () => {
    expect(await run([own('b'), own('a')])).toEqual([0])
    expect(await run([own('a'), own('a')])).toEqual([0])
    expect(await run([own('a'), own('b'), own('c'), own('d')])).toEqual([32])
    expect(await run([own('a'), { id: 'b', projectId: 'q' }])).toEqual([21])
  })
})

describe('actions report', () => {
  it('more servers, or fewer, than were asked for', async () => {
    for (const count of [0, 100]) {
      const batch = { id: 'b', projectId: 'p', count, hostsUsed: 1 }
      const reported = await reportedBy('create servers', (operation) =>
        operation === 'compute.server.create' ? ok(batch) : ok([]),
      )
      expect(reported).toContain(5)
    }
  })

  it('things of another project, and a batch that counts wrongly', async () => {
    const script: Script = (operation) => {
      if (operation === 'compute.serverBatch.get') return ok({ count: 3 })
      if (operation === 'compute.serverBatch.progress') {
        return ok({ active: 4, error: 0, deleted: 0, pending: -1, count: 3 })
      }
      return ok({ id: 'x', projectId: 'q', count: 1, hostsUsed: 1 })
    }
    expect(await reportedBy('read a batch', script)).toEqual(new Set([5]))
    expect(await reportedBy('create a network', script)).toContain(21)
  })

  it('one address for two ports', async () => {
    let made = 0
    const subnet = { networkId: 'n', cidr: '10.0.0.0/24', version: 4 }
    const fixedIps = [{ subnetId: 's', address: '10.0.0.2' }]
    const reported = await reportedBy('ask for a fixed address twice at once', (operation) =>
      operation === 'network.subnet.get'
        ? ok(subnet)
        : ok({ id: `p-${made++}`, networkId: 'n', mac: `m-${made}`, fixedIps }),
    )
    expect(reported).toContain(9)
  })

  it('bytes that nobody wrote', async () => {
    const bytes = new Uint8Array([1, 2, 3])
    const tenant = scriptedTenant(() => ok({ start: 0, end: 3, bytes }))
    tenant.known.add('full image', 'i-1')
    tenant.common.add('bytes of i-1', '4711')
    await actionNamed('download an image').run(tenant)
    expect(tenant.reported).toEqual([30])
  })

  it('a password of before, and a user who was shut out, let in', async () => {
    const script: Script = (operation) =>
      operation === 'identity.user.create' ? ok({ id: 'u-1', name: 'eve' }) : ok(undefined)
    expect(await reportedBy('change a password', script)).toEqual(new Set([24]))
    expect(await reportedBy('shut a user out', script)).toEqual(new Set([24]))
  })

  it('two updates of one revision, and plans that go nowhere', async () => {
    expect(await reportedBy('update a network', () => ok({ rev: 3 }))).toEqual(new Set([12]))
    const moves = [{ serverId: 's', fromHostId: 'host-1', toHostId: 'host-1' }]
    const plan = ok({ moves, stuck: [], freedHostIds: ['host-1'] })
    expect(await reportedBy('plan to drain a host', () => plan)).toEqual(new Set([29]))
    expect(await reportedBy('plan to free hosts', () => plan)).toEqual(new Set([29]))
  })
})
