import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const program = fileURLToPath(new URL('fake-program.ts', import.meta.url))

function simulate(...words: readonly string[]): Promise<Ended> {
  return ended(begin(words))
}

function begin(words: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  const node = ['--import', 'tsx', '--conditions=@nephos/source', program, ...words]
  return spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'pipe'] })
}

function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => (out += String(data)))
  child.stderr.on('data', (data) => (err += String(data)))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const lastOf = (out: string): string | undefined => out.trim().split('\n').at(-1)

describe('the program', () => {
  it('tells what happened in one story, and its hash', async () => {
    const { code, out } = await simulate('--seed', '4')
    expect(out).toContain('100 port calls, 10 commits')
    expect(lastOf(out)).toMatch(/^1 seed, 0 violations, .*hash hash-of-4$/)
    expect(code).toBe(0)
  })

  it.each([1, 2])('runs many stories with %d jobs, each once', async (jobs) => {
    const words = ['--seeds', '1..200', '--jobs', String(jobs), '--check-every', '10']
    const { code, out } = await simulate(...words, '--json', '--no-shrink')
    const json = JSON.parse(out)
    expect(json).toMatchObject({ end: 'done', seeds: 200, checked: 20, calls: 20_000 })
    expect(json.failures.map(({ seed }: { seed: number }) => seed)).toEqual(
      Array.from({ length: 29 }, (_, i) => 3 + 7 * i).filter((seed) => seed <= 200),
    )
    expect(code).toBe(1)
  })

  it('prints the command for a failure and for a smaller one, and draws it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
    try {
      const page = join(folder, 'page.html')
      const { code, out } = await simulate('--seeds', '1..6', '--jobs', '1', '--page', page)
      expect(out).toContain('FAILED seed 3 failed:\n  00:00:00.120 invariant 9 broken: port-3:')
      expect(out).toContain('  again: npm run simulate -- --seed 3\n')
      const [, words = ''] = /smallest: npm run simulate -- (.*)\n/.exec(out) ?? []
      expect(words).toContain('--only-strikes 3,9')
      expect(code).toBe(1)
      expect(readFileSync(page, 'utf8')).toContain('--only-strikes 3,9')
      const again = await simulate(...words.replaceAll("'", '').split(' '), '--no-shrink')
      expect(again.out).toContain('invariant 9 broken: port-3:')
      expect(again.code).toBe(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('survives stories that break their process', async () => {
    const words = ['--seeds', '1001..1004,1,2', '--jobs', '2', '--story-seconds', '2']
    const { code, out } = await simulate(...words, '--no-shrink')
    expect(out).toContain('the story breaks off')
    expect(out).toContain('The process ended with code 7')
    expect(out).toContain('The story did not end within 2 real seconds')
    expect(out).toContain('nobody had asked: Error: nobody asked')
    expect(lastOf(out)).toMatch(/^6 seeds, 4 violations, /)
    expect(code).toBe(1)
  })

  it.each([1, 2])('finds a story that differs between processes, with %d jobs', async (jobs) => {
    const words = ['--seeds', '1004..1005', '--jobs', String(jobs), '--check-every', '1']
    const { code, out } = await simulate(...words, '--no-shrink')
    expect(out).toMatch(
      /FAILED seed 1005 is not deterministic:\n.*hash-of-process-\d+ and hash-of-process-\d+/,
    )
    expect(lastOf(out)).toContain('1 hash mismatch,')
    expect(code).toBe(1)
  })

  it('fails for rare paths that were never taken', async () => {
    const { code, out } = await simulate('--seeds', '4..9', '--jobs', '1', '--require-probes')
    expect(out).toContain('  fault: storeSlow: ')
    expect(out).not.toContain('  a process crashed: ')
    expect(lastOf(out)).toMatch(/^6 seeds, 0 violations, .* [1-9]\d* rare paths never taken$/)
    expect(code).toBe(1)
  })

  it('soaks until the time is over', async () => {
    const { code, out } = await simulate(
      '--soak',
      '--jobs',
      '1',
      '--from',
      '4',
      '--plan',
      '{"hosts":1,"minutes":1}',
      '--minutes',
      '0.002',
      '--no-require-probes',
    )
    expect(lastOf(out)).toMatch(/^[\d,]+ seeds?, 0 violations, /)
    expect(code).toBe(0)
  })

  it.each([1, 2])('soaks until a crash fails, and names it, with %d jobs', async (jobs) => {
    const words = ['--soak', '--from', '4', '--plan', '{"hosts":1}', '--check-every', '0']
    const { code, out } = await simulate(...words, '--jobs', String(jobs))
    const again = 'npm run simulate -- --crash shaky:3:after --crash-processes api,worker'
    expect(out).toContain(`FAILED crash:\n  work is left\n  again: ${again}\n`)
    expect(lastOf(out)).toMatch(/, 0 violations, .*, [12] scenarios crashed, 1 failing crash$/)
    expect(code).toBe(1)
  })

  it('enumerates crashes of scenarios, a line for each, and tells of those that fail', async () => {
    const well = await simulate('--crashes', '--jobs', '1')
    expect(well.out).toMatch(/^steady +10 points, +90 pairs, +20 runs, 0 failed, /m)
    expect(lastOf(well.out)).toBe('2 scenarios crashed, 0 failing crashes')
    expect(well.code).toBe(0)
    const { code, out } = await simulate('--crashes', '--crash-processes', 'api,worker', '--json')
    const command = 'npm run simulate -- --crash shaky:3:after --crash-processes api,worker'
    expect(JSON.parse(out)).toMatchObject({
      crashes: { scenarios: 2, points: 20, pairs: 0, runs: 40 },
      troubles: [{ what: ['work is left'], command }],
      never: [],
    })
    expect(code).toBe(1)
    const other = await simulate('--crashes', '--scenario', 'none')
    expect(other.err).toContain('There is no scenario none. There are: steady, shaky.')
    expect(other.code).toBe(2)
  })

  it('replays one crash', async () => {
    const well = await simulate('--crash', 'shaky:3:after')
    expect([well.out, well.code]).toEqual(['shaky:3:after: all is well\n', 0])
    const bad = await simulate('--crash', 'shaky:3:after', '--crash-processes', 'api,worker')
    expect(bad.out).toContain('FAILED crash:\n  work is left\n')
    expect(bad.code).toBe(1)
  })

  it('ends a soak with its summary when it is interrupted', async () => {
    const words = ['--soak', '--from', '4', '--plan', '{"hosts":1,"minutes":2}', '--jobs', '1']
    const child = begin([...words, '--no-require-probes'])
    const end = ended(child)
    // The first story says that it runs.
    await new Promise((resolve) => child.stderr.once('data', resolve))
    child.kill('SIGINT')
    const { code, out } = await end
    expect(lastOf(out)).toMatch(/^[\d,]+ seeds?, 0 violations, /)
    expect(code).toBe(0)
  })

  it('says what is wrong with a command line', async () => {
    const { code, out, err } = await simulate('--seed', '1', '--soak')
    expect(err).toContain('--seed: does not go together with --soak')
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})
