import { HttpError } from '../../http/faults.ts'

/**
 * The part of an image that a request asks for, its end exclusive; undefined for all of it.
 *
 * @throws HttpError 416 for several parts, for none, and for one beyond the end; 400 for what is no
 *   range of bytes.
 */
export function rangeOf(
  headers: Headers,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const text = headers.get('range')
  if (text === null) return undefined
  if (text.includes(',')) throw unsatisfiable(size, 'One range at a time is read.')
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text.trim())
  if (!parts || (parts[1] === '' && parts[2] === '')) {
    throw new HttpError(400, 'The range is no range of bytes.', { field: 'range' })
  }
  const [, from = '', to = ''] = parts
  // `-n` means the last n bytes.
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1)
  if (start >= end || start >= size) throw unsatisfiable(size, 'The range lies outside the image.')
  return { start, end }
}

function unsatisfiable(size: number, message: string): HttpError {
  return new HttpError(416, message, {
    field: 'range',
    headers: { 'content-range': `bytes */${size}` },
  })
}
