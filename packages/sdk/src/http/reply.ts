import type { Answer } from './answer.ts'

/** What an endpoint answers. */
export interface Reply {
  /** The endpoint's own when absent. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is; its content type is in the headers. */
  readonly text?: string
  /** Bytes as they come. */
  readonly stream?: AsyncIterable<Uint8Array>
}

/** An answer without a body. */
export const nothing: Reply = Object.freeze({})

/** An answer of JSON. */
export function json(
  value: unknown,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Reply {
  return { json: value, ...options }
}

/** What a reply sends. */
export function answerOf(reply: Reply, status: number, headers: Headers): Answer {
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value)
  const answer = { status: reply.status ?? status, headers }
  if (reply.stream) return { ...answer, body: reply.stream }
  if (reply.json !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return { ...answer, body: JSON.stringify(reply.json) }
  }
  if (reply.text !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8')
    return { ...answer, body: reply.text }
  }
  // Without a length, clients that keep connections wait for a body.
  if (![204, 304].includes(answer.status))
    headers.set('content-length', headers.get('content-length') ?? '0')
  return { ...answer, body: null }
}
