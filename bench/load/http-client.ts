import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Empty when discarded. */
  readonly body: Buffer
  /** Bytes of the body. */
  readonly size: number
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly stream?: AsyncIterable<Uint8Array>
  /** Counts the bytes of the answer, and keeps none. */
  readonly discard?: boolean
}

/** A client that costs little, on connections that stay open. */
export class HttpClient {
  readonly #origin: string
  readonly #agent: Agent

  constructor(origin: string, connections: number) {
    this.#origin = origin
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  async request(method: string, path: string, asked: Asked): Promise<HttpAnswer> {
    const { headers, body, stream, discard = false } = asked
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sending = request(`${this.#origin}${path}`, {
      method,
      agent: this.#agent,
      headers: { ...headers, ...length },
    })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sending.once('response', resolve)
      sending.once('error', reject)
    })
    if (stream) await pipeline(Readable.from(stream), sending)
    else sending.end(body)
    const response = await answered
    const parts: Buffer[] = []
    let size = 0
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.byteLength
      if (!discard) parts.push(part)
    }
    const { statusCode: status = 0, headers: got } = response
    return { status, headers: got, body: Buffer.concat(parts), size }
  }

  close(): void {
    this.#agent.destroy()
  }
}
