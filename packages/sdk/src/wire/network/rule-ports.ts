/** Protocols whose range is a type and a code, by their names and numbers. */
const icmp = new Set(['icmp', 'icmpv6', 'ipv6-icmp', '1', '58'])

/** What a rule says of its ports. */
interface RulePorts {
  readonly protocol?: string | number | null | undefined
  readonly port_range_min?: number | null | undefined
  readonly port_range_max?: number | null | undefined
}

/** What is wrong with the ports of a rule, in the words that Neutron's clients look for. */
export function portsFault(body: RulePorts): string | undefined {
  const { protocol, port_range_min: min = null, port_range_max: max = null } = body
  if (min === null && max === null) return undefined
  if (typeof protocol === 'string' || typeof protocol === 'number') {
    if (icmp.has(String(protocol).toLowerCase())) return icmpFault(min, max)
  }
  const wrong = [min, max].find((port) => port !== null && (port < 0 || port > 65_535))
  if (typeof wrong === 'number') return `Invalid value for port ${wrong}`
  if (min !== null && max !== null && min <= max) return undefined
  return 'Both are needed, and port_range_min must be <= port_range_max'
}

function icmpFault(min: number | null, max: number | null): string | undefined {
  if (min === null) return `ICMP type (port-range-min) is missing for the code ${max}`
  if (min < 0 || min > 255) return `Invalid value for ICMP type (port-range-min): ${min}`
  if (max === null || (max >= 0 && max <= 255)) return undefined
  return `Invalid value for ICMP code (port-range-max): ${max}`
}
