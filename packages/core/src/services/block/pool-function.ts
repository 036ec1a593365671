/**
 * The expressions that a pool may say of itself, as Cinder's `filter_function` and
 * `goodness_function` (https://docs.openstack.org/cinder/latest/admin/driver-filter-weighing.html):
 * numbers, texts, names such as `volume.size`, `+ - * / ^`, comparisons, `and or not`, `a ? b : c`,
 * `abs min max`. Nothing else can be reached by them.
 */
export type FunctionValue = number | string | boolean

/** What a name stands for; undefined: nothing. */
export type NameLookup = (name: string) => FunctionValue | undefined

/** What an expression is worth; undefined where it is none, or names what there is not. */
export function evaluate(text: string, lookup: NameLookup): FunctionValue | undefined {
  const tokens = tokensOf(text)
  if (!tokens) return undefined
  try {
    return new Reader(tokens, lookup).whole()
  } catch (error) {
    if (error instanceof NoExpression) return undefined
    throw error
  }
}

class NoExpression extends Error {}

/** A number, a text, a name, or an operator. */
const token = new RegExp(
  String.raw`\s*(?:\d+(?:\.\d+)?|"[^"]*"|'[^']*'|[A-Za-z_][\w.:-]*\w|[A-Za-z_]|` +
    String.raw`[<>!=]=|<>|[-+*/^<>=!&|?:(),])`,
  'y',
)
/** Deeper ones are nobody's: reading goes as deep. */
const mostDepth = 32
const mostTokens = 256

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = []
  token.lastIndex = 0
  const whole = text.trimEnd()
  while (token.lastIndex < whole.length) {
    const found = token.exec(whole)
    if (!found || tokens.length >= mostTokens) return undefined
    tokens.push(found[0].trim())
  }
  return tokens
}

const words: Readonly<Record<string, string>> = {
  and: '&',
  or: '|',
  not: '!',
  '<>': '!=',
  '=': '==',
}

/** Operators of two sides, the loosest first. */
const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
]

class Reader {
  readonly #tokens: readonly string[]
  readonly #lookup: NameLookup
  #at = 0
  #depth = 0

  constructor(tokens: readonly string[], lookup: NameLookup) {
    this.#tokens = tokens
    this.#lookup = lookup
  }

  whole(): FunctionValue {
    const value = this.#choice()
    if (this.#at < this.#tokens.length) throw new NoExpression()
    return value
  }

  get #next(): string | undefined {
    const next = this.#tokens[this.#at]
    return next !== undefined && Object.hasOwn(words, next) ? words[next] : next
  }

  #take(wanted: string): boolean {
    if (this.#next !== wanted) return false
    this.#at++
    return true
  }

  #need(wanted: string): void {
    if (!this.#take(wanted)) throw new NoExpression()
  }

  #choice(): FunctionValue {
    if (++this.#depth > mostDepth) throw new NoExpression()
    const value = this.#level(0)
    if (this.#take('?')) {
      const yes = this.#choice()
      this.#need(':')
      const no = this.#choice()
      this.#depth--
      return truth(value) ? yes : no
    }
    this.#depth--
    return value
  }

  #level(level: number): FunctionValue {
    const operators = levels[level]
    if (!operators) return this.#power()
    let left = this.#level(level + 1)
    for (;;) {
      const operator = this.#next ?? ''
      if (!operators.includes(operator)) return left
      this.#at++
      left = apply(operator, left, this.#level(level + 1))
    }
  }

  #power(): FunctionValue {
    const base = this.#unary()
    return this.#take('^') ? number(base) ** number(this.#power()) : base
  }

  #unary(): FunctionValue {
    if (++this.#depth > mostDepth) throw new NoExpression()
    const value = this.#take('-')
      ? -number(this.#unary())
      : this.#take('!')
        ? !truth(this.#unary())
        : this.#atom()
    this.#depth--
    return value
  }

  #atom(): FunctionValue {
    if (this.#take('(')) {
      const value = this.#choice()
      this.#need(')')
      return value
    }
    const text = this.#tokens[this.#at++] ?? ''
    if (/^\d/.test(text)) return Number(text)
    if (/^["']/.test(text)) return text.slice(1, -1)
    if (!/^\w/.test(text)) throw new NoExpression()
    if (this.#take('(')) return this.#call(text)
    const value = this.#lookup(text)
    if (value === undefined) throw new NoExpression()
    return value
  }

  #call(name: string): number {
    const values = [number(this.#choice())]
    while (this.#take(',')) values.push(number(this.#choice()))
    this.#need(')')
    if (name === 'abs' && values.length === 1) return Math.abs(values[0] as number)
    if (name === 'min') return Math.min(...values)
    if (name === 'max') return Math.max(...values)
    throw new NoExpression()
  }
}

function apply(operator: string, left: FunctionValue, right: FunctionValue): FunctionValue {
  switch (operator) {
    case '|':
      return truth(left) || truth(right)
    case '&':
      return truth(left) && truth(right)
    case '==':
      return String(left) === String(right)
    case '!=':
      return String(left) !== String(right)
    case '<':
      return number(left) < number(right)
    case '>':
      return number(left) > number(right)
    case '<=':
      return number(left) <= number(right)
    case '>=':
      return number(left) >= number(right)
    case '+':
      return number(left) + number(right)
    case '-':
      return number(left) - number(right)
    case '*':
      return number(left) * number(right)
    default:
      return number(number(left) / number(right))
  }
}

/** A text of digits counts as a number, as capabilities are texts. */
function number(value: FunctionValue): number {
  const is = typeof value === 'string' && value.trim() === '' ? NaN : Number(value)
  if (!Number.isFinite(is)) throw new NoExpression()
  return is
}

function truth(value: FunctionValue): boolean {
  return typeof value === 'string' ? value.toLowerCase() === 'true' : value !== 0 && value !== false
}
