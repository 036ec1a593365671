import { randomInt } from 'node:crypto'
import { CloudError, networkList, securityGroupList, zoneList } from '@nephos/core'
import type { CreateBody, CreateNames } from '../../wire/compute/server-create.ts'
import type { Exchange } from '../exchange.ts'

type Asking = Pick<Exchange<never, never>, 'invoke' | 'projectId'>
type Server = CreateBody['server']

/** Groups that a request may name, and networks that are looked at where it names none. */
const most = 1_000

/**
 * Looks up what a request for servers names or leaves open: at most three reads, and none for what
 * is given by its id.
 *
 * @throws CloudError `invalid` for names of nothing.
 */
export async function createNames(x: Asking, server: Server): Promise<CreateNames> {
  const [networks, securityGroupIds, zone] = await Promise.all([
    networksOf(x, server.networks),
    groupsOf(x, server.security_groups),
    zoneOf(x, server.availability_zone),
  ])
  return { networks, securityGroupIds, zone, adminPassword: server.adminPass ?? newPassword() }
}

async function networksOf(x: Asking, wanted: Server['networks']): Promise<CreateNames['networks']> {
  if (wanted === 'none') return []
  if (wanted !== undefined && wanted !== 'auto' && wanted.length > 0) {
    return wanted.map(({ uuid, port, fixed_ip: address }) => {
      if (port) return { portId: port }
      if (uuid === undefined) throw unknown('networks', 'names neither a uuid nor a port.')
      return { networkId: uuid, ...(address !== undefined && { address }) }
    })
  }
  const networkId = await networkOfChoice(x)
  if (networkId !== undefined) return [{ networkId }]
  if (wanted === 'auto') throw unknown('networks', 'there is no network to choose.')
  return []
}

/**
 * The network of a request that names none: the only one of the project, or the only shared one.
 *
 * @throws CloudError `conflict` when there are several.
 */
export async function networkOfChoice(
  x: Pick<Asking, 'invoke' | 'projectId'>,
): Promise<string | undefined> {
  const visible = await x.invoke(networkList, { external: false, limit: most })
  const own = visible.filter(({ projectId }) => projectId === x.projectId)
  const candidates = own.length > 0 ? own : visible.filter(({ shared }) => shared)
  if (candidates.length > 1) {
    throw new CloudError(
      'conflict',
      'Multiple possible networks found, use a Network ID to be more specific.',
      { field: 'networks' },
    )
  }
  return candidates[0]?.id
}

async function groupsOf(
  x: Asking,
  wanted: Server['security_groups'],
): Promise<readonly string[] | undefined> {
  const names = [...new Set((wanted ?? []).map(({ name }) => name))]
  // What ports have without being told.
  if (names.length === 0 || (names.length === 1 && names[0] === 'default')) return undefined
  const groups = await x.invoke(securityGroupList, { limit: most })
  return names.map((name) => {
    const found = groups.find(({ id }) => id === name) ?? groups.find((one) => one.name === name)
    if (!found) throw unknown('security_groups', `Security group ${name} not found.`)
    return found.id
  })
}

async function zoneOf(x: Asking, wanted: Server['availability_zone']): Promise<string | undefined> {
  if (!wanted) return undefined
  const { zones } = await x.invoke(zoneList, {})
  if (zones.some(({ name, available }) => name === wanted && available)) return wanted
  throw unknown('availability_zone', 'The requested availability zone is not available.')
}

function unknown(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}`, { field })
}

/** Letters and digits that are not mistaken for each other, as in Nova. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const passwordLength = 12

/** Of the runtime's secure randomness. */
export function newPassword(): string {
  return Array.from({ length: passwordLength }, () => letters[randomInt(letters.length)]).join('')
}
