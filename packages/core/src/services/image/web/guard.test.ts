import { describe, expect, it } from 'vitest'
import { isPublic, chooseAddress, parseTarget, redirected } from './guard.ts'
import { parseAddress } from '../../../base/cidr.ts'

const policy = { ports: [80, 443], trusted: ['mirror.internal:8080'] }
const refused = expect.objectContaining({ code: 'invalid', field: 'uri' }) as Error

const outside = [
  // Not in the web at all.
  'file:///etc/passwd',
  'ftp://example.com/a',
  'gopher://example.com/a',
  'data:text/plain,x',
  'unix:///run/docker.sock',
  'javascript:alert(1)',
  'http:/example.com',
  'http:example.com',
  '//example.com/a',
  'example.com/a',
  '',
  'http://',
  'http:///a',
  // Who reads it, reads it otherwise.
  'http://user@example.com/',
  'http://user:secret@example.com/',
  'http://example.com@10.0.0.1/',
  'http://@example.com/',
  'http://example.com\\@10.0.0.1/',
  'http://example.com\\.evil.example/',
  'http://exa mple.com/',
  'http://example.com/\r\nHost: inside',
  'http://example.com/\u0000',
  'http://ex\u00e4mple.com/',
  'http://\uff11\uff12\uff17.0.0.1/',
  'http://127\u3002\u0030.0.1/',
  'http://example.com%2f@10.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'http://exa%6dple.com/',
  'http://example..com/',
  'http://.example.com/',
  'http://example.com./',
  'http://-example.com/',
  `http://${'a'.repeat(64)}.com/`,
  `http://example.com/${'a'.repeat(2_048)}`,
  // Ports.
  'http://example.com:22/',
  'http://example.com:8080/',
  'http://example.com:0/',
  'http://example.com:65536/',
  'http://example.com:080808/',
  'https://example.com:5432/',
  'http://example.com:http/',
  'http://example.com:/',
  'http://mirror.internal:8081/',
  'http://x.mirror.internal:8080/',
  // Odd spellings of an address.
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://0/',
  'http://127.000.000.001/',
  'http://127.0.0.1./',
  'http://8.8.2056/',
  'http://134744072/',
  'http://08.8.8.8/',
  'http://[::ffff:7f00:1]/',
  'http://[::1%25lo]/',
  'http://[fe80::1%25eth0]/',
  // Addresses inside.
  ...[
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:8.8.8.8]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::a00:1]',
    '[100::1]',
    '[2001::1]',
    '[2001:db8::1]',
    '[2002:7f00:1::]',
    '[3fff::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[5f00::1]',
  ].map((host) => `http://${host}/`),
]

describe('I6: what users may have read from the web', () => {
  it.each(outside)('is not %j', (uri) => {
    expect(() => parseTarget(uri, policy)).toThrow(refused)
  })

  it.each([
    ['http://example.com', 'example.com', 80],
    ['HTTP://EXAMPLE.com/a?b=c#d', 'example.com', 80],
    ['https://download.example.org:443/x/y.qcow2', 'download.example.org', 443],
    ['http://8.8.8.8/', '8.8.8.8', 80],
    ['http://172.32.0.1/', '172.32.0.1', 80],
    ['https://[2606:4700:4700::1111]/', '2606:4700:4700::1111', 443],
    ['https://[2606:4700:4700:0:0:0:0:1111]/', '2606:4700:4700:0:0:0:0:1111', 443],
    ['http://mirror.internal:8080/a', 'mirror.internal', 8080],
    ['http://xn--bcher-kva.example/', 'xn--bcher-kva.example', 80],
    ['http://1and1.com/', '1and1.com', 80],
    ['http://a.b.c.example/', 'a.b.c.example', 80],
  ])('is %j', (uri, host, port) => {
    const target = parseTarget(uri, policy)
    expect(target).toMatchObject({ host, port })
    expect(target.url).not.toContain('#')
  })

  it('is where all addresses of a name are in the web, and only there', () => {
    const target = parseTarget('http://example.com/', policy)
    expect(chooseAddress(target, ['93.184.216.34', '2606:4700::1'])).toBe('93.184.216.34')
    for (const addresses of [
      [],
      ['127.0.0.1'],
      ['93.184.216.34', '10.0.0.1'],
      ['93.184.216.34', '::1'],
      ['::ffff:93.184.216.34'],
      ['no address'],
    ]) {
      expect(() => chooseAddress(target, addresses)).toThrow(refused)
    }
    const trusted = parseTarget('http://mirror.internal:8080/', policy)
    expect(chooseAddress(trusted, ['10.0.0.1'])).toBe('10.0.0.1')
  })

  it('is judged anew at every redirect, which may not leave https', () => {
    const from = parseTarget('https://example.com/a/b', policy)
    expect(redirected(from, '/c', policy).url).toBe('https://example.com/c')
    expect(redirected(from, 'd', policy).url).toBe('https://example.com/a/d')
    expect(redirected(from, '//other.example/x', policy).host).toBe('other.example')
    expect(redirected(from, 'https://other.example/', policy).host).toBe('other.example')
    for (const location of [
      'http://example.com/',
      'https://169.254.169.254/latest/meta-data',
      'https://2130706433/',
      '//127.1/',
      'file:///etc/passwd',
      'https://user@example.com/',
      'https://example.com:22/',
    ]) {
      expect(() => redirected(from, location, policy), location).toThrow(refused)
    }
  })

  it('has no address of a block that is kept for others, up to its edges', () => {
    const edges = {
      '9.255.255.255': true,
      '10.0.0.0': false,
      '10.255.255.255': false,
      '11.0.0.0': true,
      '100.63.255.255': true,
      '100.127.255.255': false,
      '100.128.0.0': true,
      '126.255.255.255': true,
      '128.0.0.0': true,
      '169.253.255.255': true,
      '169.255.0.0': true,
      '172.15.255.255': true,
      '192.167.255.255': true,
      '192.169.0.0': true,
      '198.17.255.255': true,
      '198.20.0.0': true,
      '223.255.255.255': true,
      '1fff:ffff::': false,
      '2000::': true,
      '2001:200::': true,
      '2001:1ff::': false,
      '3ffe::1': true,
      '4000::': false,
    }
    for (const [text, expected] of Object.entries(edges)) {
      const address = parseAddress(text)
      expect(address && isPublic(address), text).toBe(expected)
    }
  })
})
