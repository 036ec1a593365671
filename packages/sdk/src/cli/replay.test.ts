import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { duration, progressLine } from './replay-progress.ts'
import { type ReplayCommandOptions, replayHelp, runReplay } from './replay.ts'

let directory: string
let printed: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nephos-replay-cli-'))
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await rm(directory, { recursive: true, force: true })
})

async function workload(): Promise<string> {
  const file = join(directory, 'w.csv')
  const rows = ['0,a,32,1,300,300,0', '0,a,32,1,300,300,0', '0,b,65,1,0,0,1', '60,c,1,1,0,0,1']
  await writeFile(
    file,
    `time_s,batch,vcpu,mem_gib,life_lo_s,life_hi_s,censored\n${rows.join('\n')}`,
  )
  return file
}

const options = (more: Partial<ReplayCommandOptions> = {}): ReplayCommandOptions => ({
  hosts: 2,
  policy: 'pack',
  seed: 1,
  svg: join(directory, 'density.svg'),
  ...more,
})

test('--json prints one object with these fields and nothing else', async () => {
  await runReplay(await workload(), options({ json: true }))
  const report = JSON.parse(printed) as Record<string, unknown>
  expect(report).toEqual({
    requests: 3,
    servers: 3,
    refused: 1,
    reasons: { 'noValidHost:resources': 1 },
    acceptMs: { p50: expect.any(Number), p99: expect.any(Number), max: expect.any(Number) },
    density: 1,
    hosts: 2,
    auditFindings: 0,
  })
  expect(process.exitCode).toBeUndefined()
})

test('for a person: table, refusals, sparkline and audit, and a plot in its file', async () => {
  const file = await workload()
  await runReplay(file, options())
  expect(printed).toContain(`replaying ${file} on 2 hosts of 64 vCPU, 192 GiB, policy pack`)
  expect(printed).toContain('refused: noValidHost:resources 1')
  expect(printed).toContain('packing density 100.00 %')
  expect(printed).toContain('████')
  expect(printed).toContain('audit: 0 findings')
  expect(await readFile(join(directory, 'density.svg'), 'utf8')).toContain('mean 100.0 %')
})

test('without a file the workload is drawn, and --limit bounds it', async () => {
  await runReplay(undefined, options({ json: true, limit: 3, hosts: 50 }))
  expect(JSON.parse(printed)).toMatchObject({ requests: 3, refused: 0 })
})

test('--store keeps the cloud in a new SQLite file', async () => {
  const store = join(directory, 'cloud.db')
  await runReplay(await workload(), options({ json: true, store }))
  expect((await readFile(store)).subarray(0, 15).toString()).toBe('SQLite format 3')
  const again = runReplay(await workload(), options({ store }))
  await expect(again).rejects.toMatchObject({ code: 'conflict', field: 'store' })
  await expect(again).rejects.toThrow('exists')
})

test('what cannot work is refused before anything runs', async () => {
  const file = await workload()
  const refused = async (more: Partial<ReplayCommandOptions>, field: string): Promise<void> => {
    await expect(runReplay(file, options(more))).rejects.toMatchObject({ code: 'invalid', field })
  }
  await refused({ policy: 'random' }, 'policy')
  await refused({ svg: join(directory, 'none', 'x.svg') }, 'svg')
  await refused({ svg: directory }, 'svg')
  await refused({ store: directory }, 'store')
  await refused({ store: join(directory, 'none', 'x.db') }, 'store')
  expect(printed).toBe('')
})

test('help names every column', () => {
  for (const column of ['time_s', 'batch', 'vcpu', 'mem_gib', 'life_lo_s', 'censored']) {
    expect(replayHelp).toContain(`  ${column} `)
  }
})

test('progress is drawn on a terminal only, and wiped at the end', () => {
  const state = { spanMs: 90_061_000, requests: 2, servers: 5, alive: 4, hostsUsed: 1 }
  const written: string[] = []
  const target = { write: (text: string) => written.push(text) }
  const silent = progressLine(target)
  silent.show(state)
  silent.end()
  expect(written).toEqual([])

  const line = progressLine({ ...target, isTTY: true })
  line.show(state)
  line.end()
  expect(written[0]).toMatch(/^\r1 d 01 h 01 min {2}2 requests {2}5 servers/)
  expect(written.at(-1)?.trim()).toBe('')
  expect(duration(0)).toBe('0 d 00 h 00 min')
})
