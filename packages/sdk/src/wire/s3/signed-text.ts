import { createHmac } from 'node:crypto'
import { algorithm, hmac, isSame, signingKey } from './sigv4.ts'

/**
 * True if a secret signed this text: by version 4, which the text says of itself, or by version 2
 * of AWS, whose signatures are HMAC-SHA1 in base64.
 */
export function isTextSigned(secret: string, text: string, signature: string): boolean {
  if (!text.startsWith(`${algorithm}\n`)) {
    return isSame(createHmac('sha1', secret).update(text, 'utf8').digest('base64'), signature)
  }
  const scope = text.split('\n')[2] ?? ''
  if (!/^\d{8}\/[A-Za-z0-9-]{1,64}\/s3\/aws4_request$/.test(scope)) return false
  return isSame(hmac(signingKey(secret, scope), text).toString('hex'), signature)
}
