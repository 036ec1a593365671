import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { DhcpOption, Port } from '../../model/network/port.ts'
import type { PortUpdateInput } from './port-input.ts'

type Changes = Pick<PortUpdateInput, 'dhcpOptions' | 'dnsName' | 'qosPolicyId'>

/**
 * A port's own options of DHCP, name and QoS policy after a change; what is not set is absent.
 *
 * @throws CloudError `invalid` when the options would be too many.
 */
export function planNames(port: Port, { dhcpOptions, dnsName, qosPolicyId }: Changes): Port {
  const { dhcpOptions: before = [], dnsName: named = null, qosPolicyId: had, ...rest } = port
  const options = dhcpOptions ? changedOptions(before, dhcpOptions) : before
  const name = dnsName === undefined ? named : dnsName
  const policy = qosPolicyId === undefined ? (had ?? null) : qosPolicyId
  return {
    ...rest,
    ...(options.length > 0 && { dhcpOptions: options }),
    ...(name !== null && { dnsName: name }),
    ...(policy !== null && { qosPolicyId: policy }),
  }
}

function changedOptions(
  before: readonly DhcpOption[],
  changes: NonNullable<PortUpdateInput['dhcpOptions']>,
): readonly DhcpOption[] {
  const key = ({ name, version }: Pick<DhcpOption, 'name' | 'version'>): string =>
    `${version} ${name}`
  const options = new Map(before.map((option) => [key(option), option]))
  for (const { value, ...option } of changes) {
    if (value === null) options.delete(key(option))
    else options.set(key(option), { ...option, value })
  }
  if (options.size <= limits.portDhcpOptions) return [...options.values()]
  throw new CloudError('invalid', 'dhcpOptions: would be too many.', {
    field: 'dhcpOptions',
    limit: limits.portDhcpOptions,
  })
}
