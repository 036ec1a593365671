import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { type Cidr, contains, parseAddress, parseCidr } from '../../../base/cidr.ts'
import { Writes } from '../../../commit/writes.ts'
import { type Network, networkKind } from '../../../model/network/network.ts'
import { type Port, portKind, routerInterfaceOwner } from '../../../model/network/port.ts'
import {
  type Router,
  type RouterInterface,
  routerKind,
  subnetRouterId,
  subnetRouterKind,
} from '../../../model/network/router.ts'
import { type Subnet, subnetKind } from '../../../model/network/subnet.ts'
import type { Call } from '../../call.ts'
import { fetchOne, getAll, notFound } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { lentTo, owns, requireRoom } from '../access.ts'
import { openCounter, subnetRouterScope } from '../counters.ts'
import { type RouterPort, takeRouterPort } from './ports.ts'
import { requireApart, requireRoutes } from './rules.ts'
import { closeNeeded, commitRouter, leavingPort, requireStaying } from './write.ts'

const interfaceInput = z
  .strictObject({
    /** The router. */
    id: idField,
    /** To be on it with its gateway address. */
    subnetId: idField.optional(),
    /** To be on the subnet of this free port, with its address. */
    portId: idField.optional(),
  })
  .refine(({ portId, subnetId }) => (portId === undefined) !== (subnetId === undefined), {
    message: 'names either a subnet or a port',
    path: ['subnetId'],
  })

type InterfaceInput = z.infer<typeof interfaceInput>

export const routerAddInterface = defineOperation({
  id: 'network.router.addInterface',
  summary: 'Puts a router on a subnet. Subnets of one router never overlap.',
  policy: { scope: 'any', role: 'member' },
  input: interfaceInput,
  mutates: true,
  run: async (call: Call, input: InterfaceInput): Promise<Router> => {
    const router = await fetchOne(call, routerKind, input.id)
    requireStaying(router)
    if (router.interfaces.length >= limits.routerInterfaces) {
      throw new CloudError('conflict', 'The router has as many interfaces as it may.', {
        field: 'id',
        limit: limits.routerInterfaces,
      })
    }
    return input.portId === undefined
      ? addBySubnet(call, router, input.subnetId as string)
      : addByPort(call, router, input.portId)
  },
})

async function addBySubnet(call: Call, router: Router, subnetId: string): Promise<Router> {
  const { kernel } = call
  const subnet = await fetchOne(call, subnetKind, subnetId, 'subnetId', lentTo(call))
  const [network] = await getAll(kernel, networkKind, [subnet.networkId])
  requireGatewayOf(call, network as Network, subnet)
  requireOnce(router, subnetId)
  requireApart(withInterface(router, subnet, '', subnet.gatewayIp as string), 'subnetId')
  await requireRoom(kernel, router.projectId, { ports: 1 })
  const { id: routerId, projectId } = router
  const owner = { routerId, projectId, network: network as Network, isGateway: false }
  const wanted = [{ subnet, address: subnet.gatewayIp as string }]
  const port: RouterPort = await takeRouterPort(kernel, owner, wanted, 'subnetId')
  try {
    const writes = new Writes()
    port.write(writes)
    const next = withInterface(router, subnet, port.port.id, subnet.gatewayIp as string)
    const answer = await commitInterface(call, writes, next, subnet, port.port.id)
    port.settled()
    return answer
  } catch (error) {
    port.release()
    throw error
  }
}

/** @throws CloudError `invalid`, `forbidden`: a subnet's gateway is for its owner to appoint. */
function requireGatewayOf(call: Call, network: Network, subnet: Subnet): void {
  if (!owns(call, network)) {
    throw new CloudError('forbidden', 'subnetId: only the owner of the network may route it.', {
      field: 'subnetId',
    })
  }
  const gateway = subnet.gatewayIp === null ? undefined : parseAddress(subnet.gatewayIp)
  if (gateway && contains(parseCidr(subnet.cidr) as Cidr, gateway)) return
  throw new CloudError('invalid', 'subnetId: has no gateway address of its own block.', {
    field: 'subnetId',
  })
}

/** @throws CloudError `conflict`. */
function requireOnce(router: Router, subnetId: string): void {
  if (!router.interfaces.some((one) => one.subnetId === subnetId)) return
  throw new CloudError('conflict', 'subnetId: the router is on it already.', { field: 'subnetId' })
}

function withInterface(
  router: Router,
  { cidr, id: subnetId, networkId }: Subnet,
  portId: string,
  address: string,
): Router {
  const added: RouterInterface = { portId, networkId, subnetId, address, cidr }
  return { ...router, interfaces: [...router.interfaces, added] }
}

function commitInterface(
  call: Call,
  writes: Writes,
  router: Router,
  subnet: Subnet,
  portId: string,
): Promise<Router> {
  writes.insert(subnetRouterKind, { id: subnetRouterId(subnet.id, router.id), portId })
  openCounter(writes, subnetRouterScope(subnet.id, router.id), 'floatingIps')
  return commitRouter(call, writes, router)
}

async function addByPort(call: Call, router: Router, portId: string): Promise<Router> {
  const { kernel } = call
  const port = await fetchOne(call, portKind, portId, 'portId')
  if (port.projectId !== router.projectId) throw notFound('port', 'portId')
  requireFree(port)
  const [fixedIp] = port.fixedIps
  const [subnet] = await getAll(kernel, subnetKind, fixedIp ? [fixedIp.subnetId] : [])
  if (!fixedIp || !subnet || port.fixedIps.length > 1) {
    throw new CloudError('invalid', 'portId: must have a single address.', { field: 'portId' })
  }
  requireOnce(router, subnet.id)
  const next = withInterface(router, subnet, port.id, fixedIp.address)
  requireApart(next, 'portId')
  const writes = new Writes().update(portKind, {
    ...port,
    ...{ deviceId: router.id, deviceOwner: routerInterfaceOwner, deleteWithDevice: true },
    ...{ status: 'BUILD', updatedAt: kernel.clock.now() },
  })
  return commitInterface(call, writes, next, subnet, port.id)
}

/** @throws CloudError `conflict`: what stands for a port has no place on a router. */
function requireFree({ deviceId, floatingIpIds }: Port): void {
  const message = deviceId !== null ? 'is in use' : floatingIpIds ? 'has floating IPs' : undefined
  if (message === undefined) return
  throw new CloudError('conflict', `portId: the port ${message}.`, { field: 'portId' })
}

export const routerRemoveInterface = defineOperation({
  id: 'network.router.removeInterface',
  summary: 'Takes a router off a subnet that no floating IP and no route needs; its port goes.',
  policy: { scope: 'any', role: 'member' },
  input: interfaceInput,
  mutates: true,
  run: async (call: Call, input: InterfaceInput): Promise<Router> => {
    const router = await fetchOne(call, routerKind, input.id)
    requireStaying(router)
    const field = input.portId === undefined ? 'subnetId' : 'portId'
    const found = router.interfaces.find(
      ({ portId, subnetId }) => portId === input.portId || subnetId === input.subnetId,
    )
    if (!found) throw notFound('interface', field)
    const interfaces = router.interfaces.filter((one) => one !== found)
    const without = leavingPort({ ...router, interfaces }, found.portId)
    requireRoutes(without, 'conflict', field)
    const writes = new Writes()
    const scope = subnetRouterScope(found.subnetId, router.id)
    await closeNeeded(call, writes, router, scope, field)
    const id = subnetRouterId(found.subnetId, router.id)
    writes.remove(subnetRouterKind, ...(await getAll(call.kernel, subnetRouterKind, [id])))
    return commitRouter(call, writes, without)
  },
})
