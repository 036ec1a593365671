import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadProtean, parts } from './protean.ts'
import { eventsOf, lowerBound } from './trace.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-protean-'))
  const database = new Database(join(folder, 'trace.sqlite'))
  database.exec(`
    create table vmType (id, vmTypeId, machineId, core, memory, hdd, ssd, nic);
    insert into vmType values (0, 7, 0, 0.5, 0.25, null, 0.1, 0.1), (1, 7, 1, 1, 1, 0, 0, 0);
    insert into vmType values (2, 8, 0, 0.333333333333, 0.1, 0, 0, 0);
    create table vm (vmId, tenantId, vmTypeId, priority, starttime, endtime);
    insert into vm values (0, 1, 7, 0, -0.5, 1.0), (1, 1, 8, 1, 0.25, null), (2, 2, 9, 0, 0, 1);
  `)
  database.close()
  const other = new Database(join(folder, 'other.sqlite'))
  other.exec('create table cats (name)')
  other.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('requests that the busiest machine takes become a trace', async () => {
  const trace = await loadProtean(join(folder, 'trace.sqlite'))
  expect(trace).toMatchObject({ count: 2, skipped: 1 })
  expect([...trace.arrival]).toEqual([-43_200, 21_600])
  expect([...trace.departure]).toEqual([86_400, Infinity])
  expect(trace.shapes[0]).toEqual([500_000, 250_000, 0, 100_000, 100_000])
  expect(lowerBound(trace, eventsOf(trace))).toBe(1)
})

test('another machine can be named', async () => {
  const path = join(folder, 'trace.sqlite')
  expect((await loadProtean(path, { machine: 1 })).skipped).toBe(2)
  await expect(loadProtean(path, { machine: 5 })).rejects.toThrow(/has no machine 5/)
})

test('a file that is missing or of another schema is refused', async () => {
  await expect(loadProtean(join(folder, 'none.sqlite'))).rejects.toThrow(/no such file/)
  await expect(loadProtean(join(folder, 'other.sqlite'))).rejects.toThrow(/is not of the schema/)
})

test.each([1, 2, 3, 6, 7, 48, 60])('1/%i of a machine fits so many times', (share) => {
  expect(parts(1 / share) * share).toBeLessThanOrEqual(1_000_000)
})
