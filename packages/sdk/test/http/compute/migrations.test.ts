import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, ComputeDoor, root } from '../compute-door.ts'
import type { Answer, Door } from '../door.ts'

let world: ComputeDoor
let door: Door

beforeAll(async () => {
  world = await ComputeDoor.open()
  door = world.door
})
afterAll(() => door[Symbol.asyncDispose]())

const list = (query: string, minor: number): Promise<Answer> =>
  door.admin.get(`${root}/os-migrations${query}`, at(minor))

describe('C6: records of migrations over HTTP', () => {
  it('C6: administrators list them by what they are, page by page', async () => {
    const id = await world.active()
    await world.act(id, { migrate: null }, 1, door.admin)
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    const of = `?instance_uuid=${id}`
    const [open] = (await list(of, 80)).at('migrations') as Record<string, unknown>[]
    expect(open).toMatchObject({ status: 'finished', migration_type: 'migration' })
    expect(open).toMatchObject({ instance_uuid: id, project_id: door.demo.projectId })
    await world.act(id, { confirmResize: null })
    expect(await world.status(id)).toBe('ACTIVE')
    await world.act(id, { resize: { flavorRef: '2' } })
    expect(await world.status(id)).toBe('VERIFY_RESIZE')
    const newest = await list(`${of}&limit=1`, 59)
    expect(newest.at('migrations.0')).toMatchObject({ migration_type: 'resize' })
    expect(newest.at('migrations.0')).toMatchObject({
      old_instance_type_id: 1,
      new_instance_type_id: 2,
    })
    expect(newest.at('migrations.0')).not.toHaveProperty('project_id')
    const next = new URL(newest.string('migrations_links.0.href'))
    const older = await door.admin.get(`${next.pathname}${next.search}`, at(59))
    expect(older.at('migrations.0')).toMatchObject({ uuid: open?.['uuid'], status: 'confirmed' })
    expect((await list(`${of}&status=confirmed`, 1)).at('migrations')).toHaveLength(1)
    const first = (await list(`${of}&migration_type=evacuation`, 1)).at('migrations')
    expect(first).toEqual([])
    expect((await list(`${of}&migration_type=walk`, 1)).at('migrations')).toEqual([])
    expect((await list(`${of}&host=nowhere`, 80)).at('migrations')).toEqual([])
    expect((await list(`?user_id=nobody`, 80)).at('migrations')).toEqual([])
    await world.act(id, { revertResize: null })
    expect(await world.status(id)).toBe('ACTIVE')
  })

  it('C6: what a version does not know, and what is no time, is refused', async () => {
    expect((await list('?user_id=x', 79)).status).toBe(400)
    expect((await list('?user_id=x', 58)).status).toBe(200)
    expect((await list('?changes-before=2020-01-01', 65)).status).toBe(400)
    expect((await list('?changes-since=soon', 66)).status).toBe(400)
    const late = '?changes-since=2021-01-01&changes-before=2020-01-01'
    expect((await list(late, 66)).status).toBe(400)
    expect((await door.demo.get(`${root}/os-migrations`)).status).toBe(403)
  })

  it('C6: of a server, those that are under way are told while it runs', async () => {
    const id = await world.active()
    const path = `${root}/servers/${id}/migrations`
    expect((await door.demo.get(path, at(23))).status).toBe(403)
    expect((await door.admin.get(path, at(22))).status).toBe(404)
    const move = { 'os-migrateLive': { host: null, block_migration: 'auto' } }
    expect((await world.act(id, move, 30, door.admin)).status).toBe(202)
    const begun = await door.admin.get(path, at(80))
    expect(begun.at('migrations.0')).toMatchObject({ status: 'running', server_uuid: id })
    const one = `${path}/${String(begun.at('migrations.0.id'))}`
    expect((await door.admin.get(one, at(80))).at('migration')).toMatchObject({ server_uuid: id })
    expect(await world.status(id)).toBe('ACTIVE')
    expect((await door.admin.get(one, at(80))).status).toBe(404)
    expect((await door.admin.get(path, at(23))).at('migrations')).toEqual([])
  })
})
