/** Ethernet addresses: canonical text is six lower-case hex octets joined by colons. */

const macText = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/
const dashedText = /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/

/** First octets of addresses this cloud makes: locally administered, unicast. */
const ownPrefix = 'fa:16'

/** Blocks of addresses, and addresses in one block: 32 bits between them. */
export const macBlocks = 0x1_0000
export const macBlockSize = 0x1_0000

/**
 * The canonical text of a usable MAC (unicast, not all zeros), or undefined. Colons or dashes, not
 * mixed.
 */
export function parseMac(text: string): string | undefined {
  const lower = text.length === 17 ? text.toLowerCase() : ''
  const mac = dashedText.test(lower) ? lower.replaceAll('-', ':') : lower
  if (!macText.test(mac) || mac === '00:00:00:00:00:00') return undefined
  const multicast = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
  return multicast ? undefined : mac
}

/** The address number `index` of a block, both in [0, 65,535]. Text order is numeric order. */
export function macOf(block: number, index: number): string {
  const hex = ((block << 16) | index) >>> 0
  const text = hex.toString(16).padStart(8, '0')
  return `${ownPrefix}:${text.slice(0, 2)}:${text.slice(2, 4)}:${text.slice(4, 6)}:${text.slice(6)}`
}

/**
 * The modified EUI-64 address of a MAC (RFC 4291, appendix A; RFC 4862).
 *
 * @param first the first address of a /64.
 */
export function eui64(first: bigint, mac: string): bigint {
  const octets = mac.split(':').map((octet) => Number.parseInt(octet, 16))
  const [a, b, c, d, e, f] = octets as [number, number, number, number, number, number]
  let value = 0n
  for (const octet of [a ^ 2, b, c, 0xff, 0xfe, d, e, f]) value = (value << 8n) | BigInt(octet)
  return first + value
}
