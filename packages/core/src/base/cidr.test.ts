import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressBits,
  addressKey,
  cidrOf,
  contains,
  hostRange,
  type IpAddress,
  type IpVersion,
  overlaps,
  parseAddress,
  parseAddressKey,
  parseCidr,
  parsePrefix,
  printAddress,
  printCidr,
  rangeSize,
} from './cidr.ts'

const anyAddress: fc.Arbitrary<IpAddress> = fc
  .constantFrom<IpVersion>(4, 6)
  .chain((version) =>
    fc.bigInt(0n, (1n << BigInt(addressBits(version))) - 1n).map((value) => ({ version, value })),
  )
/** IPv6 with runs of zero groups, where the printed form has its corners. */
const sparseV6 = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups): IpAddress => {
    return {
      version: 6,
      value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n),
    }
  })

describe('addresses', () => {
  test('print and parse are inverse, and Node agrees', () => {
    fc.assert(
      fc.property(fc.oneof(anyAddress, sparseV6), (address) => {
        const text = printAddress(address)
        expect(parseAddress(text)).toEqual(address)
        expect(isIP(text)).toBe(address.version)
      }),
    )
  })

  test('IPv6 prints as the URL standard does, which follows RFC 5952', () => {
    fc.assert(
      fc.property(sparseV6, (address) => {
        const mapped = address.value >> 32n === 0xffffn
        fc.pre(!mapped)
        expect(`[${printAddress(address)}]`).toBe(
          new URL(`http://[${longForm(address)}]/`).hostname,
        )
      }),
    )
  })

  test('keys sort as numbers do', () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, (a, b) => {
        expect(parseAddressKey(addressKey(a))).toEqual(a)
        if (a.version !== b.version) return
        expect(addressKey(a) < addressKey(b)).toBe(a.value < b.value)
      }),
    )
  })

  test.each([
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['255.255.255.255', '255.255.255.255'],
  ])('%s is %s', (text, canonical) => {
    expect(printAddress(parseAddress(text) as IpAddress)).toBe(canonical)
  })

  test.each([
    '',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.04',
    '0x1.2.3.4',
    '1.2.3.256',
    '1.2.3.-4',
    '1.2.3.+4',
    '16909060',
    '1.2.3.4\n',
    '1.2.3.4\0',
    '１.2.3.4',
    '1.2.3.1e1',
    '::1%eth0',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '::12345',
    ':1:2:3:4:5:6:7',
    '1:',
    '::g',
    '::1.2.3',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::01.2.3.4',
    '[::1]',
    '::ffff:0x7f.1',
    'fe80::1/64',
    '1:2:3:4:5:6:7:1.2.3.4',
    '0000:0000:0000:0000:0000:0000:0000:00001',
    `${'0'.repeat(60)}::`,
  ])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })

  test('no text makes the parser throw, or read what Node refuses', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:/% -') })
    fc.assert(
      fc.property(odd, (text) => {
        const address = parseAddress(text)
        expect(address ? address.version : isIP(text)).toBe(isIP(text))
        parseCidr(text)
        parsePrefix(text)
      }),
    )
  })
})

/** Eight groups, nothing shortened. */
function longForm(address: IpAddress): string {
  return (addressKey(address).match(/.{4}/g) as string[]).join(':')
}

describe('blocks', () => {
  const anyBlock = anyAddress.chain((address) =>
    fc
      .integer({ min: 0, max: addressBits(address.version) })
      .map((prefix) => cidrOf(address, prefix)),
  )

  test('print and parse are inverse', () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        expect(parseCidr(printCidr(block))).toEqual(block)
      }),
    )
  })

  test('a block has a power of two of addresses, aligned, and contains its ends', () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        const size = 1n << BigInt(addressBits(block.version) - block.prefix)
        expect(rangeSize(block)).toBe(size)
        expect(block.first % size).toBe(0n)
        for (const value of [block.first, block.last]) {
          expect(contains(block, { version: block.version, value })).toBe(true)
        }
        expect(contains(block, { version: block.version, value: block.last + 1n })).toBe(false)
      }),
    )
  })

  test('blocks overlap exactly when one contains the other', () => {
    const near = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
    const block = near.map(([value, prefix]) =>
      cidrOf({ version: 4, value: BigInt(value) }, prefix),
    )
    fc.assert(
      fc.property(block, block, (a, b) => {
        expect(overlaps(a, b)).toBe(contains(a, b) || contains(b, a))
        expect(overlaps(a, b)).toBe(overlaps(b, a))
      }),
    )
  })

  test('versions never mix', () => {
    const v4 = parseCidr('0.0.0.0/0') as ReturnType<typeof cidrOf>
    const v6 = parseCidr('::/0') as ReturnType<typeof cidrOf>
    expect(overlaps(v4, v6)).toBe(false)
    expect(contains(v6, v4)).toBe(false)
    expect(contains(v6, { version: 4, value: 1n })).toBe(false)
  })

  test.each([
    '10.0.0.1/24',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/024',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '::1/64',
    '::/129',
    '/8',
  ])('%s is no block', (text) => expect(parseCidr(text)).toBeUndefined())

  test('a prefix clears host bits and takes a bare address', () => {
    const read = (text: string): string | undefined => {
      const block = parsePrefix(text)
      return block && printCidr(block)
    }
    expect(read('10.0.0.5/24')).toBe('10.0.0.0/24')
    expect(read('10.0.0.5')).toBe('10.0.0.5/32')
    expect(read('2001:db8::5')).toBe('2001:db8::5/128')
    expect(read('10.0.0.5/33')).toBeUndefined()
  })

  test.each([
    ['10.0.0.0/24', '10.0.0.1', '10.0.0.254'],
    ['10.0.0.0/30', '10.0.0.1', '10.0.0.2'],
    ['10.0.0.0/31', '10.0.0.0', '10.0.0.1'],
    ['10.0.0.7/32', '10.0.0.7', '10.0.0.7'],
    ['2001:db8::/64', '2001:db8::1', '2001:db8::ffff:ffff:ffff:ffff'],
    ['2001:db8::/127', '2001:db8::', '2001:db8::1'],
  ])('hosts of %s are %s to %s', (text, first, last) => {
    const block = parseCidr(text) as ReturnType<typeof cidrOf>
    const range = hostRange(block)
    const print = (value: bigint): string => printAddress({ version: block.version, value })
    expect([print(range.first), print(range.last)]).toEqual([first, last])
  })
})
