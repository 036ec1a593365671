import { checkLinearizable } from '../../history/linearizable.ts'
import type { Model, Operation } from '../../history/operation.ts'
import type { HistoryEntry, Scene } from '../check.ts'
import { byKey } from './ledger.ts'

/** States that the search of one part visits before it gives up: a part has a few operations. */
const budget = 20_000

/** When something happened, if it did: between the two, or at any time after the first. */
export interface Span {
  readonly call: number
  readonly return: number | undefined
}

/** A call that counts once, whatever number of times it was made. */
export interface Deed {
  /** The entry that says most of it. */
  readonly entry: HistoryEntry
  readonly end: 'ok' | 'refused' | 'unknown'
  readonly span: Span
}

/**
 * Calls as an object sees them: those with one key are one. Who was refused in a later attempt does
 * not know what became of the attempts before.
 */
export function deedsOf(history: readonly HistoryEntry[]): readonly Deed[] {
  const deeds = history.filter(({ key }) => key === undefined).map(single)
  for (const entries of byKey(history).values()) {
    const done = entries.filter(({ end }) => end === 'ok')
    const [first] = done
    if (!first) {
      deeds.push(...entries.map(single))
      continue
    }
    const call = Math.min(...entries.map(({ called }) => called))
    const end = Math.min(...done.map(({ returned }) => returned as number))
    deeds.push({ entry: first, end: 'ok', span: { call, return: Math.max(call, end) } })
    // One with another body is a call of its own.
    deeds.push(...entries.filter(({ end: how }) => how === 'refused').map(single))
  }
  return deeds
}

function single(entry: HistoryEntry): Deed {
  const { end, called, returned, requestIds } = entry
  const isOpen = end === 'unknown' || (end === 'refused' && requestIds.length > 1)
  if (isOpen) return { entry, end: 'unknown', span: { call: called, return: undefined } }
  return { entry, end, span: { call: called, return: returned ?? called } }
}

/** Reports the part of a history that no order explains. */
export function requireLinear<S, I, O>(
  scene: Scene,
  subject: string,
  model: Model<S, I, O>,
  operations: readonly Operation<I, O>[],
): void {
  if (operations.length < 2) return
  const result = checkLinearizable(model, operations, { budget })
  if (result.verdict === 'undecided') scene.sometimes('a history was too long to decide')
  if (result.verdict === 'illegal') scene.report(`${subject}:${result.part}`, result.text)
}
