import {
  type AddressGroup,
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupList,
  addressGroupRemove,
  type SecurityGroup,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
  subnetCreate,
  type SubnetPool,
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolList,
  subnetPoolRemovePrefixes,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost, mutate } from './create.ts'
import { walk } from './pages.ts'

export function createGroup(tenant: Tenant): Promise<SecurityGroup | undefined> {
  return create(tenant, 'security group', securityGroupCreate, {
    name: nameOf(tenant, 'group', 20),
    ...(tenant.chance.happens(0.2) ? { stateful: false } : {}),
  })
}

function createAddressGroup(tenant: Tenant): Promise<AddressGroup | undefined> {
  const addresses = ['10.0.0.0/24', '192.0.2.7']
  const name = nameOf(tenant, 'addresses', 20)
  return create(tenant, 'address group', addressGroupCreate, { name, addresses })
}

/** Few ports, so that the same rule is asked for again. */
function ruleFor(tenant: Tenant, groupId: string): Readonly<Record<string, unknown>> {
  const { chance, known } = tenant
  const port = chance.pick([22, 80, 443, chance.whole(1_000, 60_000)]) as number
  const remote = chance.happens(0.3) ? known.pick('security group', chance) : undefined
  return {
    groupId,
    direction: chance.pick(['ingress', 'ingress', 'egress']),
    protocol: 'tcp',
    portRangeMin: port,
    portRangeMax: port,
    ...remoteOf(tenant, remote),
  }
}

function remoteOf(tenant: Tenant, groupId: string | undefined): Readonly<Record<string, string>> {
  const addresses = tenant.known.pick('address group', tenant.chance)
  if (addresses !== undefined && tenant.chance.happens(0.3))
    return { remoteAddressGroupId: addresses }
  return groupId === undefined ? { remoteIpPrefix: '10.0.0.0/8' } : { remoteGroupId: groupId }
}

async function createRule(tenant: Tenant): Promise<void> {
  const groupId = await aim(tenant, 'security group', createGroup)
  await create(tenant, 'security rule', securityRuleCreate, ruleFor(tenant, groupId))
}

const makeGroup: Action = {
  name: 'create a security group',
  weight: 2,
  run: async (tenant) => {
    await createGroup(tenant)
  },
}

const makeRule: Action = { name: 'create a security rule', weight: 3, run: createRule }

const makeRules: Action = {
  name: 'create many security rules',
  weight: 1,
  run: async (tenant) => {
    const groupId = await aim(tenant, 'security group', createGroup)
    const length = tenant.chance.whole(1, 5)
    const rules = Array.from({ length }, () => ruleFor(tenant, groupId))
    const outcome = await mutate(tenant, securityRuleCreateMany, { rules })
    if (outcome.end !== 'ok') return
    remember(tenant, 'security rule', ...outcome.answer.map(({ id }) => id))
    if (outcome.answer.length !== length) {
      tenant.report(8, groupId, `${length} rules were asked for, ${outcome.answer.length} made`)
    }
  },
}

const updateGroup: Action = {
  name: 'update a security group',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'security group', createGroup)
    await tenant.call(securityGroupUpdate, { id, name: nameOf(tenant, 'group', 20) })
  },
}

const readGroups: Action = {
  name: 'read security groups and rules',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const groupId = await aim(tenant, 'security group', createGroup)
    await tenant.call(securityGroupGet, { id: groupId })
    await tenant.call(securityRuleGet, { id: await aim(tenant, 'security rule', createRule) })
    if (chance.happens(0.5)) await walk(tenant, securityGroupList)
    else await walk(tenant, securityRuleList, chance.happens(0.5) ? { groupId } : {})
  },
}

const findGroups: Action = {
  name: 'find security groups made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'security group', securityGroupList),
}

const deleteRules: Action = {
  name: 'delete security rules',
  weight: 1,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'security rule', createRule)
    const ids = [...new Set([first, known.pick('security rule', chance) ?? first])]
    const outcome = await tenant.call(securityRuleDelete, { ids })
    if (outcome.end === 'ok') forget(tenant, 'security rule', ...ids)
  },
}

const deleteGroup: Action = {
  name: 'delete a security group',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'security group', createGroup)
    // Now and then while a rule comes to it, or to another because of it.
    const [gone] = await Promise.all([
      tenant.call(securityGroupDelete, { id }),
      tenant.chance.happens(0.3) ? tenant.call(securityRuleCreate, ruleFor(tenant, id)) : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, 'security group', id)
  },
}

const changeAddressGroup: Action = {
  name: 'change an address group',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'address group', createAddressGroup)
    const some = [`192.0.2.${chance.whole(1, 9)}`, `198.18.${chance.whole(0, 9)}.0/24`]
    const [more] = await Promise.all([
      tenant.call(addressGroupAdd, { id, addresses: some }),
      tenant.call(addressGroupAdd, { id, addresses: ['203.0.113.77'] }),
    ])
    if (more.end === 'ok') {
      const { addresses } = more.answer
      if (new Set(addresses).size < addresses.length) tenant.report(32, id, 'names a block twice')
    }
    if (chance.happens(0.5)) await tenant.call(addressGroupRemove, { id, addresses: some })
    const gone = chance.happens(0.3) ? await tenant.call(addressGroupDelete, { id }) : undefined
    if (gone?.end === 'ok') forget(tenant, 'address group', id)
    await walk(tenant, addressGroupList)
  },
}

function createPool(tenant: Tenant): Promise<SubnetPool | undefined> {
  const name = nameOf(tenant, 'pool', 20)
  return create(tenant, 'subnet pool', subnetPoolCreate, { name, prefixes: ['10.128.0.0/16'] })
}

/** Small enough that a few subnets fill what there is at its beginning. */
const cutSubnets: Action = {
  name: 'cut subnets from a pool',
  weight: 2,
  run: async (tenant) => {
    const { chance, known } = tenant
    const subnetPoolId = await aim(tenant, 'subnet pool', createPool)
    const ask = { subnetPoolId, prefixLength: chance.whole(18, 26) }
    const networks = [known.pick('network', chance), known.pick('network', chance)]
    const cut = await Promise.all(
      networks
        .filter((networkId) => networkId !== undefined)
        .map((networkId) => tenant.call(subnetCreate, { networkId, ...ask })),
    )
    for (const one of cut) if (one.end === 'ok') remember(tenant, 'subnet', one.answer.id)
    const more = { id: subnetPoolId, prefixes: ['10.64.0.0/24'] }
    if (chance.happens(0.3)) await tenant.call(subnetPoolAddPrefixes, more)
    if (chance.happens(0.3)) await tenant.call(subnetPoolRemovePrefixes, more)
    const gone = chance.happens(0.3)
      ? await tenant.call(subnetPoolDelete, { id: subnetPoolId })
      : undefined
    if (gone?.end === 'ok') forget(tenant, 'subnet pool', subnetPoolId)
    await walk(tenant, subnetPoolList)
  },
}

export const groupActions: readonly Action[] = [
  makeGroup,
  makeRule,
  makeRules,
  changeAddressGroup,
  updateGroup,
  readGroups,
  findGroups,
  deleteRules,
  deleteGroup,
  cutSubnets,
]
