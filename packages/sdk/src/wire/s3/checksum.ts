import { createHash } from 'node:crypto'
import { S3Error } from './error.ts'

/** A digest of a body that its sender gives as well, beside MD5. */
export interface BodyChecksum {
  update(chunk: Uint8Array): void
  /** In base64. */
  digest(): string
}

const polynomials = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const

const makers: Readonly<Record<string, () => BodyChecksum>> = {
  'x-amz-checksum-crc32': () => cyclic(polynomials.crc32),
  'x-amz-checksum-crc32c': () => cyclic(polynomials.crc32c),
  'x-amz-checksum-sha1': () => hashed('sha1'),
  'x-amz-checksum-sha256': () => hashed('sha256'),
}

/** @throws S3Error for one that is not offered. */
export function bodyChecksum(header: string): BodyChecksum {
  const make = makers[header]
  if (make) return make()
  throw new S3Error('InvalidRequest', `${header} is not offered.`)
}

/** Header names of checksums among these. */
export function checksumHeaders(names: Iterable<string>): string[] {
  return [...names].filter((name) => name.startsWith('x-amz-checksum-') && !notDigests.has(name))
}

const notDigests = new Set([
  'x-amz-checksum-mode',
  'x-amz-checksum-algorithm',
  'x-amz-checksum-type',
])

function hashed(algorithm: 'sha1' | 'sha256'): BodyChecksum {
  const hash = createHash(algorithm)
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => hash.digest('base64'),
  }
}

function cyclic(polynomial: number): BodyChecksum {
  const table = tableOf(polynomial)
  let crc = 0xffffffff
  return {
    update: (chunk) => {
      for (const byte of chunk) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
    },
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
      return bytes.toString('base64')
    },
  }
}

const tables = new Map<number, Uint32Array>()

function tableOf(polynomial: number): Uint32Array {
  const known = tables.get(polynomial)
  if (known) return known
  const table = Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
    return value >>> 0
  })
  tables.set(polynomial, table)
  return table
}
