import { faultNames } from '../../world/faults.ts'
import type { StoryOptions } from '../story-types.ts'
import { spansText } from './seeds.ts'

/** The command that runs this very story again. */
export function commandOf(options: StoryOptions): string {
  const { seed, size = 'medium', plan = {}, without = [], onlyStrikes, skip = [] } = options
  const words = ['npm run simulate --', `--seed ${seed}`]
  if (size !== 'medium') words.push(`--size ${size}`)
  if (Object.keys(plan).length > 0) words.push(`--plan ${quoted(JSON.stringify(plan))}`)
  if (without.length > 0) words.push(faultsText(new Set(without)))
  if (onlyStrikes) words.push(`--only-strikes ${spansText(onlyStrikes)}`)
  if (skip.length > 0) words.push(`--skip ${spansText(skip)}`)
  return words.join(' ')
}

/** Whichever is shorter: the faults that are left out, or those that are left. */
function faultsText(without: ReadonlySet<string>): string {
  const left = faultNames.filter((name) => !without.has(name))
  if (left.length === 0) return '--only-faults none'
  if (left.length < without.size) return `--only-faults ${left.join(',')}`
  return `--without ${[...without].join(',')}`
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
