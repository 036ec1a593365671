import {
  type FloatingIp,
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
  portGet,
  portList,
  type Router,
  routerAddInterface,
  routerAddRoutes,
  routerCreate,
  routerDelete,
  routerGet,
  routerList,
  routerRemoveInterface,
  routerRemoveRoutes,
  routerUpdate,
  subnetList,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost, mutate } from './create.ts'
import { createNetwork } from './network-nets.ts'
import { createPort } from './network-ports.ts'
import { walk } from './pages.ts'
import { probe, probing } from './probe.ts'

/** A router, mostly with a way out, and on a subnet. */
async function createRouter(tenant: Tenant): Promise<Router | undefined> {
  const { chance, common } = tenant
  const networkId = common.pick('external network', chance)
  const isOut = networkId !== undefined && chance.happens(0.8)
  const router = await create(tenant, 'router', routerCreate, {
    name: nameOf(tenant, 'router', 30),
    ...(isOut ? { externalGateway: { networkId } } : {}),
  })
  if (router) await addInterface(tenant, router.id)
  return router
}

async function addInterface(tenant: Tenant, id: string): Promise<void> {
  const { chance } = tenant
  const byPort = chance.happens(0.3)
  const target = byPort
    ? { portId: await aim(tenant, 'port', createPort) }
    : { subnetId: await aim(tenant, 'subnet', createNetwork) }
  const outcome = await tenant.call(routerAddInterface, { id, ...target })
  if (outcome.end !== 'ok') return
  const blocks = outcome.answer.interfaces.map(({ cidr }) => cidr)
  if (new Set(blocks).size < blocks.length) {
    tenant.report(9, id, `is on overlapping subnets: ${blocks.join()}`)
  }
}

const makeRouter: Action = {
  name: 'create a router',
  weight: 3,
  run: async (tenant) => {
    await createRouter(tenant)
  },
}

/** Subnets of one block, of several networks: one of them, at most, is on the router. */
const overlap: Action = {
  name: 'put a router on overlapping subnets at once',
  weight: 2,
  run: async (tenant) => {
    const id = await aim(tenant, 'router', createRouter)
    const listed = await tenant.call(subnetList, { limit: 20 })
    const own = listed.end === 'ok' ? listed.answer : []
    const first = tenant.chance.pick(own)
    const alike = own.filter(({ cidr }) => cidr === first?.cidr).slice(0, 3)
    const ends = await Promise.all(
      alike.map(({ id: subnetId }) => tenant.call(routerAddInterface, { id, subnetId })),
    )
    if (ends.filter(({ end }) => end === 'ok').length > 1) {
      tenant.report(9, id, `was put on ${alike.length} subnets of ${first?.cidr ?? ''}`)
    }
  },
}

const changeRouter: Action = {
  name: 'change a router',
  weight: 3,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = await aim(tenant, 'router', createRouter)
    const read = await tenant.call(routerGet, { id })
    if (read.end !== 'ok') return
    const { interfaces, routes, rev } = read.answer
    const [first] = interfaces
    const networkId = common.pick('external network', chance)
    const nexthop = first?.address.replace(/\d+$/, '6')
    const destination = `192.0.${chance.whole(0, 9)}.0/24`
    await chance.pick([
      () => addInterface(tenant, id),
      () => tenant.call(routerRemoveInterface, { id, subnetId: first?.subnetId ?? 'none' }),
      () => tenant.call(routerUpdate, { id, adminStateUp: chance.happens(0.5), expectedRev: rev }),
      () => tenant.call(routerUpdate, { id, externalGateway: null }),
      () => tenant.call(routerUpdate, { id, externalGateway: networkId ? { networkId } : null }),
      () => tenant.call(routerAddRoutes, { id, routes: [{ destination, nexthop }] }),
      () => tenant.call(routerRemoveRoutes, { id, routes: routes.slice(0, 2) }),
    ])?.()
  },
}

const deleteRouter: Action = {
  name: 'delete a router',
  weight: 2,
  run: async (tenant) => {
    const id = await aim(tenant, 'router', createRouter)
    const read = await tenant.call(routerGet, { id })
    for (const { subnetId } of read.end === 'ok' ? read.answer.interfaces : [])
      await tenant.call(routerRemoveInterface, { id, subnetId })
    const outcome = await tenant.call(routerDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'router', id)
  },
}

/** A port that a router leads to, if there is one. */
async function routedPort(tenant: Tenant): Promise<string> {
  const read = await tenant.call(routerGet, { id: await aim(tenant, 'router', createRouter) })
  const inner = read.end === 'ok' ? tenant.chance.pick(read.answer.interfaces) : undefined
  if (!inner) return aim(tenant, 'port', createPort)
  const ports = await tenant.call(portList, { networkId: inner.networkId, limit: 20 })
  const own = ports.end === 'ok' ? ports.answer.filter(({ id }) => id !== inner.portId) : []
  return tenant.chance.pick(own)?.id ?? (await createPort(tenant))?.id ?? 'none'
}

async function createFloatingIp(tenant: Tenant): Promise<FloatingIp | undefined> {
  const networkId = tenant.common.pick('external network', tenant.chance) ?? 'none'
  const port = tenant.chance.happens(0.5) ? { portId: await routedPort(tenant) } : {}
  return create(tenant, 'floating ip', floatingIpCreate, { networkId, ...port })
}

const makeFloatingIp: Action = {
  name: 'take a floating IP',
  weight: 3,
  run: async (tenant) => {
    await createFloatingIp(tenant)
  },
}

const makeFloatingIps: Action = {
  name: 'take many floating IPs',
  weight: 2,
  run: async (tenant) => {
    const networkId = tenant.common.pick('external network', tenant.chance)
    const length = tenant.chance.whole(1, 4)
    const portId = await routedPort(tenant)
    const floatingIps = Array.from({ length }, (_, i) => (i === 0 ? { portId } : {}))
    const outcome = await mutate(tenant, floatingIpCreateMany, { networkId, floatingIps })
    if (outcome.end !== 'ok') return
    remember(tenant, 'floating ip', ...outcome.answer.map(({ id }) => id))
    const addresses = new Set(outcome.answer.map(({ address }) => address))
    if (addresses.size === length) return
    tenant.report(9, portId, `${length} floating IPs have ${addresses.size} addresses`)
  },
}

/** Two ports want it at once: it goes to one of them. */
const moveFloatingIp: Action = {
  name: 'give a floating IP to two ports at once',
  weight: 4,
  run: async (tenant) => {
    const id = await aim(tenant, 'floating ip', createFloatingIp)
    const read = await tenant.call(floatingIpGet, { id })
    const seen = read.end === 'ok' ? { expectedRev: read.answer.rev } : {}
    const portIds = [
      await routedPort(tenant),
      tenant.chance.happens(0.3) ? null : await routedPort(tenant),
    ]
    const ends = await Promise.all(
      portIds.map((portId) => tenant.call(floatingIpUpdate, { id, portId, ...seen })),
    )
    if (read.end !== 'ok' || ends.some(({ end }) => end !== 'ok')) return
    tenant.report(9, id, `was given to two ports over revision ${read.answer.rev}`)
  },
}

const forwardPorts: Action = {
  name: 'forward ports of a floating IP',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const floatingIpId = await aim(tenant, 'floating ip', createFloatingIp)
    const first = chance.whole(1, 20) * 10
    const portId = await routedPort(tenant)
    const input = { floatingIpId, protocol: 'tcp', portId, internalPorts: 80 }
    await Promise.all([
      tenant.call(portForwardingCreate, { ...input, externalPorts: first }),
      tenant.call(portForwardingCreate, {
        ...{ ...input, internalPorts: 81 },
        externalPorts: [first, first + 15],
      }),
    ])
    const listed = await tenant.call(portForwardingList, { floatingIpId })
    const all = listed.end === 'ok' ? listed.answer : []
    const ports = all.flatMap(({ externalPorts: [from, to] }) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i),
    )
    if (new Set(ports).size < ports.length) {
      tenant.report(9, floatingIpId, 'forwards one port to two places')
    }
    const one = chance.pick(all)
    if (!one) return
    const { id } = one
    await tenant.call(portForwardingUpdate, { floatingIpId, id, portId })
    if (chance.happens(0.5)) await tenant.call(portForwardingDelete, { floatingIpId, id })
  },
}

const deleteFloatingIps: Action = {
  name: 'give floating IPs back',
  weight: 3,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'floating ip', createFloatingIp)
    const ids = [...new Set([first, known.pick('floating ip', chance) ?? first])]
    const outcome = await tenant.call(floatingIpDelete, { ids })
    if (outcome.end === 'ok') forget(tenant, 'floating ip', ...ids)
  },
}

const readRouting: Action = {
  name: 'read routers and floating IPs',
  weight: 2,
  run: async (tenant) => {
    if (tenant.chance.happens(0.5)) await walk(tenant, floatingIpList)
    else await walk(tenant, routerList)
    const read = await tenant.call(floatingIpGet, { id: await aim(tenant, 'floating ip') })
    const portId = read.end === 'ok' ? read.answer.target?.portId : undefined
    if (portId !== undefined) await tenant.call(portGet, { id: portId })
  },
}

const findRouters: Action = {
  name: 'find routers made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'router', routerList),
}

export const routingActions: readonly Action[] = [
  makeRouter,
  overlap,
  changeRouter,
  deleteRouter,
  makeFloatingIp,
  makeFloatingIps,
  moveFloatingIp,
  forwardPorts,
  deleteFloatingIps,
  readRouting,
  findRouters,
  probing('routers and floating IPs', 2, [
    probe('router', routerGet),
    probe('router', routerUpdate, (id) => ({ id, name: 'mine' })),
    probe('router', routerAddInterface, (id) => ({ id, subnetId: 'none' })),
    probe('router', routerRemoveInterface, (id) => ({ id, subnetId: 'none' })),
    probe('router', routerDelete),
    probe('floating ip', floatingIpGet),
    probe('floating ip', floatingIpUpdate, (id) => ({ id, portId: null })),
    probe('floating ip', floatingIpDelete, (id) => ({ ids: [id] })),
    probe('floating ip', portForwardingList, (floatingIpId) => ({ floatingIpId })),
  ]),
]
