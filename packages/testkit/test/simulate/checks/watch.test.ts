import {
  auditKind,
  auditLinkKind,
  type Draft,
  eventKind,
  type Port,
  portKind,
  usagePeriodKind,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { usage } from '../../../src/simulate/checks/03-usage.ts'
import { auditChain } from '../../../src/simulate/checks/25-audit-chain.ts'
import { watch } from '../../../src/simulate/checks/26-watch.ts'
import { auditRow, CheckScene, drawn, inserts, removes, stored, updates } from './scene.ts'

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)

function port(metered: readonly number[] | undefined, addresses = 1): Draft<Port> {
  return {
    id: drawn(1),
    projectId: 'p0',
    networkId: 'n',
    name: 'p',
    description: '',
    mac: 'fa:16:00:00:00:00',
    fixedIps: Array.from({ length: addresses }, () => ({ subnetId: 's', address: '10.0.0.1' })),
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
    createdAt: 0,
    updatedAt: 0,
    metered,
  }
}

function period(since: number, to: number) {
  const id = `port:${drawn(1)}:${since}`
  const amounts = { ports: 1, addresses: 1 }
  const resource = { projectId: 'p0', kind: 'port', resourceId: drawn(1), name: 'p' }
  return inserts(usagePeriodKind, { id, ...resource, since, to, amounts })
}

describe('03: usage', () => {
  it('goes on where it ended', async () => {
    const scene = await CheckScene.open(usage)
    await scene.commit([inserts(portKind, port([10, 1, 1]))], { at: 10 })
    const more = port([20, 1, 2], 2)
    await scene.commit([updates(portKind, stored(more)), period(10, 20)], { at: 20 })
    // A clock that is behind counts nothing.
    await scene.commit([removes(portKind, stored(more, 2))], { at: 15 })
    expect(scene.reports).toEqual([])
  })

  it('is not counted, counted for nothing, or has a gap', async () => {
    const scene = await CheckScene.open(usage)
    await scene.commit([inserts(portKind, port([10, 1, 1]))], { at: 10 })
    const more = port([25, 1, 2], 2)
    await scene.commit([updates(portKind, stored(more)), period(10, 20)], { at: 20 })
    await scene.commit([period(11, 12)], { at: 30 })
    await scene.commit([removes(portKind, stored(more, 2))], { at: 40 })
    await scene.commit([inserts(portKind, port([50, 1, 3]))], { at: 50 })
    const reports = [/until 20, and from 25/, /did not end/, /nothing counts/, /metered as 1,3/]
    expect(scene.reports).toMatchObject(reports.map(like))
  })
})

describe('03: marks of the committer', () => {
  it('are in no answer', async () => {
    const scene = await CheckScene.open(usage)
    scene.answer({ answer: [{ id: 'a', name: 'metered' }] })
    expect(scene.reports).toEqual([])
    scene.answer({ operation: 'network.port.get', answer: port([1, 1, 1]) })
    expect(scene.reports).toMatchObject([like(/network.port.get: shows/)])
  })
})

describe('25: the chain of the audit log', () => {
  it('is missed where a record has none, and is never changed', async () => {
    const scene = await CheckScene.open(auditChain)
    await scene.commit([inserts(auditKind, auditRow())])
    expect(await scene.rest()).toEqual([])
    const link = { id: 'audit-r1', number: 2, previous: '', hash: 'x' }
    await scene.commit([inserts(auditLinkKind, link)])
    await scene.commit([updates(auditLinkKind, stored({ ...link, hash: 'y' }))])
    await scene.commit([removes(auditLinkKind, stored(link, 2))])
    const reports = [/auditLink:2: is not 1/, /was changed/, /was removed/]
    expect(scene.reports).toMatchObject(reports.map(like))
  })
})

describe('26: watches', () => {
  const event = (id: string, ids: readonly string[], projectId = 'p0') =>
    inserts(eventKind, {
      id,
      projectId,
      at: 1,
      cause: null,
      events: [{ type: 'port.created', ids }],
    })
  const page = (ids: readonly string[], cursor: string) => ({
    events: ids.map((id) => ({ type: 'port.created', id })),
    cursor,
  })
  const operation = 'event.event.list'

  async function filled(): Promise<{ scene: CheckScene; seqs: readonly number[] }> {
    const scene = await CheckScene.open(watch)
    await scene.commit([event('e1', ['a', 'b'])])
    await scene.commit([event('e2', ['x'], 'p1')])
    await scene.commit([event('e3', ['c'])])
    const seqs = (await scene.world.store.truth.changes(0, 9)).map(({ seq }) => seq)
    return { scene, seqs }
  }

  it('tell all, in order, from any cursor', async () => {
    const { scene, seqs } = await filled()
    const [first, , third] = seqs as [number, number, number]
    scene.answer({ operation, answer: page(['a', 'b', 'c'], `${third}`) })
    scene.answer({ operation, answer: page(['a'], `${first}.1`) })
    scene.answer({ operation, input: { after: `${first}.1` }, answer: page(['b'], `${first}`) })
    scene.answer({ operation, projectId: null, answer: page(['a', 'b', 'x', 'c'], `${third}`) })
    expect(scene.reports).toEqual([])
  })

  it('have a gap, a repeat, or another order', async () => {
    const { scene, seqs } = await filled()
    const [first, , third] = seqs as [number, number, number]
    scene.answer({ operation, answer: page(['a', 'c'], `${third}`) })
    scene.answer({ operation, input: { after: `${first}` }, answer: page(['b', 'c'], `${third}`) })
    scene.answer({ operation, answer: page(['b', 'a', 'c'], `${third}`) })
    expect(scene.reports).toHaveLength(3)
  })
})
