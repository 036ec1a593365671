import {
  CloudError,
  portGet,
  type Router,
  routerAddInterface,
  routerGet,
  routerRemoveInterface,
} from '@nephos/core'
import { interfaceAnswer, interfaceBody } from '../../wire/network/router.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, untilGone } from './calls.ts'

interface Place {
  readonly portId: string | undefined
  readonly subnetId: string | undefined
}

/** Where a router is to be. @throws CloudError `invalid` unless a subnet or a port is named. */
function placeOf(body: {
  readonly subnet_id?: string | null | undefined
  readonly port_id?: string | null | undefined
}): Place {
  requireId(body.port_id, 'port_id')
  requireId(body.subnet_id, 'subnet_id')
  const place = { portId: body.port_id ?? undefined, subnetId: body.subnet_id ?? undefined }
  if (place.portId !== undefined || place.subnetId !== undefined) return place
  throw new CloudError('invalid', 'subnet_id: either this or port_id is needed.', {
    field: 'subnet_id',
  })
}

const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** @throws CloudError `invalid` for what is no id of anything. */
function requireId(id: string | null | undefined, field: string): void {
  if (id === null || id === undefined || uuid.test(id)) return
  throw new CloudError('invalid', `${field}: is no UUID.`, { field })
}

function interfaceOf(row: Router, { portId, subnetId }: Place): Router['interfaces'][number] {
  const found = row.interfaces.find(
    (one) =>
      (portId === undefined || one.portId === portId) &&
      (subnetId === undefined || one.subnetId === subnetId),
  )
  if (found) return found
  throw new CloudError('notFound', 'The router has no such interface.', {
    field: portId === undefined ? 'subnet_id' : 'port_id',
    detail: {
      type: portId === undefined ? 'RouterInterfaceNotFoundForSubnet' : 'RouterInterfaceNotFound',
    },
  })
}

/**
 * Interfaces of routers
 * (https://docs.openstack.org/api-ref/network/v2/#add-interface-to-router).
 */
export const routerInterfaces: readonly EndpointRow[] = [
  endpoint({
    id: 'network.routers.addInterface',
    method: 'PUT',
    path: '/routers/{id}/add_router_interface',
    summary: 'Puts a router on a subnet, by the subnet or by a free port on it.',
    access: 'token',
    operations: [routerAddInterface],
    body: interfaceBody,
    status: 200,
    run: async (x) => {
      const place = placeOf(x.body)
      if (place.portId !== undefined && place.subnetId !== undefined) {
        throw new CloudError('invalid', 'subnet_id: only one of this and port_id is taken.', {
          field: 'subnet_id',
        })
      }
      // A port that is in use is a conflict; a block that the router is on, a bad request.
      const conflict =
        place.portId === undefined ? ([400, 'BadRequest'] as const) : ([409, 'PortInUse'] as const)
      const input = { id: x.param('id'), ...place }
      const row = await ask(x, routerAddInterface, input, { conflict })
      return json(interfaceAnswer(row, interfaceOf(row, place)))
    },
  }),
  endpoint({
    id: 'network.routers.removeInterface',
    method: 'PUT',
    path: '/routers/{id}/remove_router_interface',
    summary: 'Takes a router off a subnet; its port goes.',
    access: 'token',
    operations: [routerGet, routerRemoveInterface, portGet],
    body: interfaceBody,
    status: 200,
    run: async (x) => {
      const place = placeOf(x.body)
      const id = x.param('id')
      const before = await ask(x, routerGet, { id })
      const found = interfaceOf(before, place)
      const { portId } = found
      const names = { conflict: 'RouterInterfaceInUseByFloatingIP' }
      await ask(x, routerRemoveInterface, { id, portId }, names)
      await untilGone(x, () => ask(x, portGet, { id: portId }))
      return json(interfaceAnswer(before, found))
    },
  }),
]
