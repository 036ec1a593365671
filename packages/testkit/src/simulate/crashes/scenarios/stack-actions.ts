import {
  projectEnsure,
  stackCancel,
  stackCheck,
  stackCreate,
  stackResourceMark,
  stackResourceSignal,
  stackResume,
  stackSuspend,
  stackUpdate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'

/** How often something was tried, and when. */
const loose = ['attempt', 'tries', 'since', 'key']

const net = { type: 'OS::Neutron::Net', properties: { name: 'inner' } }
const handle = { type: 'OS::Heat::WaitConditionHandle' }

const template = (resources: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ heat_template_version: 'rocky', resources })

async function stageStack(client: CrashClient) {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const member = memberOf(projectId)
  const input = { name: 'one', template: template({ net, handle }) }
  const { id } = await client.call(stackCreate, input, member)
  await client.rest()
  return { member, id }
}

const suspended: Scenario = {
  name: 'stack-suspended',
  loose,
  prepare: async (client) => {
    const { member, id } = await stageStack(client)
    return async () => {
      await client.call(stackSuspend, { id }, member)
      await client.rest()
      await client.call(stackResume, { id }, member)
      await client.rest()
    }
  },
}

const checked: Scenario = {
  name: 'stack-checked',
  loose,
  prepare: async (client) => {
    const { member, id } = await stageStack(client)
    return async () => {
      await client.call(stackCheck, { id }, member)
      await client.rest()
    }
  },
}

/** A resource hears a signal, and another is said to be broken: nothing is under way. */
const signalled: Scenario = {
  name: 'stack-signalled',
  loose,
  prepare: async (client) => {
    const { member, id: stackId } = await stageStack(client)
    return async () => {
      const signal = { stackId, name: 'handle', data: 'ready' }
      await client.call(stackResourceSignal, signal, member)
      await client.call(stackResourceMark, { stackId, name: 'net', unhealthy: true }, member)
    }
  },
}

/** A change that waits for a signal which never comes is given up, and taken back. */
const cancelled: Scenario = {
  name: 'stack-cancelled',
  // How far the change came before that is told by events.
  loose: [...loose, 'stackEvent'],
  prepare: async (client) => {
    const { member, id } = await stageStack(client)
    return async () => {
      const wait = {
        type: 'OS::Heat::WaitCondition',
        properties: { handle: { get_resource: 'handle' }, timeout: 3_600, count: 1 },
      }
      const change = { id, template: template({ net, handle, wait }) }
      await client.call(stackUpdate, change, member)
      await client.call(stackCancel, { id, rollback: true }, member)
      await client.rest()
    }
  },
}

export const stackActionScenarios: readonly Scenario[] = [suspended, checked, signalled, cancelled]
