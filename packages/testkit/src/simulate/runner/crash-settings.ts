import { type Command, InvalidArgumentError, Option } from 'commander'
import { CloudError } from '@nephos/core'
import { parseCrash } from '../crashes/scenario.ts'
import { type CrashWays, parseProcesses } from '../crashes/ways.ts'

/** Crashes that are to be run. */
export type CrashSettings =
  | {
      readonly type: 'crash'
      readonly crash: string
      readonly scenario: string
      readonly ways: CrashWays
    }
  | {
      readonly type: 'crashes'
      /** Undefined: all. */
      readonly scenarios: readonly string[] | undefined
      readonly ways: CrashWays
      readonly depth: number
    }

/** Flags of crashes, as the command line has them. */
export interface CrashFlags {
  readonly crash?: string
  readonly crashes?: true
  readonly scenario?: readonly string[]
  readonly crashProcesses?: NonNullable<CrashWays['processes']>
  readonly givesUp?: true
  readonly heard?: 'yes' | 'no'
  readonly crashDepth?: number
}

/** @param from1 reads a whole number of at least 1. */
export function addCrashFlags(command: Command, from1: (text: string) => number): void {
  command
    .option('--crash <crash>', 'run this one crash of the enumeration, such as stop:4:after')
    .option('--crashes', 'crash every scenario at every call, then at every call of the recovery')
    .option('--scenario <names>', 'the only scenarios of --crashes', (text) => text.split(','))
    .option('--crash-processes <names>', 'processes, such as api,worker (default: one)', processes)
    .option('--gives-up', 'the client does not repeat what a crash has cut off')
    .addOption(
      new Option('--heard <answer>', 'whether what a dying process sent arrives').choices([
        'yes',
        'no',
      ]),
    )
    .option('--crash-depth <n>', 'crashes of one run (default: 2, with --crash-processes 1)', from1)
}

/**
 * What the flags ask for; undefined when it is no crash.
 *
 * @throws CloudError `invalid`.
 */
export function crashSettingsOf(flags: CrashFlags): CrashSettings | undefined {
  const { crash, crashes, scenario, crashProcesses, givesUp, heard, crashDepth } = flags
  const ways: CrashWays = {
    ...(crashProcesses ? { processes: crashProcesses } : {}),
    ...(givesUp ? { givesUp } : {}),
    ...(heard === 'no' ? { heard: false } : {}),
  }
  if (crash !== undefined) {
    const parsed = parseCrash(crash)
    if (parsed) return { type: 'crash', crash, scenario: parsed.scenario, ways }
    throw invalid(`--crash: is none, such as stop:17:after,4:before: ${crash}`)
  }
  // Without knowing what several processes have come to, each crash is a run of its own.
  const depth = crashDepth ?? (crashProcesses ? 1 : 2)
  if (crashes) return { type: 'crashes', scenarios: scenario, ways, depth }
  if ((scenario ?? crashProcesses ?? givesUp ?? heard ?? crashDepth) === undefined) return undefined
  throw invalid('--scenario and circumstances of crashes: are of --crash and --crashes.')
}

function processes(text: string): NonNullable<CrashWays['processes']> {
  const parsed = parseProcesses(text)
  if (parsed) return parsed
  throw new InvalidArgumentError('are none, such as api,worker or front=api,back=worker.')
}

function invalid(message: string): CloudError {
  return new CloudError('invalid', message)
}
