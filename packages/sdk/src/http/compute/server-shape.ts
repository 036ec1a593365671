import { type Actor, serverGetDetails, type ServerDetails } from '@nephos/core'
import type { ServerShape } from '../../wire/compute/server.ts'
import type { Exchange } from '../exchange.ts'

type AnyExchange = Exchange<never, never>

/** How servers are shown to whoever asks. */
export function shapeOf(
  x: Pick<AnyExchange, 'version' | 'url' | 'mountUrl' | 'operator'>,
): ServerShape {
  const base = x.url('')
  const mount = x.mountUrl('')
  return {
    version: x.version,
    url: (path) => `${base}${path}`,
    bookmark: (path) => `${mount}${path}`,
    isOperator: x.operator !== undefined,
  }
}

/** As whom servers are read: administrators see those of all projects, and where they run. */
export function readerOf(x: {
  readonly actor: Actor
  readonly operator: Actor | undefined
}): Actor {
  return x.operator ?? x.actor
}

/** The server of the path. @throws CloudError `notFound`. */
export async function readServer(
  x: Pick<AnyExchange, 'actor' | 'operator' | 'invokeAs'>,
  id: string,
): Promise<ServerDetails> {
  const [server] = await x.invokeAs(readerOf(x), serverGetDetails, { ids: [id] })
  return server as ServerDetails
}
