import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isCloudError, limits } from '@nephos/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvWorkload } from './csv-workload.ts'
import type { TenantBatch } from './workload.ts'

let directory: string
let made = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nephos-replay-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function fileOf(content: string | Uint8Array, suffix = '.csv'): Promise<string> {
  const file = join(directory, `${++made}${suffix}`)
  await writeFile(file, content)
  return file
}

async function read(file: string): Promise<TenantBatch[]> {
  const batches: TenantBatch[] = []
  for await (const batch of csvWorkload(file)) batches.push(batch)
  return batches
}

async function refused(file: string): Promise<Record<string, unknown>> {
  const error: unknown = await read(file).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isCloudError(error)) throw new Error(`no CloudError: ${String(error)}`)
  const { code, field, message, detail } = error
  return { code, field, message: message.replaceAll(file, 'FILE'), detail }
}

const header = 'time_s,batch,vcpu,mem_gib,life_lo_s,life_hi_s,censored'

describe('rows to batches', () => {
  test('consecutive rows of a batch are one batch, one ask per flavor', async () => {
    const rows = [
      '5,a,1,1.75,300,300,0',
      '5,a,2,3.5,600,601,0',
      '5,a,1,1.75,0,900,0',
      '5,b,1,1.75,0,0,1',
    ]
    expect(await read(await fileOf(`${header}\n${rows.join('\n')}\n`))).toEqual([
      {
        atMs: 5_000,
        asks: [
          { vcpus: 1, ramMb: 1_792, livesMs: [300_000, 450_000] },
          { vcpus: 2, ramMb: 3_584, livesMs: [600_000] },
        ],
      },
      { atMs: 5_000, asks: [{ vcpus: 1, ramMb: 1_792, livesMs: [null] }] },
    ])
  })

  test('a value that returns later, or at another time, is another batch', async () => {
    const rows = ['0,a,1,1', '0,b,1,1', '0,a,1,1', '1,a,1,1']
    const file = await fileOf(`time_s,batch,vcpu,mem_gib\n${rows.join('\n')}`)
    expect((await read(file)).map(({ atMs }) => atMs)).toEqual([0, 0, 0, 1_000])
  })

  test('columns go by name; others, blank lines, CRLF and a BOM are ignored', async () => {
    const text = '\uFEFFmem_gib,note,batch,vcpu,time_s\r\n\r\n2,"x,1,4,0.25\r\n \r\n'
    expect(await read(await fileOf(text))).toEqual([
      { atMs: 250, asks: [{ vcpus: 4, ramMb: 2_048, livesMs: [null] }] },
    ])
  })

  test('no life is shorter than 300 s, and its middle is rounded down', async () => {
    const text = `${header}\n0,a,1,1,0,10,0\n0,b,1,1,301,302,0\n`
    const lives = (await read(await fileOf(text))).map(({ asks }) => asks[0]?.livesMs)
    expect(lives).toEqual([[300_000], [301_000]])
  })

  test('gzip, of several members and many chunks, reads like plain text', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${i},1,1\n`)
    const head = gzipSync('time_s,batch,vcpu,mem_gib\n')
    const file = await fileOf(Buffer.concat([head, gzipSync(rows.join(''))]), '.csv.gz')
    expect((await read(file)).map(({ atMs }) => atMs)).toEqual(rows.map((_, i) => i * 1_000))
  })

  test('a reader that stops early is left alone by what follows', async () => {
    const text = `time_s,batch,vcpu,mem_gib\n0,a,1,1\n1,a,1,1\nnonsense\n`
    const file = await fileOf(gzipSync(text), '.gz')
    for await (const batch of csvWorkload(file)) {
      expect(batch.atMs).toBe(0)
      break
    }
  })
})

describe('lines that are refused, with file, line and column', () => {
  const cases: readonly [name: string, row: string, column: string, message: string][] = [
    ['negative time', '-1,a,1,1,0,0,0', 'time_s', '"-1" is below 0.'],
    ['a word for time', 'now,a,1,1,0,0,0', 'time_s', '"now" is not a number.'],
    ['hexadecimal', '0x10,a,1,1,0,0,0', 'time_s', '"0x10" is not a number.'],
    ['infinite time', 'Infinity,a,1,1,0,0,0', 'time_s', '"Infinity" is not a number.'],
    ['time without end', '1e11,a,1,1,0,0,0', 'time_s', '"1e11" is above 10000000000.'],
    ['no batch', '0,,1,1,0,0,0', 'batch', 'is empty.'],
    ['no vCPU', '0,a,0,1,0,0,0', 'vcpu', '"0" is below 1.'],
    ['half a vCPU', '0,a,1.5,1,0,0,0', 'vcpu', '1.5 is not a whole number.'],
    ['too many vCPU', '0,a,1025,1,0,0,0', 'vcpu', '"1025" is above 1024.'],
    ['no memory', '0,a,1,0,0,0,0', 'mem_gib', 'is 0.'],
    ['odd memory', '0,a,1,0.3,0,0,0', 'mem_gib', '0.3 is not a multiple of 1/1024 GiB.'],
    ['no life', '0,a,1,1,,0,0', 'life_lo_s', 'is empty.'],
    ['negative life', '0,a,1,1,0,-5,0', 'life_hi_s', '"-5" is below 0.'],
    ['life upside down', '0,a,1,1,5,4,0', 'life_hi_s', 'is less than life_lo_s.'],
    ['censored maybe', '0,a,1,1,0,0,2', 'censored', '"2" is above 1.'],
    [
      'time goes back',
      '0.5,a,1,1,0,0,0\n0.25,a,1,1,0,0,0',
      'time_s',
      'goes back from 0.5 to 0.25.',
    ],
  ]
  test.each(cases)('%s', async (_, row, column, message) => {
    const line = row.split('\n').length + 2
    expect(await refused(await fileOf(`${header}\n\n${row}\n`))).toEqual({
      code: 'invalid',
      field: column,
      message: `FILE:${line}: ${column}: ${message}`,
      detail: { file: expect.any(String), line, column },
    })
  })

  test('fields: too few, too many', async () => {
    for (const row of ['0,a,1,1,0,0', '0,a,1,1,0,0,0,9']) {
      const fields = row.split(',').length
      expect(await refused(await fileOf(`${header}\n${row}\n`))).toMatchObject({
        code: 'invalid',
        message: `FILE:2: has ${fields} fields; the header has 7.`,
      })
    }
  })

  test('header: a column missing, named twice, one of two lives', async () => {
    const headers = {
      'time_s,batch,vcpu': 'mem_gib: is missing in the header.',
      '1800000,0,8,14': 'time_s: is missing in the header.',
      'time_s,batch,vcpu,mem_gib,vcpu': 'vcpu: is named twice in the header.',
      'time_s,batch,vcpu,mem_gib,life_lo_s': 'life_hi_s: is missing in the header.',
    }
    for (const [text, message] of Object.entries(headers)) {
      expect(await refused(await fileOf(`${text}\n`))).toMatchObject({
        code: 'invalid',
        message: `FILE:1: ${message}`,
      })
    }
  })

  test('a batch beyond the bound, and a line beyond the bound', async () => {
    const rows = '0,a,1,1\n'.repeat(limits.batchServers + 1)
    const big = await fileOf(`time_s,batch,vcpu,mem_gib\n${rows}`)
    expect(await refused(big)).toMatchObject({ code: 'invalid', field: 'batch' })
    const long = await fileOf('x'.repeat(1_000_000))
    expect(await refused(long)).toMatchObject({ message: 'FILE:1: the line is too long.' })
  })
})

describe('files that are refused', () => {
  test('absent, a directory, empty, without rows', async () => {
    expect(await refused(join(directory, 'none.csv'))).toMatchObject({ code: 'notFound' })
    expect(await refused(directory)).toMatchObject({ code: 'invalid', field: 'file' })
    expect(await refused(await fileOf(''))).toMatchObject({ message: 'FILE is empty.' })
    expect(await refused(await fileOf(gzipSync(''), '.gz'))).toMatchObject({
      message: 'FILE is empty.',
    })
    expect(await refused(await fileOf(header))).toMatchObject({
      message: 'FILE has a header but no rows.',
    })
  })

  test('.gz that is not gzip, or is cut off, or is absent', async () => {
    expect(await refused(await fileOf(`${header}\n`, '.gz'))).toMatchObject({
      code: 'invalid',
      message: 'FILE ends in .gz but is not sound gzip data.',
    })
    const whole = gzipSync(`${header}\n${'0,a,1,1,0,0,0\n'.repeat(100)}`)
    expect(await refused(await fileOf(whole.subarray(0, -12), '.gz'))).toMatchObject({
      code: 'invalid',
      message: 'FILE is gzip data that ends too early.',
    })
    expect(await refused(join(directory, 'none.gz'))).toMatchObject({ code: 'notFound' })
  })
})
