import { CloudError, type ImageTask } from '@nephos/core'
import { z } from 'zod'

/** What an import is asked for with. */
export const importBody = z.object({
  method: z.looseObject({ name: z.string().max(64), uri: z.string().max(2_048).optional() }),
  stores: z.array(z.string().max(255)).max(64).optional(),
  all_stores: z.boolean().optional(),
  all_stores_must_succeed: z.boolean().optional(),
})

/** Where to, as the cloud is asked. */
export function storesOf(body: z.output<typeof importBody>): {
  readonly stores?: string[]
  readonly allStores: boolean
  readonly allMustSucceed: boolean
} {
  const { stores, all_stores: allStores = false, all_stores_must_succeed: all = true } = body
  return { ...(stores && { stores }), allStores, allMustSucceed: all }
}

/** @throws CloudError `invalid` for methods that there are not. */
export function methodOf({ method }: z.output<typeof importBody>): ImageTask['method'] {
  if (method.name === 'glance-direct' || method.name === 'copy-image') return { name: method.name }
  if (method.name !== 'web-download') {
    throw invalid('method.name', `Unknown import method name '${method.name}'`)
  }
  const { name, uri } = method
  if (uri === undefined) throw invalid('method.uri', 'is missing')
  return { name, uri }
}

function invalid(field: string, why: string): CloudError {
  return new CloudError('invalid', `${field}: ${why}.`, { field })
}
