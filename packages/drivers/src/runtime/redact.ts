import type { Attributes } from '@nephos/core'

/** Longest text of one line's part; the rest is cut. */
const longestText = 8_192

/** Words that make a key secret, wherever they stand in it, with their separators left out. */
const secretWords = new RegExp(
  [
    ...['passw', 'passphrase', 'secret', 'token', 'authoriz', 'authentication', 'cookie'],
    ...['credential', 'privatekey', 'apikey', 'accesskey', 'signature', 'userdata'],
  ].join('|'),
)

/** Credentials in the authority of a URL. */
const urlCredentials = /\b([a-z][a-z0-9+.-]{0,31}:\/\/)[^\s/@]{1,1024}@/gi

export const redacted = '[redacted]'

/** True for keys whose values must not be shown: `password`, `x-auth-token`, `secretKey`, … */
export function looksSecret(key: string): boolean {
  return secretWords.test(key.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

/** A text fit for a log: cut, and without credentials of URLs. */
export function plainText(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return cut.replace(urlCredentials, `$1${redacted}@`)
}

/** Attributes fit for a log: secrets hidden, texts cut, numbers that JSON does not know as text. */
export function plainAttributes(attributes: Attributes): Record<string, string | number | boolean> {
  const plain: [string, string | number | boolean][] = []
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue
    const name = plainText(key)
    if (looksSecret(key)) plain.push([name, redacted])
    else if (typeof value === 'boolean' || Number.isFinite(value)) plain.push([name, value])
    else plain.push([name, plainText(String(value))])
  }
  return Object.fromEntries(plain)
}
