import type { Server } from '../../model/compute/server.ts'
import { given } from '../given.ts'
import { hostnameOf } from './server-view.ts'

/** What a caller says of a server; null, or an empty address, takes it back. */
interface Said {
  readonly description?: string | null | undefined
  readonly hostname?: string | undefined
  readonly accessIPv4?: string | undefined
  readonly accessIPv6?: string | undefined
  readonly diskConfig?: 'AUTO' | 'MANUAL' | undefined
}

type Described = Partial<
  Pick<Server, 'description' | 'hostname' | 'accessIPv4' | 'accessIPv6' | 'diskConfig'>
>

/**
 * The fields of a row that say it, after what was there before; what is the default is left out.
 */
export function described(said: Said, before: Described = {}): Described {
  const description = said.description === undefined ? before.description : said.description
  const hostname = said.hostname ?? before.hostname
  const accessIPv4 = said.accessIPv4 ?? before.accessIPv4 ?? ''
  const accessIPv6 = said.accessIPv6 ?? before.accessIPv6 ?? ''
  const diskConfig = said.diskConfig ?? before.diskConfig
  return {
    ...(typeof description === 'string' && { description }),
    ...(hostname !== undefined && { hostname }),
    ...(accessIPv4 !== '' && { accessIPv4 }),
    ...(accessIPv6 !== '' && { accessIPv6 }),
    ...(diskConfig === 'AUTO' && { diskConfig }),
  }
}

/** A row with these changes of what it is said to be. */
export function redescribed(
  server: Server,
  said: Said & { readonly name?: string | undefined },
): Server {
  const { description, hostname, accessIPv4, accessIPv6, diskConfig, ...rest } = server
  // A guest does not rename itself with its server.
  const isRenamed = said.name !== undefined && said.name !== server.name
  const own = isRenamed ? (hostname ?? hostnameOf(server)) : hostname
  const before = given({ description, hostname: own, accessIPv4, accessIPv6, diskConfig })
  return { ...rest, ...described(said, before), name: said.name ?? server.name }
}
