import { limits } from '../../../base/limits.ts'
import { templateError } from './error.ts'

/** A part of a regular expression. */
export type Piece =
  | { readonly type: 'eat'; readonly test: (character: string) => boolean }
  | { readonly type: 'edge'; readonly edge: 'start' | 'end' }
  | { readonly type: 'sequence'; readonly pieces: readonly Piece[] }
  | { readonly type: 'either'; readonly pieces: readonly Piece[] }
  | { readonly type: 'repeat'; readonly piece: Piece; readonly min: number; readonly max: number }

type Test = (character: string) => boolean

const isDigit: Test = (c) => c >= '0' && c <= '9'
const isWord: Test = (c) => /^[\p{L}\p{N}_]$/u.test(c)
const isSpace: Test = (c) => /^\s$/u.test(c)
const not =
  (test: Test): Test =>
  (c) =>
    !test(c)

const classes: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' }

/** @throws CloudError `invalid`. */
export function parsePattern(source: string, path: string): Piece {
  return new Parser(source, path).whole()
}

class Parser {
  readonly #characters: readonly string[]
  readonly #path: string
  #at = 0
  #depth = 0

  constructor(source: string, path: string) {
    this.#characters = [...source]
    this.#path = path
  }

  whole(): Piece {
    const piece = this.#either()
    if (this.#peek() !== undefined) throw this.#error('has a ) too many')
    return piece
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(): string {
    const character = this.#characters[this.#at++]
    if (character === undefined) throw this.#error('ends too early')
    return character
  }

  #accept(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }

  #error(problem: string): Error {
    return templateError(this.#path, `${problem}, at ${this.#at}.`)
  }

  #either(): Piece {
    if (++this.#depth > limits.stackTemplateDepth) throw this.#error('is nested too deeply')
    const pieces = [this.#sequence()]
    while (this.#accept('|')) pieces.push(this.#sequence())
    this.#depth--
    return pieces.length === 1 ? (pieces[0] as Piece) : { type: 'either', pieces }
  }

  #sequence(): Piece {
    const pieces: Piece[] = []
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next === '|' || next === ')') break
      pieces.push(this.#repeated(this.#atom()))
    }
    return { type: 'sequence', pieces }
  }

  #repeated(piece: Piece): Piece {
    const range = this.#range()
    if (!range) return piece
    // Greedy or not makes no difference to whether the whole text matches.
    this.#accept('?')
    return this.#repeated({ type: 'repeat', piece, ...range })
  }

  #range(): { readonly min: number; readonly max: number } | undefined {
    if (this.#accept('*')) return { min: 0, max: Infinity }
    if (this.#accept('+')) return { min: 1, max: Infinity }
    if (this.#accept('?')) return { min: 0, max: 1 }
    const rest = this.#characters.slice(this.#at, this.#at + 16).join('')
    const [text, from = '', comma, to = ''] = /^\{(\d{0,5})(,?)(\d{0,5})\}/.exec(rest) ?? []
    if (text === undefined || (from === '' && to === '')) return undefined
    this.#at += text.length
    const min = Number(from)
    const max = comma === '' ? min : to === '' ? Infinity : Number(to)
    if (max < min) throw this.#error('repeats less than it repeats')
    return { min, max }
  }

  #atom(): Piece {
    const character = this.#take()
    switch (character) {
      case '.':
        return { type: 'eat', test: (c) => c !== '\n' }
      case '^':
        return { type: 'edge', edge: 'start' }
      case '$':
        return { type: 'edge', edge: 'end' }
      case '(':
        return this.#group()
      case '[':
        return { type: 'eat', test: this.#set() }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#error('repeats nothing')
      default:
        return { type: 'eat', test: (c) => c === character }
    }
  }

  #group(): Piece {
    if (this.#accept('?') && !this.#accept(':')) {
      throw this.#error('has a kind of group that is not supported')
    }
    const piece = this.#either()
    if (!this.#accept(')')) throw this.#error('has a ( without )')
    return piece
  }

  #escape(): Piece {
    const character = this.#take()
    if (character === 'A') return { type: 'edge', edge: 'start' }
    if (character === 'Z' || character === 'z') return { type: 'edge', edge: 'end' }
    return { type: 'eat', test: this.#escaped(character) }
  }

  #escaped(character: string): Test {
    const test = Object.hasOwn(classes, character) ? classes[character] : undefined
    if (test) return test
    if (Object.hasOwn(escapes, character)) return (c) => c === escapes[character]
    if (/^[\p{L}\p{N}]$/u.test(character)) throw this.#error('has an escape that is not supported')
    return (c) => c === character
  }

  #set(): Test {
    const isNegated = this.#accept('^')
    const tests: Test[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      tests.push(this.#member())
    }
    this.#take()
    const test: Test = (c) => tests.some((one) => one(c))
    return isNegated ? not(test) : test
  }

  #member(): Test {
    const character = this.#take()
    if (character === '\\') return this.#escaped(this.#take())
    const after = this.#characters[this.#at + 1]
    if (this.#peek() !== '-' || after === ']' || after === undefined) return (c) => c === character
    this.#take()
    const taken = this.#take()
    const end = taken === '\\' ? this.#take() : taken
    const [low, high] = [character.codePointAt(0) as number, end.codePointAt(0) as number]
    if (high < low) throw this.#error('has a range that ends before it begins')
    return (c) => {
      const code = c.codePointAt(0) as number
      return code >= low && code <= high
    }
  }
}
