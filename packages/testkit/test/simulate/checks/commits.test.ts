import {
  type Address,
  addressKind,
  auditKind,
  type Draft,
  imageKind,
  type Port,
  portKind,
  type Server,
  type ServerBatch,
  serverBatchKind,
  serverKind,
  type Work,
  workKind,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { outcomes } from '../../../src/simulate/checks/05-outcomes.ts'
import { reuse } from '../../../src/simulate/checks/09-reuse.ts'
import { onlyGrow } from '../../../src/simulate/checks/12-only-grow.ts'
import { deletion } from '../../../src/simulate/checks/14-deletion.ts'
import { neverAgain } from '../../../src/simulate/checks/15-never-again.ts'
import { edges } from '../../../src/simulate/checks/16-edges.ts'
import { work as taskWork } from '../../../src/simulate/checks/17-work.ts'
import { workflows } from '../../../src/simulate/checks/18-workflows.ts'
import { withinLimits } from '../../../src/simulate/checks/32-limits.ts'
import {
  active,
  auditRow,
  begun,
  CheckScene,
  drawn,
  inserts,
  removes,
  server,
  stored,
  updates,
  work,
} from './scene.ts'

const id = drawn(1)

function batch(fields: Partial<ServerBatch> = {}): Draft<ServerBatch> {
  const flavor = { id: 'f1', name: 'small', vcpus: 1, ramMb: 1_024, diskGb: 10 }
  return {
    id: 'b1',
    projectId: 'p0',
    userId: 'u0',
    requestId: 'r1',
    name: 'web',
    minCount: 1,
    maxCount: 2,
    count: 2,
    hostsUsed: 1,
    flavor,
    imageId: null,
    groupId: null,
    zones: [],
    policy: 'pack',
    demand: { resources: {}, requiredTraits: [], forbiddenTraits: [], memberOf: [] },
    keyPair: null,
    userData: null,
    createdAt: 1,
    ...fields,
  }
}

function port(fields: Partial<Port> = {}): Draft<Port> {
  return {
    id: 'port1',
    projectId: 'p0',
    networkId: 'n1',
    name: '',
    description: '',
    mac: '02:00:00:00:00:01',
    fixedIps: [{ subnetId: 's1', address: '10.0.0.2' }],
    securityGroupIds: [],
    deviceId: null,
    deviceOwner: '',
    hostId: null,
    status: 'DOWN',
    adminStateUp: true,
    portSecurity: true,
    allowedAddressPairs: [],
    deleteWithDevice: false,
    tags: [],
    createdAt: 1,
    updatedAt: 1,
    ...fields,
  }
}

const attached = { deviceId: id, hostId: 'h1', status: 'ACTIVE' } as const

describe('5: outcomes', () => {
  const members = [server(), server({ id: drawn(2) })] as const

  it('members, outcomes and answers that agree', async () => {
    const scene = await CheckScene.open(outcomes)
    await scene.commit([inserts(serverBatchKind, batch()), inserts(serverKind, ...members)], {
      limit: ['active', 'deleted'].map((name) => ({ scope: 'batch:b1', name, limit: 2 })),
    })
    scene.answer({ operation: 'compute.server.create', answer: { id: 'b1', count: 2 } })
    const [first, second] = members
    const built = { ...stored(first), vmState: 'active', task: null } as const
    await scene.commit([updates(serverKind, built), removes(serverKind, stored(second))], {
      add: ['active', 'deleted'].map((name) => ({ scope: 'batch:b1', name, add: 1 })),
    })
    const progress = { operation: 'compute.serverBatch.progress', input: { id: 'b1' } }
    scene.answer({ ...progress, answer: { count: 2, pending: 0 } })
    expect(scene.reports).toEqual([])
    scene.answer({ ...progress, answer: { count: 2, pending: -1 } })
    scene.answer({ operation: 'compute.server.create', answer: { id: 'b1', count: 3 } })
    expect(scene.reports).toMatchObject([/-1 of 2/, /3 members were answered, 2 made/].map(like))
  })

  it('fewer members than promised, members that come later, outcomes of nobody', async () => {
    const scene = await CheckScene.open(outcomes)
    await scene.pretend([inserts(serverBatchKind, batch()), inserts(serverKind, members[0])])
    await scene.pretend([inserts(serverKind, members[1])])
    await scene.pretend([], { add: [{ scope: 'batch:b1', name: 'active', add: 1 }] })
    await scene.pretend([inserts(serverBatchKind, batch({ id: 'b2', count: 0 }))])
    const members1 = [/1 members, 2 promised/, /1 members came after/]
    const texts = [...members1, /1 too many/, /0 members, 0 promised, asked for 1 to 2/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

describe('9: reuse', () => {
  const held: Draft<Address> = { id: 's1/02', portId: 'port1', turn: 's1/s' }

  it('a release with its holder, and then another holder', async () => {
    const scene = await CheckScene.open(reuse)
    await scene.commit([inserts(portKind, port()), inserts(addressKind, held)])
    const free = { ...stored(held), portId: null, turn: 's1/f0s' }
    await scene.commit([removes(portKind, stored(port())), updates(addressKind, free)])
    const next = { ...free, rev: 2, portId: 'port2', turn: 's1/s' }
    await scene.commit([inserts(portKind, port({ id: 'port2' })), updates(addressKind, next)])
    expect(scene.reports).toEqual([])
  })

  it('a change of holder, a release that its holder knows nothing of', async () => {
    const scene = await CheckScene.open(reuse)
    await scene.commit([inserts(portKind, port()), inserts(addressKind, held)])
    await scene.pretend([updates(addressKind, { ...stored(held), portId: 'port2' })])
    expect(scene.reports).toMatchObject([/straight to port2/, /gave up 0/].map(like))
  })

  it('a port that is plugged in, a server that is on a host', async () => {
    const scene = await CheckScene.open(reuse)
    const { network, hosts } = scene.world
    const { mac, networkId } = port()
    const addresses = ['10.0.0.2']
    network.adopt([
      {
        ...{ portId: 'port1', networkId, hostId: 'h1', revision: 1, mac, addresses },
        ...{ securityGroupIds: [], state: 'active' },
      },
    ])
    hosts.adopt([
      { serverId: id, hostId: 'h2', power: 'running', generation: 1, boots: 0, builds: 1 },
    ])
    const row = active({ task: 'deleting', failedHostIds: ['h2'] })
    await scene.commit([inserts(portKind, port(attached)), inserts(serverKind, row)])
    await scene.commit([inserts(addressKind, held)])
    await scene.pretend([
      removes(serverKind, stored(row)),
      removes(portKind, stored(port(attached))),
      updates(addressKind, { ...stored(held), portId: null }),
    ])
    const texts = [/running on h2/, /10\.0\.0\.2 is free for others/, /while plugged in/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

describe('12: revisions and generations', () => {
  it('only grow', async () => {
    const scene = await CheckScene.open(onlyGrow)
    await scene.commit([inserts(serverKind, active())])
    const desired = { power: 'stopped', boots: 0, hard: false, builds: 1 } as const
    await scene.commit([
      updates(serverKind, begun(stored(active()), 'stop', { task: 'stopping', desired })),
    ])
    expect(scene.reports).toEqual([])
  })

  const wrong: readonly (readonly [string, Partial<Server>, RegExp])[] = [
    ['an old revision', { rev: 3 }, /over revision 3, and is at 1/],
    ['a generation that goes back', { generation: 0 }, /goes back from generation 1 to 0/],
    ['another host at the same generation', { hostId: 'h2' }, /at the same generation/],
    [
      'fewer builds',
      { generation: 2, desired: { power: 'running', boots: 0, hard: false, builds: 0 } },
      /fewer boots or builds/,
    ],
  ]
  it.each(wrong)('%s', async (_name, fields, text) => {
    const scene = await CheckScene.open(onlyGrow)
    await scene.commit([inserts(serverKind, active())])
    await scene.pretend([updates(serverKind, { ...stored(active()), ...fields })])
    expect(scene.reports).toMatchObject([like(text)])
  })

  it('a row that is made twice, an upload that goes back', async () => {
    const scene = await CheckScene.open(onlyGrow)
    const image = { id: 'i1', rev: 1, attempt: 2 } as never
    await scene.pretend([inserts(serverKind, active()), inserts(imageKind, image)])
    await scene.pretend([inserts(serverKind, active())])
    await scene.pretend([updates(imageKind, { id: 'i1', rev: 1, attempt: 1 } as never)])
    expect(scene.reports).toMatchObject([/a second time/, /attempt 2 to 1/].map(like))
  })
})

describe('14: under a deletion mark', () => {
  it('nothing is made, and the mark stays', async () => {
    const scene = await CheckScene.open(deletion)
    const row = active({ task: 'deleting' })
    await scene.commit([inserts(serverKind, row, active({ id: drawn(2) }))])
    await scene.commit([inserts(portKind, port({ ...attached, deviceId: drawn(2) }))])
    expect(scene.reports).toEqual([])
    await scene.pretend([inserts(portKind, port({ ...attached, id: 'port2' }))])
    await scene.pretend([updates(portKind, stored(port(attached)))])
    await scene.pretend([updates(serverKind, { ...stored(row), task: null })])
    const texts = [/is made for/, /is given to/, /was being deleted, and is active/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

describe('15: what was deleted', () => {
  it('stays away from the store and from hosts', async () => {
    const scene = await CheckScene.open(neverAgain)
    const row = active({ task: 'deleting' })
    await scene.commit([inserts(serverKind, row)])
    await scene.commit([removes(serverKind, stored(row))])
    scene.watch.guests?.()
    expect(scene.reports).toEqual([])
    scene.world.hosts.adopt([
      { serverId: id, hostId: 'h1', power: 'running', generation: 9, boots: 0, builds: 1 },
    ])
    scene.watch.guests?.()
    scene.watch.guests?.()
    await scene.commit([inserts(serverKind, row)])
    expect(scene.reports).toMatchObject([/is on h1 again/, /is made again/].map(like))
  })
})

describe('16: edges', () => {
  const legal: readonly (readonly [string, Server, Server])[] = [
    ['a stop', stored(active()), begun(stored(active()), 'stop', { task: 'stopping' })],
    [
      'its end',
      stored(active({ task: 'stopping' })),
      stored(active({ vmState: 'stopped', task: null })),
    ],
    ['a guest that halts', stored(active()), stored(active({ vmState: 'stopped' }))],
    [
      'a guest that is mended',
      stored(active()),
      begun(stored(active()), 'mend', { task: 'rebuilding' }),
    ],
    ['a lock', stored(active()), begun(stored(active()), 'lock', { locked: true })],
  ]
  it.each(legal)('%s is listed', async (_name, was, now) => {
    const scene = await CheckScene.open(edges)
    await scene.pretend([updates(serverKind, was)])
    scene.reports.length = 0
    await scene.pretend([updates(serverKind, { ...now, rev: 2 })])
    expect(scene.reports).toEqual([])
  })

  const wrong: readonly (readonly [string, Server, Server])[] = [
    [
      'a start of what runs',
      stored(active()),
      begun(stored(active()), 'start', { task: 'starting' }),
    ],
    ['a task that no action begins', stored(active()), stored(active({ task: 'pausing' }))],
    [
      'a stop that ends paused',
      stored(active({ task: 'stopping' })),
      stored(active({ vmState: 'paused' })),
    ],
    ['a state that just changes', stored(active()), stored(active({ vmState: 'error' }))],
  ]
  it.each(wrong)('%s is none', async (_name, was, now) => {
    const scene = await CheckScene.open(edges)
    await scene.pretend([updates(serverKind, was)])
    scene.reports.length = 0
    await scene.pretend([updates(serverKind, { ...now, rev: 2 })])
    expect(scene.reports).toMatchObject([like(/goes from/)])
  })

  it('images, ports and requests', async () => {
    const scene = await CheckScene.open(edges)
    const image = (status: string): never => ({ id: 'i1', rev: 1, status }) as never
    await scene.pretend([inserts(imageKind, image('queued')), inserts(portKind, port())])
    await scene.pretend([updates(imageKind, image('saving'))])
    await scene.pretend([updates(imageKind, image('active'))])
    await scene.pretend([updates(imageKind, image('pending_delete'))])
    await scene.pretend([removes(imageKind, image('pending_delete'))])
    expect(scene.reports).toEqual([])
    await scene.pretend([inserts(imageKind, image('active'))])
    await scene.pretend([updates(imageKind, image('killed'))])
    await scene.pretend([updates(portKind, stored(port({ status: 'ACTIVE' })))])
    await scene.pretend([updates(serverBatchKind, stored(batch()))])
    await scene.pretend([inserts(serverKind, active())])
    await scene.pretend([removes(serverKind, stored(active()))])
    const texts = [/begins as active/, /active to killed/, /DOWN to ACTIVE/, /was changed/]
    const more = [/begins as active and idle/, /ends from active and idle/]
    expect(scene.reports).toMatchObject([...texts, ...more].map(like))
  })
})

describe('17: work', () => {
  it('comes with its task', async () => {
    const scene = await CheckScene.open(taskWork)
    await scene.commit([inserts(serverKind, server()), inserts(workKind, work())])
    const moved = { ...stored(server()), hostId: 'h2', generation: 2 }
    await scene.commit([updates(serverKind, moved), updates(workKind, stored(work()))])
    await scene.commit([updates(serverKind, { ...moved, rev: 2, name: 'db' })])
    expect(scene.reports).toEqual([])
    await scene.pretend([updates(serverKind, { ...moved, rev: 3, generation: 3 })])
    await scene.pretend([inserts(serverKind, server({ id: drawn(2) }))])
    await scene.pretend([inserts(workKind, work({ deadline: 1, owner: 'somebody' }))])
    const texts = [/begins spawning without/, /begins spawning without/, /no time/, /somebody’s/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

describe('18: workflows', () => {
  const row = stored(work())

  it('go forward, or back, and end with what they were for', async () => {
    const scene = await CheckScene.open(workflows)
    await scene.commit([inserts(serverKind, server()), inserts(workKind, work())])
    await scene.commit([updates(workKind, { ...row, step: 'next', completed: ['apply'] })])
    await scene.commit([updates(workKind, { ...row, rev: 2, undoing: true })])
    const failed = { ...stored(server()), vmState: 'error', task: null } as const
    await scene.commit([updates(serverKind, failed), removes(workKind, { ...row, rev: 3 })])
    expect(scene.reports).toEqual([])
  })

  const wrong: readonly (readonly [string, Partial<Work>, RegExp])[] = [
    ['a step that it was not at', { completed: ['build'] }, /was not at/],
    ['two steps at once', { completed: ['apply', 'build'] }, /changes what it did/],
    ['another deadline', { deadline: 2_000 }, /another deadline/],
  ]
  it.each(wrong)('%s', async (_name, fields, text) => {
    const scene = await CheckScene.open(workflows)
    await scene.commit([inserts(workKind, work())])
    await scene.pretend([updates(workKind, { ...row, ...fields })])
    expect(scene.reports).toMatchObject([like(text)])
  })

  it('forward after back; an end with a server left, unless other work has it', async () => {
    const scene = await CheckScene.open(workflows)
    const other = work({ id: drawn(901) })
    await scene.commit([inserts(serverKind, server()), inserts(workKind, work(), other)])
    await scene.pretend([updates(workKind, { ...row, undoing: true })])
    await scene.pretend([updates(workKind, { ...row, rev: 2 })])
    await scene.pretend([removes(workKind, row)])
    expect(scene.reports).toMatchObject([like(/goes forward after/)])
    await scene.pretend([removes(workKind, stored(other))])
    expect(scene.reports[1]).toMatch(/ended, but server:.* is spawning still/)
  })
})

describe('32: limits', () => {
  it('of rows and pages', async () => {
    const scene = await CheckScene.open(withinLimits)
    await scene.commit([inserts(serverKind, server()), inserts(auditKind, auditRow())])
    scene.answer({ answer: [{}, {}], input: { limit: 2 } })
    expect(scene.reports).toEqual([])
    const many = Array.from({ length: 100 }, (_, i) => String(i))
    const action = { action: 'stop', requestId: 'r', userId: 'u', at: 1 }
    const full = { tags: many, failedHostIds: many, actions: many.map(() => action) }
    await scene.pretend([updates(serverKind, stored(server(full)))])
    const fixedIps = many.map((address) => ({ subnetId: 's1', address }))
    await scene.pretend([inserts(portKind, port({ fixedIps, securityGroupIds: many }))])
    await scene.pretend([inserts(auditKind, auditRow({ targets: many, targetCount: 100 }))])
    await scene.pretend([inserts(serverBatchKind, batch({ count: 10_001 }))])
    const serverIds = Array.from({ length: 1_001 }, String)
    await scene.pretend([inserts(workKind, work({ input: { serverIds } }))])
    scene.answer({ answer: [{}, {}, {}], input: { limit: 2 } })
    scene.answer({ answer: Array.from({ length: 1_001 }, () => 1) })
    const server1 = [/100 actions/, /100 failed hosts/, /100 tags/]
    const others = [/100 addresses/, /100 groups/, /100 targets/, /10001 members/, /1001 servers/]
    const texts = [...server1, ...others, /3 items, not 2/, /1001 items/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

function like(text: RegExp): unknown {
  return expect.stringMatching(text)
}
