import { type Cidr, contains, type IpAddress, parseAddress, parseCidr } from '../../../base/cidr.ts'
import { CloudError } from '../../../base/errors.ts'
import type { WebPolicy } from '../../../ports/web-source.ts'

/** A page of the web that users may have read, as far as its name tells. */
export interface WebTarget {
  /** As it is asked for: no name of a user, no fragment. */
  readonly url: string
  readonly isSecure: boolean
  /** A name, or an address without brackets. */
  readonly host: string
  /** Undefined for a name. */
  readonly address: IpAddress | undefined
  readonly port: number
  /** The operator trusts this host, wherever it is. */
  readonly trusted: boolean
}

/** Characters of a URL. */
export const urlLength = 2_048

/** One label of a name. */
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?$/

/** A name: its last label is no number, as those of addresses are. */
function isHostName(text: string): boolean {
  const labels = text.split('.')
  const last = labels.at(-1) ?? ''
  return text.length <= 253 && labels.every((one) => label.test(one)) && !/^(?:\d+$|0x)/.test(last)
}

/**
 * Reads a URL once; what is decided here is what is asked for. A host that is spelled in another
 * way than it is understood is refused: two readers of it might not agree.
 *
 * @throws CloudError `invalid`, field `uri`.
 */
export function parseTarget(text: string, policy: WebPolicy): WebTarget {
  if (text.length > urlLength) throw refused('is too long', urlLength)
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\')) throw refused('is no URL')
  const parts = /^(https?):\/\/([^/?#]+)([/?#].*)?$/i.exec(text)
  if (!parts || !URL.canParse(text)) throw refused('is no URL of http or https')
  const authority = parts[2] as string
  const url = new URL(text)
  if (authority.includes('@') || url.username !== '' || url.password !== '') {
    throw refused('names a user')
  }
  const isSecure = url.protocol === 'https:'
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
  const written = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority)
  const spelled = written?.[1]?.toLowerCase()
  if (spelled === undefined || (written?.[2] !== undefined && Number(written[2]) !== port)) {
    throw refused('has a host of an odd spelling')
  }
  const host = plainHost(spelled)
  const address = parseAddress(host)
  // The one reads it as an address, or otherwise, and the other does not.
  if (address === undefined ? url.hostname !== host : !isSameAddress(url.hostname, address)) {
    throw refused('has a host of an odd spelling')
  }
  if (address === undefined && !isHostName(host)) throw refused('has a host of an odd spelling')
  const trusted = policy.trusted.includes(`${host}:${port}`)
  if (!trusted && !policy.ports.includes(port)) {
    throw refused(`names a port that may not be reached`, policy.ports.join(', '))
  }
  if (address !== undefined && !trusted && !isPublic(address)) throw refused('is not in the web')
  url.hash = ''
  return { url: url.href, isSecure, host, address, port, trusted }
}

/**
 * Where to connect to for a target: all addresses that its name has must be in the web, for who
 * answers with several may mean any.
 *
 * @throws CloudError `invalid`, field `uri`.
 */
export function chooseAddress(target: WebTarget, addresses: readonly string[]): string {
  const [first] = addresses
  if (first === undefined) throw refused('has a host without an address')
  for (const text of addresses) {
    const address = parseAddress(text)
    if (!address || (!target.trusted && !isPublic(address))) throw refused('is not in the web')
  }
  return first
}

/** @throws CloudError `invalid`, field `uri`: away from a connection that cannot be listened to. */
export function redirected(from: WebTarget, location: string, policy: WebPolicy): WebTarget {
  if (!URL.canParse(location, from.url)) throw refused('leads to no URL')
  // A location of its own host and scheme is written by our own hand; others as they were sent.
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(location)
  const to = parseTarget(isWhole ? location : new URL(location, from.url).href, policy)
  if (from.isSecure && !to.isSecure) throw refused('leads away from https')
  return to
}

/** Blocks that are not in the web: of RFC 6890 and the registries that it began. */
const reserved = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(block)

/** Of IPv6, only what is given out for the web is in it, but for these. */
const web6 = block('2000::/3')
const reserved6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(block)

function block(text: string): Cidr {
  const cidr = parseCidr(text)
  if (!cidr) throw new TypeError(`${text} is no block.`)
  return cidr
}

/**
 * True for addresses that anybody in the web may have. Those of IPv6 that stand for one of IPv4
 * (mapped, translated, tunnelled) are not: they would lead to wherever that is.
 */
export function isPublic(address: IpAddress): boolean {
  if (address.version === 4) return !reserved.some((one) => contains(one, address))
  return contains(web6, address) && !reserved6.some((one) => contains(one, address))
}

function plainHost(spelled: string): string {
  return spelled.startsWith('[') ? spelled.slice(1, -1) : spelled
}

function isSameAddress(hostname: string, address: IpAddress): boolean {
  const other = parseAddress(plainHost(hostname))
  return other?.version === address.version && other.value === address.value
}

function refused(why: string, limit?: number | string): CloudError {
  return new CloudError('invalid', `uri: ${why}.`, {
    field: 'uri',
    ...(limit !== undefined && { limit }),
  })
}
