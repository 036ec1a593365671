import { describe, expect, it } from 'vitest'
import { crashCommand } from '../../src/simulate/crashes/ways.ts'
import { commandOf } from '../../src/simulate/runner/command.ts'
import { attemptCrashes, soakCrashes } from '../../src/simulate/runner/crash-work.ts'
import { attemptStory, formOf } from '../../src/simulate/runner/attempt.ts'
import { neverTaken, probes } from '../../src/simulate/probes.ts'
import type { Executor } from '../../src/simulate/runner/executor.ts'
import { minimise } from '../../src/simulate/runner/minimise.ts'
import { Progress } from '../../src/simulate/runner/progress.ts'
import { type Failure, type Piece, runPieces } from '../../src/simulate/runner/runner.ts'
import { numbersOf, parseSpans, spansText } from '../../src/simulate/runner/seeds.ts'
import { parseSettings } from '../../src/simulate/runner/settings.ts'
import { shrink } from '../../src/simulate/runner/shrink.ts'
import { counted, instantText, lengthText } from '../../src/simulate/runner/text.ts'
import type { StoryOptions, StoryResult } from '../../src/simulate/story-types.ts'
import { fakeBook } from './fake-crashes.ts'
import { fakeStory } from './fake-story.ts'

const here: Executor = {
  width: 2,
  run: (options) => attemptStory(fakeStory, options),
  elsewhere: (options) => attemptStory(fakeStory, options),
  crashes: (task) => attemptCrashes(fakeBook, task, () => true),
  close: () => undefined,
}

const stories = (...seeds: readonly number[]): Piece[] => seeds.map((seed) => ({ story: { seed } }))

describe('a run of many stories', () => {
  it('adds up what happened and lists failures by seed', async () => {
    const told: Failure[] = []
    const summary = await runPieces(
      { pieces: stories(17, 4, 3, 5), onFailure: (failure) => told.push(failure) },
      here,
    )
    expect(summary.failures.map(({ options }) => options.seed)).toEqual([3, 17])
    expect(told).toHaveLength(2)
    expect(summary.totals).toMatchObject({ seeds: 4, calls: 400, strikes: 80, checked: 0 })
    expect(summary.totals.probes.get('a process crashed')).toBe(8)
    expect(summary.totals.faults.get('crash')).toBe(28)
    expect(summary.end).toBe('done')
  })

  it('begins no story after a failure when it is to', async () => {
    const one = { ...here, width: 1 }
    const summary = await runPieces({ pieces: stories(1, 2, 3, 4), failFast: true }, one)
    expect(summary).toMatchObject({ end: 'failure', totals: { seeds: 3 } })
  })

  it('begins no story when the time is over, or it is told to stop', async () => {
    const late = await runPieces({ pieces: stories(1), deadline: performance.now() - 1 }, here)
    expect(late).toMatchObject({ end: 'time', totals: { seeds: 0 } })
    const stopped = await runPieces({ pieces: stories(1), signal: AbortSignal.abort() }, here)
    expect(stopped).toMatchObject({ end: 'stopped', totals: { seeds: 0 } })
  })
})

describe('crashes between stories', () => {
  const steady = { scenario: 'steady', depth: 2, most: 1 }
  const shaky = {
    ...steady,
    scenario: 'shaky',
    processes: { api: 'api', worker: 'worker' },
  } as const

  it('are added up, and told when they fail', async () => {
    const pieces: Piece[] = [...stories(4), { crashes: steady }, { crashes: shaky }]
    const { totals, troubles, failures } = await runPieces({ pieces }, { ...here, width: 1 })
    expect(totals).toMatchObject({ seeds: 1, crashes: { scenarios: 2, points: 20, runs: 40 } })
    expect(troubles).toMatchObject([{ what: ['work is left'] }])
    expect(failures).toEqual([])
  })

  it('end a run that ends at the first failure, also by breaking off', async () => {
    for (const crashes of [shaky, { ...steady, scenario: 'gone' }]) {
      const pieces = [{ crashes }, ...stories(4)]
      const run = await runPieces({ pieces, failFast: true }, { ...here, width: 1 })
      expect(run).toMatchObject({ end: 'failure', totals: { seeds: 0 } })
      expect(run.troubles).toHaveLength(1)
    }
  })

  it('take every scenario in all circumstances in turn', () => {
    const tasks = soakCrashes(['a', 'b', 'c'])
    const first = Array.from({ length: 12 }, () => JSON.stringify(tasks.next().value))
    expect(new Set(first).size).toBe(12)
    expect(first.slice(0, 3).map((text) => JSON.parse(text).scenario)).toEqual(['a', 'b', 'c'])
    expect(JSON.stringify(tasks.next().value)).toBe(first[0])
    expect(soakCrashes([]).next().done).toBe(true)
  })
})

describe('shrinking', () => {
  const shrunkOf = (options: StoryOptions, deadline = Infinity) =>
    shrink(options, { run: (story) => attemptStory(fakeStory, story), deadline })

  it('leaves what the failure needs and nothing else', async () => {
    const shrunk = await shrunkOf({ seed: 3 })
    const { options, result } = shrunk?.attempt ?? {}
    expect(shrunk?.complete).toBe(true)
    expect(options?.onlyStrikes).toEqual([3, 9])
    expect(options?.plan).toEqual({
      minutes: 1,
      tenants: 2,
      actions: 3,
      hosts: 3,
      batch: 1,
      workers: 1,
      apis: 1,
    })
    expect(options?.without).not.toContain('crash')
    expect(options?.without).toContain('pause')
    expect(result?.actions).toBe(1)
    expect(result?.violations).toMatchObject([{ invariant: 9 }])
  })

  it('gives up what does not fail again, and ends when the time is over', async () => {
    expect(await shrunkOf({ seed: 4 })).toBeUndefined()
    expect(await shrunkOf({ seed: 3 }, 0)).toMatchObject({ runs: 1, complete: false })
  })

  it.each([
    [0, 'first defect', 0, 'second defect'],
    [9, 'one', 7, 'one'],
  ])('does not turn one defect into another: %d %s', async (invariant, message, other, said) => {
    const run = async (options: StoryOptions): Promise<StoryResult> => {
      const violation =
        options.plan?.hosts === undefined
          ? { invariant, subject: 'x', message, at: 0 }
          : { invariant: other, subject: 'x', message: said, at: 0 }
      return { ...(await fakeStory(options)), violations: [violation] }
    }
    const shrunk = await shrink(
      { seed: 1 },
      { deadline: Infinity, run: (options) => attemptStory(run, options) },
    )
    expect(shrunk?.attempt.result?.violations).toMatchObject([{ invariant, message }])
    expect(shrunk?.attempt.options.plan).toMatchObject({ minutes: 1, apis: 1 })
    expect(shrunk?.attempt.options.plan).not.toHaveProperty('hosts')
  })

  it('minimises lists', async () => {
    const items = Array.from({ length: 100 }, (_, i) => i)
    const needs = (...needed: readonly number[]) =>
      minimise(items, async (kept) => needed.every((item) => kept.includes(item)))
    expect(await needs(3, 50, 99)).toEqual([3, 50, 99])
    expect(await needs(0)).toEqual([0])
    expect(await needs()).toEqual([])
    expect(await minimise([], async () => true)).toEqual([])
  })
})

const storyOf = (...words: readonly string[]): StoryOptions => {
  const task = parseSettings(words)?.task
  if (task?.type !== 'one') throw new Error('these words are of no single story')
  return task.story
}

describe('the words of a command', () => {
  it('say a story so that it is read again as it was', () => {
    const story: StoryOptions = {
      seed: 42,
      size: 'big',
      plan: { hosts: 3, faults: { crash: 2 } },
      without: ['crash', 'pause'],
      onlyStrikes: [3, 4, 9, 10, 11],
      skip: [0, 1_002],
    }
    const command = commandOf(story)
    expect(command).toBe(
      `npm run simulate -- --seed 42 --size big --plan '{"hosts":3,"faults":{"crash":2}}' ` +
        '--without crash,pause --only-strikes 3,4,9..11 --skip 0,1002',
    )
    const words = command.replaceAll("'", '').split(' ').slice(4)
    expect(storyOf(...words)).toEqual(story)
  })

  it('name the faults that are left when they are fewer', () => {
    const words = ['--seed', '1', '--only-faults', 'crash,pause']
    expect(commandOf(storyOf(...words))).toBe(
      'npm run simulate -- --seed 1 --only-faults crash,pause',
    )
    const none = storyOf('--seed', '1', '--only-faults', 'none', '--only-strikes', 'none')
    expect(commandOf(none)).toBe(
      'npm run simulate -- --seed 1 --only-faults none --only-strikes none',
    )
  })

  it('say a crash so that it is read again as it was', () => {
    const processes = { 'api-1': 'api', worker: 'worker', both: 'all' } as const
    const command = crashCommand('stop:17:after,worker/4:before', {
      processes,
      givesUp: true,
      heard: false,
    })
    expect(command).toBe(
      'npm run simulate -- --crash stop:17:after,worker/4:before ' +
        '--crash-processes api-1,worker,both=all --gives-up --heard no',
    )
    expect(parseSettings(command.split(' ').slice(4))?.task).toEqual({
      type: 'crash',
      crash: 'stop:17:after,worker/4:before',
      scenario: 'stop',
      ways: { processes, givesUp: true, heard: false },
    })
    const usual = { type: 'crashes', scenarios: ['a', 'b'], ways: {}, depth: 2 }
    expect(parseSettings(['--crashes', '--scenario', 'a,b'])?.task).toEqual(usual)
    const several = parseSettings(['--crashes', '--crash-processes', 'api,worker'])?.task
    expect(several).toMatchObject({ depth: 1, ways: { processes: { api: 'api' } } })
  })

  it('check long runs twice', () => {
    expect(parseSettings(['--seeds', '1..1999'])).toMatchObject({ checkEvery: 0 })
    const long = { checkEvery: 100, requireProbes: undefined }
    expect(parseSettings(['--seeds', '1..2000'])).toMatchObject(long)
    expect(parseSettings(['--soak'])).toMatchObject({ ...long, failFast: true })
  })

  it.each([
    [['--seeds', '9..1'], '--seeds: "9..1" is neither'],
    [['--seeds', 'none'], '--seeds: there is none'],
    [['--seed', 'x'], 'is not a whole number'],
    [['--seed', '1', '--soak'], '--seed: does not go together with --soak'],
    [['--without', 'fire'], 'fire is no fault. There are: storeSlow'],
    [['--without', 'crash', '--only-faults', 'pause'], '--without: does not go together'],
    [['--plan', '{"hosts":0}'], '--plan: hosts: '],
    [['--plan', '{"host":1}'], '--plan: it: '],
    [['--plan', '{"faults":{"fire":1}}'], '--plan: faults'],
    [['--plan', 'hosts'], '--plan: is no JSON'],
    [['--skip', '1'], '--skip: is of one story'],
    [['--jobs', '0'], 'is not a whole number of at least 1'],
    [['--crash', 'stop:four'], '--crash: is none'],
    [['--crash', 'stop:4:after', '--crashes'], '--crash: does not go together with --crashes'],
    [['--crashes', '--crash-processes', 'api,boss'], 'are none, such as api,worker'],
    [['--seed', '1', '--gives-up'], 'are of --crash and --crashes'],
    [['--minutes', '-1'], 'is not a number above 0'],
    [['--size', 'huge'], 'Allowed choices are small, medium, big'],
    [['--unknown'], "unknown option '--unknown'"],
    [['more'], 'too many arguments'],
  ])('are refused: %j', (words, text) => {
    expect(() => parseSettings(words)).toThrow(text)
  })

  it('hold lists of numbers', () => {
    expect([...numbersOf(parseSpans('1,5,9..12', 'x'))]).toEqual([1, 5, 9, 10, 11, 12])
    expect(spansText([12, 1, 9, 10, 11, 5, 5])).toBe('1,5,9..12')
    expect(() => parseSpans('1..4294967296', 'x')).toThrow('x: "1..4294967296" is neither')
    expect(() => parseSpans('', 'x')).toThrow('is neither')
  })
})

describe('what is told', () => {
  it('is rounded for people', () => {
    expect([1, 1_234_567].map((count) => counted(count, 'seed'))).toEqual([
      '1 seed',
      '1,234,567 seeds',
    ])
    expect(
      [4.25, 48, 12_340, 61_000, 4_200_000, 90 * 3_600_000, 800 * 86_400_000].map(lengthText),
    ).toEqual(['4.3 ms', '48 ms', '12.3 s', '1 min 01 s', '1 h 10 min', '3 d 18 h', '2 y 70 d'])
    expect(instantText(3_723_456.7)).toBe('01:02:03.456')
  })

  it('redraws a bar on a terminal and writes a line a minute elsewhere', () => {
    const state = { done: 50, total: 100, failures: 1, ms: 2_000 }
    const write = (isTTY: boolean): string => {
      let text = ''
      const progress = new Progress({ isTTY, write: (more: string) => (text += more) }, 0)
      for (const now of [1, 2, 70_000]) progress.show(state, now)
      progress.clear()
      return text
    }
    expect(write(false)).toBe('50/100 seeds  25.0/s  2.0 s  1 failed\n')
    expect(write(true)).toMatch(
      /^(?:\r█{14}░{14} 50\/100 seeds {2}25\.0\/s {2}2\.0 s {2}1 failed){2}\r +\r$/,
    )
  })
})

describe('rare paths', () => {
  it('are due after so many stories, each after its own', () => {
    const taken = new Map(probes.map(({ path }) => [path, 1]))
    taken.delete('work_taken_over')
    taken.delete('image_scrub_failed')
    const due = (count: number): readonly string[] =>
      neverTaken(taken, count).map(({ path }) => path)
    expect(due(1_999)).toEqual([])
    expect(due(2_000)).toEqual(['work_taken_over'])
    expect(due(20_000)).toEqual(['work_taken_over', 'image_scrub_failed'])
  })
})

describe('forms of violations', () => {
  it('are equal for two that tell the same of other rows', () => {
    const form = (message: string): string => formOf({ invariant: 0, subject: 'x', message, at: 0 })
    const id = '019b76da-a91f-7d34-87e1-c3235e68a586'
    expect(form(`a defect: server:${id} has 3 ports\nmore`)).toBe(
      '0 a defect: server:# has # ports',
    )
    expect(form('ended, but is deleted')).toBe('0 ended, but is deleted')
  })
})
