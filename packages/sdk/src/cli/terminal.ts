/** Where a command talks to a person. In JSON mode nothing is said. */
export class Terminal {
  readonly #quiet: boolean
  readonly #tty: boolean

  constructor(options: { readonly quiet: boolean }) {
    this.#quiet = options.quiet
    this.#tty = process.stdout.isTTY
  }

  line(text = ''): void {
    if (!this.#quiet) process.stdout.write(`${text}\n`)
  }

  /** A bar that redraws itself on a terminal, and prints only its last state elsewhere. */
  bar(label: string, done: number, total: number): void {
    if (this.#quiet || (!this.#tty && done < total)) return
    const width = 32
    const filled = total === 0 ? width : Math.round((width * done) / total)
    const text = `${label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`
    process.stdout.write(this.#tty ? `\r${text}${done >= total ? '\n' : ''}` : `${text}\n`)
  }

  /** Two columns, the second aligned right. */
  table(rows: readonly (readonly [string, string])[]): void {
    const left = Math.max(...rows.map(([name]) => name.length))
    const right = Math.max(...rows.map(([, value]) => value.length))
    for (const [name, value] of rows) this.line(`  ${name.padEnd(left)}  ${value.padStart(right)}`)
  }
}

export function milliseconds(ms: number): string {
  return ms < 10_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
