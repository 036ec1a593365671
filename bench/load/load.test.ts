import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DataError } from '../errors.ts'
import { loadAzure } from './azure.ts'
import { loadGpuHosts, loadPods } from './openb.ts'
import { readLines } from './read-lines.ts'
import { eventsOf, lowerBound } from './trace.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-load-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function written(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('lines', () => {
  test('are the same from a plain and from a zipped file', async () => {
    const text = 'a\r\nb\n\nüc'
    const plain = await readLines(await written('plain.txt', text))
    expect(plain).toEqual(['a', 'b', '', 'üc'])
    expect(await readLines(await written('zipped.gz', gzipSync(text)))).toEqual(plain)
  })

  test.each([
    ['missing.csv', null, /missing\.csv: no such file/],
    ['empty.csv', '', /is empty/],
    ['broken.gz', 'plain text', /cannot be read/],
    ['big.gz', gzipSync('x'.repeat(2_000)), /is over 1000 bytes/],
  ])('%s is refused', async (name, text, message) => {
    const path = text === null ? join(folder, name) : await written(name, text)
    await expect(readLines(path, 1_000)).rejects.toThrow(message)
    await expect(readLines(path, 1_000)).rejects.toBeInstanceOf(DataError)
  })

  test('a folder is no file', async () => {
    await expect(readLines(folder)).rejects.toThrow(/is no file/)
  })
})

const head = 'time_s,batch,vcpu,mem_gib,life_lo_s,life_hi_s,censored\n'
const host = { vcpus: 4, gib: 8 }

describe('arrivals of servers', () => {
  test('become a trace whose departures come first at equal times', async () => {
    const rows = ['0,0,4,1.75,300,301,0', '300,1,2,0.75,0,100,0', '300,1,2,0.75,9,9,1']
    const trace = await loadAzure(await written('azure.csv', `${head}${rows.join('\n')}\n`), host)
    expect(trace.shapes).toEqual([
      [4, 1_792],
      [2, 768],
    ])
    expect([...trace.departure]).toEqual([300, 600, Infinity])
    const events = eventsOf(trace)
    expect([...events]).toEqual([0, ~0, 1, 2, ~1])
    const over: number[] = []
    expect(lowerBound(trace, events, (_, bound) => over.push(bound))).toBe(1)
    expect(over).toEqual([1, 0, 1, 1, 1])
  })

  test('without lifetimes never leave', async () => {
    const path = await written('arrivals.csv', 'time_s,batch,vcpu,mem_gib\n300,0,2,3.5\n')
    const trace = await loadAzure(path, host)
    expect([...trace.departure]).toEqual([Infinity])
    expect(eventsOf(trace)).toHaveLength(1)
  })

  test.each([
    ['0,0,x,1,300,300,0', /azure-bad\.csv:2: column vcpu: "x" is no number/],
    ['0,0,1.5,1,300,300,0', /column vcpu: 1\.5 is no whole number/],
    ['0,0,,1,300,300,0', /column vcpu: "" is no number/],
    ['0,0,1,-1,300,300,0', /column mem_gib: -1 is not within/],
    ['0,0,1,1,300,200,0', /column life_hi_s: 200 is below/],
    ['0,0,1,1,300,300,2', /column censored: 2 is not within 0 and 1/],
    ['0,0,1,1,300,300', /:2: 6 cells where 7 columns are named/],
    ['9,0,1,1,300,300,0\n8,0,1,1,300,300,0', /:3: column time_s: 8 is before/],
  ])('%j is refused by line and column', async (rows, message) => {
    const path = await written('azure-bad.csv', `${head}${rows}\n`)
    await expect(loadAzure(path, host)).rejects.toThrow(message)
  })

  test('lacking a column is refused', async () => {
    const path = await written('azure-less.csv', 'time_s,batch,vcpu\n1,2,3\n')
    await expect(loadAzure(path, host)).rejects.toThrow(/column mem_gib: is missing/)
  })
})

describe('hosts and pods with GPUs', () => {
  test('are read, equal pods as one shape', async () => {
    const nodes = 'sn,cpu_milli,memory_mib,gpu,model\nn0,64000,262144,2,P100\nn1,8000,1024,0,\n'
    expect(await loadGpuHosts(await written('nodes.csv', nodes))).toHaveLength(2)
    const pods = [
      'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos',
      'a,1000,1024,1,460,T4|P100,LS',
      'b,1000,1024,1,460,P100|T4,BE',
      'c,1000,1024,0,0,,LS',
    ]
    const list = await loadPods(await written('pods.csv', pods.join('\n')))
    expect([...list.rows]).toEqual([0, 0, 1])
    expect(list.shapes[0]?.models).toEqual(['P100', 'T4'])
  })

  test('a fraction of several GPUs is refused', async () => {
    const text = 'cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n1,1,2,500,\n'
    await expect(loadPods(await written('pods-bad.csv', text))).rejects.toThrow(/column gpu_milli/)
  })
})
