import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What a request has that two readers of it might understand in two ways. */
export interface Oddity {
  readonly status: number
  readonly message: string
}

/**
 * What Node's parser lets pass although a proxy before us might have read it otherwise: such a
 * request could carry another one past the proxy's checks. Undefined for an ordinary request.
 */
export function oddityOf(request: IncomingMessage): Oddity | undefined {
  const { method, url = '', httpVersion, rawHeaders } = request
  const hosts = valuesOf(rawHeaders, 'host')
  if (hosts.length > 1) return odd('The header Host stands there more than once.')
  if (hosts.length === 0 && httpVersion !== '1.0') return odd('There is no header Host.')
  if (!hosts.every((host) => hostForm.test(host))) return odd('The header Host is no host.')
  if (httpVersion === '1.0' && valuesOf(rawHeaders, 'transfer-encoding').length > 0) {
    return odd('HTTP/1.0 has no header Transfer-Encoding.')
  }
  // The whole URL is for proxies: its host and the header’s might not be the same.
  const isAll = url === '*' && method === 'OPTIONS'
  if (!isAll && !url.startsWith('/')) return odd('The target is no path.')
  // It would send back headers that scripts may not read.
  if (method === 'TRACE') return { status: 405, message: 'TRACE is not allowed here.' }
  return undefined
}

/**
 * Answers an odd request, after which its connection ends. Others that came with it must not be
 * performed: `wasRefused` tells them.
 */
export function refuseOdd(
  { status, message }: Oddity,
  { socket }: IncomingMessage,
  response: ServerResponse,
): void {
  refused.add(socket)
  const title = status === 405 ? 'Method Not Allowed' : 'Bad Request'
  const body = JSON.stringify({ error: { code: status, title, message } })
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  })
  response.end(body)
}

/** True for what follows an odd request in one connection. */
export function wasRefused({ socket }: IncomingMessage): boolean {
  return refused.has(socket)
}

const refused = new WeakSet<Socket>()

/** A name, or an address, and perhaps a port. */
const hostForm = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i

function odd(message: string): Oddity {
  return { status: 400, message }
}

/** Every value of a header in a list of names and values. */
function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)
}
