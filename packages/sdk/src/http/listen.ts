import {
  createServer,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { CloudError } from '@nephos/core'
import { answeringOf, type Handler } from './answer.ts'
import { send } from './send.ts'
import { oddityOf, refuseOdd, wasRefused } from './wary.ts'

export interface ListenOptions {
  /** Loopback by default: nobody else can knock. */
  readonly host?: string
  /** 0, the default: any that is free. */
  readonly port?: number
  /** HTTPS, with this certificate (and those that it rests on) and its key, in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface Listening extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** `http://127.0.0.1:5000`, or `https://…` */
  readonly url: string
  /** Takes no more requests, and ends when those under way are answered. */
  readonly close: () => Promise<void>
}

/**
 * Names of headers have no case, but clients of object storage look for `X-Object-Meta-` as it is
 * in the documentation: what users have set is spelled so.
 */
class SpelledResponse extends ServerResponse {
  override writeHead(status: number, text?: string | Heads, heads?: Heads): this {
    if (typeof text === 'string') return super.writeHead(status, text, spelled(heads))
    return super.writeHead(status, spelled(text))
  }
}

type Heads = OutgoingHttpHeaders | OutgoingHttpHeader[]

function spelled(heads: Heads | undefined): Heads | undefined {
  if (heads === undefined || Array.isArray(heads)) return heads
  return Object.fromEntries(Object.entries(heads).map(([name, value]) => [spelling(name), value]))
}

function spelling(name: string): string {
  if (!name.includes('-meta-')) return name
  return name.replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

/** Time for a request's headers, in milliseconds. */
const headersMs = 20_000

/** Time without a byte in either direction after which a connection is cut, in milliseconds. */
const idleMs = 300_000

/**
 * Listens for HTTP on a socket.
 *
 * @throws CloudError `invalid` when the certificate or its key is none.
 * @throws CloudError `unavailable` when the address cannot be had: taken, or not this machine's.
 */
export async function listen(handler: Handler, options: ListenOptions = {}): Promise<Listening> {
  const { host = '127.0.0.1', port = 0 } = options
  const listener = getRequestListener(sending(handler), { overrideGlobalObjects: false })
  const server = openServer(options.tls, (request, response) => {
    if (wasRefused(request)) return
    const oddity = oddityOf(request)
    if (oddity) refuseOdd(oddity, request, response)
    else void listener(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `Cannot listen at ${host}:${port}: ${cause.code ?? cause.message}.`
      reject(new CloudError('unavailable', message, { field: 'listen', cause }))
    })
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  const close = (): Promise<void> => closed(server)
  const written = host.includes(':') ? `[${host}]` : host
  return {
    host,
    port: address.port,
    url: `${options.tls ? 'https' : 'http'}://${written}:${address.port}`,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Bounds of what a connection may bring, and of how long it may take. */
const bounds = {
  headersTimeout: headersMs,
  requestTimeout: 0,
  maxHeaderSize: 32 * 1024,
  // Asked for by `oddityOf`, where the connection ends with it.
  requireHostHeader: false,
  ServerResponse: SpelledResponse,
}

function openServer(tls: ListenOptions['tls'], listener: RequestListener): Server | TlsServer {
  const server = tls ? openTls(tls, listener) : createServer(bounds, listener)
  server.setTimeout(idleMs)
  // Node would leave out those beyond 2,000 and say nothing; their bytes are bounded.
  server.maxHeadersCount = 0
  return server
}

function openTls(tls: NonNullable<ListenOptions['tls']>, listener: RequestListener): TlsServer {
  try {
    return createTlsServer({ ...bounds, ...tls, minVersion: 'TLSv1.2' }, listener)
  } catch (cause) {
    const message = 'The certificate and its key are not such, or do not belong together.'
    throw new CloudError('invalid', message, { field: 'tls', cause })
  }
}

type Sending = Parameters<typeof getRequestListener>[0]

/** The handler, which writes its answers to the socket itself where it can. */
function sending(handler: Handler): Sending {
  const answering = answeringOf(handler)
  if (!answering) return handler
  return async (request, { outgoing }) => {
    if (!(outgoing instanceof ServerResponse)) return await handler(request)
    await send(await answering(request), outgoing)
    return RESPONSE_ALREADY_SENT
  }
}

function closed(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
}
