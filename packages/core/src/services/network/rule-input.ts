import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { parsePrefix, printCidr } from '../../base/cidr.ts'
import {
  type EtherType,
  etherTypes,
  ruleDirections,
  type SecurityGroupRule,
  type WrittenRule,
} from '../../model/network/security-group.ts'
import { descriptionField, idField } from '../fields.ts'
import { prefixField } from './fields.ts'

/** Protocols that rules may name, with their IANA numbers; of two names, the first is canonical. */
export const protocolNumbers: Readonly<Record<string, number>> = Object.freeze({
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  egp: 8,
  udp: 17,
  'ipv6-encap': 41,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  icmpv6: 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  ospf: 89,
  vrrp: 112,
  pgm: 113,
  sctp: 132,
  dccp: 33,
  udplite: 136,
})

const canonicalNames = new Map<number, string>()
for (const [name, number] of Object.entries(protocolNumbers)) {
  if (!canonicalNames.has(number)) canonicalNames.set(number, name)
}

const portProtocols = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite'])
const icmpProtocols: Readonly<Record<EtherType, string>> = { IPv4: 'icmp', IPv6: 'ipv6-icmp' }

/**
 * A name, a number, or its decimal text; null and `any` are any protocol. Answers the canonical
 * name or number.
 */
const protocolField = z
  .union([z.string().max(16), z.int()])
  .nullable()
  .default(null)
  .transform((value, context) => {
    if (value === null || value === 'any') return null
    const name = canonicalProtocol(value)
    if (name !== undefined) return name
    context.addIssue({
      code: 'custom',
      message: 'is no known protocol name nor a number of 0 to 255',
    })
    return z.NEVER
  })

function canonicalProtocol(value: string | number): string | undefined {
  const text = String(value).toLowerCase()
  const number = Object.hasOwn(protocolNumbers, text)
    ? (protocolNumbers[text] as number)
    : /^(0|[1-9][0-9]{0,2})$/.test(text)
      ? Number(text)
      : undefined
  if (number === undefined || number > 255) return undefined
  return canonicalNames.get(number) ?? String(number)
}

const portField = z.int().min(0).max(65_535).nullable().default(null)

export const ruleInput = z.strictObject({
  groupId: idField,
  direction: z.enum(ruleDirections),
  etherType: z.enum(etherTypes).default('IPv4'),
  protocol: protocolField,
  /** First port (1 to 65,535), or ICMP type (0 to 255). */
  portRangeMin: portField,
  /** Last port, or ICMP code (0 to 255). */
  portRangeMax: portField,
  remoteIpPrefix: prefixField.nullable().default(null),
  remoteGroupId: idField.nullable().default(null),
  remoteAddressGroupId: idField.nullable().default(null),
  description: descriptionField.default(''),
  /** Other words for the same, which are kept and shown beside. */
  written: z
    .strictObject({
      protocol: z.string().max(16).optional(),
      remoteIpPrefix: z.string().max(64).optional(),
    })
    .optional(),
})

export type RuleInput = z.infer<typeof ruleInput>

type RuleMatch = Pick<
  SecurityGroupRule,
  | 'groupId'
  | 'direction'
  | 'etherType'
  | 'protocol'
  | 'portRangeMin'
  | 'portRangeMax'
  | 'remoteIpPrefix'
  | 'remoteGroupId'
> & { readonly remoteAddressGroupId?: string | null }

/** What the rule matches, as one text: equal texts are duplicate rules. */
export function ruleKey(rule: RuleMatch): string {
  const { protocol, portRangeMin, portRangeMax, remoteIpPrefix, remoteGroupId } = rule
  const { remoteAddressGroupId } = rule
  const wanted = [protocol, portRangeMin, portRangeMax, remoteIpPrefix, remoteGroupId]
  const parts = [rule.groupId, rule.direction, rule.etherType, ...wanted.map((part) => part ?? '*')]
  if (remoteAddressGroupId != null) parts.push(remoteAddressGroupId)
  return parts.join('|')
}

/**
 * The rule in one form for each meaning: ICMP by its family's name, "any address" as no prefix.
 *
 * @param path where the rule stands in the input, e.g. `rules[3].`
 * @throws CloudError `invalid` with the field.
 */
export function normalRule(input: RuleInput, path = ''): NormalRule {
  const { written, ...rule } = input
  requireSameMeaning(rule, written ?? {}, path)
  const normal = plainRule(rule, path)
  const kept = writtenOf(normal, written ?? {})
  return Object.keys(kept).length === 0 ? normal : { ...normal, written: kept }
}

type PlainRule = Omit<RuleInput, 'written'>
export type NormalRule = PlainRule & { readonly written?: WrittenRule }
type Words = NonNullable<RuleInput['written']>

/** @throws CloudError `invalid` for words that mean something else. */
function requireSameMeaning(
  rule: PlainRule,
  { protocol, remoteIpPrefix }: Words,
  path: string,
): void {
  if (protocol !== undefined && (canonicalProtocol(protocol) ?? null) !== rule.protocol) {
    throw invalid(path, 'written.protocol', 'is another protocol')
  }
  const block = remoteIpPrefix === undefined ? undefined : parsePrefix(remoteIpPrefix)
  if (remoteIpPrefix !== undefined && (block && printCidr(block)) !== rule.remoteIpPrefix) {
    throw invalid(path, 'written.remoteIpPrefix', 'is another block')
  }
}

/** Words that say it otherwise than the rule. ICMP is called after its family whatever was said. */
function writtenOf(rule: PlainRule, { protocol, remoteIpPrefix }: Words): WrittenRule {
  const isIcmp = rule.protocol !== null && rule.protocol === icmpProtocols[rule.etherType]
  const isNumber = protocol !== undefined && /^\d/.test(protocol)
  const hasWord = protocol !== undefined && protocol !== rule.protocol && (!isIcmp || isNumber)
  const hasBlock = remoteIpPrefix !== undefined && remoteIpPrefix !== rule.remoteIpPrefix
  return { ...(hasWord && { protocol }), ...(hasBlock && { remoteIpPrefix }) }
}

function plainRule(input: PlainRule, path: string): PlainRule {
  const icmp = input.protocol === 'icmp' || input.protocol === 'ipv6-icmp'
  const { etherType } = input
  if (etherType === 'IPv4' && input.protocol?.startsWith('ipv6-')) {
    throw invalid(path, 'protocol', 'is for IPv6')
  }
  const protocol = icmp ? icmpProtocols[input.etherType] : input.protocol
  requireRange({ ...input, protocol }, path, icmp)
  const { remoteAddressGroupId, remoteGroupId, remoteIpPrefix } = input
  if (remoteGroupId !== null && remoteIpPrefix !== null) {
    throw invalid(path, 'remoteGroupId', 'and remoteIpPrefix exclude each other')
  }
  if (remoteAddressGroupId !== null && (remoteGroupId ?? remoteIpPrefix) !== null) {
    throw invalid(path, 'remoteAddressGroupId', 'excludes the other remotes')
  }
  if (remoteIpPrefix === null) return { ...input, protocol }
  const prefix = parsePrefix(remoteIpPrefix)
  if (prefix?.version !== (input.etherType === 'IPv4' ? 4 : 6)) {
    throw invalid(path, 'remoteIpPrefix', `is no ${input.etherType} block`)
  }
  return { ...input, protocol, remoteIpPrefix: prefix.prefix === 0 ? null : remoteIpPrefix }
}

function requireRange(rule: PlainRule, path: string, icmp: boolean): void {
  const { protocol, portRangeMin: min, portRangeMax: max } = rule
  if (min === null && max === null) return
  if (icmp) {
    if (min === null) throw invalid(path, 'portRangeMin', 'is needed: a code needs its type')
    if (min > 255) throw invalid(path, 'portRangeMin', 'is no ICMP type', 255)
    if (max !== null && max > 255) throw invalid(path, 'portRangeMax', 'is no ICMP code', 255)
    return
  }
  if (protocol === null || !portProtocols.has(protocol)) {
    const names = [...portProtocols].join(', ')
    throw invalid(path, 'portRangeMin', `needs a protocol with ports (${names})`)
  }
  if (min === null || max === null) {
    throw invalid(path, min === null ? 'portRangeMin' : 'portRangeMax', 'is needed with the other')
  }
  if (min === 0) throw invalid(path, 'portRangeMin', 'is not a port', 1)
  if (min > max) throw invalid(path, 'portRangeMax', 'is less than portRangeMin', min)
}

function invalid(path: string, name: string, message: string, limit?: number): CloudError {
  const field = `${path}${name}`
  return new CloudError('invalid', `${field}: ${message}.`, {
    field,
    ...(limit === undefined ? {} : { limit }),
  })
}
