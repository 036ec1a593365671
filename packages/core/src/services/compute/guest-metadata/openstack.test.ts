import { expect, it } from 'vitest'
import { maskOf } from './openstack.ts'

it('writes masks of both versions', () => {
  expect(maskOf('10.0.0.0/20')).toBe('255.255.240.0')
  expect(maskOf('0.0.0.0/0')).toBe('0.0.0.0')
  expect(maskOf('2001:db8::/64')).toBe('ffff:ffff:ffff:ffff::')
  expect(maskOf('::/0')).toBe('::')
  expect(maskOf('::1/128')).toBe('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
})
