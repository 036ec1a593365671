import { z } from 'zod'
import { parseAddress, parseCidr, parsePrefix, printAddress, printCidr } from '../../base/cidr.ts'
import { parseMac } from '../../base/mac.ts'
import { limits } from '../../base/limits.ts'
import { idField } from '../fields.ts'

/**
 * Input fields of the network service. Each answers the canonical text, so equal things are equal
 * strings.
 */

const textLength = 64

function canonical(
  read: (text: string) => string | undefined,
  message: string,
): z.ZodType<string, string> {
  return z
    .string()
    .max(textLength)
    .transform((text, context) => {
      const value = read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
}

export const addressField = canonical((text) => {
  const address = parseAddress(text)
  return address && printAddress(address)
}, 'is not an IPv4 or IPv6 address')

/** A block without host bits. */
export const cidrField = canonical((text) => {
  const cidr = parseCidr(text)
  return cidr && printCidr(cidr)
}, 'is not a CIDR such as 10.0.0.0/24, with every host bit zero')

/** A block, whose host bits are cleared, or one address. */
export const prefixField = canonical((text) => {
  const cidr = parsePrefix(text)
  return cidr && printCidr(cidr)
}, 'is not a CIDR or an address')

export const macField = canonical(parseMac, 'is not a unicast MAC such as fa:16:3e:00:00:01')

/** The revision that the caller has read: another one in the store refuses the call. */
export const expectedRevField = z.int().min(1).optional()

/** The project to own the resource; the caller's own when absent. Another's is for operators. */
export const ownerField = idField.optional()

/** A label of a host (RFC 1123). */
export const dnsNameField = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/, 'is not a name of a host')

/** A domain that ends with a dot (RFC 1035). */
export const dnsDomainField = z
  .string()
  .max(255)
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+$/,
    'is not a domain such as example.org.',
  )

const dhcpValue = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has control characters')

const dhcpOption = {
  name: z.string().regex(/^(?:[a-z0-9][a-z0-9:-]{0,63}|\d{1,3})$/, 'is not an option'),
  version: z.literal([4, 6]).default(4),
}

/** Options of DHCP, each once for each IP version. */
function dhcpOptionsOf<T extends z.ZodType<string | null>>(value: T) {
  return z
    .array(z.strictObject({ ...dhcpOption, value }))
    .max(limits.portDhcpOptions)
    .refine((all) => new Set(all.map((one) => `${one.version} ${one.name}`)).size === all.length, {
      message: 'has duplicates',
    })
}

export const dhcpOptionsField = dhcpOptionsOf(dhcpValue)

/** What changes of them: null takes one away. */
export const dhcpChangesField = dhcpOptionsOf(dhcpValue.nullable())

export const fixedIpField = z
  .strictObject({ subnetId: idField.optional(), address: addressField.optional() })
  .refine((fixed) => fixed.subnetId !== undefined || fixed.address !== undefined, {
    message: 'names neither a subnetId nor an address',
  })

export const fixedIpsField = z.array(fixedIpField).max(limits.portAddresses)

export type FixedIpInput = z.infer<typeof fixedIpField>

export const securityGroupIdsField = z
  .array(idField)
  .max(limits.portSecurityGroups)
  .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')
