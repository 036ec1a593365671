import {
  attachmentKind,
  type Host,
  hostKind,
  type Image,
  imageKind,
  nodeDigest,
  portKind,
  serverKind,
  snapshotKind,
  volumeKind,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { oneHost } from '../../../src/simulate/checks/11-one-host.ts'
import { deletion } from '../../../src/simulate/checks/14-deletion.ts'
import { desiredIsActual } from '../../../src/simulate/checks/19-desired-is-actual.ts'
import { changeFeed } from '../../../src/simulate/checks/27-change-feed.ts'
import { placementView } from '../../../src/simulate/checks/29-placement-view.ts'
import { imageBytes } from '../../../src/simulate/checks/30-image-bytes.ts'
import { openWorld } from '../../../src/world/world.ts'
import { active, CheckScene, drawn, inserts, removes, stored, updates } from './scene.ts'

const id = drawn(1)

function guest(hostId: string, power: 'running' | 'stopped' | 'absent', generation = 1): never {
  return { serverId: id, hostId, power, generation, boots: 0, builds: 1 } as never
}

describe('11: one host', () => {
  it('is told of once while it lasts', async () => {
    const scene = await CheckScene.open(oneHost)
    const { hosts } = scene.world
    hosts.adopt([guest('h1', 'running'), guest('h2', 'stopped')])
    scene.watch.guests?.()
    expect(scene.reports).toEqual([])
    hosts.adopt([guest('h2', 'running', 2)])
    scene.watch.guests?.()
    scene.watch.guests?.()
    hosts.adopt([guest('h1', 'absent', 3)])
    scene.watch.guests?.()
    expect(scene.reports).toMatchObject([like(/runs on h\d and h\d/)])
  })
})

describe('14: deletions', () => {
  it('complete', async () => {
    const scene = await CheckScene.open(deletion)
    await scene.commit([inserts(serverKind, active())])
    await scene.commit([removes(serverKind, stored(active()))])
    scene.answer({ operation: 'compute.server.delete', input: { ids: [id] } })
    scene.answer({ operation: 'network.network.delete', input: { id: 'n1' } })
    expect(await scene.rest()).toEqual([])
  })

  it('are under way for ever, or did nothing', async () => {
    const scene = await CheckScene.open(deletion)
    const marked = active({ id: drawn(2), task: 'deleting' })
    await scene.commit([inserts(serverKind, active(), marked)])
    await scene.commit([inserts(imageKind, image({ status: 'pending_delete' }))])
    scene.answer({ operation: 'compute.server.delete', input: { ids: [id] } })
    const rest = [/being deleted for ever/, /image:.* being deleted for ever/, /is there still/]
    expect(await scene.rest()).toMatchObject(rest.map(like))
  })

  it('are given up where everybody sees it, and nowhere else', async () => {
    const scene = await CheckScene.open(deletion)
    const fields = { status: 'error_deleting', volumeId: 'v1', serverId: null, projectId: 'p1' }
    const gaveUp = { ...fields, id: 'a1', status: 'error_detaching' } as never
    const left = { ...fields, id: 'a2', status: 'detaching' } as never
    await scene.commit([inserts(attachmentKind, gaveUp, left)])
    await scene.commit([inserts(volumeKind, { ...fields, id: 'v1' } as never)])
    await scene.commit([inserts(snapshotKind, { ...fields, id: 's1' } as never)])
    scene.answer({ operation: 'block.attachment.delete', input: { ids: ['a1', 'a2'] } })
    scene.answer({ operation: 'block.volume.delete', input: { ids: ['v1'] } })
    scene.answer({ operation: 'block.snapshot.delete', input: { ids: ['s1'] } })
    expect(await scene.rest()).toMatchObject([like(/row:a2: .* is there still/)])
  })
})

describe('19: desired and actual', () => {
  const fixedIps = [{ subnetId: 's1', address: '10.0.0.2' }]
  const port = {
    ...{ id: 'port1', mac: '02:00:00:00:00:01', fixedIps, deviceId: id },
    securityGroupIds: ['g1'],
  } as never
  const plugged = {
    portId: 'port1',
    networkId: 'n1',
    hostId: 'h1',
    revision: 1,
    mac: '02:00:00:00:00:01',
    addresses: ['10.0.0.2'],
    securityGroupIds: ['g1'],
    state: 'active',
  } as const

  it('are the same', async () => {
    const scene = await CheckScene.open(desiredIsActual)
    await scene.commit([inserts(serverKind, active()), inserts(portKind, port)])
    scene.world.hosts.adopt([guest('h1', 'running')])
    scene.world.network.adopt([plugged])
    expect(await scene.rest()).toEqual([])
  })

  it('are not: a guest that stands, one too many, a port that is not plugged in', async () => {
    const scene = await CheckScene.open(desiredIsActual)
    await scene.commit([inserts(serverKind, active()), inserts(portKind, port)])
    await scene.commit([inserts(hostKind, { id: 'h3', name: 'h3', zone: 'z' } as never)])
    scene.world.hosts.adopt([guest('h1', 'stopped'), guest('h3', 'running')])
    scene.world.network.adopt([{ ...plugged, portId: 'port9' }])
    const guests = [/is to be running \(active\), and is stopped/, /2 guests, 1 .* running on h3/]
    const ports = [/not plugged in/, /1 ports plugged in, 0 of them exist/]
    expect(await scene.rest()).toMatchObject([...guests, ...ports].map(like))
  })

  it.each([
    [{ hostId: 'h2' }, /on h2, not on h1/],
    [{ mac: '02:00:00:00:00:09' }, /with 02:00:00:00:00:09, not/],
    [{ addresses: [] }, /with , not with 10\.0\.0\.2/],
    [{ securityGroupIds: ['g2'] }, /in groups g2, not in g1/],
  ])('are not: a port with %o', async (fields, text) => {
    const scene = await CheckScene.open(desiredIsActual)
    await scene.commit([inserts(serverKind, active()), inserts(portKind, port)])
    scene.world.hosts.adopt([guest('h1', 'running')])
    scene.world.network.adopt([{ ...plugged, ...fields }])
    expect(await scene.rest()).toMatchObject([like(text)])
  })
})

describe('19: what guests are made of', () => {
  it.each([
    [{ builds: 2 }, /was built 2 times, not 1/],
    [{ boots: 1 }, /was restarted 1 times, not 0/],
    [{ imageId: 'i2' }, /is made from i2, not from i1/],
    [{ resources: { VCPU: 4 } }, /has 4 vCPUs, not 1/],
  ])('is not what it should be: %o', async (fields, text) => {
    const scene = await CheckScene.open(desiredIsActual)
    await scene.commit([inserts(serverKind, active({ imageId: 'i1' }))])
    const made = { imageId: 'i1', resources: { VCPU: 1 } }
    scene.world.hosts.adopt([
      { ...(guest('h1', 'running') as object), ...made, ...fields } as never,
    ])
    expect(await scene.rest()).toMatchObject([like(text)])
  })
})

describe('27: the change feed', () => {
  it('has what was committed', async () => {
    const scene = await CheckScene.open(changeFeed)
    for (let i = 0; i < 120; i++)
      await scene.commit([inserts(serverKind, active({ id: drawn(i) }))])
    await scene.commit([updates(serverKind, stored(active()))], { topics: ['work'] })
    expect(await scene.rest()).toEqual([])
  })

  it('lacks a commit, has one too many, tells another', async () => {
    const scene = await CheckScene.open(changeFeed)
    const { truth } = scene.world.store
    await scene.commit([inserts(serverKind, active())])
    await truth.transact([{ kinds: [], origin: 'unseen', at: 1 }])
    await scene.commit([inserts(serverKind, active({ id: drawn(2) }))])
    await scene.commit([inserts(serverKind, active({ id: drawn(3) }))])
    const texts = [/change:3: follows 1/, /change:4: follows 2/, /does not tell/, /does not tell/]
    expect(await scene.rest()).toMatchObject([...texts, /not committed/].map(like))
    const other = await CheckScene.open(changeFeed)
    await other.commit([inserts(serverKind, active())])
    await other.watch.commit?.({
      at: 1,
      process: 'p',
      seq: 2,
      batch: { kinds: [], origin: 'p', at: 1 },
    })
    expect(await other.rest()).toMatchObject([like(/the feed ends at 1/)])
  })

  it.each([
    [{ add: [{ scope: 's', name: 'n', add: 1 }] }],
    [{ topics: ['work'] }],
    [{ origin: 'other' }],
    [{ kinds: [removes(serverKind, stored(active()))] }],
  ])('tells nothing of %o', async (fields) => {
    const scene = await CheckScene.open(changeFeed)
    const batch = { kinds: [inserts(serverKind, active())], origin: 'p', at: 1 }
    await scene.world.store.truth.transact([batch])
    await scene.watch.commit?.({ at: 1, process: 'p', seq: 1, batch: { ...batch, ...fields } })
    expect(await scene.rest()).toMatchObject([like(/change:1: does not tell/)])
  })
})

describe('29: placement', () => {
  it('believes what the store holds', async () => {
    const world = await openWorld({ seed: 3, processes: { 'api-1': 'api', 'worker-1': 'worker' } })
    const reports: string[] = []
    const report = (subject: string, message: string): void => void reports.push(subject + message)
    const { rest } = placementView.watch({ world, report } as never)
    const inventory = { VCPU: { total: 4, reserved: 0, ratio: 1 } }
    const host = { id: 'h1', name: 'h1', zone: 'z', aggregateIds: [], traits: [], inventory }
    const row = { ...host, enabled: true, disabledReason: null, createdAt: 1, updatedAt: 1 }
    const limit = [{ scope: 'host:h1', name: 'VCPU', limit: 4 }]
    const kinds = [inserts(hostKind, row as Omit<Host, 'rev'>)]
    await world.store.truth.transact([{ kinds, limit, origin: 'x', at: 1 }])
    await rest?.()
    expect(reports).toEqual([])
    // A process that takes room which nobody else knows of.
    world.process('api-1').kernel.fleet.place({
      resources: { VCPU: 1 },
      requiredTraits: [],
      forbiddenTraits: [],
      memberOf: [],
      min: 1,
      max: 1,
      policy: 'pack',
      seed: 1,
    })
    await rest?.()
    expect(reports).toMatchObject([like(/api-1 believes VCPU 1, the store says 0/)])
  })
})

function image(fields: Partial<Image> = {}): Omit<Image, 'rev'> {
  const digests = {
    size: 3,
    checksum: '',
    sha256: nodeDigest.hash('sha256', 'abc'),
    osHashAlgo: 'sha512',
    osHashValue: '',
  } as const
  return { id: 'i1', status: 'saving', attempt: 1, digests, ...fields } as Image
}

describe('30: image bytes', () => {
  async function scene(bytes: string | null): Promise<CheckScene> {
    const made = await CheckScene.open(imageBytes)
    await made.commit([inserts(imageKind, image())])
    if (bytes !== null) await made.world.images.put('i1-1', once(bytes))
    return made
  }

  it('are whole when the image becomes active, and stay so', async () => {
    const made = await scene('abc')
    await made.commit([updates(imageKind, stored(image({ status: 'active' })))])
    expect(await made.rest()).toEqual([])
    await made.world.images.delete('i1-1')
    expect(await made.rest()).toMatchObject([like(/has no bytes instead of 3/)])
  })

  it.each([
    [null, {}, /has no bytes instead of 3/],
    ['ab', {}, /has 2 bytes instead of 3/],
    ['abd', {}, /other bytes/],
    ['abc', { digests: null }, /without digests/],
  ])('%s with %o', async (bytes, fields, text) => {
    const made = await scene(bytes)
    await made.commit([updates(imageKind, stored(image({ status: 'active', ...fields })))])
    expect(made.reports).toMatchObject([like(text)])
  })
})

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

function like(text: RegExp): unknown {
  return expect.stringMatching(text)
}
