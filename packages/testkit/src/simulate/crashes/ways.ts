import type { Role } from '../../world/member.ts'

/** In what circumstances processes are crashed. */
export interface CrashWays {
  /** One process named `cloud` that does everything by default. */
  readonly processes?: Readonly<Record<string, Role>>
  /** True: the client does not repeat what was cut off. */
  readonly givesUp?: boolean
  /** False: what a dying process had sent does not arrive. It does by default. */
  readonly heard?: boolean
}

/** The command that runs one crash again, as `printCrash` prints it. */
export function crashCommand(crash: string, ways: CrashWays): string {
  return ['npm run simulate -- --crash', crash, ...waysWords(ways)].join(' ')
}

/** The command that enumerates all crashes of a scenario. */
export function crashesCommand(scenario: string, ways: CrashWays, depth?: number): string {
  const words = ['npm run simulate -- --crashes --scenario', scenario, ...waysWords(ways)]
  if (depth !== undefined) words.push(`--crash-depth ${depth}`)
  return words.join(' ')
}

/** Circumstances as words of a command line; none for the usual ones. */
export function waysWords({ processes, givesUp, heard }: CrashWays): readonly string[] {
  const words: string[] = []
  if (processes) words.push(`--crash-processes ${processesText(processes)}`)
  if (givesUp) words.push('--gives-up')
  if (heard === false) words.push('--heard no')
  return words
}

/** Reads `api,worker` and `front=api,back=worker`; undefined for anything else. */
export function parseProcesses(text: string): Readonly<Record<string, Role>> | undefined {
  const pairs: [string, Role][] = []
  for (const part of text.split(',')) {
    const [, name = '', role = roleOf(name)] = /^([\w-]+)(?:=(\w+))?$/.exec(part) ?? []
    if (!isRole(role)) return undefined
    pairs.push([name, role])
  }
  return Object.fromEntries(pairs)
}

function processesText(processes: Readonly<Record<string, Role>>): string {
  return Object.entries<Role>(processes)
    .map(([name, role]) => (roleOf(name) === role ? name : `${name}=${role}`))
    .join(',')
}

/** The role that a name tells: of `worker-2` it is `worker`. */
function roleOf(name: string): string {
  return name.replace(/-\d+$/, '')
}

function isRole(text: string): text is Role {
  return text === 'api' || text === 'worker' || text === 'all'
}
