import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import {
  CloudError,
  type WebPolicy,
  type WebRequest,
  type WebResponse,
  type WebSource,
} from '@nephos/core'

export interface NodeWebOptions extends Partial<WebPolicy> {
  /** Milliseconds without a byte after which a server is given up; 60,000 by default. */
  readonly stallMs?: number
}

type Options = { readonly signal?: AbortSignal }

/**
 * The web, by this process's own connections: no proxy, no connection kept, nothing sent but the
 * path and the host. It connects to the address that it is told, never to a name.
 */
export class NodeWeb implements WebSource {
  readonly policy: WebPolicy
  readonly #stallMs: number

  constructor(options: NodeWebOptions = {}) {
    this.policy = { ports: options.ports ?? [80, 443], trusted: options.trusted ?? [] }
    this.#stallMs = options.stallMs ?? 60_000
  }

  async lookup(name: string, { signal }: Options = {}): Promise<readonly string[]> {
    signal?.throwIfAborted()
    try {
      const found = await lookup(name, { all: true })
      return found.map(({ address }) => address)
    } catch (cause) {
      throw new CloudError('invalid', 'uri: has a host that nobody knows.', { field: 'uri', cause })
    }
  }

  async open({ address, url }: WebRequest, { signal }: Options = {}): Promise<WebResponse> {
    const { protocol, port, hostname, pathname, search } = new URL(url)
    const secure = protocol === 'https:'
    const options: RequestOptions & { readonly servername?: string } = {
      host: address,
      port: port === '' ? (secure ? 443 : 80) : Number(port),
      path: `${pathname}${search}`,
      agent: false,
      headers: {
        host: port === '' ? hostname : `${hostname}:${port}`,
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'nephos',
      },
      timeout: this.#stallMs,
      maxHeaderSize: 32 * 1024,
      ...(secure && !hostname.startsWith('[') && { servername: hostname }),
      ...(signal && { signal }),
    }
    const message = await answered(secure ? httpsRequest : httpRequest, options)
    const length = message.headers['content-length']
    return {
      status: message.statusCode ?? 0,
      location: message.headers.location ?? null,
      encoding: message.headers['content-encoding'] ?? null,
      size: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null,
      body: bodyOf(message),
      close: () => void message.destroy(),
    }
  }
}

function answered(request: typeof httpRequest, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(options, resolve)
    asked.once('timeout', () => asked.destroy(new Error('Nothing came for too long.')))
    asked.once('error', (cause) => reject(broken(cause)))
    asked.end()
  })
}

async function* bodyOf(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) yield chunk
  } catch (cause) {
    throw broken(cause)
  }
}

/** What a page is that cannot be read is the user's to mend: another try is his to begin. */
function broken(cause: unknown): CloudError {
  return new CloudError('invalid', 'uri: the server does not answer, or broke off.', {
    field: 'uri',
    cause,
  })
}
