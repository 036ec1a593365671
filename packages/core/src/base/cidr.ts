/**
 * IP addresses and CIDR blocks as unsigned integers. Parsing is strict: one spelling per IPv4
 * address (dotted quad, no leading zeros, no octal, hex or short forms), RFC 4291 section 2.2 for
 * IPv6, no zone ids, no white space. Printing follows RFC 5952.
 */
export type IpVersion = 4 | 6

export interface IpAddress {
  readonly version: IpVersion
  readonly value: bigint
}

/** Both ends inclusive. */
export interface IpRange {
  readonly first: bigint
  readonly last: bigint
}

export interface Cidr extends IpRange {
  readonly version: IpVersion
  readonly prefix: number
}

/** Longest text of an IPv6 address: six groups of four and an embedded dotted quad. */
const longestAddress = 45
const decimalOctet = /^(0|[1-9][0-9]{0,2})$/
const hexGroup = /^[0-9a-fA-F]{1,4}$/
const cidrText = /^([0-9a-fA-F:.]+)\/(0|[1-9][0-9]{0,2})$/
const mappedPrefix = 0xffffn

export function addressBits(version: IpVersion): number {
  return version === 4 ? 32 : 128
}

/** The address, or undefined if the text is not one strict spelling of an address. */
export function parseAddress(text: string): IpAddress | undefined {
  if (text.length > longestAddress) return undefined
  if (text.includes(':')) {
    const value = parseV6(text)
    return value === undefined ? undefined : { version: 6, value }
  }
  const value = parseV4(text)
  return value === undefined ? undefined : { version: 4, value }
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4) return undefined
  let value = 0n
  for (const octet of octets) {
    if (!decimalOctet.test(octet) || Number(octet) > 255) return undefined
    value = (value << 8n) | BigInt(octet)
  }
  return value
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = parseGroups(halves[0] as string, halves.length === 1)
  const tail = halves.length === 2 ? parseGroups(halves[1] as string, true) : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  // `::` stands for at least one group (RFC 4291, 2.2).
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  let value = 0n
  for (const group of head) value = (value << 16n) | BigInt(group)
  value <<= BigInt(16 * missing)
  for (const group of tail) value = (value << 16n) | BigInt(group)
  return value
}

/** @param last whether an embedded dotted quad may end this part. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    if (hexGroup.test(part)) {
      groups.push(Number.parseInt(part, 16))
      continue
    }
    const quad = last && index === parts.length - 1 ? parseV4(part) : undefined
    if (quad === undefined) return undefined
    groups.push(Number(quad >> 16n), Number(quad & 0xffffn))
  }
  return groups
}

/** The canonical text: RFC 5952 for IPv6, IPv4-mapped ones with a dotted quad. */
export function printAddress(address: IpAddress): string {
  const { version, value } = address
  if (version === 4) return printV4(value)
  if (value >> 32n === mappedPrefix) return `::ffff:${printV4(value & 0xffffffffn)}`
  const groups: number[] = []
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((value >> shift) & 0xffffn))
  const run = longestZeroRun(groups)
  const text = (part: readonly number[]): string =>
    part.map((group) => group.toString(16)).join(':')
  if (run.length < 2) return text(groups)
  return `${text(groups.slice(0, run.start))}::${text(groups.slice(run.start + run.length))}`
}

function printV4(value: bigint): string {
  const quad = Number(value)
  return `${quad >>> 24}.${(quad >>> 16) & 255}.${(quad >>> 8) & 255}.${quad & 255}`
}

/** The first of the longest runs of zero groups. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue
    if (index - start > best.length) best = { start, length: index - start }
    start = index + 1
  }
  return best
}

/** The block, or undefined if the text is not `address/prefix` with every host bit zero. */
export function parseCidr(text: string): Cidr | undefined {
  const parts = splitCidr(text)
  if (!parts) return undefined
  const block = cidrOf(parts.address, parts.prefix)
  return block.first === parts.address.value ? block : undefined
}

/** Like `parseCidr`, but clears host bits, and takes a bare address for a block of one. */
export function parsePrefix(text: string): Cidr | undefined {
  const parts = splitCidr(text)
  if (parts) return cidrOf(parts.address, parts.prefix)
  const address = parseAddress(text)
  return address && cidrOf(address, addressBits(address.version))
}

function splitCidr(text: string): { address: IpAddress; prefix: number } | undefined {
  const match = text.length <= longestAddress + 4 ? cidrText.exec(text) : null
  if (!match) return undefined
  const address = parseAddress(match[1] as string)
  const prefix = Number(match[2])
  if (!address || prefix > addressBits(address.version)) return undefined
  return { address, prefix }
}

/** The block of this prefix length around an address. */
export function cidrOf(address: IpAddress, prefix: number): Cidr {
  const size = 1n << BigInt(addressBits(address.version) - prefix)
  const first = (address.value / size) * size
  return { version: address.version, prefix, first, last: first + size - 1n }
}

export function printCidr(cidr: Cidr): string {
  return `${printAddress({ version: cidr.version, value: cidr.first })}/${cidr.prefix}`
}

/** True if the address, or the whole block, lies in the block. Versions never mix. */
export function contains(outer: Cidr, inner: IpAddress | Cidr): boolean {
  if (outer.version !== inner.version) return false
  if ('value' in inner) return inRange(outer, inner.value)
  return inRange(outer, inner.first) && inRange(outer, inner.last)
}

export function inRange(range: IpRange, value: bigint): boolean {
  return value >= range.first && value <= range.last
}

export function rangesOverlap(a: IpRange, b: IpRange): boolean {
  return a.first <= b.last && b.first <= a.last
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.version === b.version && rangesOverlap(a, b)
}

export function rangeSize(range: IpRange): bigint {
  return range.last - range.first + 1n
}

/**
 * Addresses that hosts may use. IPv4: not the network and broadcast address, unless the block is
 * /31 (RFC 3021) or /32. IPv6: not the subnet-router anycast address (RFC 4291, 2.6.1), unless /127
 * (RFC 6164) or /128.
 */
export function hostRange(cidr: Cidr): IpRange {
  const hostBits = addressBits(cidr.version) - cidr.prefix
  if (hostBits < 2) return { first: cidr.first, last: cidr.last }
  return { first: cidr.first + 1n, last: cidr.version === 4 ? cidr.last - 1n : cidr.last }
}

/** Lower-case hex of fixed width: text order equals numeric order within a version. */
export function addressKey(address: IpAddress): string {
  return address.value.toString(16).padStart(addressBits(address.version) / 4, '0')
}

export function parseAddressKey(key: string): IpAddress {
  return { version: key.length === 8 ? 4 : 6, value: BigInt(`0x${key}`) }
}
