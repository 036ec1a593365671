import { limits } from '../../../base/limits.ts'
import { templateError } from './error.ts'
import { parsePattern, type Piece } from './pattern-parse.ts'

/**
 * Regular expressions of templates. They are written by whoever may write templates, so they must
 * not be able to stop the cloud: matching takes time in proportion to the text, whatever the
 * expression (Thompson 1968), and there are no back references and no looking around.
 */
export interface Pattern {
  /** True if the whole text matches. */
  matches(text: string): boolean
}

/** A state eats a character, or leads on to others, or is the end. */
type State =
  | { readonly type: 'eat'; readonly test: (character: string) => boolean; next: number }
  | { readonly type: 'split'; next: number; readonly others: number[] }
  | { readonly type: 'edge'; readonly edge: 'start' | 'end'; next: number }
  | { readonly type: 'done' }

const nowhere = -1

/** @throws CloudError `invalid` for an expression that is malformed, too long or not supported. */
export function compilePattern(source: string, path: string): Pattern {
  if (source.length > limits.stackPatternLength) {
    throw templateError(path, 'is too long.', limits.stackPatternLength)
  }
  const builder = new Builder(path)
  const start = builder.build(parsePattern(source, path), builder.add({ type: 'done' }))
  return { matches: (text) => run(builder.states, start, text) }
}

class Builder {
  readonly states: State[] = []
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  add(state: State): number {
    if (this.states.length >= limits.stackPatternStates) {
      throw templateError(this.#path, 'is too large.', limits.stackPatternStates)
    }
    return this.states.push(state) - 1
  }

  /** @returns the state from where `piece` leads to `next`. */
  build(piece: Piece, next: number): number {
    switch (piece.type) {
      case 'eat':
        return this.add({ type: 'eat', test: piece.test, next })
      case 'edge':
        return this.add({ type: 'edge', edge: piece.edge, next })
      case 'sequence':
        return piece.pieces.reduceRight((after, one) => this.build(one, after), next)
      case 'either': {
        const [first = next, ...others] = piece.pieces.map((one) => this.build(one, next))
        return this.add({ type: 'split', next: first, others })
      }
      case 'repeat':
        return this.#repeat(piece, next)
    }
  }

  #repeat(piece: Extract<Piece, { type: 'repeat' }>, next: number): number {
    let at = next
    if (piece.max === Infinity) {
      const loop: State = { type: 'split', next: nowhere, others: [next] }
      at = this.add(loop)
      loop.next = this.build(piece.piece, at)
    } else {
      for (let i = piece.min; i < piece.max; i++) {
        at = this.add({ type: 'split', next: this.build(piece.piece, at), others: [next] })
      }
    }
    for (let i = 0; i < piece.min; i++) at = this.build(piece.piece, at)
    return at
  }
}

function run(states: readonly State[], start: number, text: string): boolean {
  if (text.length > limits.stackPatternText) return false
  const characters = [...text]
  let here = reach(states, [start], 0, characters.length)
  for (const [at, character] of characters.entries()) {
    const after: number[] = []
    for (const index of here) {
      const state = states[index] as State
      if (state.type === 'eat' && state.test(character)) after.push(state.next)
    }
    if (after.length === 0) return false
    here = reach(states, after, at + 1, characters.length)
  }
  return [...here].some((index) => states[index]?.type === 'done')
}

/** Every state that is reached without eating. */
function reach(
  states: readonly State[],
  from: readonly number[],
  at: number,
  length: number,
): ReadonlySet<number> {
  const seen = new Set<number>()
  const left = [...from]
  for (let index = left.pop(); index !== undefined; index = left.pop()) {
    if (index === nowhere || seen.has(index)) continue
    seen.add(index)
    const state = states[index] as State
    if (state.type === 'split') left.push(state.next, ...state.others)
    else if (state.type === 'edge' && at === (state.edge === 'start' ? 0 : length))
      left.push(state.next)
  }
  return seen
}
