import {
  type FloatingIp,
  floatingIpList,
  floatingIpTargets,
  floatingIpUpdate,
  type Port,
  portList,
} from '@nephos/core'
import { floatingIpArguments, noFloatingIpArguments } from '../../wire/compute/server-action.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { nothing } from '../reply.ts'
import { readerOf, readServer } from './server-shape.ts'
import { type ServerVerb, verb } from './server-verb.ts'

type Asking = Exchange<never, unknown>

const most = 1_000
/** The last microversion that has them: those after it leave them to Neutron. */
const until = 43
const operations = [floatingIpList, floatingIpUpdate, portList]

/** @throws HttpError 404: the project has no such address. */
async function floatingIpAt(x: Asking, address: string): Promise<FloatingIp> {
  let marker: string | undefined
  for (;;) {
    const page = { limit: most, ...(marker !== undefined && { marker }) }
    const rows: readonly FloatingIp[] = await x.invoke(floatingIpList, page)
    const found = rows.find((row) => row.address === address)
    if (found) return found
    marker = rows.at(-1)?.id
    if (rows.length < most || marker === undefined) break
  }
  throw new HttpError(404, `floating IP not found for address ${address}`, { field: 'address' })
}

async function portsOf(x: Asking, serverId: string): Promise<readonly Port[]> {
  await readServer(x, serverId)
  return x.invokeAs(readerOf(x), portList, { deviceId: serverId, limit: most })
}

/** The address of a server that a floating IP is to stand for. @throws HttpError 400. */
function placeOf(ports: readonly Port[], fixed: string | null | undefined) {
  const places = ports.flatMap(({ fixedIps, id: portId }) =>
    fixedIps.map(({ address }) => ({ portId, fixedAddress: address })),
  )
  const found = fixed
    ? places.find(({ fixedAddress }) => fixedAddress === fixed)
    : places.find(({ fixedAddress }) => !fixedAddress.includes(':'))
  if (found) return found
  const message = fixed ? 'Specified fixed address not assigned to instance' : 'No fixed IPs'
  throw new HttpError(400, message, { field: 'fixed_address' })
}

/**
 * Floating IPs of a server, as actions
 * (https://docs.openstack.org/api-ref/compute/#add-associate-floating-ip-addfloatingip-action-deprecated).
 */
export const floatingIpActions: Readonly<Record<string, ServerVerb<never>>> = {
  addFloatingIp: verb({
    arguments: floatingIpArguments,
    until,
    operations,
    run: async (x, id, { address, fixed_address: fixed }) => {
      const ports = await portsOf(x, id)
      const place = placeOf(ports, fixed)
      const row = await floatingIpAt(x, address)
      await x.invoke(floatingIpUpdate, { id: row.id, ...place })
      return nothing
    },
  }),
  removeFloatingIp: verb({
    arguments: noFloatingIpArguments,
    until,
    operations,
    run: async (x, id, { address }) => {
      const row = await floatingIpAt(x, address)
      const own = new Set((await portsOf(x, id)).map((port) => port.id))
      if (!floatingIpTargets(row).some(({ portId }) => own.has(portId))) {
        const message = `Floating IP ${address} is not associated with instance ${id}.`
        throw new HttpError(409, message, { field: 'address' })
      }
      await x.invoke(floatingIpUpdate, { id: row.id, portId: null })
      return nothing
    },
  }),
}
