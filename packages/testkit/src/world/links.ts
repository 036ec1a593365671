/** Who reaches whom. Every pair is linked both ways until it is cut; a cut may be one way only. */
export class Links {
  readonly #cuts = new Set<string>()

  get cut(): boolean {
    return this.#cuts.size > 0
  }

  /** What `from` sends does not arrive at `to` any more. */
  cutOneWay(from: string, to: string): void {
    this.#cuts.add(linkKey(from, to))
  }

  cutBothWays(a: string, b: string): void {
    this.cutOneWay(a, b)
    this.cutOneWay(b, a)
  }

  mend(a: string, b: string): void {
    this.#cuts.delete(linkKey(a, b))
    this.#cuts.delete(linkKey(b, a))
  }

  mendAll(): void {
    this.#cuts.clear()
  }

  isCut(from: string, to: string): boolean {
    return this.#cuts.size > 0 && this.#cuts.has(linkKey(from, to))
  }
}

function linkKey(from: string, to: string): string {
  return `${from}\n${to}`
}
