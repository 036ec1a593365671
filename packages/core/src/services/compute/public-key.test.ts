import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sshKeys } from '../../../test/ssh-keys.ts'
import { encodeBase64 } from '../../base/base64.ts'
import { isCloudError } from '../../base/errors.ts'
import { nodeDigest } from '../../reference/node-digest.ts'
import { parsePublicKey } from './public-key.ts'

const { dss, ...taken } = sshKeys
const [, edBlob = ''] = sshKeys.ed25519.line.split(' ')

/** A blob of length-prefixed parts. */
function blob(...parts: (string | Uint8Array)[]): string {
  const chunks = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return encodeBase64(Buffer.concat(chunks))
}

const filled = (length: number, first = 1): Uint8Array => new Uint8Array(length).fill(first)
const rsa = (exponent: Uint8Array, modulus: Uint8Array): string =>
  `ssh-rsa ${blob('ssh-rsa', exponent, modulus)}`

describe('public keys', () => {
  it.each(Object.entries(taken))('of type %s have the fingerprints of ssh-keygen', (_type, key) => {
    expect(parsePublicKey(nodeDigest, ` ${key.line}\n`)).toEqual({
      type: key.line.split(' ')[0],
      line: key.line,
      fingerprint: key.sha256,
      fingerprintMd5: key.md5,
    })
  })

  it('need no comment, and may have a long one with spaces', () => {
    expect(parsePublicKey(nodeDigest, `ssh-ed25519 ${edBlob}`).line).toBe(`ssh-ed25519 ${edBlob}`)
    expect(parsePublicKey(nodeDigest, `ssh-ed25519 ${edBlob} my own key`).type).toBe('ssh-ed25519')
  })

  it.each([
    ['nothing', ''],
    ['no blob', 'ssh-ed25519'],
    ['an empty blob', 'ssh-ed25519  x'],
    ['DSA', dss.line],
    ['another type than it holds', `ssh-rsa ${edBlob}`],
    ['another name inside', `ssh-ed25519 ${blob('ssh-ed448', filled(32))}`],
    ['an unknown type', `ssh-foo ${blob('ssh-foo', filled(32))}`],
    ['options', `no-pty ssh-ed25519 ${edBlob}`],
    ['two lines', `ssh-ed25519 ${edBlob}\nssh-ed25519 ${edBlob}`],
    ['a tab', `ssh-ed25519\t${edBlob}`],
    ['a NUL', `ssh-ed25519 ${edBlob} a\u0000b`],
    ['a blob cut short', `ssh-ed25519 ${edBlob.slice(0, -4)}`],
    ['broken base64', `ssh-ed25519 ${edBlob.slice(0, -1)}`],
    ['a short point', `ssh-ed25519 ${blob('ssh-ed25519', filled(31))}`],
    ['something after the point', `ssh-ed25519 ${blob('ssh-ed25519', filled(32), filled(1))}`],
    ['a small modulus', rsa(filled(3), filled(127))],
    ['a huge modulus', rsa(filled(3), filled(2_049))],
    ['an even exponent', rsa(filled(1, 2), filled(256))],
    ['no exponent', rsa(filled(0), filled(256))],
    [
      'another curve than its type',
      `ecdsa-sha2-nistp256 ${blob('ecdsa-sha2-nistp256', 'nistp384', filled(97, 4))}`,
    ],
    [
      'a compressed point',
      `ecdsa-sha2-nistp256 ${blob('ecdsa-sha2-nistp256', 'nistp256', filled(65, 2))}`,
    ],
    [
      'an unknown curve',
      `ecdsa-sha2-nistk163 ${blob('ecdsa-sha2-nistk163', 'nistk163', filled(43, 4))}`,
    ],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a long comment', `ssh-ed25519 ${edBlob} ${'x'.repeat(9_000)}`],
  ])('with %s are refused', (_name, line) => {
    expect(() => parsePublicKey(nodeDigest, line)).toThrow(
      expect.objectContaining({ code: 'invalid', field: 'publicKey' }),
    )
  })

  it('that are hostile never break the parser', () => {
    const types = fc.constantFrom('ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'x')
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 80 }), fc.boolean(), (type, bytes, framed) => {
        const encoded = framed ? blob(type, bytes) : encodeBase64(bytes)
        try {
          expect(parsePublicKey(nodeDigest, `${type} ${encoded}`).type).toBe(type)
        } catch (error) {
          expect(isCloudError(error) && error.code).toBe('invalid')
        }
      }),
    )
  })
})
