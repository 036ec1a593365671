import { CloudError } from '@nephos/core'
import { HttpError } from './faults.ts'

/** Bounds of what a JSON body may be. */
export const bodyLimits = Object.freeze({ bytes: 4 * 1024 * 1024, depth: 32, items: 100_000 })

/** Names that would change an object's prototype where it is copied. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** The bytes of a body as they come; none when there is no body. */
export async function* bytesOf(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return
  const reader = request.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Whoever stops early does not want the rest.
    await reader.cancel().catch(() => undefined)
  }
}

/**
 * The JSON of a body.
 *
 * @throws HttpError 413 beyond the bytes that a body may have; CloudError `invalid` for what is no
 *   JSON, nests too deeply, holds too much or names a prototype.
 */
export async function jsonOf(request: Request, bytes = bodyLimits.bytes): Promise<unknown> {
  const text = await textOf(request, bytes)
  if (text === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new CloudError('invalid', 'The body is no JSON.', { field: 'body' })
  }
  checkShape(value)
  return value
}

/** @throws HttpError 413. */
export async function textOf(request: Request, bytes: number): Promise<string> {
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > bytes) throw tooLarge(bytes)
  // A body with a length is no longer than it says: the server sees to it.
  if (declared !== null) return await request.text()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const part of bytesOf(request)) {
    size += part.byteLength
    if (size > bytes) throw tooLarge(bytes)
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

function tooLarge(bytes: number): HttpError {
  return new HttpError(413, `The body is larger than ${bytes} bytes.`, {
    code: 'tooLarge',
    field: 'body',
    limit: bytes,
  })
}

function checkShape(root: unknown): void {
  let level: unknown[] = [root]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > bodyLimits.depth) throw misshapen('nests too deeply', bodyLimits.depth)
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      if (!Array.isArray(value) && Object.keys(value).some((key) => forbidden.has(key))) {
        throw misshapen('names a prototype', 0)
      }
      for (const item of Object.values(value)) next.push(item)
    }
    count += next.length
    if (count > bodyLimits.items) throw misshapen('holds too many values', bodyLimits.items)
    level = next
  }
}

function misshapen(what: string, limit: number): CloudError {
  return new CloudError('invalid', `The body ${what}.`, { field: 'body', limit })
}
