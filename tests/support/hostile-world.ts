import { type Actor, type Operation, type OperationRow, serverKind } from '@nephos/core'
import type fc from 'fast-check'
import type { z } from 'zod'
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
export function idSchemas(schema: Schema, found = new Set<Schema>()): ReadonlySet<Schema> {
  const { _zod: internals } = schema
  const definition = internals.def as z.core.$ZodTypes['_zod']['def']
  if (definition.type === 'string') {
    const checks = (definition.checks ?? []) as readonly z.core.$ZodCheck[]
    const patterns = checks.map(({ _zod: { def } }) =>
      String((def as { pattern?: RegExp }).pattern),
    )
    if (patterns.includes('/^[A-Za-z0-9._:-]+$/')) found.add(schema)
  }
  for (const inner of innerSchemas(definition)) idSchemas(inner, found)
  return found
}

function innerSchemas(definition: z.core.$ZodTypes['_zod']['def']): readonly Schema[] {
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

/** Makes the ids of an operation's input come from here. */
export function withIds(
  row: OperationRow,
  ids: fc.Arbitrary<string>,
): ReadonlyMap<Schema, fc.Arbitrary<unknown>> {
  return new Map([...idSchemas(row.input)].map((schema) => [schema, ids]))
}
