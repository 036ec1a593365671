import {
  type Actor,
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolUpdate,
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorUpdate,
  type InputOf,
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyUpdate,
  l7RuleCreate,
  l7RuleDelete,
  l7RuleUpdate,
  listenerCreate,
  listenerDelete,
  listenerUpdate,
  loadBalancerCreate,
  loadBalancerDelete,
  loadBalancerFailover,
  loadBalancerUpdate,
  poolMemberCreate,
  poolMemberDelete,
  poolMemberReplace,
  poolMemberUpdate,
  projectEnsure,
  type Stored,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stageNetwork } from '../stage.ts'

interface Staged {
  readonly member: Actor
  readonly networkId: string
}

async function stageProject(client: CrashClient): Promise<Staged> {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const member = memberOf(projectId)
  return { member, networkId: await stageNetwork(client, member) }
}

type Below = Pick<InputOf<typeof loadBalancerCreate>, 'pools' | 'listeners'>

const tree: Below = {
  pools: [
    {
      name: 'web',
      protocol: 'HTTP',
      algorithm: 'ROUND_ROBIN',
      members: [{ address: '10.1.0.1', protocolPort: 80 }],
      healthMonitor: { type: 'TCP', delayS: 5, timeoutS: 5, maxRetries: 1 },
    },
  ],
  listeners: [
    {
      protocol: 'HTTP',
      protocolPort: 80,
      defaultPool: 'web',
      l7Policies: [
        {
          action: 'REJECT',
          rules: [{ type: 'PATH', compareType: 'EQUAL_TO', value: '/x' }],
        },
      ],
    },
  ],
}

async function stageBalancer(client: CrashClient, { member, networkId }: Staged): Promise<string> {
  const input = { name: 'lb', vip: { networkId }, ...tree }
  const { id } = await client.call(loadBalancerCreate, input, member)
  await client.rest()
  return id
}

/** The one row of a kind. */
function only(client: CrashClient, kind: string): string {
  return client.rows<Stored>(kind)[0]?.id ?? ''
}

/** A whole tree comes, is changed, fails over, and goes. */
const wholeTrees: Scenario = {
  name: 'load-balancers',
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    const oldId = await stageBalancer(client, staged)
    return async () => {
      const id = await stageBalancer(client, staged)
      await client.call(loadBalancerUpdate, { id, description: 'changed' }, member)
      await client.call(loadBalancerFailover, { id }, member)
      await client.call(loadBalancerDelete, { id: oldId, cascade: true }, member)
      await client.rest()
    }
  },
}

const listeners: Scenario = {
  name: 'listeners',
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    const balancerId = await stageBalancer(client, staged)
    const oldListener = only(client, 'listener')
    return async () => {
      const one = { balancerId, protocol: 'HTTP', protocolPort: 81 } as const
      const { id } = await client.call(listenerCreate, one, member)
      await client.call(listenerUpdate, { id, connectionLimit: 5 }, member)
      await client.call(listenerDelete, { id: oldListener }, member)
      await client.rest()
    }
  },
}

const policies: Scenario = {
  name: 'policies',
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    await stageBalancer(client, staged)
    const listenerId = only(client, 'listener')
    const oldRule = only(client, 'l7Rule')
    return async () => {
      const reject = { listenerId, action: 'REJECT' } as const
      const { id: policyId } = await client.call(l7PolicyCreate, reject, member)
      const { id: secondId } = await client.call(l7PolicyCreate, reject, member)
      await client.call(l7PolicyUpdate, { id: policyId, position: 7 }, member)
      const path = { policyId, type: 'PATH', compareType: 'CONTAINS', value: 'x' } as const
      const { id: ruleId } = await client.call(l7RuleCreate, path, member)
      await client.call(l7RuleUpdate, { id: ruleId, invert: true }, member)
      await client.call(l7RuleDelete, { id: oldRule }, member)
      await client.call(l7PolicyDelete, { id: secondId }, member)
      await client.rest()
    }
  },
}

const pools: Scenario = {
  name: 'pools',
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    const balancerId = await stageBalancer(client, staged)
    const oldPool = only(client, 'pool')
    return async () => {
      const one = { balancerId, name: 'p', protocol: 'TCP', algorithm: 'SOURCE_IP' } as const
      const { id: poolId } = await client.call(balancerPoolCreate, one, member)
      await client.call(balancerPoolUpdate, { id: poolId, algorithm: 'ROUND_ROBIN' }, member)
      const watch = { poolId, type: 'TCP', delayS: 5, timeoutS: 5, maxRetries: 1 } as const
      const { id: monitorId } = await client.call(healthMonitorCreate, watch, member)
      await client.call(healthMonitorUpdate, { id: monitorId, maxRetries: 2 }, member)
      await client.call(healthMonitorDelete, { id: monitorId }, member)
      await client.call(balancerPoolDelete, { id: oldPool }, member)
      await client.rest()
    }
  },
}

const members: Scenario = {
  name: 'members',
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    await stageBalancer(client, staged)
    const poolId = only(client, 'pool')
    return async () => {
      const some = (...hosts: number[]) =>
        hosts.map((host) => ({ address: `10.2.0.${host}`, protocolPort: 80 }))
      const input = { poolId, members: some(1, 2, 3) }
      const made = await client.call(poolMemberCreate, input, member)
      const [first, second] = made.map(({ id }) => id) as [string, string]
      await client.call(poolMemberUpdate, { id: first, weight: 0 }, member)
      await client.call(poolMemberDelete, { ids: [second] }, member)
      await client.call(poolMemberReplace, { poolId, members: some(3, 4, 5) }, member)
      await client.rest()
    }
  },
}

/** Nothing answers until the deadline has passed: what is given up is mended afterwards. */
const overdue: Scenario = {
  name: 'load-balancers-late',
  settings: { buildDeadlineMs: 600 },
  prepare: async (client) => {
    const staged = await stageProject(client)
    const { member } = staged
    const goingId = await stageBalancer(client, staged)
    return async () => {
      await client.once((world) => world.balancers.setReachable(false))
      const input = { name: 'late', vip: { networkId: staged.networkId } }
      await client.call(loadBalancerCreate, input, member)
      await client.call(loadBalancerDelete, { id: goingId, cascade: true }, member)
      await client.rest()
      await client.once((world) => world.balancers.setReachable(true))
    }
  },
}

export const balancerScenarios: readonly Scenario[] = [
  wholeTrees,
  listeners,
  policies,
  pools,
  members,
  overdue,
]
