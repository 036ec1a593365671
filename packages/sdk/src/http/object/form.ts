import {
  type Actor,
  isCloudError,
  type ObjectFormInput,
  type ObjectUploadInput,
  uploadObject,
  verifyForm,
} from '@nephos/core'
import { type FormPart, formParts } from '../../wire/object/form-data.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { htmlType } from './replies.ts'
import { mount, projectOf, signatureOf, type SwiftExchange } from './who.ts'

/**
 * FormPOST: what a browser uploads by a form that the owner of the container signed. Fields come
 * before files, each of which is stored as it comes.
 *
 * @param prefix what the names of all files begin with.
 */
export async function postForm(x: SwiftExchange, prefix: string): Promise<Reply> {
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(x.headers.get('content-type') ?? '')?.[1]
  if (boundary === undefined) throw new HttpError(400, 'FormPost: boundary not given')
  const account = projectOf(x.param('account'))
  const container = x.param('container')
  const fields = new Map<string, string>()
  let left: number | undefined
  let actor: Actor | undefined
  for await (const part of formParts(x.stream, boundary)) {
    if (part.filename === undefined) {
      fields.set(part.name.toLowerCase(), await part.text())
      continue
    }
    if (part.filename === '') continue
    const wanted = numbersOf(fields)
    if (!actor) {
      const form = { account, container, prefix, root: mount, ...wanted }
      actor = await signerOf(x, fields, form)
      left = wanted.maxFileCount
    }
    left = (left ?? 0) - 1
    if (left < 0) return answer(fields, 400, 'max file count exceeded')
    const input = { account, container, name: `${prefix}${part.filename}`, ...typeOf(part, fields) }
    await uploadObject(
      x.plane.kernel,
      actor,
      input,
      within(part.bytes, wanted.maxFileSize),
      x.callOptions,
    )
  }
  if (!actor) return answer(fields, 400, 'no files to process')
  return answer(fields, 201, '')
}

type Unsigned = Omit<ObjectFormInput, 'signature' | 'redirect'>

/** Whoever signed the form. @throws HttpError 401. */
async function signerOf(
  x: SwiftExchange,
  fields: ReadonlyMap<string, string>,
  form: Unsigned,
): Promise<Actor> {
  if (form.expires * 1_000 < x.plane.kernel.clock.now()) {
    throw new HttpError(401, 'FormPost: Form Expired')
  }
  const redirect = fields.get('redirect') ?? ''
  try {
    const signature = signatureOf(fields.get('signature') ?? '')
    return (await verifyForm(x.plane.kernel, { ...form, redirect, signature })).actor
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'unauthenticated') throw error
    throw new HttpError(401, 'FormPost: Invalid Signature')
  }
}

function typeOf(part: FormPart, fields: ReadonlyMap<string, string>): Partial<ObjectUploadInput> {
  const after = fields.get('x_delete_after')
  const at = fields.get('x_delete_at')
  return {
    ...(part.type !== undefined && { contentType: part.type.slice(0, 255) }),
    ...(after !== undefined && /^\d{1,10}$/.test(after) && { deleteAfterSeconds: Number(after) }),
    ...(at !== undefined && /^\d{1,12}$/.test(at) && { deleteAt: Number(at) * 1_000 }),
  }
}

function numbersOf(fields: ReadonlyMap<string, string>): {
  readonly expires: number
  readonly maxFileSize: number
  readonly maxFileCount: number
} {
  const number = (name: string): number => {
    const text = fields.get(name) ?? ''
    if (/^\d{1,15}$/.test(text)) return Number(text)
    throw new HttpError(400, `${name} not an integer`, { field: name })
  }
  const [expires, maxFileSize] = [number('expires'), number('max_file_size')]
  const maxFileCount = number('max_file_count')
  if (maxFileCount >= 1) return { expires, maxFileSize, maxFileCount }
  throw new HttpError(400, 'max_file_count must be at least 1')
}

async function* within(
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limit) throw new HttpError(413, 'max_file_size exceeded', { code: 'tooLarge' })
    yield chunk
  }
}

/** To where the form says, or here. */
function answer(fields: ReadonlyMap<string, string>, status: number, message: string): Reply {
  const redirect = fields.get('redirect') ?? ''
  const isUrl = /^https?:\/\/[\x21-\x7e]+$/.test(redirect)
  if (!isUrl) {
    const title = status === 201 ? 'Created' : 'Bad Request'
    const text = `<html><h1>${title}</h1><p>${message}</p></html>`
    return { status, text, headers: { 'content-type': htmlType } }
  }
  const sign = redirect.includes('?') ? '&' : '?'
  const location = `${redirect}${sign}status=${status}&message=${encodeURIComponent(message)}`
  return { status: 303, headers: { location, 'content-type': htmlType } }
}
