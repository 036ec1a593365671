import { decodeBase64, encodeBase64 } from '../../base/base64.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Digest } from '../../ports/digest.ts'

/** A public key line, taken apart and checked. */
export interface PublicKey {
  readonly type: string
  /** The line without surrounding white space. */
  readonly line: string
  readonly fingerprint: string
  readonly fingerprintMd5: string
}

/** Elliptic curves and the bytes of an uncompressed point on each (RFC 5656, section 3.1). */
const curves = new Map([
  ['nistp256', 65],
  ['nistp384', 97],
  ['nistp521', 133],
])

/** RSA moduli of 1,024 to 16,384 bits. */
const modulusBytes = { min: 128, max: 2_048 }

/**
 * Parses one line of `authorized_keys` without options: type, base64 blob (RFC 4253, section 6.6),
 * comment.
 *
 * @throws CloudError `invalid` with `field` publicKey.
 */
export function parsePublicKey(digest: Digest, text: string): PublicKey {
  const line = text.trim()
  if (line.length > limits.publicKeyLength) throw refusal('is too long', limits.publicKeyLength)
  if (/\p{Cc}/u.test(line)) throw refusal('is not one line')
  const [type = '', encoded = ''] = line.split(' ')
  const blob = decodeBase64(encoded)
  const parts = blob && blob.length > 0 ? readStrings(blob) : undefined
  if (!blob || !parts) throw refusal('is not an SSH public key')
  if (asText(parts[0]) !== type) throw refusal('names another type than it holds')
  if (!wellFormed(type, parts)) throw refusal('is not a well-formed key of a type taken')
  return { type, line, ...fingerprints(digest, blob) }
}

const pem = /^-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----$/

/**
 * Takes one certificate in PEM (RFC 7468): a DER sequence in its whole length. Who signed it is not
 * looked at: it is for the guest to trust.
 *
 * @throws CloudError `invalid` with `field` publicKey.
 */
export function parseCertificate(digest: Digest, text: string): PublicKey {
  const line = text.trim()
  if (line.length > limits.publicKeyLength) throw refusal('is too long', limits.publicKeyLength)
  const der = decodeBase64((pem.exec(line)?.[1] ?? '').replaceAll(/\s/g, ''))
  if (!der || !isSequence(der)) throw refusal('is not a certificate in PEM')
  return { type: 'x509', line, ...fingerprints(digest, der) }
}

/** A constructed sequence (tag 0x30) with a length of two bytes, as certificates have. */
function isSequence(der: Uint8Array): boolean {
  const [tag, form, high = 0, low = 0] = der
  return tag === 0x30 && form === 0x82 && der.length === 4 + high * 256 + low
}

function fingerprints(
  digest: Digest,
  bytes: Uint8Array,
): Pick<PublicKey, 'fingerprint' | 'fingerprintMd5'> {
  const sha256 = encodeBase64(fromHex(digest.hash('sha256', bytes))).replace(/=+$/, '')
  return {
    fingerprint: `SHA256:${sha256}`,
    fingerprintMd5: (digest.hash('md5', bytes).match(/../g) ?? []).join(':'),
  }
}

function wellFormed(type: string, parts: readonly Uint8Array[]): boolean {
  const [, first, second] = parts
  if (type === 'ssh-ed25519') return parts.length === 2 && first?.length === 32
  if (type === 'ssh-rsa') {
    if (parts.length !== 3 || !first || !second) return false
    // Big-endian, with a leading zero byte when the top bit is set (RFC 4251, section 5).
    const modulus = second[0] === 0 ? second.length - 1 : second.length
    const exponent = first.length >= 1 && first.length <= 8 && ((first.at(-1) ?? 0) & 1) === 1
    return exponent && modulus >= modulusBytes.min && modulus <= modulusBytes.max
  }
  const curve = type.startsWith('ecdsa-sha2-') ? type.slice('ecdsa-sha2-'.length) : ''
  const length = curves.get(curve)
  if (length === undefined || parts.length !== 3) return false
  return asText(first) === curve && second?.length === length && second[0] === 4
}

/** Length-prefixed strings to the last byte, or undefined. */
function readStrings(blob: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  const parts: Uint8Array[] = []
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined
    const length = view.getUint32(at)
    if (at + 4 + length > blob.length) return undefined
    parts.push(blob.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return parts
}

function asText(bytes: Uint8Array | undefined): string {
  return String.fromCharCode(...(bytes ?? []).slice(0, 64))
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function refusal(reason: string, limit?: number): CloudError {
  return new CloudError('invalid', `publicKey: ${reason}.`, {
    field: 'publicKey',
    ...(limit === undefined ? {} : { limit }),
  })
}
