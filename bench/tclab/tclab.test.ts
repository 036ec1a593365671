import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countViolations, lowerBound } from '@nephos/scheduler-wasm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { loadTclab } from '../load/tclab.ts'
import { tclab } from '../suites/tclab.ts'
import { firstFit } from './first-fit.ts'
import { generateTclab } from './generate.ts'

const head = 'app_id\tnb_instances\tcore\tmemory\tinter_degree\tinter_aff'
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tclab-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(...rows: readonly string[]): Promise<string> {
  const path = join(folder, 'apps.csv')
  await writeFile(path, [head, ...rows].join('\n'))
  return path
}

describe('loadTclab', () => {
  it('reads applications and limits, whatever their order', async () => {
    const path = await write(
      '7\t3\t2\t8\t2\t[(9, 1), (x, 0)]',
      '9\t1\t1\t16\t0\t[]',
      'x\t2\t4\t8\t0\t[]',
    )
    expect(await loadTclab(path)).toEqual({
      capacity: [64, 128],
      apps: [
        { amounts: [2, 8], replicas: 3 },
        { amounts: [1, 16], replicas: 1 },
        { amounts: [4, 8], replicas: 2 },
      ],
      limits: [
        { app: 0, other: 1, max: 1 },
        { app: 0, other: 2, max: 0 },
      ],
    })
  })

  it('counts fractions in thousandths', async () => {
    const problem = await loadTclab(await write('1\t1\t0.5\t8\t0\t[]'))
    expect(problem).toMatchObject({
      capacity: [64_000, 128_000],
      apps: [{ amounts: [500, 8_000] }],
    })
  })

  it.each([
    ['1\t1\t1\t8\t1\t[(2, 0)]', 'inter_aff'],
    ['1\t1\t1\t8\t1\t[(1, x)]', 'inter_aff'],
    ['1\t1\t65\t8\t0\t[]', 'core'],
    ['1\tmany\t1\t8\t0\t[]', 'nb_instances'],
  ])('refuses %j', async (row, column) => {
    const error: unknown = await loadTclab(await write(row)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({ line: 2, column })
  })

  it('refuses an application that is there twice', async () => {
    const path = await write('1\t1\t1\t8\t0\t[]', '1\t1\t1\t8\t0\t[]')
    await expect(loadTclab(path)).rejects.toThrow('apps.csv:3: column app_id')
  })
})

describe('generated instances', () => {
  it('fill about as many hosts as asked, memory first, the same for a seed', () => {
    const problem = generateTclab(3, 300, 0.01)
    expect(problem).toEqual(generateTclab(3, 300, 0.01))
    const used = (dimension: number): number =>
      problem.apps.reduce((sum, app) => sum + app.replicas * (app.amounts[dimension] ?? 0), 0)
    expect(lowerBound(problem)).toBeGreaterThan(150)
    expect(lowerBound(problem)).toBeLessThan(600)
    expect(used(0) / 64).toBeLessThan(used(1) / 128)
    expect(used(0) / 64).toBeGreaterThan((used(1) / 128) * 0.7)
  })
})

describe('firstFit', () => {
  it('makes valid plans', () => {
    const problem = generateTclab(1, 60, 0.05)
    expect(countViolations(problem, firstFit(problem))).toBe(0)
  })
})

describe('tclab', () => {
  it('is valid, near the bound and below first fit', async () => {
    const figures = await tclab({ seed: 1, hosts: 80, budget: 500_000 })
    expect(figures.violations + figures.quick.violations).toBe(0)
    expect(figures.hosts).toBeGreaterThanOrEqual(figures.lowerBound)
    expect(figures.ratio).toBeLessThan(1.05)
    expect(figures.hosts).toBeLessThanOrEqual(figures.baselines.firstFit.hosts)
    expect(figures.hosts).toBeLessThanOrEqual(figures.quick.hosts)
  })
})
