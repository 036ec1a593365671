import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityKernel, newProject } from '../../test/identity-kernel.ts'
import { projectKind } from '../model/identity/project.ts'
import { Call } from './call.ts'
import { everyRow, type IdSource, listPage, mergedPage } from './page.ts'

interface Row {
  readonly id: string
  readonly rev: number
}

/** A source that gives at most `size` rows at a time, whatever is asked. */
function source(ids: readonly string[], size: number): IdSource<Row> {
  const sorted = [...new Set(ids)].sort()
  return async (after) => {
    const rest = sorted.filter((id) => after === undefined || id > after)
    const rows = rest.slice(0, size).map((id) => ({ id, rev: 1 }))
    return { rows, last: rest.length > size ? rows.at(-1)?.id : undefined }
  }
}

const { kernel, root } = await identityKernel()
const call = (signal?: AbortSignal): Call =>
  new Call(kernel, root, 'test', { requestId: 'req', signal })

describe('mergedPage', () => {
  it('walks the union of its sources in order, each row once, whatever their pages', async () => {
    const ids = fc.array(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 12 })
    const sources = fc.array(fc.tuple(ids, fc.integer({ min: 1, max: 4 })), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(sources, fc.integer({ min: 1, max: 5 }), async (parts, limit) => {
        const keep = ({ id }: Row): boolean => id !== 'c'
        const seen: string[] = []
        for (;;) {
          const all = parts.map(([rows, size]) => source(rows, size))
          const page = await mergedPage(call(), all, { limit, marker: seen.at(-1) }, keep)
          seen.push(...page.map(({ id }) => id))
          if (page.length < limit) break
        }
        const union = [...new Set(parts.flatMap(([rows]) => rows))].sort()
        expect(seen).toEqual(union.filter((id) => id !== 'c'))
      }),
    )
  })

  it('ends when the caller gives up', async () => {
    const sources = [source(['a', 'b', 'c'], 1)]
    await expect(
      mergedPage(call(AbortSignal.abort()), sources, { limit: 10 }, () => true),
    ).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('listPage and everyRow', () => {
  it('pass over what a filter drops, and end when the caller gives up', async () => {
    const world = { ...(await identityKernel()) }
    for (const name of ['a', 'b', 'c', 'd']) await newProject(world, name)
    const own = new Call(world.kernel, world.root, 'test', { requestId: 'req' })
    const index = { index: 'byName', equals: ['default'] }
    const page = await listPage(own, projectKind, index, { limit: 2 }, ({ name }) => name > 'b')
    expect(page.map(({ name }) => name)).toEqual(['c', 'd'])
    const gone = new Call(world.kernel, world.root, 'test', {
      requestId: 'req',
      signal: AbortSignal.abort(),
    })
    await expect(listPage(gone, projectKind, index, { limit: 2 })).rejects.toMatchObject({
      code: 'aborted',
    })
    const names: string[] = []
    for await (const rows of everyRow(world.kernel, projectKind, index)) {
      names.push(...rows.map(({ name }) => name))
    }
    expect(names).toEqual(['a', 'b', 'c', 'd'])
  })

  it('go on after a marker that is gone, or foreign, where the order is the id', async () => {
    const world = { ...(await identityKernel()) }
    for (const name of ['a', 'b', 'c']) await newProject(world, name)
    const own = new Call(world.kernel, world.root, 'test', { requestId: 'req' })
    const all = await listPage(own, projectKind, {}, { limit: 9 })
    const [first, second] = all as readonly Row[] as readonly [Row, Row]
    const gone = `${first.id}-gone`
    for (const query of [{}, { index: 'byParent', equals: [null] }]) {
      const rest = await listPage(own, projectKind, query, { limit: 9, marker: gone })
      expect(rest).toEqual(all.slice(1))
      // A row that the caller may not see is a position like any other.
      const hidden = ({ id }: Row): boolean => id !== second.id
      const page = { limit: 9, marker: second.id }
      const after = await listPage(own, projectKind, query, page, undefined, hidden)
      expect(after).toEqual(all.slice(2))
    }
    const byName = { index: 'byName', equals: ['default'] }
    const unplaced = listPage(own, projectKind, byName, { limit: 9, marker: gone })
    await expect(unplaced).rejects.toMatchObject({ code: 'invalid', field: 'marker' })
  })
})
