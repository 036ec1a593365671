/**
 * A place in the stream of events: all events of the changes before `seq` were given, and so many
 * of those of `seq` itself; Infinity = all of them.
 */
export interface Place {
  readonly seq: number
  readonly given: number
}

/** What a cursor looks like: a change, and events of it unless all were given. */
export const cursorForm = /^\d{1,15}(?:\.[1-9]\d{0,8})?$/

/** The place that a cursor names. The text must have the form. */
export function parseCursor(cursor: string): Place {
  const [seq, given] = cursor.split('.') as [string, string?]
  return { seq: Number(seq), given: given === undefined ? Infinity : Number(given) }
}

export function cursorText({ seq, given }: Place): string {
  return given === Infinity ? String(seq) : `${seq}.${given}`
}
