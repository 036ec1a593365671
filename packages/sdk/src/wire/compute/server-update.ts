import type { InputOf, serverUpdate } from '@nephos/core'
import { z } from 'zod'
import { requireVersions } from './version.ts'

const text = z.string()

/** The body of `PUT /servers/{id}`, with fields of every version. */
export const updateBody = z.strictObject({
  server: z.strictObject({
    name: text
      .min(1)
      .max(255)
      .refine((name) => name.trim() !== '', 'is blank')
      .optional(),
    accessIPv4: z
      .union([z.ipv4(), z.literal('')])
      .nullable()
      .optional(),
    accessIPv6: z
      .union([z.ipv6(), z.literal('')])
      .nullable()
      .optional(),
    'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL']).optional(),
    description: text.max(255).nullable().optional(),
    hostname: text.optional(),
  }),
})
export type UpdateBody = z.output<typeof updateBody>

const versions = { description: { since: 19 }, hostname: { since: 90 } } as const

/** @throws CloudError `invalid` for fields of other versions. */
export function checkUpdate({ server }: UpdateBody, version: number): void {
  requireVersions(server, versions, version)
}

/** What is changed. */
export function updateInput({ server }: UpdateBody): Omit<InputOf<typeof serverUpdate>, 'id'> {
  const { name, description, hostname, accessIPv4, accessIPv6 } = server
  const diskConfig = server['OS-DCF:diskConfig']
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(hostname !== undefined && { hostname }),
    ...(accessIPv4 !== undefined && { accessIPv4: accessIPv4 ?? '' }),
    ...(accessIPv6 !== undefined && { accessIPv6: accessIPv6 ?? '' }),
    ...(diskConfig !== undefined && { diskConfig }),
  }
}
