/** The last time that was written, and how: rows that were made together follow each other. */
let last = { at: 0, text: '1970-01-01T00:00:00.000Z' }

function isoTime(at: number): string {
  if (at !== last.at) last = { at, text: new Date(at).toISOString() }
  return last.text
}

/** Milliseconds since the epoch as Nova's tables write them: with microseconds, without a zone. */
export function microTime(at: number): string {
  return isoTime(at).replace('Z', '000')
}

/** Milliseconds since the epoch to the second, in UTC. */
export function secondTime(at: number): string {
  return `${isoTime(at).slice(0, 19)}Z`
}
