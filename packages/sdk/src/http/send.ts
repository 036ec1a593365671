import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Answer } from './answer.ts'

/**
 * Writes an answer to a socket as it is: a web `Response` would copy its bytes through two more
 * streams. A stream that fails cuts the connection, since its status was sent already; a client
 * that goes away ends the stream.
 */
export async function send(answer: Answer, response: ServerResponse): Promise<void> {
  const { status, headers, body } = answer
  const isText = typeof body === 'string'
  if (isText) headers.set('content-length', String(Buffer.byteLength(body)))
  response.writeHead(status, Object.fromEntries(headers))
  if (body === null || isText) {
    response.end(body ?? undefined)
    return
  }
  response.flushHeaders()
  await pipeline(Readable.from(body), response).catch(() => undefined)
}
