/** Names as small numbers, in the order in which they came. None is ever taken back. */
export class Names {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []

  get size(): number {
    return this.#names.length
  }

  /** The number of a name, new or old. */
  intern(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.#names.length
    this.#names.push(name)
    this.#numbers.set(name, number)
    return number
  }

  /** The number of a name, or −1. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1
  }

  /** The name of a number that was given out. */
  at(number: number): string {
    return this.#names[number] as string
  }

  all(): readonly string[] {
    return this.#names
  }
}
