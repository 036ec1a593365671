import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'

const rsaBits = 2_048

/** A new pair: what servers are given, and what only its owner is to have. */
export interface NewKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** An RSA key for SSH, with its private half in PEM. */
export async function newKeys(): Promise<NewKeys> {
  const { publicKey, privateKey } = await rsaKeys()
  const { e = '', n = '' } = createPublicKey(publicKey).export({ format: 'jwk' })
  const blob = Buffer.concat([
    field(Buffer.from('ssh-rsa')),
    field(positive(Buffer.from(e, 'base64url'))),
    field(positive(Buffer.from(n, 'base64url'))),
  ])
  return { publicKey: `ssh-rsa ${blob.toString('base64')} Generated-by-Nova`, privateKey }
}

function rsaKeys(): Promise<NewKeys> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: rsaBits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
}

/** Bytes with their length before them (RFC 4251, section 5). */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A number whose first bit is set would be read as negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes
}

const tags = {
  integer: 0x02,
  bits: 0x03,
  none: 0x05,
  id: 0x06,
  text: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const
/** Object identifiers: sha256WithRSAEncryption, and commonName. */
const sha256WithRsa = Buffer.from('2a864886f70d01010b', 'hex')
const commonName = Buffer.from('550403', 'hex')
const years = 10
const dayMs = 86_400_000

/** A certificate that signs itself (RFC 5280, section 4.1), with its private key in PEM. */
export async function newCertificate(now: number): Promise<NewKeys> {
  const { publicKey, privateKey } = await rsaKeys()
  const algorithm = der(tags.sequence, der(tags.id, sha256WithRsa), der(tags.none))
  const owner = der(
    tags.sequence,
    der(
      tags.set,
      der(tags.sequence, der(tags.id, commonName), der(tags.text, Buffer.from('nephos'))),
    ),
  )
  const until = now + years * 365 * dayMs
  const content = der(
    tags.sequence,
    der(tags.integer, positive(randomBytes(16))),
    algorithm,
    owner,
    der(tags.sequence, time(now - dayMs), time(until)),
    owner,
    createPublicKey(publicKey).export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('RSA-SHA256', content, createPrivateKey(privateKey))
  const bits = der(tags.bits, Buffer.alloc(1), signature)
  const text = der(tags.sequence, content, algorithm, bits).toString('base64')
  const lines = text.match(/.{1,64}/g) ?? []
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', '']
  return { publicKey: pem.join('\n'), privateKey }
}

/** A value in DER: tag, length, content (X.690, section 8.1). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 0x100), length % 0x100]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

/** An instant of this century's first half, to the second. */
function time(at: number): Buffer {
  const text = new Date(at)
    .toISOString()
    .replaceAll(/[-:T]|\.\d+/g, '')
    .slice(2)
  return der(tags.time, Buffer.from(text))
}
