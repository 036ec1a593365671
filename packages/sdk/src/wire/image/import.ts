import { CloudError, type ImageTask } from '@nephos/core'
import { z } from 'zod'
import { storeId } from './image.ts'

/** What an import is asked for with. */
export const importBody = z.object({
  method: z.looseObject({ name: z.string().max(64), uri: z.string().max(2_048).optional() }),
  stores: z.array(z.string().max(255)).max(64).optional(),
  all_stores: z.boolean().optional(),
  all_stores_must_succeed: z.boolean().optional(),
})

/** @throws CloudError `invalid` for methods and stores that there are not. */
export function methodOf(body: z.output<typeof importBody>): ImageTask['method'] {
  const { stores, all_stores: all, method } = body
  if (stores !== undefined && all === true) {
    throw invalid('stores', 'go not together with all_stores')
  }
  const unknown = stores?.find((store) => store !== storeId)
  if (unknown !== undefined || stores?.length === 0) {
    throw invalid('stores', `names a store that is not configured: ${unknown ?? 'none'}`)
  }
  if (method.name === 'glance-direct') return { name: method.name }
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
