import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { CloudError } from '@nephos/core'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { type FaultName, faultNames } from '../../world/faults.ts'
import { type StoryOptions, type StoryPlan, type StorySize, storySizes } from '../story-types.ts'
import {
  addCrashFlags,
  type CrashFlags,
  type CrashSettings,
  crashSettingsOf,
} from './crash-settings.ts'
import { countOf, numbersOf, parseSpans, type Span } from './seeds.ts'

/** What is to be run. */
export type Task =
  | { readonly type: 'one'; readonly story: StoryOptions }
  | { readonly type: 'many'; readonly spans: readonly Span[]; readonly frame: StoryFrame }
  | { readonly type: 'regressions' }
  | CrashSettings
  /** Seeds from `from` on, and crashes between them, without end. */
  | { readonly type: 'soak'; readonly from: number; readonly frame: StoryFrame }

/** What is alike in all stories of a run. */
export type StoryFrame = Omit<StoryOptions, 'seed'>

export interface Settings {
  readonly task: Task
  /** Real minutes after which no story begins. */
  readonly minutes: number | undefined
  readonly jobs: number
  readonly failFast: boolean
  readonly json: boolean
  /** Every so many stories one is run twice; 0 is never. */
  readonly checkEvery: number
  /** Real seconds that shrinking one failure may take; 0 is not at all. */
  readonly shrinkSeconds: number
  /** Real seconds after which a story is said not to end. */
  readonly storySeconds: number
  /** File for a drawing of the story, or of the smallest failing one. */
  readonly page: string | undefined
  /** Whether rare paths must be taken; undefined: those that are due after so many stories. */
  readonly requireProbes: boolean | undefined
}

/** A soak begins at a seed below this. */
const mostSeed = 2 ** 31
/** Runs of so many seeds are checked for determinism. */
const manySeeds = 2_000
const scales = ['hosts', 'apis', 'workers', 'tenants', 'actions', 'batch'] as const

interface Flags extends Readonly<Partial<Record<(typeof scales)[number], number>>>, CrashFlags {
  readonly seed?: number
  readonly seeds?: string
  readonly soak?: true
  readonly from?: number
  readonly regressions?: true
  readonly size?: StorySize
  readonly plan?: string
  readonly without?: readonly FaultName[]
  readonly onlyFaults?: readonly FaultName[]
  readonly onlyStrikes?: string
  readonly skip?: string
  readonly minutes?: number
  readonly jobs: number
  readonly failFast?: true
  readonly json?: true
  readonly checkEvery?: number
  readonly shrink: boolean
  readonly shrinkSeconds: number
  readonly storySeconds: number
  readonly page?: string
  readonly requireProbes?: boolean
}

const whole = z.int().min(1).max(1_000_000)
const planSchema: z.ZodType<Partial<StoryPlan>> = z.strictObject({
  hosts: whole.exactOptional(),
  apis: whole.exactOptional(),
  workers: whole.exactOptional(),
  tenants: whole.exactOptional(),
  actions: whole.exactOptional(),
  batch: whole.exactOptional(),
  minutes: z.number().min(1).max(1_000_000).exactOptional(),
  faults: z.partialRecord(z.enum(faultNames), z.number().min(0)).exactOptional(),
})

/**
 * Reads the words of a command line.
 *
 * @returns undefined if help was asked for and given.
 * @throws CloudError `invalid`.
 */
export function parseSettings(words: readonly string[]): Settings | undefined {
  const flags = flagsOf(words)
  if (!flags) return undefined
  const task = taskOf(flags)
  const seeds = task.type === 'many' ? countOf(task.spans) : 1
  const isLong = task.type === 'soak' || seeds >= manySeeds
  return {
    task,
    minutes: flags.minutes,
    jobs: flags.jobs,
    failFast: flags.failFast ?? task.type === 'soak',
    json: flags.json ?? false,
    checkEvery: flags.checkEvery ?? (isLong ? 100 : 0),
    shrinkSeconds: flags.shrink ? flags.shrinkSeconds : 0,
    storySeconds: flags.storySeconds,
    page: flags.page,
    requireProbes: flags.requireProbes,
  }
}

function flagsOf(words: readonly string[]): Flags | undefined {
  try {
    return commandLine().parse(words, { from: 'user' }).opts<Flags>()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    throw invalid(error.message.replace(/^error: /, ''))
  }
}

function commandLine(): Command {
  const names = (text: string): readonly FaultName[] => faultList(text)
  const command = new Command('nephos-simulate')
    .description(
      'Runs whole clouds under seeds, with everything going wrong, and watches promises.',
    )
    .option('--seed <n>', 'run this one story and tell what happened', from0)
    .option('--seeds <list>', 'run these, such as 1..10000 or 1,5,9..12 (default: 1..100)')
    .option('--regressions', 'run the stories that once found a defect')
    .option('--soak', 'run stories, and crashes between them, without end, until one fails')
    .option('--from <n>', 'first seed of a soak (default: drawn, and told)', from0)
    .option('--minutes <n>', 'begin no story after so many minutes', positive)
    .option('--jobs <n>', 'processes; 1 runs all in this one', from1, availableParallelism())
    .addOption(new Option('--size <size>', 'how much there is of everything').choices(storySizes))
    .option('--plan <json>', `what is not drawn from the seed, such as '{"hosts":3}'`)
    .option('--without <faults>', 'faults that do not happen, such as crash,pause', names)
    .option('--only-faults <faults>', 'the only faults that may happen; none for none', names)
    .option('--only-strikes <list>', 'the only strikes, by index, that take place')
    .option('--skip <list>', 'actions of tenants, by number, that are left out')
    .option('--fail-fast', 'begin no story once one has failed')
    .option('--check-every <n>', 'run one of so many again in another process; 0 for none', from0)
    .option('--no-shrink', 'leave failures as large as they are')
    .option('--shrink-seconds <n>', 'time for shrinking one failure', positive, 60)
    .option('--story-seconds <n>', 'time after which a story is given up', positive, 300)
    .option('--page <file>', 'draw the story, or the smallest failing one, as an HTML page')
    .option('--require-probes', 'fail unless every rare path was taken, however few seeds')
    .option('--no-require-probes', 'do not fail for rare paths, however many seeds')
    .option('--json', 'print one JSON object and nothing else')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  addCrashFlags(command, from1)
  for (const scale of scales) command.option(`--${scale} <n>`, `${scale} of each story`, from1)
  return command
}

function taskOf(flags: Flags): Task {
  const { seed, seeds, soak, regressions, crash, crashes } = flags
  const asked = { seed, seeds, soak, regressions, crash, crashes }
  const tasks = Object.entries(asked).filter(([, set]) => set != null)
  if (tasks.length > 1) {
    const [one, other] = tasks.map(([name]) => `--${name}`)
    throw invalid(`${one}: does not go together with ${other}.`)
  }
  const crashSettings = crashSettingsOf(flags)
  if (crashSettings) return crashSettings
  const frame = frameOf(flags)
  if (seed !== undefined) return { type: 'one', story: { ...frame, seed } }
  if (regressions) return { type: 'regressions' }
  for (const [name, list] of [
    ['--only-strikes', frame.onlyStrikes],
    ['--skip', frame.skip],
  ] as const) {
    if (list) throw invalid(`${name}: is of one story: it needs --seed.`)
  }
  // Drawn, so that each soak tells stories that nobody has heard.
  if (soak) return { type: 'soak', from: flags.from ?? randomInt(mostSeed), frame }
  const spans = parseSpans(seeds ?? '1..100', '--seeds')
  if (countOf(spans) === 0) throw invalid('--seeds: there is none.')
  return { type: 'many', spans, frame }
}

function frameOf(flags: Flags): StoryFrame {
  const { size, onlyStrikes, skip } = flags
  const plan = planOf(flags)
  const without = withoutOf(flags)
  return {
    ...(size === undefined ? {} : { size }),
    ...(Object.keys(plan).length === 0 ? {} : { plan }),
    ...(without ? { without } : {}),
    ...(onlyStrikes === undefined
      ? {}
      : { onlyStrikes: [...numbersOf(parseSpans(onlyStrikes, '--only-strikes'))] }),
    ...(skip === undefined ? {} : { skip: [...numbersOf(parseSpans(skip, '--skip'))] }),
  }
}

function planOf(flags: Flags): Partial<StoryPlan> {
  const scaled = Object.fromEntries(
    scales.flatMap((scale) => (flags[scale] === undefined ? [] : [[scale, flags[scale]]])),
  )
  return flags.plan === undefined ? scaled : { ...parsePlan(flags.plan), ...scaled }
}

function parsePlan(text: string): Partial<StoryPlan> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid(`--plan: is no JSON: ${text}`)
  }
  const parsed = planSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(`--plan: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is none.'}`)
}

function withoutOf({ without, onlyFaults }: Flags): readonly FaultName[] | undefined {
  if (!onlyFaults) return without
  if (without) throw invalid('--without: does not go together with --only-faults.')
  const stay = new Set(onlyFaults)
  return faultNames.filter((name) => !stay.has(name))
}

function faultList(text: string): readonly FaultName[] {
  if (text === 'none') return []
  const known: ReadonlySet<string> = new Set(faultNames)
  return text.split(',').map((name) => {
    if (known.has(name)) return name as FaultName
    throw new InvalidArgumentError(`${name} is no fault. There are: ${faultNames.join(', ')}.`)
  })
}

function numberOf(text: string, least: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value < 2 ** 32)
    return value
  throw new InvalidArgumentError(`is not a whole number of at least ${least}.`)
}

function from0(text: string): number {
  return numberOf(text, 0)
}

function from1(text: string): number {
  return numberOf(text, 1)
}

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('is not a number above 0.')
}

function invalid(message: string): CloudError {
  return new CloudError('invalid', message)
}
