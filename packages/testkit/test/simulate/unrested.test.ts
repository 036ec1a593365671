import {
  imageDataKey,
  imageKind,
  looseBytesKind,
  objectKind,
  serverKind,
  workKind,
} from '@nephos/core'
import { expect, it } from 'vitest'
import { Mirror } from '../../src/simulate/mirror.ts'
import { unrested } from '../../src/simulate/unrested.ts'
import type { Commit } from '../../src/world/store-server.ts'
import { inserts, type Rows, server, work } from './checks/scene.ts'

async function waitedFor(
  rows: Rows,
  keys: readonly string[] = [],
  objects: readonly string[] = [],
): Promise<readonly string[]> {
  const mirror = new Mirror()
  mirror.apply({ batch: { kinds: [rows] } } as unknown as Commit)
  const list = async function* (): AsyncGenerator<string> {
    await Promise.resolve()
    yield* keys
  }
  return unrested(mirror, { list }, { list: async () => [...objects] })
}

it('work, and what is between two states, is waited for', async () => {
  expect(await waitedFor(inserts(workKind, work({ id: 'w' })))).toEqual(['work:w'])
  const servers = [server({ id: 'a', task: 'stopping' }), server({ id: 'b', task: null })]
  expect(await waitedFor(inserts(serverKind, ...servers))).toEqual(['server:a'])
})

it('images are waited for until their bytes are all there, or all gone', async () => {
  const image = (id: string, status: string): Rows =>
    ({ kind: imageKind, writes: { insert: [{ id, status, attempt: 2 }] } }) as unknown as Rows
  const key = (attempt: number): string => imageDataKey({ id: 'i', attempt })
  expect(await waitedFor(image('i', 'active'), [key(2)])).toEqual([])
  expect(await waitedFor(image('i', 'saving'), [key(2)])).toEqual(['image:i'])
  expect(await waitedFor(image('i', 'pending_delete'), [])).toEqual(['image:i'])
  expect(await waitedFor(image('i', 'queued'), [])).toEqual([])
  expect(await waitedFor(image('i', 'queued'), [key(2)])).toEqual([`imageBytes:${key(2)}`])
  expect(await waitedFor(image('i', 'active'), [key(1)])).toEqual([`imageBytes:${key(1)}`])
  expect(await waitedFor(image('other', 'active'), [key(2)])).toEqual([`imageBytes:${key(2)}`])
})

it('bytes of objects are waited for until they are all an object’s', async () => {
  const object = { kind: objectKind, writes: { insert: [{ id: 'o' }] } } as unknown as Rows
  expect(await waitedFor(object, [], ['o'])).toEqual([])
  expect(await waitedFor(object, [], ['o', 'p'])).toEqual(['objectBytes:p'])
  const row = { id: 'p-discarded', key: 'p', state: 'discarded' }
  const loose = { kind: looseBytesKind, writes: { insert: [row] } } as unknown as Rows
  expect(await waitedFor(loose)).toEqual(['objectBytes:p'])
})
