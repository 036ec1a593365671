import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IpAddress, parseAddress, printAddress } from './cidr.ts'
import { eui64, macOf, parseMac } from './mac.ts'

test.each([
  ['FA:16:3E:00:00:01', 'fa:16:3e:00:00:01'],
  ['fa-16-3e-00-00-01', 'fa:16:3e:00:00:01'],
])('%s is %s', (text, canonical) => expect(parseMac(text)).toBe(canonical))

test.each([
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '01:00:5e:00:00:01',
  '33:33:00:00:00:01',
  'fa:16:3e:00:00',
  'fa:16:3e:00:00:01:02',
  'fa:16:3e:0:0:1',
  'fa16.3e00.0001',
  'fa:16-3e:00:00:01',
  'g0:16:3e:00:00:01',
  ' fa:16:3e:00:00:01',
  'fa163e000001',
  '',
])('%j is no usable MAC', (text) => expect(parseMac(text)).toBeUndefined())

const half = fc.integer({ min: 0, max: 0xffff })

test('made MACs are usable, unlike each other, and sort as their numbers', () => {
  fc.assert(
    fc.property(half, half, half, half, (a, b, c, d) => {
      const [one, other] = [macOf(a, b), macOf(c, d)]
      expect(parseMac(one)).toBe(one)
      expect(one < other).toBe(a * 65_536 + b < c * 65_536 + d)
    }),
  )
})

test('the example of RFC 4291, appendix A, in a documentation prefix', () => {
  const { value } = parseAddress('2001:db8::') as IpAddress
  const address = eui64(value, '34:56:78:9a:bc:de')
  expect(printAddress({ version: 6, value: address })).toBe('2001:db8::3656:78ff:fe9a:bcde')
})

test('different MACs derive different addresses', () => {
  fc.assert(
    fc.property(half, half, half, half, (a, b, c, d) => {
      fc.pre(a !== c || b !== d)
      expect(eui64(0n, macOf(a, b))).not.toBe(eui64(0n, macOf(c, d)))
    }),
  )
})
