import { type Actor, type Operation, type OperationRow, serverKind } from '@nephos/core'
import fc from 'fast-check'
import { z } from 'zod'
import { addHosts, type Basics, basics, openWorld, publicKey, type World } from './world.ts'

/** Ids of one resource of each kind, by what it is. */
export type Ids = Readonly<Record<string, string>>

export interface HostileWorld extends World {
  readonly mine: Basics
  readonly theirs: Basics
  readonly myIds: Ids
  /** What another project owns. */
  readonly foreignIds: Ids
}

/** Two projects with one of everything each. Nothing is carried out. */
export async function hostileWorld(): Promise<HostileWorld> {
  const world = await openWorld({ work: false })
  await addHosts(world.cloud, 6)
  await world.cloud.system.volumePools.create({ name: 'lvm#fast', totalGb: 1_000 })
  const mine = await basics(world.cloud, 'mine')
  const theirs = await basics(world.cloud, 'theirs')
  const myIds = await everything(world, mine)
  const foreignIds = await everything(world, theirs)
  return { ...world, mine, theirs, myIds, foreignIds }
}

async function everything(world: World, { acme, imageId, flavorId }: Basics): Promise<Ids> {
  const network = await acme.networks.create({ name: 'net' })
  const subnet = await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/24' })
  const port = await acme.ports.create({ networkId: network.id })
  const securityGroup = await acme.securityGroups.create({ name: 'web' })
  const rule = await acme.securityGroupRules.create({
    groupId: securityGroup.id,
    direction: 'ingress',
    etherType: 'IPv4',
  })
  const keyPair = await acme.keyPairs.create({ name: `key-${acme.name}`, publicKey })
  const serverGroup = await acme.serverGroups.create({ name: 'group', policy: 'anti-affinity' })
  const queued = await acme.images.create({ name: 'q', diskFormat: 'raw', containerFormat: 'bare' })
  const batch = await acme.servers.create({ name: 'vm', imageId, flavorId, minCount: 1 })
  const where = { index: 'byBatch', equals: [batch.id], limit: 1 }
  const [server] = await world.store.query(serverKind, where)
  const template = 'heat_template_version: rocky'
  const stack = await acme.stacks.create({ name: 'stack', template })
  return {
    project: acme.id,
    network: network.id,
    subnet: subnet.id,
    port: port.id,
    securityGroup: securityGroup.id,
    rule: rule.id,
    keyPair: keyPair.id,
    serverGroup: serverGroup.id,
    image: imageId,
    queued: queued.id,
    batch: batch.id,
    server: server?.id as string,
    ...(await balancerIds(acme, network.id)),
    ...(await routingIds(acme)),
    ...(await storageIds(acme)),
    ...(await softwareIds(acme, server?.id as string)),
    stack: stack.id,
  }
}

async function softwareIds(acme: Basics['acme'], serverId: string): Promise<Ids> {
  const config = await acme.stacks.configs.create({})
  const deployment = await acme.stacks.deployments.create({ configId: config.id, serverId })
  return { softwareConfig: config.id, softwareDeployment: deployment.id }
}

async function routingIds(acme: Basics['acme']): Promise<Ids> {
  const router = await acme.routers.create({ name: 'edge' })
  const addressGroup = await acme.addressGroups.create({ name: 'office' })
  const subnetPool = await acme.subnetPools.create({ name: 'blocks', prefixes: ['10.96.0.0/16'] })
  const lent = { objectType: 'subnetPool', objectId: subnetPool.id, target: 'p-other' } as const
  const rbacPolicy = await acme.rbacPolicies.create(lent)
  const qosPolicy = await acme.qosPolicies.create({ name: 'slow' })
  const rule = { type: 'dscpMarking', dscpMark: 8 } as const
  const qosRule = await acme.qosPolicies.addRule({ policyId: qosPolicy.id, rule })
  const own = {
    qosPolicy: qosPolicy.id,
    qosRule: qosRule.id,
    rbacPolicy: rbacPolicy.id,
    subnetPool: subnetPool.id,
  }
  return { router: router.id, addressGroup: addressGroup.id, ...own }
}

async function storageIds(acme: Basics['acme']): Promise<Ids> {
  const volume = await acme.volumes.create({ sizeGb: 1 })
  const share = await acme.shares.create({ name: 'data', sizeGb: 1 })
  return { volume: volume.id, share: share.id }
}

/** Ids of a load balancer, and of what is below it. */
async function balancerIds(acme: Basics['acme'], networkId: string): Promise<Ids> {
  const { id: balancerId } = await acme.loadBalancers.create({ name: 'lb', vip: { networkId } })
  const http = { balancerId, protocol: 'HTTP' } as const
  const listener = await acme.listeners.create({ ...http, protocolPort: 80 })
  const pool = await acme.pools.create({ ...http, algorithm: 'ROUND_ROBIN' })
  const poolId = pool.id
  const [member] = await acme.members.create({
    poolId,
    members: [{ address: '10.9.0.1', protocolPort: 80 }],
  })
  const looks = { type: 'TCP', delayS: 5, timeoutS: 5, maxRetries: 1 } as const
  const monitor = await acme.healthMonitors.create({ poolId, ...looks })
  const policy = await acme.l7Policies.create({ listenerId: listener.id, action: 'REJECT' })
  const rule = await acme.l7Rules.create({
    policyId: policy.id,
    type: 'PATH',
    compareType: 'CONTAINS',
    value: '/x',
  })
  return {
    loadBalancer: balancerId,
    listener: listener.id,
    pool: poolId,
    member: member?.id as string,
    healthMonitor: monitor.id,
    l7Policy: policy.id,
    l7Rule: rule.id,
  }
}

export function actorOf(projectId: string | null, roles: readonly string[], system = false): Actor {
  const domainId = projectId === null ? null : 'default'
  return { userId: 'tester', projectId, domainId, roles, system }
}

/** An actor whom the operation lets in: in a project where that is possible. */
export function allowedActor({ policy }: OperationRow, projectId: string): Actor {
  return policy.scope === 'system' ? actorOf(null, ['admin'], true) : actorOf(projectId, ['admin'])
}

/** A row of the table as something that can be called. */
export function callable(row: OperationRow): Operation<unknown> {
  return row as Operation<unknown>
}

type Schema = z.core.$ZodType

/** Text schemas inside that take ids: those with the pattern of ids. */
export function idSchemas(schema: Schema): ReadonlySet<Schema> {
  return schemasWithin(schema, (definition) => {
    if (definition.type !== 'string') return false
    const checks = (definition.checks ?? []) as readonly z.core.$ZodCheck[]
    const patterns = checks.map(({ _zod: { def } }) =>
      String((def as { pattern?: RegExp }).pattern),
    )
    return patterns.includes('/^[A-Za-z0-9._:-]+$/')
  })
}

/** Records inside that must name a host, as connectors do: random keys hardly ever do. */
function connectorSchemas(schema: Schema): ReadonlySet<Schema> {
  return schemasWithin(schema, ({ type }, inner) => {
    if (type !== 'record') return false
    return !z.safeParse(inner, {}).success && z.safeParse(inner, { host: 'h' }).success
  })
}

const connectors = fc
  .tuple(
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 4, noNullPrototype: true }),
    fc.string({ minLength: 1 }),
  )
  .map(([items, host]) => ({ ...items, host }))

type Definition = z.core.$ZodTypes['_zod']['def']

function schemasWithin(
  schema: Schema,
  isWanted: (definition: Definition, schema: Schema) => boolean,
  found = new Set<Schema>(),
): ReadonlySet<Schema> {
  const { _zod: internals } = schema
  const definition = internals.def as Definition
  if (isWanted(definition, schema)) found.add(schema)
  for (const inner of innerSchemas(definition)) schemasWithin(inner, isWanted, found)
  return found
}

function innerSchemas(definition: Definition): readonly Schema[] {
  switch (definition.type) {
    case 'object':
      return Object.values(definition.shape)
    case 'array':
      return [definition.element]
    case 'record':
      return [definition.keyType, definition.valueType]
    case 'union':
      return definition.options
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [definition.innerType]
    case 'pipe':
      return [definition.in, definition.out]
    default:
      return []
  }
}

/** Generators of what an operation takes and random values hardly ever hit. */
export function rareInputs(row: OperationRow): ReadonlyMap<Schema, fc.Arbitrary<unknown>> {
  return new Map([...connectorSchemas(row.input)].map((schema) => [schema, connectors]))
}

/** The same, and the ids come from here. */
export function withIds(
  row: OperationRow,
  ids: fc.Arbitrary<string>,
): ReadonlyMap<Schema, fc.Arbitrary<unknown>> {
  const own = [...idSchemas(row.input)].map((schema) => [schema, ids] as const)
  return new Map([...rareInputs(row), ...own])
}
