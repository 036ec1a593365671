import type { Frame, Kernel } from '../../../src/kernel.ts'

export type MakeKernel = (frame: Frame) => Kernel

/** The calls whose answers are compared. */
export type Method = Exclude<keyof Kernel, 'frame' | 'bytes' | 'width' | 'save' | 'restore'>

/** What changes nothing, and is only told if the answers differ. */
const questions: ReadonlySet<Method> = new Set<Method>([
  'kindOf',
  'state',
  'hostOf',
  'footprintOf',
  'untilOf',
  'partsOf',
  'allocationsOf',
  'records',
  'room',
  'domains',
  'explain',
])

/** Two kernels that answered one call differently. */
export class Difference extends Error {
  constructor(call: string, first: unknown, second: unknown) {
    super(`${call}\n    first:  ${textOf(first)}\n    second: ${textOf(second)}`)
    this.name = 'Difference'
  }
}

/** Gives every call to two kernels and compares what they answer. */
export class Duel {
  /**
   * The calls that change something, as text; only kept when asked for, because it takes most of
   * the time.
   */
  readonly trace: string[] = []
  readonly calls = new Map<Method, number>()
  readonly #tracing: boolean
  #first: Kernel
  #second: Kernel

  constructor(
    private readonly make: readonly [MakeKernel, MakeKernel],
    frame: Frame,
    tracing: boolean,
  ) {
    this.#tracing = tracing
    this.#first = make[0](frame)
    this.#second = make[1](frame)
    this.#note(() => `frame ${textOf(frame)}`)
    this.#compareWidth()
  }

  get width(): number {
    return this.#first.width
  }

  /** The first kernel's answer, once the second has given the same. */
  call<Name extends Method>(
    name: Name,
    ...args: Parameters<Kernel[Name]>
  ): ReturnType<Kernel[Name]> {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1)
    const first = attempt(this.#first, name, args)
    const second = attempt(this.#second, name, args)
    const text = (): string => `${name}(${args.map(textOf).join(', ')})`
    if (!questions.has(name)) this.#note(() => `${text()} → ${textOf(first)}`)
    if (first instanceof Failure || !same(first, second)) {
      throw new Difference(text(), first, second)
    }
    return first as ReturnType<Kernel[Name]>
  }

  save(): readonly [Uint8Array, Uint8Array] {
    this.#note(() => 'save()')
    return [this.#first.save().slice(), this.#second.save().slice()]
  }

  /** Each kernel gets its own bytes back. */
  restore([first, second]: readonly [Uint8Array, Uint8Array], fresh: boolean): void {
    this.#note(() => `restore(saved) ${fresh ? 'in new kernels' : ''}`)
    if (fresh) this.renew(this.#first.frame)
    this.#first.restore(first)
    this.#second.restore(second)
  }

  /** Goes on with two new kernels. */
  renew(frame: Frame): void {
    this.#note(() => `new kernels, frame ${textOf(frame)}`)
    this.#first = this.make[0](frame)
    this.#second = this.make[1](frame)
    this.#compareWidth()
  }

  #compareWidth(): void {
    const { width } = this.#first
    if (width !== this.#second.width) throw new Difference('width', width, this.#second.width)
  }

  #note(text: () => string): void {
    if (this.#tracing) this.trace.push(text())
  }
}

/** A call that threw. */
class Failure {
  constructor(readonly message: string) {}
}

function attempt(kernel: Kernel, name: Method, args: readonly unknown[]): unknown {
  try {
    const answer: unknown = Reflect.apply(kernel[name], kernel, args)
    return name === 'records' ? withoutStale(answer as Int32Array) : answer
  } catch (error) {
    return new Failure(String(error))
  }
}

/** Records without what is left in free ones, which means nothing. */
function withoutStale(rows: Int32Array): Int32Array {
  return rows.map((value, index) => {
    const column = index % 5
    return rows[index - column] === -1 && column > 0 && column < 4 ? 0 : value
  })
}

function same(first: unknown, second: unknown): boolean {
  if (typeof first !== 'object' || first === null) return first === second
  if (typeof second !== 'object' || second === null) return false
  if (ArrayBuffer.isView(first)) return sameRow(first as Int32Array, second as Int32Array)
  return Object.entries(first).every(([key, value]) =>
    same(value, (second as Readonly<Record<string, unknown>>)[key]),
  )
}

function sameRow(first: Int32Array, second: Int32Array): boolean {
  if (first.constructor !== second.constructor || first.length !== second.length) return false
  for (let index = 0; index < first.length; index++) {
    if (first[index] !== second[index]) return false
  }
  return true
}

function textOf(value: unknown): string {
  if (value instanceof Failure) return `threw ${value.message}`
  if (ArrayBuffer.isView(value)) return `[${(value as Int32Array).join(' ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).map(([key, each]) => `${key}: ${textOf(each)}`)
  return `{ ${parts.join(', ')} }`
}
