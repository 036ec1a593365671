import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'

describe('base64', () => {
  it('equals the runtime encoding and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(text)).toEqual(bytes)
      }),
    )
  })

  it('takes only canonical text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgw+/= \n-'), maxLength: 12 }), (text) => {
        const bytes = decodeBase64(text)
        if (bytes) expect(encodeBase64(bytes)).toBe(text)
      }),
    )
    for (const text of [
      'A',
      'AA',
      'AB==',
      'AAA',
      'AA=A',
      '====',
      'AAAA=',
      'AA_-',
      'A\n==',
      ' AAAA',
    ]) {
      expect(decodeBase64(text), text).toBeUndefined()
    }
    expect(decodeBase64('')).toEqual(new Uint8Array())
  })
})
