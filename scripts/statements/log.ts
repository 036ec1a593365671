/** A statement as the server logged it, with the milliseconds of its parse, plan and execution. */
export interface Logged {
  readonly text: string
  readonly ms: number
}

interface Line {
  readonly message?: string
}

const timed = /^duration: ([\d.]+) ms {2}(parse|bind|execute|statement)(?: <unnamed>)?: ([^]+)$/

/** The statements of a log in JSON of PostgreSQL, in order; a statement's steps are added up. */
export function loggedIn(log: string): Logged[] {
  const found: Logged[] = []
  let ms = 0
  for (const line of log.split('\n').filter(Boolean)) {
    const [, took, step, text] = timed.exec((JSON.parse(line) as Line).message ?? '') ?? []
    if (text === undefined) continue
    ms += Number(took)
    if (step === 'parse' || step === 'bind') continue
    found.push({ text: text.replace(/\s+/g, ' ').trim(), ms })
    ms = 0
  }
  return found
}
