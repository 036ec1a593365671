/** Answers one request; never rejects. */
export type Handler = (request: Request) => Promise<Response>

/** What a request is answered with, before it is a `Response` or bytes on a socket. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string | AsyncIterable<Uint8Array> | null
}

/** A handler whose answer is not wrapped yet; never rejects. */
export type Answering = (request: Request) => Promise<Answer>

const known = new WeakMap<Handler, Answering>()

/** A handler whose answers may be had without the `Response` around them. */
export function handlerOf(answering: Answering): Handler {
  const handler: Handler = async (request) => responseOf(await answering(request))
  known.set(handler, answering)
  return handler
}

/** What stands behind a handler that `handlerOf` made. */
export function answeringOf(handler: Handler): Answering | undefined {
  return known.get(handler)
}

function responseOf({ status, headers, body }: Answer): Response {
  const isStream = body !== null && typeof body !== 'string'
  return new Response(isStream ? ReadableStream.from(body) : body, { status, headers })
}
