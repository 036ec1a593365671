import { isJsonMap, type Json } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'

const parts = ['scheme', 'username', 'password', 'host', 'port', 'path', 'query', 'fragment']

/**
 * A URL of its parts, each escaped as its place needs.
 *
 * @throws CloudError `invalid`.
 */
export function makeUrl(argument: Json, path: string): string {
  if (!isJsonMap(argument)) throw templateError(path, 'is not a map.')
  const other = Object.keys(argument).find((key) => !parts.includes(key))
  if (other !== undefined)
    throw templateError(within(path, other), `is not one of ${parts.join(', ')}.`)
  const text = (key: string): string => {
    const value = argument[key] ?? ''
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    throw templateError(within(path, key), 'is not a text.')
  }
  const scheme = text('scheme')
  if (!/^(?:[A-Za-z][A-Za-z0-9+.-]*)?$/.test(scheme)) {
    throw templateError(within(path, 'scheme'), 'is not a scheme.')
  }
  const start = scheme === '' ? '' : `${scheme}:`
  const place = text('path')
  const fragment = text('fragment')
  return [
    start,
    authority(argument, text, path),
    escaped(place.startsWith('/') || place === '' || text('host') === '' ? place : `/${place}`),
    query(argument['query'] ?? null, within(path, 'query')),
    fragment === '' ? '' : `#${escaped(fragment)}`,
  ].join('')
}

function authority(argument: Json, text: (key: string) => string, path: string): string {
  const host = text('host')
  const port = text('port')
  const user = text('username')
  const password = text('password')
  if (password !== '' && user === '') {
    throw templateError(within(path, 'password'), 'is there without a username.')
  }
  if (port !== '' && !(Number(port) >= 1 && Number(port) <= 65_535 && /^\d+$/.test(port))) {
    throw templateError(within(path, 'port'), 'is not a port.', 65_535)
  }
  if (host === '') {
    if (port !== '' || user !== '') throw templateError(within(path, 'host'), 'is missing.')
    return ''
  }
  if (/[\s/?#@]/.test(host)) throw templateError(within(path, 'host'), 'is not a host.')
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`
  const login = user === '' ? '' : `${encodeURIComponent(user)}${secret}@`
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `//${login}${name}${port === '' ? '' : `:${port}`}`
}

function query(value: Json, path: string): string {
  if (value === null) return ''
  if (!isJsonMap(value)) throw templateError(path, 'is not a map.')
  const pairs = Object.entries(value).map(([key, item]) => {
    if (typeof item === 'object' && item !== null) {
      throw templateError(within(path, key), 'is not a text.')
    }
    return `${encodeURIComponent(key)}=${encodeURIComponent(String(item ?? ''))}`
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function escaped(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/')
}
