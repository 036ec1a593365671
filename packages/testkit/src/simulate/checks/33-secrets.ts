import type { Check, Scene, Watch } from '../check.ts'
import { someText } from './plain.ts'

/** Secrets are in no row in clear, no log, no answer and no refusal. */
export const secrets: Check = {
  invariant: 33,
  title: 'No secret is in rows, logs, answers or errors.',
  watch: (scene) => {
    const finder = new SecretFinder(scene)
    return {
      commit: ({ batch }) => {
        if (finder.idle) return
        for (const { kind, writes } of batch.kinds) {
          for (const rows of [writes.insert, writes.update]) {
            for (const row of rows ?? []) {
              finder.look(row, () => `${kind.name}:${(row as { id: string }).id}`)
            }
          }
        }
      },
      answer: ({ answer, message, operation, tenant }) => {
        finder.look(answer, () => `answer:${operation} to ${tenant}`)
        finder.look(message, () => `refusal:${operation} to ${tenant}`)
      },
      log: (level, message, attributes) => {
        finder.look(message, () => `log:${level}`)
        finder.look(attributes, () => `log:${level} ${message}`)
      },
    } satisfies Watch
  },
}

/** Looks for many secrets at once by what all of them begin with. */
class SecretFinder {
  readonly #scene: Scene
  #known = 0
  #prefix = ''

  constructor(scene: Scene) {
    this.#scene = scene
  }

  /** True while there are no secrets. */
  get idle(): boolean {
    return this.#scene.canaries.secrets.size === 0
  }

  look(value: unknown, subject: () => string): void {
    const { secrets: all } = this.#scene.canaries
    if (all.size === 0 || value === undefined || value === null) return
    if (all.size !== this.#known) this.#learn(all)
    const isFound = someText(value, (text) => {
      if (!text.includes(this.#prefix)) return false
      for (const secret of all) if (text.includes(secret)) return true
      return false
    })
    if (isFound) this.#scene.report(subject(), 'holds a secret in clear')
  }

  #learn(all: ReadonlySet<string>): void {
    this.#known = all.size
    const [first = '', ...rest] = all
    let length = first.length
    for (const secret of rest) {
      while (!secret.startsWith(first.slice(0, length))) length--
    }
    this.#prefix = first.slice(0, length)
  }
}
