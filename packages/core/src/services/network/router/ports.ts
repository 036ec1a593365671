import { CloudError } from '../../../base/errors.ts'
import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Draft } from '../../../model/kind.ts'
import type { Network } from '../../../model/network/network.ts'
import {
  type Port,
  portKind,
  routerGatewayOwner,
  routerInterfaceOwner,
} from '../../../model/network/port.ts'
import type { Subnet } from '../../../model/network/subnet.ts'
import type { AddressLease } from '../address-lease.ts'
import { countPorts } from '../port-allocation.ts'

/** A port of a router, with addresses set aside: ends with `settled` or `release`. */
export interface RouterPort {
  readonly port: Draft<Port>
  write(writes: Writes): void
  settled(): void
  release(): void
}

/**
 * Sets aside a port for a router.
 *
 * @param wanted subnets with an address each; any free one when absent.
 * @throws CloudError `conflict` for an address that is held, `addressesExhausted`.
 */
export async function takeRouterPort(
  kernel: Kernel,
  owner: {
    readonly routerId: string
    readonly projectId: string
    readonly network: Network
    readonly isGateway: boolean
  },
  wanted: readonly { readonly subnet: Subnet; readonly address?: string | undefined }[],
  field: string,
): Promise<RouterPort> {
  const id = kernel.ids.next()
  const leases: AddressLease[] = []
  const release = (): void => leases.forEach((lease) => lease.release())
  try {
    for (const { subnet, address } of wanted)
      leases.push(await leaseOf(kernel, subnet, address, field))
    const [mac] = await kernel.addresses.macs.take(1)
    for (const lease of leases) lease.assign(0, id)
    const port = portRow(kernel, { ...owner, id, mac: mac as string }, leases)
    return {
      port,
      write: (writes) => {
        writes.insert(portKind, port)
        countPorts(writes, port, owner.network.projectId, 1)
        for (const lease of leases) lease.write(writes)
      },
      settled: () => leases.forEach((lease) => lease.settled()),
      release: () => {
        kernel.addresses.macs.doubt()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function leaseOf(
  kernel: Kernel,
  subnet: Subnet,
  address: string | undefined,
  field: string,
): Promise<AddressLease> {
  if (address !== undefined) return kernel.addresses.claim(subnet, [address], field)
  const lease = await kernel.addresses.takeUpTo(subnet, 1)
  if (lease.addresses.length === 1) return lease
  lease.release()
  throw new CloudError('addressesExhausted', `${field}: has no free address.`, {
    field,
    limit: 0,
    detail: { subnetId: subnet.id, available: 0, asked: 1 },
  })
}

function portRow(
  kernel: Kernel,
  owner: {
    readonly id: string
    readonly mac: string
    readonly routerId: string
    readonly projectId: string
    readonly network: Network
    readonly isGateway: boolean
  },
  leases: readonly AddressLease[],
): Draft<Port> {
  const at = kernel.clock.now()
  const { id, mac, network, isGateway } = owner
  return {
    id,
    mac,
    projectId: isGateway ? network.projectId : owner.projectId,
    networkId: network.id,
    name: '',
    description: '',
    fixedIps: leases.map(({ addresses, subnetId }) => {
      return { subnetId, address: addresses[0] as string }
    }),
    securityGroupIds: [],
    deviceId: owner.routerId,
    deviceOwner: isGateway ? routerGatewayOwner : routerInterfaceOwner,
    hostId: null,
    status: 'BUILD',
    adminStateUp: true,
    portSecurity: false,
    allowedAddressPairs: [],
    deleteWithDevice: true,
    tags: [],
    createdAt: at,
    updatedAt: at,
  }
}
