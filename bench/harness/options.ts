import { parseArgs, type ParseArgsConfig } from 'node:util'
import { BenchError } from '../errors.ts'

/** One option of a suite: how its text is read, and what it is when absent. */
export interface Option<T> {
  readonly summary: string
  /** What stands for the value in a listing; null for a flag. */
  readonly placeholder: string | null
  /** Reads the text given, or answers the default. Throws an Error that says what it must be. */
  read(text: string | undefined): T
}

export type Options = Readonly<Record<string, Option<unknown>>>

/** Values of a suite's options, by name. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never
}

export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** A whole number within bounds, both included. */
export function integer(summary: string, fallback: number, bounds: Bounds = {}): Option<number> {
  return {
    summary: `${summary} (${fallback})`,
    placeholder: 'N',
    read: (text) => (text === undefined ? fallback : wholeNumber(text, bounds)),
  }
}

/** A whole number within bounds, or undefined when the option is absent. */
export function optionalInteger(summary: string, bounds: Bounds = {}): Option<number | undefined> {
  return {
    summary,
    placeholder: 'N',
    read: (text) => (text === undefined ? undefined : wholeNumber(text, bounds)),
  }
}

function wholeNumber(text: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  const most = max === Number.MAX_SAFE_INTEGER ? 'up' : `to ${max}`
  throw new Error(`must be a whole number from ${min} ${most}`)
}

/** A path; whether the file is there is seen when it is read. */
export function file(summary: string): Option<string | undefined> {
  return {
    summary,
    placeholder: 'F',
    read: (text) => {
      if (text === '') throw new Error('must be a path')
      return text
    },
  }
}

/** One of some words. */
export function choice<const T extends string>(
  summary: string,
  words: readonly T[],
  fallback: T,
): Option<T> {
  return {
    summary: `${summary}: ${words.join(', ')} (${fallback})`,
    placeholder: 'W',
    read: (text) => {
      const found = words.find((word) => word === (text ?? fallback))
      if (found === undefined) throw new Error(`must be one of ${words.join(', ')}`)
      return found
    },
  }
}

/** Present or not. */
export function flag(summary: string): Option<boolean> {
  return { summary, placeholder: null, read: (text) => text !== undefined }
}

/**
 * Reads a command line strictly.
 *
 * @throws BenchError naming the option that is unknown, repeated, lacks its value or has a bad one.
 */
export function readOptions<O extends Options>(
  args: readonly string[],
  options: O,
): Values<O> & { readonly json: boolean } {
  const all = { ...options, json: flag('') } as Options
  const config: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    Object.entries(all).map(([name, { placeholder }]) => [
      name,
      { type: placeholder === null ? 'boolean' : 'string', multiple: true },
    ]),
  )
  const given = parsed(args, config)
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(all)) {
    const texts = given[name]
    if (texts !== undefined && texts.length > 1) throw new BenchError(`--${name} is given twice`)
    const text = texts?.[0]
    try {
      values[name] = option.read(text === true ? '' : text === false ? undefined : text)
    } catch (error) {
      throw new BenchError(`--${name} ${(error as Error).message}, not ${JSON.stringify(text)}`)
    }
  }
  return values as Values<O> & { readonly json: boolean }
}

function parsed(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): Readonly<Record<string, readonly (string | boolean)[] | undefined>> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
      .values as Readonly<Record<string, readonly (string | boolean)[] | undefined>>
  } catch (error) {
    // The first sentence says it; what follows is advice on quoting.
    const said = (error as Error).message.split(/(?<=['"\w])\. |\n/)[0] ?? 'bad options'
    throw new BenchError(said)
  }
}
