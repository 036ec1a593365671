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
