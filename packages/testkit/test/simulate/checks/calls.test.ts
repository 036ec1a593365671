import {
  auditKind,
  idempotencyKind,
  type Kind,
  kinds,
  portKind,
  serverKind,
  workKind,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { accepted } from '../../../src/simulate/checks/06-accepted.ts'
import { keys } from '../../../src/simulate/checks/07-keys.ts'
import { allOrNothing } from '../../../src/simulate/checks/08-all-or-nothing.ts'
import { ownDataOnly } from '../../../src/simulate/checks/21-own-data-only.ts'
import { auditTrail } from '../../../src/simulate/checks/25-audit-trail.ts'
import { secrets } from '../../../src/simulate/checks/33-secrets.ts'
import { nobodyStarves } from '../../../src/simulate/checks/34-nobody-starves.ts'
import {
  active,
  auditRow,
  begun,
  CheckScene,
  drawn,
  inserts,
  kept,
  removes,
  server,
  stored,
  updates,
  work,
} from './scene.ts'

const id = drawn(1)
const create = { operation: 'compute.server.create', mutates: true } as const

describe('6: what was accepted', () => {
  it('is there, until somebody wants it gone', async () => {
    const scene = await CheckScene.open(accepted)
    const doomed = active({ id: drawn(2), task: 'deleting' })
    await scene.commit([inserts(serverKind, active(), doomed)])
    scene.answer({ answer: { id } })
    scene.answer({ answer: [{ id }, { id: drawn(2) }] })
    await scene.commit([removes(serverKind, stored(doomed))])
    expect(await scene.rest()).toEqual([])
  })

  it('was committed before', async () => {
    const scene = await CheckScene.open(accepted)
    scene.answer({ answer: { id } })
    expect(scene.reports).toMatchObject([like(/never committed/)])
  })

  it('was committed before, or is a built-in role', async () => {
    const scene = await CheckScene.open(accepted)
    scene.answer({ operation: 'identity.role.list', answer: [{ id: 'admin' }, { id: 'auditor' }] })
    scene.answer({ operation: 'identity.user.list', answer: [{ id: 'admin' }] })
    const told = [/role.list showed it/, /user.list showed it/]
    expect(scene.reports).toMatchObject(told.map(like))
  })

  it('does not vanish, from commits or from the store', async () => {
    const scene = await CheckScene.open(accepted)
    await scene.commit([inserts(serverKind, active(), active({ id: drawn(2) }))])
    await scene.commit([inserts(workKind, work())])
    scene.answer({ answer: [{ id }, { id: drawn(2) }] })
    await scene.pretend([removes(serverKind, stored(active()))])
    const gone = stored(active({ id: drawn(2) }))
    const { truth } = scene.world.store
    await truth.transact([{ kinds: [removes(serverKind, gone)], origin: 'x', at: 1 }])
    expect(await scene.rest()).toMatchObject(
      [/nobody asked for that/, /was accepted, and is lost/, /is open although/].map(like),
    )
  })

  it('goes by a call that is on record', async () => {
    const scene = await CheckScene.open(accepted)
    const row = { id: 'g1', deviceId: null, deleteWithDevice: false } as never
    await scene.pretend([inserts(portKind, row)])
    await scene.pretend([removes(portKind, row), inserts(auditKind, auditRow())])
    await scene.pretend([inserts(portKind, row)])
    expect(scene.reports).toEqual([])
    await scene.pretend([removes(portKind, row)])
    expect(scene.reports).toMatchObject([like(/port:g1: is gone/)])
  })

  it('goes by its time, but not before', async () => {
    const scene = await CheckScene.open(accepted)
    const kind = kinds.find(({ name }) => name === 'volumeMessage') as Kind
    const row = { id: 'm1', expiresAt: 1_000 } as never
    await scene.pretend([inserts(kind, row)])
    await scene.pretend([removes(kind, row)], { at: 1_000 })
    await scene.pretend([inserts(kind, row)])
    expect(scene.reports).toEqual([])
    await scene.pretend([removes(kind, row)], { at: 999 })
    expect(scene.reports).toMatchObject([like(/volumeMessage:m1: is gone/)])
  })
})

describe('7: keys', () => {
  const answer = { id: 'b1', count: 1, groupId: null }
  const call = { ...create, key: 'k1', input: { name: 'web' }, requestIds: ['r1'], answer }

  it('have one effect and one answer', async () => {
    const scene = await CheckScene.open(keys)
    await scene.commit(kept('r1', 'k1', create.operation, answer))
    scene.answer(call)
    // The order of members, and those without a value, are no difference.
    scene.answer({ ...call, requestIds: ['r2'], answer: { count: 1, id: 'b1' } })
    scene.answer({ ...call, requestIds: ['r3'], projectId: 'p1', answer: { id: 'b2' } })
    expect(await scene.rest()).toEqual([])
  })

  it('another answer, operation, body, effect', async () => {
    const scene = await CheckScene.open(keys)
    await scene.commit(kept('r1', 'k1', create.operation, answer))
    scene.answer(call)
    scene.answer({ ...call, requestIds: ['r2'], answer: { ...answer, count: 2 } })
    scene.answer({ ...call, requestIds: ['r3'], operation: 'compute.server.delete' })
    scene.answer({ ...call, requestIds: ['r4'], input: { name: 'db' } })
    await scene.commit([inserts(auditKind, auditRow({ requestId: 'r2' }))])
    await scene.pretend([kept('r9', 'k1', create.operation, answer)[1] as never])
    const told = [/answered otherwise/, /answered compute.server.delete/, /a second time/]
    expect(await scene.rest()).toMatchObject([...told, /has 2 effects/].map(like))
  })

  it('tell once what is told once, and all else each time', async () => {
    const scene = await CheckScene.open(keys)
    const offer = { operation: 'block.transfer.create', mutates: true, key: 'k1', input: {} }
    await scene.commit(kept('r1', 'k1', offer.operation, { id: 't1', authKey: '' }))
    scene.answer({ ...offer, requestIds: ['r1'], answer: { id: 't1', authKey: 'abc' } })
    scene.answer({ ...offer, requestIds: ['r2'], answer: { id: 't1', authKey: '' } })
    expect(await scene.rest()).toEqual([])
    scene.answer({ ...offer, requestIds: ['r3'], answer: { id: 't2', authKey: '' } })
    expect(scene.reports).toMatchObject([like(/answered otherwise/)])
  })

  it('have one effect, whatever the work of the call does in its name', async () => {
    const scene = await CheckScene.open(keys)
    await scene.commit(kept('r1', 'k1', create.operation, answer))
    const later = { requestId: 'r1', operation: 'image.data.begin', id: 'a2' }
    await scene.commit([inserts(auditKind, auditRow(later))])
    scene.answer(call)
    expect(await scene.rest()).toEqual([])
  })

  it('another body', async () => {
    const scene = await CheckScene.open(keys)
    await scene.commit(kept('r1', 'k1', create.operation, answer))
    scene.answer(call)
    scene.answer({ ...call, requestIds: ['r4'], input: { name: 'db' } })
    expect(await scene.rest()).toMatchObject([like(/accepted another body/)])
  })
})

describe('8: all or nothing', () => {
  it('rows, audit record and key come together', async () => {
    const scene = await CheckScene.open(allOrNothing)
    const rows = [inserts(serverKind, server()), inserts(workKind, work({ requestId: 'r1' }))]
    await scene.commit([...rows, ...kept('r1', 'k1', create.operation, null)])
    scene.answer({ ...create, end: 'unknown', key: 'k1', requestIds: ['r1'] })
    scene.answer({ ...create, end: 'unknown', key: 'k2', requestIds: ['r2'] })
    await scene.commit([inserts(workKind, work({ id: 'w2', requestId: 'req-1' }))])
    expect(await scene.rest()).toEqual([])
  })

  it('rows, keys or records alone; two records', async () => {
    const scene = await CheckScene.open(allOrNothing)
    await scene.commit([inserts(serverKind, server())])
    await scene.pretend([inserts(workKind, work({ requestId: 'r7' }))])
    await scene.pretend([updates(serverKind, begun(stored(server()), 'stop', {}))])
    const [audit, key] = kept('r1', 'k1', create.operation, null)
    await scene.commit([audit as never])
    scene.answer({ ...create, end: 'unknown', key: 'k1', requestIds: ['r1'] })
    await scene.commit([{ ...(key as object), ...kept('', 'k2', 'x', null)[1] } as never])
    scene.answer({ ...create, end: 'unknown', key: 'k2', requestIds: ['r2'] })
    await scene.commit(
      ['a', 'b'].map((one) => inserts(auditKind, auditRow({ id: one, requestId: 'r5' }))),
    )
    scene.answer({ ...create, end: 'unknown', requestIds: ['r5'] })
    const rows = [/names the request r7/, /names the request r-stop/]
    const rest = [/happened 2 times/, /was not kept/, /has no effect/]
    expect(await scene.rest()).toMatchObject([...rows, ...rest].map(like))
  })
})

describe('21: canaries', () => {
  async function scene(): Promise<CheckScene> {
    const made = await CheckScene.open(ownDataOnly)
    made.byProject.set('p0', 'canary-zero').set('p1', 'canary-one')
    return made
  }

  it('are shown to their own project, to operators, and where they are public', async () => {
    const { answer, reports } = bound(await scene())
    answer({ answer: { name: 'canary-zero' } })
    answer({ projectId: null, answer: [{ name: 'canary-one' }] })
    answer({ answer: [{ projectId: 'p1', name: 'canary-one', visibility: 'public' }] })
    answer({ answer: [{ projectId: 'p1', name: 'canary-one', shared: true }] })
    answer({ input: { name: 'canary-one' }, end: 'refused', message: 'No canary-one.' })
    expect(reports).toEqual([])
  })

  it('and to nobody else', async () => {
    const { answer, reports } = bound(await scene())
    answer({ answer: [{ name: 'x' }, { tags: [{ 'a-canary-one': 1 }] }] })
    answer({ answer: { projectId: 'p1', name: 'canary-one', visibility: 'private' } })
    answer({ answer: { projectId: 'p0', name: 'canary-one', visibility: 'public' } })
    answer({ end: 'refused', answer: undefined, message: 'In use by canary-one.' })
    const shown = /was shown something/
    expect(reports).toMatchObject([shown, shown, shown, /learnt of it from the refusal/].map(like))
  })
})

describe('25: audit records', () => {
  const call = { ...create, key: 'k1', requestIds: ['r1'] }

  it('are one for each mutation that was accepted', async () => {
    const scene = await CheckScene.open(auditTrail)
    await scene.commit(kept('r1', 'k1', create.operation, null))
    scene.answer(call)
    scene.answer({ ...call, requestIds: ['r2'] })
    scene.answer({ ...call, key: 'k3', requestIds: ['r3'], end: 'refused', code: 'conflict' })
    scene.answer({ ...create, operation: 'identity.project.ensure', requestIds: ['r4'] })
    expect(await scene.rest()).toEqual([])
  })

  it('are missing, too many, of what was refused, changed, removed', async () => {
    const scene = await CheckScene.open(auditTrail)
    scene.answer(call)
    await scene.commit(kept('r2', 'k2', create.operation, null))
    scene.answer({ ...call, key: 'k2', requestIds: ['r2'], end: 'refused', code: 'conflict' })
    await scene.commit(kept('r3', 'k3', create.operation, null))
    await scene.commit([inserts(auditKind, auditRow({ requestId: 'r4', targetCount: -1 }))])
    scene.answer({ ...call, key: 'k3', requestIds: ['r3', 'r4'] })
    await scene.commit([updates(auditKind, stored(auditRow({ requestId: 'r3' })))])
    await scene.commit([removes(auditKind, stored(auditRow({ requestId: 'r4' })))])
    const told = [/accepted with 0/, /targets wrong/, /accepted with 2/, /changed/, /removed/]
    const rest = [/was refused, and has/, /2 audit records for one key/]
    expect(await scene.rest()).toMatchObject([...told, ...rest].map(like))
  })
})

describe('33: secrets', () => {
  it('are nowhere in clear', async () => {
    const scene = await CheckScene.open(secrets)
    scene.secrets.add('secret-12').add('secret-34')
    await scene.commit([inserts(serverKind, active({ name: 'secret-keeper' }))])
    scene.answer({ answer: { name: 'secret-keeper' }, message: 'no secret-1' })
    scene.watch.log?.('warn', 'step failed', { error: 'secret-3' })
    expect(scene.reports).toEqual([])
    await scene.commit([
      inserts(serverKind, active({ id: drawn(2), metadata: { a: 'x secret-12' } })),
    ])
    const record = { id: 'p0:k', at: 1, operation: 'o', body: 'b', answer: ['secret-34'] }
    await scene.commit([inserts(idempotencyKind, record)])
    scene.answer({ answer: [{ deep: { 'secret-12': 1 } }], message: 'it was secret-34' })
    scene.watch.log?.('warn', 'said secret-12', { error: 'secret-34' })
    const where = [
      /^server:/,
      /^idempotency:/,
      /^answer:/,
      /^refusal:/,
      /^log:warn:/,
      /^log:warn said/,
    ]
    expect(scene.reports).toMatchObject(where.map(like))
  })
})

describe('34: nobody starves', () => {
  it('once nothing goes wrong any more', async () => {
    const scene = await CheckScene.open(nobodyStarves, { busDrop: 0.1 })
    const { faults, timeline } = scene.world.ground
    const { now } = scene.world
    const lost = { end: 'unknown', returned: undefined, called: now } as const
    scene.answer(lost)
    faults.begin()
    scene.answer(lost)
    faults.end()
    scene.answer(lost)
    await timeline.advanceTo(now + 3_600_000)
    const called = now + 1_000
    scene.answer({ called, returned: called + 60_000 })
    // Bytes come when their sender likes, or never.
    scene.answer({ ...lost, called, operation: 'image.data.upload' })
    expect(scene.reports).toEqual([])
    scene.answer({ ...lost, called })
    scene.answer({ called, returned: called + 10, end: 'refused', code: 'overloaded' })
    scene.answer({ called, returned: called + 1_000_000 })
    const texts = [/never answered/, /refused for load/, /waited 1000000 ms/]
    expect(scene.reports).toMatchObject(texts.map(like))
  })
})

it('34: from the beginning, where nothing is to go wrong', async () => {
  const scene = await CheckScene.open(nobodyStarves)
  scene.answer({ end: 'unknown', returned: undefined, called: scene.world.now })
  expect(scene.reports).toMatchObject([like(/never answered/)])
})

function bound(scene: CheckScene): Pick<CheckScene, 'reports'> & {
  readonly answer: CheckScene['answer']
} {
  return { reports: scene.reports, answer: (fields) => scene.answer(fields) }
}

function like(text: RegExp): unknown {
  return expect.stringMatching(text)
}
