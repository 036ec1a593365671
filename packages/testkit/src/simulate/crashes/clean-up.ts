import {
  catalogGet,
  catalogServiceDelete,
  type Actor,
  aggregateDelete,
  aggregateRemoveHosts,
  aggregateHosts,
  allocationSet,
  domainDelete,
  domainUpdate,
  flavorDelete,
  groupDelete,
  hostDelete,
  imageDelete,
  imageUpdate,
  keyPairDelete,
  loadBalancerDelete,
  type Migration,
  migrationKind,
  networkDelete,
  portDelete,
  projectDelete,
  providerDelete,
  resourceClassDelete,
  regionDelete,
  roleDelete,
  type Server,
  securityGroupDelete,
  securityRuleDelete,
  serverForceDelete,
  serverGroupDelete,
  softwareConfigDelete,
  softwareDeploymentDelete,
  stackDelete,
  type Stored,
  traitDelete,
  userDelete,
  versionPrefix,
} from '@nephos/core'
import { deleteNetworkParts, deleteRouting } from './clean-up-networks.ts'
import { deleteObjects, deleteShares, deleteVolumes } from './clean-up-storage.ts'
import { type CrashClient, memberOf } from './client.ts'
import { recordKinds } from './records.ts'
import type { RunEnd } from './run.ts'
import type { Rows } from './ledger.ts'

/** Later than anything is remembered. */
const forgottenMs = 49 * 3_600_000
const secondLookMs = 2 * 3_600_000

interface Owned extends Stored {
  readonly projectId: string
}

/** What a new cloud has, and MAC blocks, which are never given back. */
const everywhere: ReadonlySet<string> = new Set([...recordKinds, 'macBlock'])

/** Records of what ended are remembered for longer than a day; none may be open. */
function isKept(kind: string, row: Stored): boolean {
  return kind === migrationKind.name && (row as Migration).endedAt !== null
}

/**
 * Deletes everything there is, as its owners would, and lets a day pass.
 *
 * @returns what is left and should not be; empty when the world is as new.
 */
export async function cleanUp(end: RunEnd): Promise<string[]> {
  const { run } = end
  const { client, world } = end.parts
  client.begin('clean')
  await run.drive(deleteAll(end))
  // While nobody looks, a day costs nothing.
  for (const { name } of world.members) world.crash(name)
  await world.advance(forgottenMs)
  for (const member of world.members) member.start()
  await run.drive(client.pass(run.roundsMs))
  // What is to be forgotten is looked at twice, an hour apart, by a process that lives on.
  for (const { name } of world.members) world.pause(name)
  await world.advance(secondLookMs)
  for (const { name } of world.members) world.resume(name)
  await run.drive(client.pass(run.roundsMs))
  const findings = await world.audit()
  return [
    ...findings.map((finding) => `finding ${JSON.stringify(finding)}`),
    ...leftOver(end.empty, end),
  ]
}

async function deleteAll({ parts, empty }: RunEnd): Promise<void> {
  const { client, ledger } = parts
  const made = <T extends Stored>(kind: string): T[] =>
    ledger.rows<T>(kind).filter(({ id }) => !empty.kinds.get(kind)?.has(id))
  const own = (row: Owned): Actor => memberOf(row.projectId)
  // What they have made goes with them, and nested ones with the outermost.
  for (const stack of made<Owned & { parentId: string | null }>('stack')) {
    if (stack.parentId === null) await client.call(stackDelete, { id: stack.id }, own(stack))
  }
  await client.rest()
  for (const deployment of made<Owned>('softwareDeployment')) {
    await client.call(softwareDeploymentDelete, { id: deployment.id }, own(deployment))
  }
  for (const config of made<Owned>('softwareConfig')) {
    await client.call(softwareConfigDelete, { id: config.id }, own(config))
  }
  for (const server of made<Server>('server')) {
    await client.call(serverForceDelete, { ids: [server.id] }, { ...own(server), roles: ['admin'] })
  }
  await client.rest()
  await deleteVolumes(client, made)
  await deleteShares(client, made)
  await deleteObjects(client, made)
  for (const { id } of made('loadBalancer')) {
    await client.call(loadBalancerDelete, { id, cascade: true })
  }
  await client.rest()
  await deleteRouting(client, made)
  for (const { id } of made('port')) await client.call(portDelete, { ids: [id] })
  for (const { id } of made('network')) await client.call(networkDelete, { id })
  for (const group of made<Owned>('serverGroup')) {
    await client.call(serverGroupDelete, { id: group.id }, own(group))
  }
  for (const pair of made<Owned & { userId: string; name: string }>('keyPair')) {
    await client.call(keyPairDelete, { name: pair.name }, memberOf(pair.projectId, pair.userId))
  }
  const rules = made<Owned & { remoteGroupId: string | null }>('securityGroupRule')
  for (const { id, remoteGroupId } of rules) {
    if (remoteGroupId !== null) await client.call(securityRuleDelete, { ids: [id] })
  }
  for (const { id, isDefault } of made<Stored & { isDefault: boolean }>('securityGroup')) {
    if (!isDefault) await client.call(securityGroupDelete, { id })
  }
  await deleteNetworkParts(client, made)
  for (const { id, status, ...image } of made<ImageRow>('image')) {
    if (status === 'deleted') continue
    if (image.protected) await client.call(imageUpdate, { id, protected: false })
    await client.call(imageDelete, { id })
  }
  await client.rest()
  for (const { id } of made('flavor')) await client.call(flavorDelete, { id })
  for (const { id } of made('aggregate')) {
    const hostIds = await client.call(aggregateHosts, { id })
    if (hostIds.length > 0) await client.call(aggregateRemoveHosts, { id, hostIds })
    await client.call(aggregateDelete, { id })
  }
  await deleteProviders(client, made)
  for (const { id } of made('host')) await client.call(hostDelete, { ids: [id] })
  for (const { id } of made('group')) await client.call(groupDelete, { id })
  for (const { id } of made('user')) await client.call(userDelete, { id })
  for (const { id } of made('role')) await client.call(roleDelete, { id })
  await cleanUpCatalog(client)
  // Children came later than their parents.
  for (const { id } of made('project').reverse()) await client.call(projectDelete, { id })
  for (const { id } of made('domain')) {
    await client.call(domainUpdate, { id, enabled: false })
    await client.call(domainDelete, { id })
  }
}

/** What takes of providers, then they, the youngest first, and the names that they had. */
async function deleteProviders(
  client: CrashClient,
  made: <T extends Stored>(kind: string) => T[],
): Promise<void> {
  for (const { id, projectId, userId } of made<Owned & { userId: string }>('consumer')) {
    const nothing = { id, projectId, userId, allocations: [] }
    await client.call(allocationSet, { consumers: [nothing] })
  }
  for (const { id } of made('provider').reverse()) await client.call(providerDelete, { id })
  for (const { id: name } of made('trait')) await client.call(traitDelete, { name })
  for (const { id: name } of made('resourceClass')) {
    await client.call(resourceClassDelete, { name })
  }
}

interface ImageRow extends Stored {
  readonly status: string
  readonly protected: boolean
}

function leftOver(empty: Rows, { parts }: RunEnd): string[] {
  const { ledger, world, images } = parts
  const left: string[] = []
  for (const [kind, rows] of ledger.kinds) {
    if (everywhere.has(kind)) continue
    for (const row of rows.values()) {
      if (isKept(kind, row)) continue
      if (!empty.kinds.get(kind)?.has(row.id)) left.push(`${kind} ${JSON.stringify(row)}`)
    }
  }
  const known = new Map(empty.counters.map((one) => [`${one.scope} ${one.name}`, one]))
  for (const { scope, name, value } of ledger.counters) {
    // Versions count what was written, not what there is.
    if (scope.startsWith(versionPrefix)) continue
    const before = known.get(`${scope} ${name}`)
    if (before?.value !== value) left.push(`counter ${scope} ${name} ${value}`)
  }
  for (const key of images.sizes.keys()) left.push(`bytes ${key}`)
  if (world.hosts.guests > 0) left.push(`${world.hosts.guests} guests`)
  if (world.network.ports > 0) left.push(`${world.network.ports} ports plugged in`)
  if (world.balancers.balancers > 0) left.push(`${world.balancers.balancers} balancers`)
  return left
}

async function cleanUpCatalog(client: CrashClient): Promise<void> {
  const { regions, services } = await client.call(catalogGet, {})
  for (const { id } of services) await client.call(catalogServiceDelete, { id })
  for (const { id } of regions.toReversed()) await client.call(regionDelete, { id })
}
