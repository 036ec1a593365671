import { auditKind, serverKind } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../src/simulate/check.ts'
import { linearKeys } from '../../../src/simulate/checks/07-linear-keys.ts'
import { linearAddresses } from '../../../src/simulate/checks/09-linear-addresses.ts'
import { linearNames } from '../../../src/simulate/checks/09-linear-names.ts'
import { serial, watchSerial } from '../../../src/simulate/checks/12-serial.ts'
import { active, auditRow, CheckScene, drawn, inserts, removes, stored, updates } from './scene.ts'

const conflict = { end: 'refused', code: 'conflict' } as const
const unknown = { end: 'unknown', returned: undefined } as const

/** One attempt after the other, each with a request of its own. */
async function told(
  check: Parameters<typeof CheckScene.open>[0],
  ...entries: readonly Partial<HistoryEntry>[]
): Promise<readonly string[]> {
  const scene = await CheckScene.open(check)
  for (const [i, entry] of entries.entries()) {
    scene.answer({ called: 10 * i, returned: 10 * i + 5, requestIds: [`r${i}`], ...entry })
  }
  return scene.rest()
}

describe('linearizable names', () => {
  const pair = (verb: string, fields: Partial<HistoryEntry> = {}): Partial<HistoryEntry> => ({
    operation: `compute.keyPair.${verb}`,
    input: { name: 'k' },
    ...fields,
  })

  it('are taken and freed in some order', async () => {
    const history = [
      pair('create'),
      pair('create', conflict),
      pair('create', { ...conflict, code: 'quotaExceeded' }),
      pair('get'),
      pair('delete'),
      pair('get', { end: 'refused', code: 'notFound' }),
      pair('create', { projectId: 'p1' }),
      pair('create', unknown),
      pair('create', conflict),
    ]
    expect(await told(linearNames, ...history)).toEqual([])
  })

  it('of calls that were repeated count once', async () => {
    const first = pair('create', { key: 'k1' })
    expect(await told(linearNames, first, { ...first, key: 'k1' })).toEqual([])
    const last = { ...conflict, requestIds: ['a', 'b'] }
    expect(await told(linearNames, pair('create', last), pair('create'))).toEqual([])
  })

  it('are taken twice; are there after they were freed', async () => {
    const twice = await told(linearNames, pair('create'), pair('create'))
    expect(twice).toMatchObject([like(/^name:key pair p0 k: No order/)])
    const back = await told(linearNames, pair('create'), pair('delete'), pair('get'))
    expect(back).toMatchObject([like(/No order/)])
    const refused = await told(linearNames, pair('create', conflict), pair('create'))
    expect(refused).toMatchObject([like(/No order/)])
  })

  it('of projects, unless they were renamed', async () => {
    const project = (id: string): Partial<HistoryEntry> => ({
      operation: 'identity.project.create',
      answer: { id, name: 'acme', domainId: 'd' },
    })
    const remove = { operation: 'identity.project.delete', input: { id: '1' } }
    const rename = { operation: 'identity.project.update', input: { id: '1', name: 'other' } }
    expect(await told(linearNames, project('1'), remove, project('2'))).toEqual([])
    expect(await told(linearNames, project('1'), rename, project('2'))).toEqual([])
    expect(await told(linearNames, project('1'), project('2'))).toMatchObject([like(/No order/)])
  })
})

describe('linearizable addresses', () => {
  const create = (id: string, address = '10.0.0.2'): Partial<HistoryEntry> => ({
    operation: 'network.port.create',
    answer: { id, fixedIps: [{ subnetId: 's', address }] },
  })
  const remove = { operation: 'network.port.delete', input: { ids: ['1'] } }

  it('go from port to port', async () => {
    expect(await told(linearAddresses, create('1'), remove, create('2'))).toEqual([])
    const maybe = { ...remove, ...unknown }
    expect(await told(linearAddresses, create('1'), maybe, create('2'))).toEqual([])
    const change = { operation: 'network.port.update', input: { id: '1', fixedIps: [] } }
    expect(await told(linearAddresses, create('1'), change, create('2'))).toEqual([])
    expect(await told(linearAddresses, create('1'), create('2', '10.0.0.3'))).toEqual([])
  })

  it('have two holders', async () => {
    const many = { operation: 'network.port.createMany', answer: [create('2').answer] }
    const texts = [like(/^address:s 10\.0\.0\.2: No order/)]
    expect(await told(linearAddresses, create('1'), many)).toMatchObject(texts)
  })
})

describe('linearizable keys', () => {
  const call = (fields: Partial<HistoryEntry> = {}): Partial<HistoryEntry> => ({
    operation: 'identity.user.create',
    mutates: true,
    key: 'k1',
    input: { name: 'a', password: 'one' },
    answer: { id: 'u1', email: null },
    ...fields,
  })
  const mismatch = { end: 'refused', code: 'idempotencyMismatch' } as const

  async function keyed(effects: number, ...entries: readonly Partial<HistoryEntry>[]) {
    const scene = await CheckScene.open(linearKeys)
    for (let i = 0; i < effects; i++) {
      const row = { id: `a${i}`, requestId: `r${i}`, operation: 'identity.user.create' }
      await scene.commit([inserts(auditKind, auditRow(row))])
    }
    for (const [i, entry] of entries.entries()) {
      scene.answer({ called: 10 * i, returned: 10 * i + 5, requestIds: [`r${i}`], ...entry })
    }
    return scene.rest()
  }

  it('have one effect, whose answer all get', async () => {
    const other = call({ input: { name: 'a', password: 'two' }, answer: { id: 'u1' } })
    expect(await keyed(1, call(), other)).toEqual([])
    expect(await keyed(1, call(unknown), call())).toEqual([])
    const another = call({ input: { name: 'b' }, ...mismatch })
    expect(await keyed(1, call(), another)).toEqual([])
    expect(await keyed(0, call({ ...conflict }), call(unknown))).toEqual([])
  })

  it('have two answers, two effects, none, or a mismatch of nothing', async () => {
    const text = like(/^key:p0:k1: No order/)
    expect(await keyed(1, call(), call({ answer: { id: 'u2' } }))).toMatchObject([text])
    expect(await keyed(2, call(), call())).toMatchObject([text])
    expect(await keyed(0, call(), call())).toMatchObject([text])
    expect(await keyed(1, call(), call(mismatch))).toMatchObject([text])
  })
})

describe('one serial order', () => {
  const row = active()

  it('explains what was committed and read', async () => {
    const scene = await CheckScene.open(serial)
    const { store } = scene.world
    const read = async (): Promise<void> => {
      const tell = store.onRead?.(serverKind, [row.id])
      tell?.(await store.truth.get(serverKind, [row.id]))
    }
    await read()
    await scene.commit([inserts(serverKind, row)])
    await read()
    await scene.commit([updates(serverKind, stored(row))])
    await scene.commit([removes(serverKind, stored(row, 2))])
    await read()
    await scene.commit([inserts(serverKind, row)])
    await read()
    await scene.commit([updates(serverKind, stored(row))])
    expect(await scene.rest()).toEqual([])
  })

  it.each([
    ['what was there before an acknowledged commit', [stored(row)]],
    ['half of a commit', [stored(row, 2), stored(active({ id: drawn(2) }))]],
    ['nothing where something is', [undefined]],
  ])('does not explain a read of %s', async (_name, seen) => {
    const scene = await CheckScene.open({ watch: watchSerial })
    const other = active({ id: drawn(2) })
    await scene.commit([inserts(serverKind, row, other)])
    await scene.commit([updates(serverKind, stored(row), stored(other))])
    scene.world.store.onRead?.(serverKind, [row.id, other.id].slice(0, seen.length))(seen)
    expect(await scene.rest()).toMatchObject([like(/No serial order/)])
  })
})

function like(text: RegExp): unknown {
  return expect.stringMatching(text)
}
