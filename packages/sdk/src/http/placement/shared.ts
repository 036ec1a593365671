import { type ProviderView, providerGet } from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, type Reply } from '../reply.ts'

/** The path that links of this API begin with. */
export const basePath = '/placement'

/** An exchange whatever its query and body. */
export type AnyExchange = Exchange<unknown, unknown>

/** The provider in the path. @throws HttpError 404. */
export async function providerOf(x: AnyExchange, name = 'uuid'): Promise<ProviderView> {
  const id = x.param(name)
  const [view] = await x.invoke(providerGet, { ids: [requireUuid(id)] })
  return view as ProviderView
}

/** @throws HttpError 404: what is no UUID names nothing. */
export function requireUuid(id: string): string {
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) return id
  throw new HttpError(404, `No resource provider with uuid ${id.slice(0, 64)} found.`)
}

/** An answer that says since 1.15 when it was made, and that it is not to be kept. */
export function fresh(x: AnyExchange, body: unknown, at?: number): Reply {
  return json(body, { headers: freshHeaders(x, at) })
}

export function freshHeaders(x: AnyExchange, at?: number): Readonly<Record<string, string>> {
  if (x.version < 15) return {}
  const time = at ?? x.plane.kernel.clock.now()
  return { 'last-modified': new Date(time).toUTCString(), 'cache-control': 'no-cache' }
}
