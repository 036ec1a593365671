import type { Command, Script } from './commands.ts'

/**
 * A smaller script that still fails: fewer commands first, then smaller numbers.
 *
 * @param most how many scripts are tried.
 */
export function shrink(script: Script, fails: (script: Script) => boolean, most: number): Script {
  let tried = 0
  const stillFails = (smaller: Script): boolean => {
    tried++
    return tried <= most && fails(smaller)
  }
  let best = script
  let before = ''
  while (before !== JSON.stringify(best)) {
    before = JSON.stringify(best)
    best = fewerCommands(best, stillFails)
    best = smallerNumbers(best, stillFails)
  }
  return best
}

type Fails = (script: Script) => boolean

function fewerCommands(script: Script, fails: Fails): Script {
  let best = script
  for (let size = Math.ceil(best.commands.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let end = best.commands.length; end > 0; end -= size) {
      const commands = best.commands.toSpliced(Math.max(0, end - size), size)
      const smaller = { ...best, commands }
      if (fails(smaller)) best = smaller
    }
  }
  return best
}

function smallerNumbers(script: Script, fails: Fails): Script {
  let best = script
  for (const index of best.frame.keys()) {
    best = smallest(best, fails, (now) => smallerAt(now.frame, index), withFrame)
  }
  for (const index of best.commands.keys()) {
    for (const field of Object.keys(best.commands[index] ?? {})) {
      const withField = (now: Script, value: unknown): Script =>
        withCommand(now, index, { [field]: value })
      const smallerField = (now: Script): unknown[] => smallerValues(fieldOf(now, index, field))
      best = smallest(best, fails, smallerField, withField)
    }
  }
  return best
}

/** Takes the first of some smaller values that still fails, again and again. */
function smallest<T>(
  script: Script,
  fails: Fails,
  valuesOf: (now: Script) => readonly T[],
  withValue: (now: Script, value: T) => Script,
): Script {
  let best = script
  let next: Script | undefined = script
  while (next) {
    best = next
    next = valuesOf(best)
      .map((value) => withValue(best, value))
      .find(fails)
  }
  return best
}

function withFrame(script: Script, frame: readonly number[]): Script {
  return { ...script, frame }
}

function withCommand(script: Script, index: number, fields: object): Script {
  const now = script.commands[index]
  if (!now) return script
  const changed = { ...now, ...fields } as Command
  return { ...script, commands: script.commands.with(index, changed) }
}

/** A number or a list; what a kind's hash is does not matter. */
function fieldOf({ commands }: Script, index: number, field: string): unknown {
  const command: Readonly<Record<string, unknown>> = { ...commands[index] }
  return field === 'hash' ? undefined : command[field]
}

function smallerValues(value: unknown): (number | readonly number[])[] {
  if (typeof value === 'number') return smallerThan(value)
  if (!Array.isArray(value) || value.length === 0) return []
  const list = value as readonly number[]
  const shorter = [[], list.slice(0, -1)]
  return [...shorter, ...list.flatMap((_, index) => smallerAt(list, index))]
}

function smallerAt(list: readonly number[], index: number): (readonly number[])[] {
  return smallerThan(list[index] ?? 0).map((each) => list.with(index, each))
}

function smallerThan(value: number): number[] {
  const some = [0, 1, Math.floor(value / 2), value - 1]
  return [...new Set(some)].filter((each) => each >= 0 && each < value)
}
