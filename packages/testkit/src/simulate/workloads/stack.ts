import {
  stackCancel,
  stackCheck,
  stackCreate,
  stackDelete,
  stackEventGet,
  stackEventList,
  stackFind,
  stackGet,
  stackList,
  stackPreview,
  stackPreviewUpdate,
  stackResourceGet,
  stackResourceList,
  stackResourceMark,
  stackResourceSignal,
  stackResume,
  stackSuspend,
  stackSource,
  stackTemplate,
  stackTypeGet,
  stackTypeList,
  stackUpdate,
  stackValidate,
  stackVersionList,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { aim, forget, nameOf, settled } from './aim.ts'
import { create, findLost } from './create.ts'
import { walk } from './pages.ts'
import { probe, probing } from './probe.ts'
import { keepingActions } from './stack-keeping.ts'
import { softwareActions } from './stack-software.ts'

/** A network, servers on it, something to wait for, and what is easily made. */
function templateFor(tenant: Tenant): string {
  const { chance, common } = tenant
  const image = common.pick('public image', chance)
  const flavor = common.pick('flavor', chance)
  const named = image !== undefined && flavor !== undefined && chance.happens(0.6)
  const resources: Record<string, unknown> = {
    password: {
      type: 'OS::Heat::RandomString',
      properties: { length: chance.pick([8, 16, 32]) },
    },
    net: { type: 'OS::Neutron::Net', properties: { mtu: chance.pick([1_400, 1_500]) } },
    subnet: {
      type: 'OS::Neutron::Subnet',
      properties: {
        network: { get_resource: 'net' },
        cidr: chance.pick(['10.9.0.0/24', '10.8.0.0/28']),
      },
    },
    group: {
      type: 'OS::Neutron::SecurityGroup',
      properties: { rules: [{ protocol: 'tcp', port_range_min: 22, port_range_max: 22 }] },
    },
    things: {
      type: 'OS::Heat::ResourceGroup',
      depends_on: 'subnet',
      properties: {
        count: chance.whole(0, 3),
        resource_def: named
          ? {
              type: 'OS::Nova::Server',
              properties: {
                name: 'member-%index%',
                image,
                flavor,
                networks: [{ network: { get_resource: 'net' } }],
                security_groups: [{ get_resource: 'group' }],
              },
            }
          : {
              type: 'OS::Neutron::Port',
              properties: { network: { get_resource: 'net' }, name: 'port-%index%' },
            },
      },
    },
  }
  if (chance.happens(0.2)) {
    resources['handle'] = { type: 'OS::Heat::WaitConditionHandle' }
    resources['wait'] = {
      type: 'OS::Heat::WaitCondition',
      properties: { handle: { get_resource: 'handle' }, timeout: 20, count: 1 },
    }
  }
  if (chance.happens(0.2)) {
    const inner = { heat_template_version: 'rocky', resources: { one: { type: 'OS::Heat::None' } } }
    resources['inner'] = {
      type: 'OS::Heat::Stack',
      properties: { template: JSON.stringify(inner) },
    }
  }
  return JSON.stringify({
    heat_template_version: '2018-08-31',
    resources,
    outputs: { things: { value: { get_attr: ['things', 'refs'] } } },
  })
}

async function createStack(tenant: Tenant): Promise<void> {
  await create(tenant, 'stack', stackCreate, {
    name: nameOf(tenant, 'stack', 100),
    template: templateFor(tenant),
    timeoutMinutes: tenant.chance.pick([1, 3, 10]),
    rollback: tenant.chance.happens(0.5),
  })
}

const makeStack: Action = { name: 'create a stack', weight: 3, run: createStack }

const changeStack: Action = {
  name: 'update a stack',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'stack', createStack)
    const change = { id, template: templateFor(tenant) }
    if (chance.happens(0.2)) await tenant.call(stackPreviewUpdate, change)
    const first = await tenant.call(stackUpdate, change)
    if (first.end === 'ok' && chance.happens(0.3)) {
      // The next one does not wait for it.
      await tenant.rest(chance.between(0, 3_000))
      await tenant.call(stackUpdate, { id, template: templateFor(tenant) })
      tenant.sometimes('a stack was updated twice in a row')
    }
  },
}

const actOnStack: Action = {
  name: 'suspend, resume, check or cancel a stack',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'stack', createStack)
    const rollback = chance.happens(0.5)
    if (chance.happens(0.3)) await tenant.call(stackCancel, { id, rollback })
    else if (chance.happens(0.5)) await tenant.call(stackCheck, { id })
    else {
      await tenant.call(stackSuspend, { id })
      await tenant.rest(chance.between(0, 20_000))
      await tenant.call(stackResume, { id })
    }
  },
}

/** What there is to write templates with; what one would make is not made. */
async function readCatalogue(tenant: Tenant): Promise<void> {
  const template = templateFor(tenant)
  await tenant.call(stackValidate, { template })
  await tenant.call(stackPreview, { name: nameOf(tenant, 'stack', 100), template })
  await tenant.call(stackTypeList, {})
  await tenant.call(stackTypeGet, { name: 'OS::Neutron::Net' })
  await tenant.call(stackVersionList, {})
}

const readStacks: Action = {
  name: 'read stacks',
  weight: 2,
  run: async (tenant) => {
    await walk(tenant, stackList)
    const id = tenant.known.pick('stack', tenant.chance)
    if (id === undefined) return
    await tenant.call(stackGet, { id })
    await tenant.call(stackTemplate, { id })
    await tenant.call(stackSource, { id })
    await tenant.call(stackFind, { name: id })
    if (tenant.chance.happens(0.2)) await readCatalogue(tenant)
    await walk(tenant, stackResourceList, { stackId: id })
    await walk(tenant, stackEventList, { stackId: id }, { byId: false })
    const events = await tenant.call(stackEventList, { stackId: id, limit: 1 })
    const [event] = events.end === 'ok' ? events.answer : []
    if (event) await tenant.call(stackEventGet, { stackId: id, id: event.id })
    await findLost(tenant, 'stack', stackList)
  },
}

const signalStack: Action = {
  name: 'signal a stack',
  weight: 1,
  run: async (tenant) => {
    const stackId = await aim(tenant, 'stack', createStack)
    const status = tenant.chance.pick(['SUCCESS', 'SUCCESS', 'FAILURE'])
    await tenant.call(stackResourceSignal, { stackId, name: 'handle', status })
    const unhealthy = tenant.chance.happens(0.7)
    await tenant.call(stackResourceMark, { stackId, name: 'password', unhealthy })
  },
}

const removeStack: Action = {
  name: 'delete a stack',
  weight: 3,
  run: async (tenant) => {
    const id = await aim(tenant, 'stack', createStack)
    const outcome = await tenant.call(stackDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'stack', id)
    if (tenant.chance.happens(0.3)) await settled(tenant)
  },
}

export const stackWorkload: Workload = {
  service: 'stack',
  uses: ['image', 'network', 'compute'],
  actions: [
    makeStack,
    changeStack,
    actOnStack,
    readStacks,
    signalStack,
    removeStack,
    ...softwareActions,
    ...keepingActions,
    probing('stacks', 1, [
      probe('stack', stackGet),
      probe('stack', stackDelete),
      probe('stack', stackUpdate, (id) => ({ id, existing: true })),
      probe('stack', stackTemplate),
      probe('stack', stackSource),
      probe('stack', stackResourceList, (stackId) => ({ stackId })),
      probe('stack', stackResourceGet, (stackId) => ({ stackId, name: 'net' })),
      probe('stack', stackEventList, (stackId) => ({ stackId })),
      probe('stack', stackEventGet, (stackId) => ({ stackId, id: 'none' })),
      probe('stack', stackResourceMark, (stackId) => ({
        stackId,
        name: 'net',
        unhealthy: true,
      })),
    ]),
  ],
}
